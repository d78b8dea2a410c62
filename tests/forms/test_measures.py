"""What answers add up to, exactly; and which measures nobody may fill in."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from xiezuo.forms.measures import Measure, attained, measure, measures, score, together


def answered(of: Measure, *values: int) -> dict[str, int]:
    return {item.key: value for item, value in zip(of.items, values, strict=True)}


@pytest.mark.parametrize(
    ("key", "values", "total", "band", "prompted"),
    [
        ("phq-9", (1, 1, 2, 1, 0, 1, 1, 0, 0), 7, (5, 9), False),
        ("phq-9", (0, 0, 0, 0, 0, 0, 0, 0, 1), 1, (0, 4), True),
        ("phq-9", (0, 0, 0, 1, 2, 1, 3, 2, 1), 10, (10, 14), True),
        ("phq-9", (3, 3, 3, 3, 3, 3, 3, 3, 3), 27, (20, 27), True),
        ("phq-9", (2, 2, 2, 2, 2, 2, 2, 0, 0), 14, (10, 14), False),
        ("phq-9", (3, 3, 3, 3, 3, 0, 0, 0, 0), 15, (15, 19), False),
        ("gad-7", (2, 2, 2, 2, 2, 2, 2), 14, (10, 14), False),
        ("gad-7", (3, 3, 3, 3, 3, 0, 0), 15, (15, 21), False),
        ("who-5", (3, 3, 2, 2, 3), 52, (51, 100), False),
        ("who-5", (1, 1, 1, 2, 2), 28, (0, 28), False),
        ("who-5", (2, 2, 2, 2, 2), 40, (29, 50), False),
    ],
)
def test_answers_add_up_as_the_owner_says(
    key: str, values: tuple[int, ...], total: int, band: tuple[int, int], prompted: bool
) -> None:
    of = measure(key)
    found = score(of, answered(of, *values))
    assert found.band is not None
    assert (found.total, (found.band.least, found.band.most), bool(found.prompts)) == (total, band, prompted)


def test_a_missing_answer_gives_no_total_and_still_calls_for_help() -> None:
    of = measure("phq-9")
    found = score(of, {"harm": 2, "mood": 3})
    assert (found.total, found.band, [prompt.item for prompt in found.prompts]) == (None, None, ["harm"])
    assert found.missing == ("interest", "sleep", "energy", "appetite", "worth", "attention", "movement")


def test_a_number_that_is_no_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="mood: 4"):
        score(measure("phq-9"), {"mood": 4})


def test_the_key_belongs_to_the_words_wherever_they_stand() -> None:
    of = measure("rses")
    assert [item.key for item in of.items if item.reverse] == ["no_good", "proud", "useless", "respect", "failure"]
    everything = {item.key: 3 for item in of.items}
    assert score(of, everything).total == 15
    assert (score(of, everything).band, of.bands) == (None, ())


def test_a_field_with_nothing_is_said_before_any_sum() -> None:
    of = measure("child-in-difficulty")
    found = score(of, answered(of, 2, 0, 3, 5, 5, 5, 0, 5, 5))
    assert (found.total, [item.key for item in found.zeros]) == (30, ["child_nutrition", "house_debt"])


@pytest.mark.parametrize(
    ("scores", "mean"), [([1, 0, -1], "0.0"), ([2, 2, 1], "1.7"), ([-2], "-2.0"), ([1, 2], "1.5"), ([], None)]
)
def test_goals_have_a_mean_and_stand_each_for_itself(scores: list[int], mean: str | None) -> None:
    assert attained(scores) == (Decimal(mean) if mean else None)


def test_a_mean_of_four_sheets_is_not_shown_and_of_five_it_is() -> None:
    of = measure("satisfaction")
    sheet = answered(of, 5, 4, 5, 4, 4)
    assert together(of, [sheet] * 4).mean is None
    assert together(of, [*[sheet] * 4, answered(of, 1, 1, 1, 1, 1)]).mean == Decimal("3.7")
    assert together(of, [*[sheet] * 5, {"q1": 1}]).sheets == 5


def test_which_measures_are_in_use_and_why_the_others_are_not() -> None:
    with override("en"):
        closed = {one.key: str(one.why_not) for one in measures() if not one.is_in_use}
    assert closed == {
        "gad-7": "The licence is not confirmed. Someone of the house looks it up and writes down what the owner says.",
        "rses": "Which items count the other way round is not confirmed. Compare with the owner's key first.",
        "ucla-3": "There is no licence on record.",
    }
    assert {one.key for one in measures() if not one.items and one.is_in_use} == {
        *("sdq-total", "goal-attainment", "scaling", "organisation-diagnosis"),
    }


def test_every_measure_says_which_way_is_better_and_has_both_languages() -> None:
    for one in measures():
        said = [one.label, one.about, *(item.label for item in one.items), *(option.label for option in one.options)]
        assert [words for words in said if not (words.zh and words.en)] == []
        assert str(one.direction_words)
