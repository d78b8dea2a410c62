"""Resident identity numbers (IDN-1 to IDN-3; GB 11643 for the check character). A number is never required."""

from dataclasses import dataclass, field
from datetime import date

from xiezuo.common.crypto import blind
from xiezuo.common.days import age_on
from xiezuo.common.text import bare
from xiezuo.forms.packs import codes
from xiezuo.people.vocab import IdType, Sex

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"
OLDEST = 120  # years (IDN-1)
# Hong Kong, Macau, Taiwan (IDN-3) and foreign residents: no region of the mainland stands in front.
OUTSIDE_REGIONS = ("81", "82", "83", "9")
FOREIGN = "9"


@dataclass(frozen=True)
class Finding:
    """What a number says about itself. `error`: length, date, checksum or future; `warnings`: region, age, sex;
    `unknown`: what nobody can check here: the "layout" of foreign residents' numbers, the "kind" of another paper."""

    number: str
    error: str = ""
    warnings: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    born_on: date | None = None
    sex: str = ""


def tidy_id(written: str) -> str:
    """An identity number as it is kept: half-width, without spaces, X large."""
    return bare(written)


def id_index(written: str) -> str:
    """The blind index by which an identity number is found without being read; empty stays empty."""
    return blind(tidy_id(written), "people.id_number")


def check_character(first_17: str) -> str:
    return CHECK[sum(int(digit) * weight for digit, weight in zip(first_17, WEIGHTS, strict=True)) % 11]


def _born(written: str) -> date | None:
    try:
        return date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        return None


def check_resident_id(written: str, *, on: date, sex: str = "") -> Finding:
    """Check a number as someone wrote it, on the day `on`; `sex` (GB/T 2261.1) is compared where given.

    A 15-digit number of before 1999 becomes its 18-character form (IDN-2).
    """
    number = tidy_id(written)
    if len(number) == 15 and number.isdigit():
        longer = f"{number[:6]}19{number[6:]}"
        number = longer + check_character(longer)
    if len(number) != 18 or not number[:17].isdigit() or number[17] not in "0123456789X":
        return Finding(number, error="length")
    born = _born(number[6:14])
    if born is None:
        return Finding(number, error="date")
    if check_character(number[:17]) != number[17]:
        return Finding(number, error="checksum")
    if born > on:
        return Finding(number, error="future")
    told = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    warnings = []
    if not number.startswith(OUTSIDE_REGIONS) and number[:6] not in codes("county"):
        warnings.append("region")
    if age_on(born, on) > OLDEST:
        warnings.append("age")
    if sex in {Sex.MALE, Sex.FEMALE} and sex != told:
        warnings.append("sex")
    unknown = ["layout"] if number.startswith(FOREIGN) else []
    return Finding(number, warnings=warnings, unknown=unknown, born_on=born, sex=told)


def check_paper(kind: str, written: str, *, on: date, sex: str = "") -> Finding:
    """Check the number of any paper (IdType); of other papers than the resident's card nothing is known."""
    if kind in {"", IdType.RESIDENT_ID}:
        return check_resident_id(written, on=on, sex=sex)
    return Finding(tidy_id(written), unknown=["kind"])
