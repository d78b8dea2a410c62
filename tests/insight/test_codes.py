"""Short codes of numbers that left the house: read from paper, typed by hand."""

import pytest

from xiezuo.insight.codes import SIGNS, MistypedCode, code_of, looks_like_code, number_of


@pytest.mark.parametrize("number", [0, 1, 30, 31, 44, 961, 28_629_150, 28_629_151, 10**9])
def test_a_code_leads_back_to_its_number(number: int) -> None:
    assert number_of(code_of(number)) == number


def test_codes_are_short_and_differ() -> None:
    made = {code_of(number) for number in range(5000)}
    assert len(made) == 5000
    assert {len(code) for code in made} == {8}


def test_signs_that_are_taken_for_one_another_are_not_used() -> None:
    assert set("01OIL") & set(SIGNS) == set()


@pytest.mark.parametrize("number", [0, 7, 44, 12_345, 9_999_999])
def test_one_wrong_sign_or_two_swapped_never_give_another_code(number: int) -> None:
    code = code_of(number)
    for place in range(2, len(code)):
        for sign in SIGNS.replace(code[place], ""):
            with pytest.raises(MistypedCode):
                number_of(code[:place] + sign + code[place + 1 :])
        if place + 1 < len(code) and code[place] != code[place + 1]:
            swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
            with pytest.raises(MistypedCode):
                number_of(swapped)


@pytest.mark.parametrize(
    "written", ["T-222238", "t-222238", " T-222238 ", "T222238", "T—222238", "T－222238", "t - 222238"]
)
def test_how_a_code_is_typed_does_not_matter(written: str) -> None:
    assert looks_like_code(written)
    assert number_of(written) == 1


@pytest.mark.parametrize("written", ["王", "Tang", "T-1", "15412345678", "T-O0000I", "tangyun", "txumeng", ""])
def test_a_name_or_a_telephone_is_no_code(written: str) -> None:
    assert not looks_like_code(written)
