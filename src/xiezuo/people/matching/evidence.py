"""What two sketches agree on and where they differ, as codes of pack matching-default."""

from datetime import date

from xiezuo.people.matching.sketch import AFTER, BEFORE, Sketch, is_han
from xiezuo.people.vocab import BornPrecision, Sex

DAY, MONTH = BornPrecision.DAY, BornPrecision.MONTH
LEAST_ADDRESS = 4  # characters; shorter ones are in every address of a village
SEXES = {Sex.MALE, Sex.FEMALE}
FAMILY = {"phone_same", "guardian_same", "guardian_phone", "address_same", "school_same"}
NAMED = ("name_same", "name_variant", "name_sound")


def evidence(one: Sketch, other: Sketch) -> list[str]:
    """Codes of what agrees and what differs; nothing is said of what either leaves open."""
    found = [_name(one, other)]
    if one.id_index and other.id_index:
        found.append("id_same" if one.id_index == other.id_index else "id_differs")
    if one.born and other.born:
        found.append(_birth(one, other, one.born, other.born))
    found += _phones(one, other)
    if one.guardians and other.guardians:
        found.append("guardian_same" if one.guardians & other.guardians else "guardian_differs")
    if one.address and other.address:
        found.append("address_same" if _same_place(one.address, other.address) else "address_differs")
    if one.school and other.school:
        found.append("school_same" if _same_place(one.school, other.school) else "school_differs")
    if one.sex in SEXES and other.sex in SEXES:
        found.append("sex_same" if one.sex == other.sex else "sex_differs")
    return found


def _name(one: Sketch, other: Sketch) -> str:
    if one.name == other.name:
        return "name_called" if one.called and other.called else "name_same"
    if one.plain == other.plain:
        return "name_variant"
    if one.called or other.called:
        return "name_called" if _called(one, other) or _called(other, one) else "name_differs"
    if one.sound == other.sound and one.sound:
        return "name_sound"
    return "name_close" if _close(one.plain, other.plain) else "name_differs"


def _called(short: Sketch, full: Sketch) -> bool:
    """Whether people may say `short` to `full`: 小王, 王姐 and 阿强 to 王自强."""
    if not short.called:
        return False
    core = short.plain
    ending = next((end for end in AFTER if core.endswith(end) and len(core) > len(end)), "")
    core = core.removesuffix(ending) if ending else core.lstrip(BEFORE) or core
    return bool(core) and (full.plain.startswith(core[:1]) or full.plain.endswith(core)) and len(core) <= 2


def _close(one: str, other: str) -> bool:
    """Names of three and more characters that differ by one, or lack one."""
    if not (is_han(one) and is_han(other)):
        return False
    if len(one) == len(other) >= 3:
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    missing_one = len(longer) == len(shorter) + 1 and len(longer) >= 3
    return missing_one and any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))


def _birth(one: Sketch, other: Sketch, a: date, b: date) -> str:
    precisions = {one.precision, other.precision}
    if precisions == {DAY}:
        return _day(a, b)
    if precisions <= {DAY, MONTH}:
        return "birth_month" if (a.year, a.month) == (b.year, b.month) else "birth_differs"
    return "birth_year" if a.year == b.year else "birth_differs"


def _day(a: date, b: date) -> str:
    if a == b:
        return "birth_day"
    if a.year == b.year and (a.month, a.day) == (b.day, b.month):
        return "birth_swapped"
    near = abs(a.year - b.year) == 1 and (a.month, a.day) == (b.month, b.day)
    return "birth_year_off" if near else "birth_differs"


def _phones(one: Sketch, other: Sketch) -> list[str]:
    """A child's own number may be what another sheet has as the guardian's."""
    if one.phone and one.phone == other.phone:
        return ["phone_same"]
    ones = one.guardian_phones | ({one.phone} if one.phone else set())
    others = other.guardian_phones | ({other.phone} if other.phone else set())
    if ones & others:
        return ["guardian_phone"]
    return ["phone_differs"] if one.phone and other.phone else []


def _same_place(one: str, other: str) -> bool:
    """Short addresses end like long ones."""
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= LEAST_ADDRESS and shorter in longer)


def family_explains(found: list[str], one: Sketch, other: Sketch, on: date, until_age: int) -> bool:
    """Names that are only alike, in one family: twins, siblings, a father and his son. Not one human being.

    A birth day of someone grown up that agrees is their own; a child's is also their twin's.
    """
    if any(code in found for code in (*NAMED, "id_same")) or not FAMILY.intersection(found):
        return False
    if "name_called" in found:
        return False
    if "birth_day" not in found:
        return True
    born = one.born or other.born
    return born is not None and (on.year - born.year) < until_age
