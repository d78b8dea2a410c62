"""What the house owes: who has to be told of a breach, until when, and who may see and do so (DAT-2, DAT-4, DAT-5)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.forms.packs import pack
from xiezuo.orgs.access import Actor
from xiezuo.people.models import Breach, BreachTelling, ImpactAssessment, MinorsAudit


def answers_for_data(actor: Actor) -> bool:
    """Sees and works on breaches, audits and assessments: whoever keeps data, and the director."""
    return (actor.keeps_data or actor.directs) and not actor.watched


def must_answer_for_data(actor: Actor) -> None:
    if not answers_for_data(actor):
        raise NotAllowed(_("This is for whoever answers for data, and for the director. Ask one of them."))


def breaches_for(actor: Actor) -> QuerySet[Breach]:
    """Every breach for whoever answers for data, with how many are still to be told as `left`; for others those they
    reported themselves, without whom it concerns."""
    found = Breach.objects.select_related("recorded_by", "closed_by")
    if not answers_for_data(actor):
        return found.filter(recorded_by=actor.user)
    owed = Q(tellings__told_at__isnull=True) & (Q(tellings__minor=True) | Q(not_told_why=""))
    return found.annotate(left=Count("tellings", filter=owed & Q(tellings__isnull=False)))


def breach_for(actor: Actor, pk: int) -> Breach:
    """One breach, for whoever answers for data. Raises NotAllowed, the same whether it exists or not."""
    must_answer_for_data(actor)
    found = breaches_for(actor).filter(pk=pk).first()
    if found is None:
        raise NotAllowed(_("There is no such breach."))
    return found


def tellings_of(actor: Actor, breach: Breach) -> list[BreachTelling]:
    """Everyone whom the breach concerns, with the names that whoever tells them needs."""
    must_answer_for_data(actor)
    return list(breach.tellings.select_related("person", "whom", "told_by"))


def is_owed(breach: Breach, telling: BreachTelling) -> bool:
    """Has to be told and was not yet. A child and each guardian always have to be (未成年人网络保护条例 35)."""
    return telling.told_at is None and (telling.minor or not breach.not_told_why)


def telling_words(telling: BreachTelling) -> str:
    """Whom to tell, by name."""
    if not telling.as_guardian:
        return str(telling.person)
    if telling.whom is None:
        return str(_("a guardian of %(child)s (nobody is written down)") % {"child": telling.person})
    return str(_("%(guardian)s, guardian of %(child)s") % {"guardian": telling.whom, "child": telling.person})


@dataclass(frozen=True)
class Duty:
    """One thing that is owed: until when, done when, and by which law. `n` people are still to be told."""

    code: str
    label: str
    source: str
    until: datetime
    done_at: datetime | None
    n: int = 0

    def is_late(self, at: datetime) -> bool:
        return self.done_at is None and at > self.until


def duties_of(breach: Breach, tellings: list[BreachTelling]) -> list[Duty]:
    """The duties of pack breach-default with what was done of each."""
    owed = [telling for telling in tellings if is_owed(breach, telling)]
    told = [telling.told_at for telling in tellings if telling.told_at]
    last = max(told, default=breach.recorded_at) if tellings and not owed else None
    done = {"remedy": breach.remedied_at, "authority": breach.authority_told_at, "people": last}
    found = []
    for duty in pack("breach-default")["duties"]:
        label, until = in_language(duty), breach.found_at + timedelta(hours=duty["hours"])
        n = len(owed) if duty["code"] == "people" else 0
        found.append(Duty(duty["code"], label, duty["source"], until, done.get(duty["code"]), n))
    return found


def in_language(told: dict[str, str]) -> str:
    return told["en" if (get_language() or "").startswith("en") else "zh"]


def kinds_of_data() -> dict[str, str]:
    return {code: in_language(told) for code, told in pack("breach-default")["kinds"].items()}


def ways_to_tell() -> dict[str, str]:
    return {code: in_language(told) for code, told in pack("breach-default")["ways"].items()}


def audits_for(actor: Actor) -> QuerySet[MinorsAudit]:
    must_answer_for_data(actor)
    return MinorsAudit.objects.select_related("by")


def audit_for(actor: Actor, pk: int) -> MinorsAudit:
    found = audits_for(actor).filter(pk=pk).first()
    if found is None:
        raise NotAllowed(_("There is no such audit."))
    return found


def assessments_for(actor: Actor) -> QuerySet[ImpactAssessment]:
    must_answer_for_data(actor)
    return ImpactAssessment.objects.select_related("by")


def one_year_after(day: date) -> date:
    """The same day of the next year; of 29 February the 1st of March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def audit_due_on() -> date | None:
    """By when children's data is looked at again: one year after the last audit; None where there never was one, so that
    it is due now (未成年人网络保护条例 37)."""
    last = MinorsAudit.objects.first()
    return one_year_after(last.on) if last else None
