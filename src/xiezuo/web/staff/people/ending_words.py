"""What ends, in words: how long a class is kept, and where a destruction stands and who is next."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from xiezuo.common.days import local
from xiezuo.orgs.access import Actor
from xiezuo.people.access import destructions_for, holds_for, sees_endings
from xiezuo.people.ending import OPEN
from xiezuo.people.models import Destruction
from xiezuo.people.retention import PERSON, RecordClass, classes
from xiezuo.people.vocab import DestructionState, RetentionStart
from xiezuo.web.base.shapes import Tab


def tabs_of(actor: Actor, current: str) -> list[Tab]:
    """The views of what ends that are open to the actor."""
    if not sees_endings(actor):
        return []
    waiting = destructions_for(actor).filter(state__in=OPEN).count()
    held = holds_for(actor).filter(to_on__isnull=True).count()
    over = [Tab(_("Past its period"), reverse("ending"), current == "ending")]
    return [
        *(over if actor.keeps_data or actor.directs else []),
        Tab(f"{_('Destructions')} {waiting or ''}".strip(), reverse("destructions"), current == "destructions"),
        Tab(f"{_('Legal holds')} {held or ''}".strip(), reverse("legal_holds"), current == "legal_holds"),
    ]


def period_words(years: int, months: int) -> str:
    told = [ngettext("%(n)s year", "%(n)s years", years) % {"n": years}] if years else []
    told += [ngettext("%(n)s month", "%(n)s months", months) % {"n": months}] if months else []
    return " ".join(told)


def kept_for(of: RecordClass) -> str:
    """ "10 years from the last contact": as the pack has it."""
    what = {"period": period_words(of.years, of.months), "start": str(RetentionStart(of.counted_from).label)}
    words = _("at least %(period)s from %(start)s") if of.least else _("%(period)s from %(start)s")
    return words % what


def mark_words(mark: str) -> str:
    return {
        "verified": pgettext("mark of a rule", "in the law"),
        "secondary": pgettext("mark of a rule", "quoted, not read in the text"),
        "unverified": pgettext("mark of a rule", "our default, no rule found"),
    }.get(mark, mark)


def class_label(code: str) -> str:
    """A class as the pack calls it; one that has left the pack keeps its code."""
    of = classes().get(code)
    return capfirst(of.label) if of else code


def source_words(destruction: Destruction) -> str:
    """Where the rule stood when it was proposed; in the language of the page while the pack still says the same."""
    of = classes().get(destruction.record_class)
    return of.source_words if of and of.source == destruction.source else destruction.source


def line_words(table: str, row: int) -> str:
    """What a line stands for, never by name: a person by number, a month of the log, a file, an answer."""
    if table == PERSON:
        return f"P{row:06d}"
    if table == "people.readlog":
        return _("log of %(month)s") % {"month": f"{row // 100}-{row % 100:02d}"}
    if table == "exchange.importbatch":
        return _("file no. %(n)s") % {"n": row}
    return _("answer no. %(n)s") % {"n": row}


@dataclass(frozen=True)
class Stands:
    """Where a destruction stands, as a sentence; `kind` as of a state component."""

    kind: str
    words: str


def stands(destruction: Destruction, today: date) -> Stands:
    """Who has to do what next, and since when it waits."""
    return Stands(_kind(destruction), _sentence(destruction, today))


def _kind(destruction: Destruction) -> str:
    if destruction.state in OPEN:
        return "wait"
    return "ok" if destruction.state == DestructionState.DONE else ""


def _sentence(destruction: Destruction, today: date) -> str:
    if destruction.state == DestructionState.PROPOSED:
        first = destruction.approved_1_at
        words = _("Waiting for the second signature, %(since)s.") if first else _("Waiting for a signature, %(since)s.")
        return words % {"since": since_words(local(first or destruction.proposed_at).date(), today)}
    if destruction.state == DestructionState.APPROVED:
        last = destruction.approved_2_at or destruction.approved_1_at or destruction.proposed_at
        words = _("Approved; the data steward carries it out. Waiting %(since)s.")
        return words % {"since": since_words(local(last).date(), today)}
    if destruction.state == DestructionState.DOING:
        return _("It is being carried out.")
    if destruction.state == DestructionState.DONE:
        return _("Carried out.")
    return _("Not carried out; nothing was touched.")


def since_words(day: date, today: date) -> str:
    days = (today - day).days
    if days < 1:
        return _("since today")
    return ngettext("for %(n)s day", "for %(n)s days", days) % {"n": days}


def on_paper(destruction: Destruction) -> str:
    """ "10 years from the last contact", as it held when it was proposed."""
    start = str(RetentionStart(destruction.counted_from).label)
    return _("%(period)s from %(start)s") % {
        "period": period_words(destruction.years, destruction.months),
        "start": start,
    }
