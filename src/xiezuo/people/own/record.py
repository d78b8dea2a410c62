"""What is recorded about someone, as they themselves may read and take it: the page and the copy ask the same.

It names colleagues, and nobody else: who lives with them, who came with them and who told of them stays with the
others. What is left out for this is said, with the reason.
"""

from django.utils.translation import pgettext

from xiezuo.common.days import local
from xiezuo.common.walls import opened
from xiezuo.people.members import Reader
from xiezuo.people.models import Consent, GrowthNote, HouseholdMember, JourneyEntry
from xiezuo.people.own.labels import WITHHELD
from xiezuo.people.own.log import events_of, names_of
from xiezuo.people.own.shapes import (
    OwnAnswer,
    OwnChange,
    OwnEarlier,
    OwnPlace,
    OwnRead,
    OwnRole,
    OwnStep,
    OwnWorker,
    Source,
)
from xiezuo.people.queries import reads_of


def own_earlier(reader: Reader) -> list[OwnEarlier]:
    """Earlier names, numbers and homes, the latest first."""
    if reader.reduced:
        return []
    return [
        OwnEarlier(
            row.fact,
            str(row.get_fact_display()),
            row.value,
            row.from_on,
            row.to_on,
            Source("colleague", row.recorded_by.name, local(row.recorded_at).date()),
        )
        for row in reader.subject.earlier_facts.select_related("recorded_by")
    ]


def own_workers(reader: Reader) -> list[OwnWorker]:
    """Who works with the person, and who did."""
    if reader.reduced:
        return []
    rows = reader.subject.assignments.select_related("user", "site").order_by("from_on", "id")
    return [
        OwnWorker(str(row.user or row.site), row.why, str(row.get_why_display()), row.from_on, row.to_on)
        for row in rows
    ]


def own_roles(reader: Reader) -> list[OwnRole]:
    if reader.reduced:
        return []
    periods = reader.subject.role_periods.all()
    return [OwnRole(row.role, str(row.get_role_display()), row.from_on, row.to_on) for row in periods]


def own_path(reader: Reader) -> list[OwnStep]:
    """Steps and notes on the growth path with the person's own words; what workers note beside them is left out."""
    if reader.reduced:
        return []
    steps = JourneyEntry.objects.filter(person=reader.subject).select_related("recorded_by")
    notes = GrowthNote.objects.filter(person=reader.subject).select_related("recorded_by")
    between = pgettext("between a name and what is said of it", ": ")
    told = [_step(row, f"{row.get_role_display()}{between}{row.get_step_display()}") for row in steps]
    return sorted([*told, *(_step(row, row.what) for row in notes)], key=lambda step: step.on)


def _step(row: JourneyEntry | GrowthNote, what: str) -> OwnStep:
    source = Source("colleague", row.recorded_by.name, local(row.recorded_at).date())
    return OwnStep(row.on, what, row.own_words, source)


def own_places(reader: Reader) -> list[OwnPlace]:
    if reader.reduced:
        return []
    rows = HouseholdMember.objects.filter(person=reader.subject).order_by("id")
    return [OwnPlace(row.relation, str(row.get_relation_display()), row.from_on, row.to_on) for row in rows]


def own_answers(reader: Reader) -> list[OwnAnswer]:
    """Every answer to a consent, the latest first. Who may not be told is read by nobody but the staff."""
    with opened("people.Consent", why="whoever looks reads their own answers"):
        asked = Consent.objects.filter(person=reader.subject.pk).select_related("recorded_by")
        rows = list(asked.filter(given_by=reader.looker) if reader.reduced else asked)
    own = reader.subject.pk
    return [
        OwnAnswer(
            at=row.at,
            purpose=row.purpose,
            words=str(row.get_purpose_display()),
            state=row.state,
            state_words=str(row.get_state_display()),
            by="self" if (row.given_by_id or own) == own else "guardian",
            child_assent=row.child_assent,
            limits=row.limits,
            who=row.recorded_by.name if row.recorded_by else "",
        )
        for row in rows
    ]


def own_reads(reader: Reader) -> list[OwnRead]:
    """Who opened a page about this human, under whichever row; the latest first."""
    if reader.reduced:
        return []
    return [OwnRead(row.at, row.user.name, row.user_id, row.what) for row in reads_of(reader.subject)]


def own_changes(reader: Reader) -> list[OwnChange]:
    """What was done with the record, by whom; the latest first. `who` is empty where they did it themselves."""
    events = [] if reader.reduced else list(events_of(reader.subject))
    names = names_of({event.by_id for event in events})
    return [
        OwnChange(event.at, names.get(event.by_id or 0, ""), event.code, list(event.facts.get("fields", [])))
        for event in events
    ]


def withheld(reader: Reader) -> list[str]:
    """Codes of WITHHELD that hold for whoever looks."""
    unsaid = {code for code, holds in (("asked", reader.reduced), ("confided", not reader.own)) if not holds}
    return [code for code in WITHHELD if code not in unsaid]
