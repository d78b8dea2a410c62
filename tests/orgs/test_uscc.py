"""Unified social credit codes: the table of rule USC-1."""

import pytest

from xiezuo.orgs.uscc import check_uscc
from xiezuo.orgs.vocab import OrgKind


@pytest.mark.parametrize(
    "code",
    [
        "91110000600037341L",
        "51110000MJ000000X0",
        "52110000MJ000000XW",
        "53110000MJ000000XR",
        "N2110101MJ000000XY",
        "52110000mj000000xw",
        " 52110000 MJ000000XW ",
    ],
)
def test_a_good_code_is_good_however_it_is_written(code: str) -> None:
    found = check_uscc(code)
    assert (found.error, found.warnings) == ("", [])
    assert found.code == code.replace(" ", "").upper()


def test_a_check_character_that_does_not_fit_is_a_warning_with_the_one_that_would() -> None:
    found = check_uscc("52110000MJ000000XA")
    assert (found.error, found.warnings, found.expected) == ("", ["check"], "W")


@pytest.mark.parametrize(
    ("code", "error", "letter"),
    [
        ("52110000MJ00000OXW", "letter", "O"),
        ("52110000MJ00000IXW", "letter", "I"),
        ("52110000MJ000000X", "length", ""),
        ("52110000MJ000000XWW", "length", ""),
        ("", "length", ""),
    ],
)
def test_an_impossible_code_is_an_error(code: str, error: str, letter: str) -> None:
    found = check_uscc(code)
    assert (found.error, found.wrong_letter) == (error, letter)


@pytest.mark.parametrize(
    ("code", "kind", "warnings"),
    [
        ("51110000MJ000000X0", OrgKind.ASSOCIATION, []),
        ("51110000MJ000000X0", OrgKind.SOCIAL_SERVICE, ["kind"]),
        ("52110000MJ000000XW", OrgKind.SOCIAL_SERVICE, []),
        ("52110000MJ000000XW", OrgKind.FOUNDATION, ["kind"]),
        ("53110000MJ000000XR", OrgKind.FOUNDATION, []),
        ("91110000600037341L", OrgKind.ASSOCIATION, []),
    ],
)
def test_a_code_of_another_kind_of_organisation_is_a_warning(code: str, kind: OrgKind, warnings: list[str]) -> None:
    assert check_uscc(code, org_kind=kind).warnings == warnings
