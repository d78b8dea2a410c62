"""What two records agree on and where they differ, as codes; `reasons` has them in words."""

from itertools import product

from xiezuo.people.matching.batch.births import compare_births
from xiezuo.people.matching.batch.names import Name, compare_names
from xiezuo.people.matching.batch.numbers import compare_ids, one_slip
from xiezuo.people.matching.batch.places import compare_places
from xiezuo.people.matching.batch.rarity import Rarity
from xiezuo.people.matching.batch.record import Record

SAME_NAME = {"name_same", "name_variant", "name_sound", "name_near", "name_spelled"}
FITTING = {"name_titled", "name_called", "name_addressed", "name_called_sound", "name_called_same", "name_called_both"}


def codes_of(one: Record, other: Record, rarity: Rarity) -> tuple[str, ...]:
    """Name first; nothing is said of what either leaves open."""
    name = compare_names(one.name, other.name)
    found = [name, *rarity.of_names(one.name, other.name, name)]
    if one.birth and other.birth:
        found.append(compare_births(one.birth, other.birth))
    if one.id_number and other.id_number:
        found.append(compare_ids(one.id_number, one.id_sound, other.id_number, other.id_sound))
    if one.phone and other.phone:
        found.append(_phones(one.phone, other.phone, rarity))
    if one.place and other.place:
        found.append(compare_places(one.place, other.place))
    if one.school and other.school:
        found.append(rarity.of_school(one.school) if one.school == other.school else "school_differs")
    if (one.guardians or other.guardians) and (guardian := _guardians(one, other)):
        found.append(guardian)
    if one.sex and other.sex:
        found.append("sex_same" if one.sex == other.sex else "sex_differs")
    return tuple(found)


def _phones(one: str, other: str, rarity: Rarity) -> str:
    if one == other:
        return rarity.of_phone(one)
    return "phone_near" if one_slip(one, other) else "phone_differs"


def _guardians(one: Record, other: Record) -> str:
    if one.guardians and other.guardians:
        found = {_guardian(*pair) for pair in product(one.guardians, other.guardians)}
        return next(code for code in ("guardian_same", "guardian_fits", "guardian_differs") if code in found)
    is_other = any(compare_names(name, other.name) in SAME_NAME for name in one.guardians) or any(
        compare_names(name, one.name) in SAME_NAME for name in other.guardians
    )
    return "guardian_other" if is_other else ""


def _guardian(one: Name, other: Name) -> str:
    code = compare_names(one, other)
    if code in SAME_NAME:
        return "guardian_same"
    return "guardian_fits" if code in FITTING or code in ("name_short", "name_turned") else "guardian_differs"
