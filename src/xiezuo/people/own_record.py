"""What is recorded about someone, as they themselves may read and take it: the page and the copy ask the same.

It names colleagues, and nobody else: who lives with them, who came with them and who told of them stays with the
others. What is left out for this is said, with the reason.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import local
from xiezuo.common.models import Event
from xiezuo.forms.packs import codes
from xiezuo.orgs.models import User
from xiezuo.people.actions import facts_of
from xiezuo.people.members import Reader
from xiezuo.people.models import GrowthNote, HouseholdMember, JourneyEntry, Person
from xiezuo.people.queries import reads_of
from xiezuo.people.vocab import CameFrom, Disability, IdType, Sex

WHO, CONTACT, LIFE, HEALTH = "who", "contact", "life", "health"
PARTS: dict[str, Promise] = {
    WHO: _("Who I am"),
    CONTACT: _("How I am reached"),
    LIFE: _("School, work and living"),
    HEALTH: _("Health"),
}
FACTS: dict[str, tuple[str, Promise]] = {
    "full_name": (WHO, _("Full name")),
    "nickname": (WHO, _("What people call me")),
    "alias": (WHO, _("Other names")),
    "sex": (WHO, _("Sex")),
    "born_on": (WHO, _("Birth date")),
    "id_type": (WHO, _("Paper")),
    "id_number": (WHO, _("Identity number")),
    "ethnic_group": (WHO, _("Ethnic group")),
    "hukou_place": (WHO, _("Home place (hukou)")),
    "arrived_on": (WHO, _("Came here")),
    "phone": (CONTACT, _("Phone")),
    "wechat": (CONTACT, _("WeChat")),
    "current_place": (CONTACT, _("Lives in")),
    "address": (CONTACT, _("Address")),
    "reach_when": (CONTACT, _("When to reach me")),
    "safe_to_message": (CONTACT, _("Messages may be sent")),
    "school": (LIFE, _("School")),
    "grade": (LIFE, _("Grade")),
    "education": (LIFE, _("Education")),
    "employment": (LIFE, _("Work at present")),
    "occupation": (LIFE, _("Occupation")),
    "marriage": (LIFE, _("Marriage")),
    "political_status": (LIFE, _("Political status")),
    "economic_state": (LIFE, _("How I get by")),
    "health_note": (HEALTH, _("Health")),
    "disability_kind": (HEALTH, _("Disability")),
    "disability_grade": (HEALTH, _("Grade of disability (1 to 4)")),
    "tags": (LIFE, _("Key words")),
}
CODE_LISTS = {"ethnic_group", "education", "marriage", "political_status"}
PRECISIONS = {"born_on": "born_precision", "arrived_on": "arrived_precision"}

WITHHELD: dict[str, tuple[Promise, Promise]] = {
    "notes": (
        _("Notes that colleagues write freely, also on services"),
        _("They may speak of other people, or are the colleague's own thoughts. You can ask to have them explained."),
    ),
    "others": (
        _("What is known of your household as a whole, and of others in your family or group"),
        _("It is theirs. Each of them can look at their own."),
    ),
    "reporters": (
        _("Who told us of something"),
        _("Whoever speaks up for somebody in danger is protected; this holds whether anyone did or not."),
    ),
    "asked": (
        _("Part of what is recorded"),
        _("It cannot be shown on this page. Your social worker can talk about it with you."),
    ),
}


@dataclass(frozen=True)
class Source:
    """Where something comes from: `kind` is "colleague", "sheet" (an old sheet that was taken in) or "self"."""

    kind: str
    who: str
    on: date | None


@dataclass(frozen=True)
class OwnFact:
    """`value` is for machines, `words` for people; `precision` of a date says how much of it is known."""

    part: str
    name: str
    label: str
    value: Any
    words: str
    source: Source
    precision: str = ""


@dataclass(frozen=True)
class OwnEarlier:
    """What a fact was before, and until when."""

    name: str
    label: str
    value: str
    from_on: date | None
    to_on: date
    source: Source


@dataclass(frozen=True)
class OwnWorker:
    """A colleague or a site that works or worked with the person, and why."""

    who: str
    why: str
    words: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True)
class OwnRole:
    role: str
    words: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True)
class OwnStep:
    """Something on the growth path, in the person's own words."""

    on: date
    what: str
    own_words: str
    source: Source


