"""Writing down a breach, telling everyone, closing it; the yearly audit of children's data; assessing what may hurt."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.forms.packs import pack
from xiezuo.orgs.access import Actor
from xiezuo.people.actions.consent import note_reads
from xiezuo.people.consents import guardians_on
from xiezuo.people.impact import PARTS, shipped, subjects
from xiezuo.people.minors import OF_A_BREACH, findings
from xiezuo.people.models import Breach, BreachTelling, ImpactAssessment, MinorsAudit, Person
from xiezuo.people.owed import (
    is_owed,
    kinds_of_data,
    must_answer_for_data,
    telling_words,
    tellings_of,
    ways_to_tell,
)
from xiezuo.people.sections import is_minor

WORDS = ("harm", "remedy", "advice", "contact", "not_told_why")
MOST_NAMED = 20


@transaction.atomic
def note_breach(*, by: Actor, what: str, found_at: datetime, kinds: Iterable[str], cause: str, at: datetime) -> Breach:
    """Write down that something went wrong. Everyone on the staff may, and should at once; whoever answers for data goes
    on from there."""
    if by.watched or not by.roles:
        raise NotAllowed(_("You are looking at the house as another role would. Go back to your own to write."))
    if not tidy(what) or not tidy(cause):
        raise RuleBroken("people.breach_says_what", _("Write what happened, and how as far as you know."), field="what")
    if found_at > at:
        raise RuleBroken("people.breach_in_order", _("It cannot have been found after today."), field="found_at")
    told = [kind for kind in kinds_of_data() if kind in set(kinds)]
    if not told:
        raise RuleBroken("people.breach_needs_kinds", _("Choose at least one kind of data."), field="kinds")
    breach = Breach.objects.create(
        what=tidy(what), found_at=found_at, kinds=told, cause=cause.strip(), recorded_by=by.user, recorded_at=at
    )
    happened("people.breach.noted", breach, by_id=by.id, kinds=told)
    return breach


def _open(breach: Breach) -> Breach:
    found = Breach.objects.select_for_update().get(pk=breach.pk)
    if found.closed_at is not None:
        raise RuleBroken("people.breach_is_closed", _("This breach is closed. Write down a new one if there is more."))
    return found


@transaction.atomic
def describe_breach(*, by: Actor, breach: Breach, words: dict[str, str], remedied_at: datetime | None) -> Breach:
    """Say of it what people and the authority have to know: harm, remedy, what people should do, whom to ask."""
    must_answer_for_data(by)
    breach = _open(breach)
    for name in WORDS:
        setattr(breach, name, words.get(name, "").strip())
    breach.remedied_at = remedied_at
    breach.save()
    happened("people.breach.described", breach, by_id=by.id)
    return breach


@transaction.atomic
def tell_authority(*, by: Actor, breach: Breach, authority: str, at: datetime) -> Breach:
    """Write down that the authority was told."""
    must_answer_for_data(by)
    breach = _open(breach)
    if not tidy(authority):
        raise RuleBroken("people.breach_names_authority", _("Write which authority was told."), field="authority")
    if at < breach.found_at:
        raise RuleBroken("people.breach_in_order", _("Nobody can be told before it was found."), field="told_at")
    breach.authority, breach.authority_told_at = tidy(authority), at
    breach.save()
    happened("people.breach.authority_told", breach, by_id=by.id)
    return breach


@transaction.atomic
def concerns(*, by: Actor, breach: Breach, people: Iterable[int], on: date) -> int:
    """Write down whom it concerns (ids; a row that was merged stands for who was kept). Of a child also each guardian, or
    one who is still to be found. Gives how many people were new."""
    must_answer_for_data(by)
    breach = _open(breach)
    rows = Person.objects.filter(pk__in=list(people)).values_list("pk", "merged_into_id")
    wanted = {kept or pk for pk, kept in rows}
    wanted -= set(breach.tellings.values_list("person_id", flat=True))
    found = list(Person.objects.filter(pk__in=wanted).order_by("pk"))
    for person in found:
        minor = is_minor(person, on)
        told = [BreachTelling(breach=breach, person=person, minor=minor, whom=person)]
        if minor:
            guardians: list[int | None] = [*sorted(guardians_on(person, on))]
            told += [
                BreachTelling(breach=breach, person=person, minor=True, as_guardian=True, whom_id=pk)
                for pk in guardians or [None]
            ]
        BreachTelling.objects.bulk_create(told)
    note_reads(by=by, people=found, what=OF_A_BREACH)
    if found:
        happened("people.breach.concerns", breach, by_id=by.id, people=len(found))
    return len(found)


def people_meant(by: Actor, lines: str) -> tuple[list[int], list[str]]:
    """Ids of those who are meant by what was typed, one a line: the number of a file (P000123) or a whole name, exactly;
    and the lines that mean nobody or several."""
    must_answer_for_data(by)
    found, unclear = [], []
    for line in filter(None, (tidy(line) for line in lines.splitlines())):
        number = line[1:] if line[:1] in "Pp" else line
        people = Person.objects.filter(merged_into__isnull=True)
        fits = (
            people.filter(pk=int(number)) if number.isdecimal() and len(number) < 10 else people.filter(full_name=line)
        )
        ids = list(fits.values_list("pk", flat=True)[:2]) or list(
            people.filter(nickname=line).values_list("pk", flat=True)[:2]
        )
        if len(ids) == 1:
            found.append(ids[0])
        else:
            unclear.append(line)
    return found, unclear


@transaction.atomic
def tell_of_breach(*, by: Actor, breach: Breach, tellings: Iterable[int], way: str, at: datetime) -> int:
    """Write down that these (ids of tellings) were told, and how. Gives how many that are; told again changes nothing."""
    must_answer_for_data(by)
    breach = _open(breach)
    if way not in ways_to_tell():
        raise RuleBroken("people.breach_says_how", _("Choose how they were told."), field="way")
    open_ones = breach.tellings.select_for_update().filter(pk__in=list(tellings), told_at__isnull=True)
    ids = list(open_ones.values_list("pk", flat=True))
    BreachTelling.objects.filter(pk__in=ids).update(told_at=at, way=way, told_by=by.user)
    if ids:
        happened("people.breach.told", breach, by_id=by.id, tellings=len(ids), way=way)
    return len(ids)


@transaction.atomic
def close_breach(*, by: Actor, breach: Breach, at: datetime) -> Breach:
    """The house has done what it owes. Refused while the authority or someone who has to be told was not, by name."""
    must_answer_for_data(by)
    breach = _open(breach)
    if breach.authority_told_at is None:
        raise RuleBroken(
            "people.breach_authority_not_told", _("The authority has not been told yet. Write down when it was.")
        )
    if breach.remedied_at is None:
        raise RuleBroken("people.breach_not_remedied", _("Write down what was done against it, and when."))
    rows = tellings_of(by, breach)
    if not rows and not breach.not_told_why:
        words = _("Nobody is written down whom it concerns. Write them down first, or say why nobody needs to be told.")
        raise RuleBroken("people.breach_concerns_nobody", words)
    owed = [telling_words(telling) for telling in rows if is_owed(breach, telling)]
    if owed:
        named, more = _(", ").join(owed[:MOST_NAMED]), len(owed) - MOST_NAMED
        words = (
            _("Not everyone has been told yet: %(who)s, and %(n)s more.")
            if more > 0
            else _("Not everyone has been told yet: %(who)s.")
        )
        raise RuleBroken("people.breach_not_told", words % {"who": named, "n": more}, owed=len(owed))
    breach.closed_at, breach.closed_by = at, by.user
    breach.save()
    happened("people.breach.closed", breach, by_id=by.id)
    return breach


@transaction.atomic
def audit_minors(*, by: Actor, from_on: date, to_on: date, conclusion: str, on: date) -> MinorsAudit:
    """Write down the yearly audit: the numbers of the period as they are now, and what follows from them in words."""
    must_answer_for_data(by)
    if to_on < from_on or to_on > on:
        raise RuleBroken(
            "people.audit_in_order", _("The period ends after it begins, and not after today."), field="to_on"
        )
    if not conclusion.strip():
        raise RuleBroken("people.audit_concludes", _("Write what you conclude from the numbers."), field="conclusion")
    told = findings(from_on, to_on).as_facts()
    audit = MinorsAudit.objects.create(
        from_on=from_on, to_on=to_on, findings=told, conclusion=conclusion.strip(), by=by.user, on=on
    )
    happened("people.audit.written", audit, by_id=by.id, until=to_on.isoformat())
    return audit


@transaction.atomic
def report_audit(*, by: Actor, audit: MinorsAudit, to: str, on: date) -> MinorsAudit:
    """Write down that the audit was reported, and to whom."""
    must_answer_for_data(by)
    if not tidy(to):
        raise RuleBroken("people.audit_reported_to", _("Write to whom it was reported."), field="to")
    if on < audit.on:
        raise RuleBroken("people.audit_in_order", _("It cannot be reported before it was written."), field="on")
    audit.reported_on, audit.reported_to = on, tidy(to)
    audit.save(update_fields=["reported_on", "reported_to"])
    happened("people.audit.reported", audit, by_id=by.id)
    return audit


@transaction.atomic
def assess(*, by: Actor, subject: str, words: dict[str, str], on: date) -> ImpactAssessment:
    """Write an assessment of the house's own; the earlier ones stay."""
    must_answer_for_data(by)
    if subject not in subjects():
        raise RuleBroken("people.assess_what", _("There is no form or purpose of this name."), field="subject")
    told = {name: words.get(name, "").strip() for name in PARTS}
    if empty := next((name for name, text in told.items() if not text), ""):
        raise RuleBroken(
            "people.assess_everything", _("Write all four parts: an empty one assesses nothing."), field=empty
        )
    as_shipped = told == {name: (shipped(subject) or {}).get(name, "") for name in PARTS}
    version = pack("impact-default")["version"] if as_shipped else ""
    assessment = ImpactAssessment.objects.create(subject=subject, by=by.user, on=on, version=version, **told)
    happened("people.impact.assessed", assessment, by_id=by.id, subject=subject)
    return assessment
