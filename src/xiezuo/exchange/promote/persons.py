"""A person as a sheet has them → what the house writes down."""

from datetime import date
from typing import Any

from xiezuo.exchange.promote.kept import kept_lines
from xiezuo.exchange.words import words
from xiezuo.forms.packs import codes
from xiezuo.people.actions import PersonFacts
from xiezuo.people.vocab import BornPrecision, IdType, Relation, Sex

SEX = {"男": Sex.MALE, "女": Sex.FEMALE}
LENGTHS = {"nickname": 60, "full_name": 60, "address": 200, "phone": 40, "school": 120, "grade": 40, "occupation": 120}


def born(values: dict[str, Any]) -> tuple[date | None, str]:
    """What is known of the birth: a day, a month, a year, or an age that nobody counted from a date."""
    if written := values.get("birth_date"):
        return date.fromisoformat(written), BornPrecision.DAY
    if written := values.get("birth_month"):
        return date.fromisoformat(f"{written}-01"), BornPrecision.MONTH
    if written := values.get("birth_year"):
        return date(int(written), 1, 1), BornPrecision.YEAR
    return None, ""


def _ethnic_code(written: str) -> str:
    return next((code for code, label in codes("ethnic_group").items() if label["zh"] == written), "")


def _note(values: dict[str, Any]) -> str:
    return "\n".join([*kept_lines(values, "kept_of_person"), str(values.get("note", ""))]).strip()


def person_facts(values: dict[str, Any], household: dict[str, Any] | None = None) -> PersonFacts:
    """The facts of one person; what the household's block says (address, home region) holds for its members."""
    around = household or {}
    born_on, precision = born(values)
    name = str(values.get("name", ""))
    arrived = around.get("arrived_year")
    number = str(values.get("id_number", ""))
    words_of: dict[str, Any] = {
        "full_name": name,
        "nickname": str(values.get("nickname", "")) or name,
        "address": str(values.get("address") or around.get("address") or ""),
        "phone": str(values.get("phone", "")),
        "school": str(values.get("school", "")),
        "grade": str(values.get("grade", "")),
        "occupation": str(values.get("occupation") or values.get("work") or ""),
    }
    return PersonFacts(
        **{field: text[: LENGTHS[field]] for field, text in words_of.items()},
        sex=SEX.get(values.get("sex", ""), Sex.UNKNOWN),
        born_on=born_on,
        born_precision=precision,
        id_number=number,
        id_type=IdType.RESIDENT_ID if len(number) == 18 else "",
        ethnic_group=_ethnic_code(str(values.get("ethnic", ""))),
        hukou_place=str(around.get("hukou") or values.get("hukou") or "")[:60],
        arrived_on=date(int(arrived), 1, 1) if arrived else None,
        arrived_precision=BornPrecision.YEAR if arrived else "",
        tags=[str(tag) for tag in values.get("tags", [])],
        note=_note(values),
    )


def relation_to_child(written: str) -> Relation:
    """What a guardian is to the child; a guardian of unknown kind stays a guardian."""
    relation = relation_of(written)
    return Relation.GUARDIAN if relation == Relation.OTHER else relation


def relation_of(written: str) -> Relation:
    """What a member of a family is to the one whose form it is: 父亲 → parent."""
    return Relation(words("relation").get(written, Relation.OTHER))
