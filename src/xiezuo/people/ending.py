"""What has passed its period (RET). It reads; nothing here touches anything."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from xiezuo.common.days import age_on, local
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_see_what_is_over
from xiezuo.people.models import DestructionItem, LegalHold, Person
from xiezuo.people.retention import (
    CHILD,
    EVERYONE,
    FULL_AGE,
    PERSON,
    Contact,
    Over,
    RecordClass,
    belongs,
    classes,
    contacts,
    earlier,
    end_of,
    later,
    rows_of_class,
)
from xiezuo.people.vocab import DestructionState

AT_ONCE = 500  # ids in one statement


Holding = Callable[[date], Iterable[int]]
_holding: list[Holding] = []


def tell_holding(*holds: Holding) -> None:
    """Upper floors tell of people (ids) of whom nothing may be destroyed on a day while something of theirs is open."""
    _holding.extend(holds)


def held_on(on: date) -> set[int]:
    """People of whom nothing may be destroyed on that day; a hold on one row holds whoever it was merged into."""
    return _legally_held(on) | {pk for holds in _holding for pk in holds(on)}


def _legally_held(on: date) -> set[int]:
    rows = LegalHold.objects.filter(from_on__lte=on).filter(Q(to_on__isnull=True) | Q(to_on__gte=on))
    told = rows.values_list("person_id", "person__merged_into_id")
    return {pk for pair in told for pk in pair if pk is not None}


DAYS_ALONE = "how long ago someone was in contact is asked of days, not of answers"


@dataclass(frozen=True)
class ClassOver:
    """A class with the lines that are over, the longest over first; `held` of them are stopped."""

    of: RecordClass
    lines: list[Over]

    @property
    def free(self) -> list[Over]:
        return [line for line in self.lines if not line.held]

    @property
    def held(self) -> int:
        return len(self.lines) - len(self.free)


def what_is_over(actor: Actor, on: date) -> list[ClassOver]:
    """Every class of the pack with what has passed its period on `on`. Raises NotAllowed."""
    must_see_what_is_over(actor)
    by_class: dict[str, list[Over]] = defaultdict(list)
    for line in people_over(on):
        by_class[line.code].append(line)
    for code in classes():
        by_class[code] += rows_over(code, on)
    return [
        ClassOver(of, sorted(by_class[code], key=lambda line: (line.over_on, line.pk)))
        for code, of in classes().items()
    ]


def rows_over(code: str, on: date) -> list[Over]:
    """The lines of a class whose rows end by themselves."""
    told = rows_of_class(code)
    return told.over(classes()[code], on) if told else []


def people_over(on: date, only: Collection[int] | None = None) -> list[Over]:
    """People of whom every class has passed its period; `only`: of these ids. Whoever has an open login is still here."""
    candidates = _out_of_touch(on)
    if only is not None:
        candidates = candidates.filter(pk__in=only)
    with opened("people.Consent", why=DAYS_ALONE):
        found = list(candidates.values_list("pk", flat=True))
    held = held_on(on)
    return [replace(line, held=line.pk in held) for line in ends_of(found) if line.over_on <= on]


def _out_of_touch(on: date) -> QuerySet[Person]:
    """Those without a contact since so long that the shortest period may have passed: more than are over."""
    shortest = min(of.years for of in classes().values() if of.of == "people" and of.code != CHILD)
    after = earlier(on, years=shortest)
    people = Person.objects.filter(merged_into__isnull=True, erased_on__isnull=True)
    people = people.exclude(user__is_active=True)
    for contact in contacts():
        later_on = {contact.column: OuterRef("pk"), f"{contact.day}__gt": after}
        people = people.exclude(Exists(contact.model._base_manager.filter(contact.only, **later_on)))
    return people.order_by("pk")


def ends_of(people: Sequence[int]) -> list[Over]:
    """Of each person (ids): the class that ends last, since when it counts and when it has passed."""
    found = []
    for start in range(0, len(people), AT_ONCE):
        found += [max(ends, key=lambda end: end.over_on) for ends in _ends(people[start : start + AT_ONCE]).values()]
    return found


def ends_by_class(people: Collection[int]) -> dict[int, list[Over]]:
    """Of each person (ids) the end of every class they belong to, in the order of the pack."""
    return _ends(sorted(people))


def _ends(people: Sequence[int]) -> dict[int, list[Over]]:
    last = last_contacts(people)
    born = dict(Person.objects.filter(pk__in=people).values_list("pk", "born_on"))
    found: dict[int, list[Over]] = {pk: [] for pk in people}
    for code, of in classes().items():
        if of.of != "people":
            continue
        for pk in _members(of, people, last, born):
            since = later(born[pk], years=FULL_AGE) if code == CHILD and born[pk] else last[pk]  # type: ignore[arg-type]
            found[pk].append(Over(PERSON, pk, code, since, of.over_on(since)))
    return found


def _members(
    of: RecordClass, people: Sequence[int], last: dict[int, date], born: dict[int, date | None]
) -> Iterable[int]:
    """Who of `people` has records of the class. Under age at the last contact makes a child's record (as far as known)."""
    if of.code == EVERYONE:
        return people
    if of.code == CHILD:
        return [pk for pk in people if (day := born[pk]) is not None and age_on(day, last[pk]) < FULL_AGE]
    told = belongs(of.code)
    if told is None:
        return []
    return Person.objects.filter(told(of), pk__in=people).values_list("pk", flat=True)


def last_contacts(people: Sequence[int]) -> dict[int, date]:
    """The last day on which anything was done with each person; where nothing was, the day they were written down."""
    recorded = Person.objects.filter(pk__in=people).values_list("pk", "recorded_at")
    found: dict[int, date] = {}
    with opened("people.Consent", why=DAYS_ALONE):
        for contact in contacts():
            for pk, day in _days(contact, people):
                found[pk] = max(day, found.get(pk, day))
    return {pk: found.get(pk) or local(at).date() for pk, at in recorded}


def _days(contact: Contact, people: Sequence[int]) -> Iterable[tuple[int, date]]:
    rows = contact.model._base_manager.filter(contact.only, **{f"{contact.column}__in": people}).order_by()
    # Of days known as well the latest is enough.
    apart = [contact.column, *filter(None, [contact.precision])]
    told: QuerySet[Any, Any] = rows.values(*apart).annotate(last=Max(contact.day))
    for pk, *precision, day in told.values_list(*apart, "last"):
        if day is not None:
            yield pk, end_of(day, precision[0] if precision else "")


Serials = list[str]
ReadsTexts = Callable[[Collection[int]], dict[int, Serials]]
_texts: list[ReadsTexts] = []


def tell_texts(reads: ReadsTexts) -> None:
    """A floor tells which of its texts may name a person among others, where no machine can find the name."""
    _texts.append(reads)


def texts_to_read(people: Collection[int]) -> dict[int, Serials]:
    """Person id → numbers of records of several people, for a human to go through before this person is erased."""
    found: dict[int, Serials] = {}
    for reads in _texts:
        for pk, serials in reads(people).items():
            found.setdefault(pk, []).extend(serials)
    return found


OPEN = (DestructionState.PROPOSED, DestructionState.APPROVED, DestructionState.DOING)


def in_proposals(lines: Collection[Over]) -> dict[int, int]:
    """Of these lines of one class the keys that stand in a proposal that still waits, each with its destruction."""
    tables = {line.table for line in lines}
    items = DestructionItem.objects.filter(
        table__in=tables, row_id__in=[line.pk for line in lines], destruction__state__in=OPEN
    )
    return dict(items.values_list("row_id", "destruction_id"))
