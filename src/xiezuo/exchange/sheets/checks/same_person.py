"""The same human being a second time in one sheet, however written."""

from __future__ import annotations

from collections.abc import Callable

from ..cells import column_number
from ..context import TableContext
from ..model import Record
from ..values.identity import birth_of, checks
from .sounds import sounds_like

PHONE_LENGTH = 11
Key = tuple[str, ...]
KeysOf = Callable[[Record], list[Key]]
MayBe = Callable[[Record, Record], bool]


def check_same_children(ctx: TableContext) -> None:
    """Children whose identity number, or name by sound with birth date or family, came before."""
    families = _families(ctx)
    children = [r for r in ctx.records if r.type == "person" and r.role == "child"]
    _note_repeats(ctx, children, lambda child: _keys(child, families.get(child.household or "", set())), None)


def check_same_volunteers(ctx: TableContext) -> None:
    """Volunteers whose identity number, or name by sound with birth date or telephone, came before."""
    volunteers = [r for r in ctx.records if r.type == "volunteer"]
    _note_repeats(ctx, volunteers, lambda person: _keys(person, _own_phone(person)), "info")


def check_same_helpers(ctx: TableContext) -> None:
    """People down in a grid of hours, who seldom have more than a name and a group: the same by sound and group."""
    people = [r for r in ctx.records if r.type == "volunteer"]
    may_be = _same_telephone
    _note_repeats(ctx, people, lambda person: _keys(person, _own_phone(person)) + _by_group(person), None, may_be)


def _by_group(person: Record) -> list[Key]:
    called = sounds_like(person.values.get("name", ""))
    return [("group", called, person.values.get("group", ""))] if called else []


def check_same_attendees(ctx: TableContext, people: list[Record]) -> None:
    """Names that came before in one sign-in list: the same name, or one that sounds so with the same telephone.

    Brothers and sisters share a telephone, and two people may share a name, so a telephone or sex of their own
    makes two people of one name.
    """
    seen: dict[Key, Record] = {}
    for person in people:
        keys = _attendee_keys(person)
        earlier = next((seen[key] for key in keys if key in seen and _may_have_come_twice(seen[key], person)), None)
        if earlier is not None:
            at = (person.row, column_number((person.cell or "A1").rstrip("0123456789")))
            ctx.problem(at, "duplicate_person", same_as_row=earlier.row, same_as_cell=earlier.cell)
        for key in keys:
            seen.setdefault(key, person)


def _attendee_keys(person: Record) -> list[Key]:
    name, phone = person.values.get("name"), person.values.get("phone")
    called = name or person.values.get("nickname") or ""
    keys: list[Key] = [("name", name)] if name else []
    if phone and called:
        keys.append(("phone", sounds_like(called), phone))
    return keys


def _may_have_come_twice(one: Record, other: Record) -> bool:
    phones = {r.values.get("phone") for r in (one, other)} - {None}
    sexes = {r.values.get("sex") for r in (one, other)} - {None}
    return one.cell != other.cell and len(phones) < 2 and len(sexes) < 2


def _own_phone(person: Record) -> set[str]:
    phone = person.values.get("phone", "")
    return {phone} if len(phone) == PHONE_LENGTH else set()


def _same_telephone(one: Record, other: Record) -> bool:
    """In a grid, two different telephones are two people."""
    return len(_own_phone(one) | _own_phone(other)) < 2 and _may_be_same(one, other)


def _note_repeats(
    ctx: TableContext, people: list[Record], keys_of: KeysOf, severity: str | None, may_be: MayBe | None = None
) -> None:
    may_be = may_be or _may_be_same
    seen: dict[Key, Record] = {}
    for person in people:
        keys = keys_of(person)
        earlier = next((seen[key] for key in keys if key in seen and may_be(seen[key], person)), None)
        if earlier is not None and earlier.row != person.row:
            col = column_number((person.cell or "A1").rstrip("0123456789"))
            same = {"same_as_row": earlier.row, "same_as_cell": earlier.cell}
            ctx.problem((person.row, col), "duplicate_person", severity, **same)
        for key in keys:
            seen.setdefault(key, person)


def _families(ctx: TableContext) -> dict[str, set[str]]:
    """Telephones and identity numbers of the guardians of each household."""
    found: dict[str, set[str]] = {}
    for record in ctx.records:
        if record.role == "guardian" and record.household:
            numbers = {record.values.get(name) for name in ("phone", "id_number")}
            found.setdefault(record.household, set()).update(n for n in numbers if isinstance(n, str))
    return found


def _keys(person: Record, contacts: set[str]) -> list[Key]:
    """Any one of these being the same makes two entries one person."""
    values = person.values
    number, birth = values.get("id_number"), _birth(person)
    called = sounds_like(values.get("name") or values.get("nickname") or "")
    keys: list[Key] = []
    if number and checks(number):
        keys.append(("id", number))
    if called and birth:
        keys.append(("birth", called, birth))
    if called:
        keys += [("contact", called, contact) for contact in sorted(contacts)]
    elif birth:
        keys += [("born", birth, contact, values.get("sex", "")) for contact in sorted(contacts)]
    return keys


def _birth(person: Record) -> str | None:
    """The full birth date, as written or as a valid identity number gives it."""
    written, number = person.values.get("birth_date"), person.values.get("id_number")
    if written:
        return str(written)
    return birth_of(number) if isinstance(number, str) and checks(number) else None


def _may_be_same(one: Record, other: Record) -> bool:
    """Two valid identity numbers or birth dates are two people; so are two children of one entry."""
    numbers = [n for r in (one, other) if checks(n := r.values.get("id_number") or "")]
    if len(numbers) == 2:
        return numbers[0] == numbers[1]
    if one.household and one.household == other.household:
        return False
    births = {_birth(record) for record in (one, other)} - {None}
    sexes = {r.values.get("sex") for r in (one, other)} - {None}
    return len(births) < 2 and len(sexes) < 2
