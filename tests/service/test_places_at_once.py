"""Very many want the last places at the same moment: each is given once."""

from functools import partial

import pytest

from tests.factories.at_once import at_once, failures
from tests.factories.cast import DAY, Cast, make_cast
from tests.factories.grouped import AT, an_open_activity, wish
from xiezuo.common.errors import RuleBroken
from xiezuo.service.actions.signing_in import sign_in_here
from xiezuo.service.actions.signing_up import give_place_back
from xiezuo.service.turnout import places_of

ROUNDS = 3


@pytest.fixture
def cast(lasting: None) -> Cast:
    return make_cast()


def test_the_last_places_are_not_given_twice_and_the_line_moves(cast: Cast) -> None:
    for number in range(1, ROUNDS + 1):
        activity = an_open_activity(cast, quota=2, name=f"足球{number}")
        first = wish(activity, "先来的")
        answers = at_once(*[partial(wish, activity, f"后来的{n}") for n in range(4)])
        assert failures(answers) == []
        assert (places_of(activity).taken, places_of(activity).waiting) == (2, 3)
        assert sorted(activity.sign_ups.values_list("position", flat=True)) == [1, 2, 3, 4, 5]
        second = activity.sign_ups.filter(state="registered").exclude(pk=first.pk).get()
        give = [partial(give_place_back, row=row, on=DAY, at=AT) for row in (first, second, second)]
        answers = at_once(*give, partial(wish, activity, "最后来的"))
        assert [type(answer) for answer in failures(answers)] == [RuleBroken]
        assert (places_of(activity).taken, places_of(activity).waiting) == (2, 2)
        told = activity.sign_ups.filter(to_tell="moved_up")
        assert [row.state for row in told] == ["registered", "registered"]


def test_a_code_scanned_twice_at_the_same_moment_counts_once(cast: Cast) -> None:
    activity = an_open_activity(cast)
    wish(activity, "小红", "13900000001")
    day = activity.days.get()
    scan = partial(sign_in_here, day=day, walks_in=False, on=DAY, at=AT)
    answers = at_once(partial(scan, scrap="小红"), partial(scan, scrap="0001"))
    assert (failures(answers), sorted(answers, key=str), day.sign_ins.count()) == ([], [False, True], 1)
