"""Someone whom a row describes, ready to be compared and written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xiezuo.exchange.actions.step import Block, Step
from xiezuo.exchange.models import ImportedRow
from xiezuo.exchange.promote.persons import person_facts
from xiezuo.orgs.models import Site
from xiezuo.people.actions import PersonFacts
from xiezuo.people.identity import id_index
from xiezuo.people.matching import Sketch
from xiezuo.people.matching.sketch import is_address, sketch
from xiezuo.people.vocab import Role

# What a mention in a row of work tells about the person; the rest of such a row tells about the work.
MENTION = ("name", "nickname", "sex", "phone")
OF_THE_PERSON = {
    "visit": (*MENTION, "address"),
    "family_member": (*MENTION, "age", "occupation"),
    "aid": ("name", "id_number", "address"),
}
# What an intake form tells about the work, not about the person.
OF_THE_FORM = {"source", "note", "guardian"}
ROLES = {"volunteer": Role.VOLUNTEER}


@dataclass
class Described:
    """`role` begins on a day (the one the sheet tells, else that of the import)."""

    row: ImportedRow
    facts: PersonFacts
    sketch: Sketch
    site: Site | None
    role: tuple[Role, date] | None = None


def describe(step: Step, rows: Sequence[ImportedRow]) -> list[Described]:
    """What each row says of its person; rows that name nobody are left out."""
    blocks = step.blocks(rows)
    found = []
    for row in rows:
        values = step.values(row)
        told = _of_the_person(row.record_type, values)
        if told.get("name") or told.get("nickname"):
            block = blocks.get((row.sheet_id, row.household_label), Block())
            found.append(_described(step, row, values | told, told, block))
    return found


def _described(step: Step, row: ImportedRow, values: dict[str, Any], told: dict[str, Any], block: Block) -> Described:
    facts = person_facts(told, block.values)
    guardians = [] if values.get("_role") == "guardian" else block.guardians
    names = {str(values.get("guardian", "")), *(str(one.get("name", "")) for one in guardians)}
    name = facts.full_name or facts.nickname
    known = sketch(
        name=name,
        called=not facts.full_name and is_address(facts.nickname),
        sex=facts.sex,
        born=facts.born_on,
        precision=facts.born_precision,
        id_index=id_index(facts.id_number),
        phone=facts.phone,
        address=facts.address,
        school=facts.school,
        guardians=frozenset(names - {""}),
        guardian_phones=frozenset(str(one.get("phone", "")) for one in guardians),
        home=f"{row.sheet_id}#{row.household_label}" if row.household_label else "",
    )
    return Described(row, facts, known, step.place_of(row, values), _role(step, row, values))


def _of_the_person(record_type: str, values: dict[str, Any]) -> dict[str, Any]:
    if record_type in {"person", "volunteer"}:
        return values
    if record_type == "case":
        return {name: value for name, value in values.items() if name not in OF_THE_FORM}
    if record_type == "aid":
        values = values | {"name": values.get("recipient", "")}
    return {name: values[name] for name in OF_THE_PERSON.get(record_type, MENTION) if name in values}


def _role(step: Step, row: ImportedRow, values: dict[str, Any]) -> tuple[Role, date] | None:
    role = ROLES.get(row.record_type)
    if role is None:
        return None
    try:
        since = date.fromisoformat(str(values.get("registered_on", "")))
    except ValueError:
        since = step.on
    return role, min(since, step.on)


def facts_of_rows(step: Step, rows: Sequence[ImportedRow]) -> list[tuple[ImportedRow, PersonFacts]]:
    """What rows say of their people, as it was written down."""
    return [(one.row, one.facts) for one in describe(step, rows)]
