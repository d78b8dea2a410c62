"""The households of an imported register: one block of rows, its guardians and its children."""

from xiezuo.common.days import today
from xiezuo.exchange.models import ImportedRow
from xiezuo.exchange.promote.persons import relation_to_child
from xiezuo.exchange.rows import values_of
from xiezuo.exchange.vocab import RowState
from xiezuo.orgs.access import Actor
from xiezuo.people.actions import found_household, relate
from xiezuo.people.models import Person
from xiezuo.people.vocab import Relation

Member = tuple[Person, dict[str, object]]


def _members(row: ImportedRow) -> tuple[list[Member], list[Member]]:
    """Guardians and children of the block, in the order of the sheet."""
    rows = ImportedRow.objects.filter(
        sheet=row.sheet_id, household_label=row.household_label, record_type="person", person__isnull=False
    ).select_related("person")
    everyone = [(member.person, values_of(member)) for member in rows if member.person]
    guardians = [(person, values) for person, values in everyone if values.get("_role") == "guardian"]
    return guardians, [(person, values) for person, values in everyone if values.get("_role") != "guardian"]


def _relation(person: Person, head: Person, guardians: list[Member]) -> Relation:
    """To the head: a child of theirs, or someone whose place the sheet does not tell."""
    if any(person == guardian for guardian, _values in guardians):
        return Relation.OTHER
    said = next((str(values.get("relation", "")) for guardian, values in guardians if guardian == head), "")
    return Relation.CHILD if relation_to_child(said) == Relation.PARENT else Relation.OTHER


def join_households(*, by: Actor, rows: list[ImportedRow]) -> None:
    """Found the household of each block, and write down who is what to whom as far as the sheet says it."""
    for row in rows:
        guardians, children = _members(row)
        people = [person for person, _values in (*guardians, *children)]
        if not people:
            row.state = RowState.KEPT_ASIDE
            continue
        head, others = people[0], people[1:]
        members = [(person, _relation(person, head, guardians)) for person in others]
        row.household = found_household(
            by=by, head=head, members=members, on=today(), address=str(values_of(row).get("address", ""))[:200]
        )
        row.state, row.created = RowState.ARRIVED, True
        for guardian, values in guardians:
            for child, _child_values in children:
                relation = relation_to_child(str(values.get("relation", "")))
                relate(by=by, person=guardian, other=child, relation=relation)
