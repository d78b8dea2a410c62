"""What people do with the record of a person."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.bulk import write_new
from xiezuo.common.days import now
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened, happened_to_each
from xiezuo.common.meanwhile import ChangedMeanwhile, Marks, meanwhile
from xiezuo.common.text import says_a_name, tidy_name
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site, User
from xiezuo.people.access import (
    must_do_casework,
    must_open,
    must_supervise,
    must_work_with,
    people_for,
    sections_for,
)
from xiezuo.people.actions.earlier import keep_earlier
from xiezuo.people.checks import must_be_checked
from xiezuo.people.finding.index import index_people
from xiezuo.people.identity import check_resident_id, id_index, tidy_id
from xiezuo.people.models import (
    SENSITIVE,
    Assignment,
    Person,
    RolePeriod,
)
from xiezuo.people.search import keep_findable
from xiezuo.people.sections import is_minor
from xiezuo.people.sensitive import fetch_sensitive, keep_sensitive, write_sensitive_of_new
from xiezuo.people.vocab import (
    AssignedFor,
    BornPrecision,
    CameFrom,
    DatedFact,
    IdType,
    NoAnswer,
    Role,
    Section,
    Sex,
)

ID_ERRORS = {
    "length": _("A resident identity number has 18 characters (or 15 in old papers). Correct it or leave it empty."),
    "date": _("The birth date inside this identity number does not exist. Correct it or leave it empty."),
    "checksum": _("The last character of this identity number does not fit the others. Correct it or leave it empty."),
    "future": _("The birth date inside this identity number lies in the future. Correct it or leave it empty."),
}


@dataclass(kw_only=True)
class PersonFacts:
    """What is written down about a person. The nickname is the name where only that is known, and the reverse."""

    nickname: str = ""
    full_name: str = ""
    alias: str = ""
    sex: str = Sex.UNKNOWN
    born_on: date | None = None
    born_precision: str = ""
    id_type: str = ""
    id_number: str = ""
    ethnic_group: str = ""
    education: str = ""
    marriage: str = ""
    political_status: str = ""
    hukou_place: str = ""
    current_place: str = ""
    address: str = ""
    arrived_on: date | None = None
    arrived_precision: str = ""
    phone: str = ""
    wechat: str = ""
    reach_when: str = ""
    safe_to_message: bool = False
    employment: str = ""
    occupation: str = ""
    school: str = ""
    grade: str = ""
    economic_state: str = ""
    health_note: str = ""
    disability_kind: list[str] | None = None
    disability_grade: int | None = None
    tags: list[str] | None = None
    note: str = ""
    unanswered: dict[str, str] | None = None
    for_testing: bool = False


# A fact and what stands beside it: one is written with the other.
BESIDE = {
    "born_on": ("born_precision",),
    "arrived_on": ("arrived_precision",),
    "id_number": ("id_type", "id_number_index"),
}
NAMES = ("nickname", "full_name", "alias")
SENSITIVE_NAMES = frozenset(SENSITIVE)
FACTS = tuple(field.name for field in fields(PersonFacts))


def facts_of(person: Person) -> PersonFacts:
    """What stands on the record now, as the starting point of a correction. Its sensitive facts were fetched before
    (people.sensitive), or this raises BehindTheWall."""
    return PersonFacts(**{name: getattr(person, name) for name in FACTS})


def _says(facts: PersonFacts, name: str) -> bool:
    """Whether a fact is known: "not known" of a code list is no answer."""
    value = getattr(facts, name)
    return bool(value) and not (name == "sex" and value == Sex.UNKNOWN)


def columns_of(facts: PersonFacts) -> dict[str, Any]:
    """The facts as columns. Raises RuleBroken for a person without any name."""
    values = {name: getattr(facts, name) for name in FACTS}
    values |= {name: tidy_name(values[name]) for name in NAMES}
    values["nickname"] = values["nickname"] or values["full_name"]
    if not values["nickname"]:
        raise RuleBroken(
            "people.nickname_missing",
            _("Write what the person is called; a nickname is enough."),
            field="nickname",
        )
    values["tags"] = values["tags"] or []
    values["disability_kind"] = values["disability_kind"] or []
    # Why something is empty is only told of what is.
    told = values["unanswered"] or {}
    values["unanswered"] = {name: NoAnswer(why).value for name, why in sorted(told.items()) if not _says(facts, name)}
    if facts.born_on:
        values["born_precision"] = facts.born_precision or BornPrecision.DAY
    values["id_number"] = tidy_id(facts.id_number)
    values["id_number_index"] = id_index(facts.id_number)
    return values


def with_what_came_meanwhile(facts: PersonFacts, now: PersonFacts, seen: Marks) -> PersonFacts:
    """The typed facts with those that somebody else alone changed; what stands beside a fact comes with it."""
    since = meanwhile(seen, vars(now), vars(facts))
    if since.both:
        raise ChangedMeanwhile(since.both, since.theirs)
    names = {name for main in BESIDE for name in (main, *BESIDE[main]) if main in since.theirs} | since.theirs
    return replace(facts, **{name: getattr(now, name) for name in names if name in FACTS})


def _checked(facts: PersonFacts, on: date) -> dict[str, Any]:
    """The facts as columns. Raises RuleBroken also for an impossible identity number or birth date, and for signs in
    place of a name."""
    for name in NAMES:
        if (written := tidy_name(getattr(facts, name))) and not says_a_name(written):
            words = _("“%(written)s” is no name. Write what the person is called; a nickname is enough.")
            raise RuleBroken("people.name_without_letters", words % {"written": written}, field=name)
    if facts.born_on and facts.born_on > on:
        raise RuleBroken("people.born_in_future", _("The birth date lies in the future."), field="born_on")
    if facts.id_number and facts.id_type in {"", IdType.RESIDENT_ID}:
        finding = check_resident_id(facts.id_number, on=on, sex=facts.sex)
        if finding.error:
            raise RuleBroken(
                f"people.id_number_{finding.error}", ID_ERRORS[finding.error], field="id_number", rule="IDN-1"
            )
        facts = replace(facts, id_number=finding.number, id_type=IdType.RESIDENT_ID)
    return columns_of(facts)


@transaction.atomic
def register_person(
    *,
    by: Actor,
    facts: PersonFacts,
    on: date,
    site: Site | None = None,
    role: Role | None = None,
    came_from: CameFrom = CameFrom.RECORDED,
    legal_basis: str = "",
    with_user: bool = True,
    key: uuid.UUID | None = None,
) -> Person:
    """Write down a person nobody has written down before; `site` and (by default) the writer work with them.

    The same `key` again gives the person already written.
    """
    must_do_casework(by)
    if key is not None:
        written = Person.objects.filter(key=key, recorded_by=by.user).first()
        if written is not None:
            return written
    person = Person(**_checked(facts, on), recorded_by=by.user, came_from=came_from, legal_basis=legal_basis)
    person.key = key or person.key
    keep_findable(person)
    person.save()
    keep_sensitive([person])
    index_people([person.pk])
    why = AssignedFor.IMPORTED if came_from == CameFrom.IMPORTED else AssignedFor.REGISTERED
    if site is not None:
        Assignment.objects.create(person=person, site=site, why=why, from_on=on)
    if with_user or site is None:
        Assignment.objects.create(person=person, user=by.user, why=why, from_on=on)
    if role is not None:
        RolePeriod.objects.create(person=person, role=role, from_on=on)
    happened("people.person.registered", person, by_id=by.id)
    return person


@transaction.atomic
def correct_person(
    *,
    by: Actor,
    person: Person,
    facts: PersonFacts,
    on: date,
    changed_on: date | None = None,
    seen: Marks | None = None,
) -> Person:
    """Write what is now known; the event keeps which fields changed, not what stood in them.

    `changed_on`: the day since when a name, telephone or home is another; the earlier one stays in the history. None:
    what stood there was never right.
    `seen` are the marks of what the writer had before them. What a colleague alone changed since then stays; what
    both changed, and not to the same, raises ChangedMeanwhile and nothing is written.
    """
    must_do_casework(by)
    person = people_for(by).select_for_update(no_key=True).get(pk=person.pk)
    must_open(by, person, Section.CONTACT)
    fetch_sensitive([person])
    if Section.SENSITIVE not in sections_for(by, person):
        # Kept as they are by whoever may not see them.
        facts = replace(facts, **{name: getattr(person.behind, name) for name in SENSITIVE})
    if seen is not None:
        facts = with_what_came_meanwhile(facts, facts_of(person), seen)
    values = _checked(facts, on)
    changed = sorted(name for name, value in values.items() if getattr(person, name) != value)
    if not changed:
        return person
    if changed_on is not None:
        before = {name: getattr(person, name) for name in changed if name in DatedFact.values}
        keep_earlier(by=by, of=person, before=before, changed=before, on=changed_on)
    for name in changed:
        setattr(person, name, values[name])
    keep_findable(person)
    person.save()
    if not SENSITIVE_NAMES.isdisjoint(changed):
        keep_sensitive([person])
    index_people([person.pk])
    happened("people.person.corrected", person, by_id=by.id, fields=changed)
    return person


@transaction.atomic
def assign(
    *,
    by: Actor,
    person: Person,
    why: AssignedFor,
    on: date,
    user: User | None = None,
    site: Site | None = None,
) -> Assignment:
    """A supervisor lets a colleague or a site work with a person from `on`. Assigning twice is assigning once.

    Raises RuleBroken for a colleague without a clear background check who is to work with someone under 18 (CHD-5).
    """
    must_supervise(by)
    must_work_with(by, person)
    if user is not None and is_minor(person, on):
        must_be_checked(on=on, user=user)
    assignment, new = Assignment.objects.get_or_create(
        person=person, user=user, site=site, to_on=None, defaults={"why": why, "from_on": on}
    )
    if new:
        happened(
            "people.person.assigned",
            person,
            by_id=by.id,
            user=user.pk if user else None,
            site=site.pk if site else None,
            why=why,
        )
    return assignment


def unsaved_person(
    by: Actor, facts: PersonFacts, came_from: CameFrom = CameFrom.RECORDED, legal_basis: str = ""
) -> Person:
    """The row of a new person, not yet in the database. Raises RuleBroken for a person without any name."""
    person = Person(**columns_of(facts), recorded_by=by.user, came_from=came_from, legal_basis=legal_basis)
    keep_findable(person)
    return person


def write_people(by: Actor, everyone: Sequence[PersonFacts], came_from: CameFrom, legal_basis: str) -> list[Person]:
    people = write_new([unsaved_person(by, facts, came_from, legal_basis) for facts in everyone])
    write_sensitive_of_new(people)
    index_people(person.pk for person in people)
    return people


@transaction.atomic
def register_people(*, by: Actor, everyone: Sequence[tuple[PersonFacts, date]], site: Site, role: Role) -> list[Person]:
    """Write down a whole list of people at once, each with the day of the first time; the site works with them."""
    must_do_casework(by)
    people = write_people(by, [facts for facts, _on in everyone], CameFrom.RECORDED, "")
    pairs = [(person, on) for person, (_facts, on) in zip(people, everyone, strict=True)]
    write_new([Assignment(person=p, site=site, why=AssignedFor.REGISTERED, from_on=on) for p, on in pairs])
    write_new([RolePeriod(person=p, role=role, from_on=on) for p, on in pairs])
    happened_to_each("people.person.registered", [(person, now(), {}) for person in people], by_id=by.id)
    return people


@transaction.atomic
def end_assignment(*, by: Actor, assignment: Assignment, on: date) -> Assignment:
    """From the day after `on` the colleague or site no longer works with the person; that they did, stays."""
    must_supervise(by)
    must_work_with(by, assignment.person)
    assignment.to_on = max(on, assignment.from_on)
    assignment.save(update_fields=["to_on"])
    facts = {"user": assignment.user_id, "site": assignment.site_id}
    happened("people.person.unassigned", assignment.person, by_id=by.id, **facts)
    return assignment


def sites_now_serve(*, people: Iterable[int], site: Site, on: date) -> None:
    """Part of recording a service: the site works with everyone named there. Call inside that transaction."""
    wanted = set(people)
    known = Assignment.objects.filter(site=site, to_on__isnull=True, person__in=wanted).values_list(
        "person_id", flat=True
    )
    Assignment.objects.bulk_create(
        [Assignment(person_id=pk, site=site, why=AssignedFor.SERVED, from_on=on) for pk in sorted(wanted - set(known))],
        ignore_conflicts=True,  # a colleague may be writing of the same person at the same moment
    )
