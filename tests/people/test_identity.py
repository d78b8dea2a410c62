"""Resident identity numbers: the table of rules IDN-1 to IDN-3."""

from datetime import date

import pytest

from xiezuo.people.identity import check_paper, check_resident_id, id_index
from xiezuo.people.vocab import Sex

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("written", "number", "born_on", "sex"),
    [
        ("11010519491231002X", "11010519491231002X", date(1949, 12, 31), Sex.FEMALE),
        ("11010519491231002x", "11010519491231002X", date(1949, 12, 31), Sex.FEMALE),
        ("110105 19491231 002Ｘ", "11010519491231002X", date(1949, 12, 31), Sex.FEMALE),
        ("110105491231002", "11010519491231002X", date(1949, 12, 31), Sex.FEMALE),
        ("810000199001010019", "810000199001010019", date(1990, 1, 1), Sex.MALE),
        ("820000199001010010", "820000199001010010", date(1990, 1, 1), Sex.MALE),
        ("830000199001010012", "830000199001010012", date(1990, 1, 1), Sex.MALE),
        ("911100199001010019", "911100199001010019", date(1990, 1, 1), Sex.MALE),
    ],
)
def test_a_good_number_tells_birth_and_sex(written: str, number: str, born_on: date, sex: Sex) -> None:
    found = check_resident_id(written, on=TODAY)
    assert (found.number, found.error, found.warnings) == (number, "", [])
    assert (found.born_on, found.sex) == (born_on, sex)


@pytest.mark.parametrize(
    ("written", "error"),
    [
        ("110105194912310021", "checksum"),
        ("11010519491231002", "length"),
        ("1101051949123100211", "length"),
        ("11010519491231002Y", "length"),
        ("11010519900230001X", "date"),
        ("239999201802290015", "date"),
        ("110105209912310029", "future"),
    ],
)
def test_an_impossible_number_is_refused_with_its_reason(written: str, error: str) -> None:
    assert check_resident_id(written, on=TODAY).error == error


@pytest.mark.parametrize(
    ("written", "sex", "warnings"),
    [
        ("239999199001020023", "", ["region"]),
        ("23999920200229002X", "", ["region"]),
        ("110105188001010017", "", ["age"]),
        ("11010519491231002X", Sex.MALE, ["sex"]),
        ("11010519491231002X", Sex.FEMALE, []),
        ("11010519491231002X", Sex.NOT_STATED, []),
    ],
)
def test_what_is_only_unlikely_is_a_warning(written: str, sex: str, warnings: list[str]) -> None:
    found = check_resident_id(written, on=TODAY, sex=sex)
    assert (found.error, found.warnings) == ("", warnings)


def test_the_same_number_is_found_again_however_it_is_written_and_cannot_be_read() -> None:
    assert id_index("11010519491231002x") == id_index(" 110105 19491231 002X")
    assert id_index("11010519491231002X") != id_index("110105194912310029")
    assert "1949" not in id_index("11010519491231002X")[:8] and len(id_index("1")) == 64
    assert id_index("") == ""


def test_what_cannot_be_checked_is_neither_right_nor_wrong() -> None:
    foreign = check_paper("", "911100199001010019", on=TODAY)
    assert (foreign.error, foreign.warnings, foreign.unknown) == ("", [], ["layout"])
    passport = check_paper("passport", "e 1234 5678", on=TODAY)
    assert (passport.number, passport.error, passport.warnings, passport.unknown) == ("E12345678", "", [], ["kind"])
    resident = check_paper("resident_id", "11010519491231002X", on=TODAY)
    assert (resident.error, resident.warnings, resident.unknown) == ("", [], [])
