"""The households of imported registers and intake forms: who lives together, and who is what to whom."""

from collections import defaultdict
from collections.abc import Sequence

from xiezuo.exchange.actions.intakes import take_intakes
from xiezuo.exchange.actions.peopling import take_people
from xiezuo.exchange.actions.step import Step, Values
from xiezuo.exchange.actions.working import parts_of
from xiezuo.exchange.models import ImportedRow
from xiezuo.exchange.promote.persons import relation_of, relation_to_child
from xiezuo.exchange.rows import key_of
from xiezuo.exchange.vocab import RowState
from xiezuo.people.actions import Home, take_in_homes
from xiezuo.people.vocab import Relation

Member = tuple[int, Values]  # person, and what the row says


def take_households(step: Step, rows: Sequence[ImportedRow]) -> None:
    """The household of each block of a register."""
    blocks = _members(step, rows)
    homes: list[tuple[ImportedRow, Home]] = []
    for row in rows:
        guardians, children = blocks.get((row.sheet_id, row.household_label), ([], []))
        if not guardians and not children:
            row.state = RowState.KEPT_ASIDE
            continue
        address = str(step.values(row).get("address", ""))[:200]
        homes.append((row, _block_home(guardians, children, address)))
    _house(step, homes)


def _members(step: Step, rows: Sequence[ImportedRow]) -> dict[tuple[int, str], tuple[list[Member], list[Member]]]:
    """Guardians and children of each block, in the order of the sheet."""
    theirs = ImportedRow.objects.filter(
        sheet__in={row.sheet_id for row in rows},
        household_label__in={row.household_label for row in rows},
        record_type="person",
        person__isnull=False,
    )
    found: dict[tuple[int, str], tuple[list[Member], list[Member]]] = defaultdict(lambda: ([], []))
    for row in theirs.order_by("id"):
        values = step.values(row)
        place = 0 if values.get("_role") == "guardian" else 1
        found[row.sheet_id, row.household_label][place].append((row.person_id or 0, values))
    return found


def _block_home(guardians: list[Member], children: list[Member], address: str) -> Home:
    """The first guardian heads the household, else the first child. A guardian's place in it is not told."""
    everyone = [*guardians, *children]
    head, said = everyone[0][0], str(everyone[0][1].get("relation", ""))
    of_head = Relation.CHILD if guardians and relation_to_child(said) == Relation.PARENT else Relation.OTHER
    members = {pk: Relation.OTHER for pk, _values in guardians} | {pk: of_head for pk, _values in children}
    members.pop(head, None)
    ties = [
        (guardian, relation_to_child(str(values.get("relation", ""))), child)
        for guardian, values in guardians
        for child, _values in children
    ]
    return Home(head=head, members=list(members.items()), ties=ties, address=address)


def take_cases(step: Step, rows: Sequence[ImportedRow]) -> None:
    """Intake forms: the person, the family as far as the form names it, and the case with what the form says."""
    families = parts_of(rows)
    kin = [row for parts in families.values() for row in parts]
    take_people(step, [*rows, *kin])
    homes = []
    for row in rows:
        family = [one for one in families.get((row.sheet_id, key_of(row)), []) if one.person_id]
        if row.person_id and family:
            homes.append((row, _family_home(step, row.person_id, family, str(step.values(row).get("address", "")))))
    _house(step, homes)
    step.also(kin)
    take_intakes(step, [row for row in rows if row.person_id])


def _family_home(step: Step, head: int, family: Sequence[ImportedRow], address: str) -> Home:
    related = [(row.person_id or 0, relation_of(str(step.values(row).get("relation", "")))) for row in family]
    members = {pk: relation for pk, relation in related if pk != head}
    return Home(
        head=head,
        members=list(members.items()),
        ties=[(pk, relation, head) for pk, relation in members.items() if relation != Relation.OTHER],
        address=address[:200],
    )


def _house(step: Step, homes: Sequence[tuple[ImportedRow, Home]]) -> None:
    housed = take_in_homes(by=step.by, homes=[home for _row, home in homes], on=step.on)
    for (row, _home), house in zip(homes, housed, strict=True):
        row.household_id, row.household_created, row.state = house.household, house.new, RowState.ARRIVED
        ties = {"members": [] if house.new else house.joined, "relationships": house.ties}
        row.added = row.added | {name: ids for name, ids in ties.items() if ids}