@dataclass(frozen=True)
class OwnPlace:
    """A place in a household; who else lives there is theirs to read."""

    relation: str
    words: str
    from_on: date | None
    to_on: date | None


@dataclass(frozen=True)
class OwnAnswer:
    """`by`: "self" or "guardian"; `how`: who wrote it down, "" where they did so themselves."""

    at: datetime
    purpose: str
    words: str
    state: str
    state_words: str
    by: str
    child_assent: str
    limits: str
    who: str


@dataclass(frozen=True)
class OwnRead:
    at: datetime
    who: str
    user_id: int
    what: str


@dataclass(frozen=True)
class OwnChange:
    at: datetime
    who: str
    code: str
    fields: list[str]


def _in_words(code_list: str, code: str) -> str:
    found = codes(code_list).get(code)
    return code if found is None else found["en" if (get_language() or "").startswith("en") else "zh"]


def _words(name: str, value: Any) -> str:
    """A fact as people read it. Days are put into words by the page."""
    by_name: dict[str, Callable[[Any], str]] = {
        "sex": lambda v: str(Sex(v).label),
        "id_type": lambda v: str(IdType(v).label),
        "disability_kind": lambda v: "、".join(str(Disability(kind).label) for kind in v if kind in Disability.values),
        "tags": "、".join,
        "safe_to_message": lambda v: str(_("yes") if v else _("no")),
    }
    if name in CODE_LISTS:
        return _in_words(name, value)
    return by_name[name](value) if name in by_name else str(value)


def _says(name: str, value: Any) -> bool:
    return value not in (None, "", [], Sex.UNKNOWN) or name == "safe_to_message"


def own_facts(reader: Reader) -> list[OwnFact]:
    """Every fact written down, with its source; of a looker who may not be told only who it is about."""
    person = reader.subject
    facts, changed = facts_of(person), _last_corrections(person)
    first = _first_source(person)
    found = []
    for name, (part, label) in FACTS.items():
        value = getattr(facts, name)
        if not _says(name, value) or (reader.reduced and part != WHO):
            continue
        precision = getattr(facts, PRECISIONS[name]) if name in PRECISIONS else ""
        source = changed.get(name, first)
        found.append(OwnFact(part, name, str(label), value, _words(name, value), source, precision))
    return found


def _first_source(person: Person) -> Source:
    on = local(person.recorded_at).date()
    if person.came_from == CameFrom.IMPORTED:
        return Source("sheet", "", on)
    return Source("colleague", person.recorded_by.name, on)


def _rows_of(person: Person) -> list[int]:
    """Ids of every row that stands or stood for this human."""
    return list(Person.objects.filter(Q(pk=person.pk) | Q(merged_into=person.pk)).values_list("pk", flat=True))


def _events(person: Person) -> QuerySet[Event]:
    return Event.objects.filter(subject="people.person", subject_id__in=_rows_of(person)).order_by("-id")


def _names(ids: set[int | None]) -> dict[int, str]:
    return dict(User.objects.filter(pk__in=[pk for pk in ids if pk]).values_list("pk", "name"))


def _last_corrections(person: Person) -> dict[str, Source]:
    """Of each fact that was corrected: who did so last, and when."""
    events = list(_events(person).filter(code="people.person.corrected"))
    names = _names({event.by_id for event in events})
    found: dict[str, Source] = {}
    for event in events:
        for name in event.facts.get("fields", []):
            found.setdefault(name, Source("colleague", names.get(event.by_id or 0, ""), local(event.at).date()))
    return found


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
    told = [_step(row, f"{row.get_role_display()}: {row.get_step_display()}") for row in steps]
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
    rows = reader.subject.consents.select_related("recorded_by")
    if reader.reduced:
        rows = rows.filter(given_by=reader.looker)
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
    events = [] if reader.reduced else list(_events(reader.subject))
    names = _names({event.by_id for event in events})
    return [
        OwnChange(event.at, names.get(event.by_id or 0, ""), event.code, list(event.facts.get("fields", [])))
        for event in events
    ]


def withheld(reader: Reader) -> list[str]:
    """Codes of WITHHELD that hold for whoever looks."""
    return [code for code in WITHHELD if code != "asked" or reader.reduced]
