"""Two who write at the same moment do not both take the last of a gift."""

from functools import partial

import pytest

from tests.factories.aided import WINTER, AidCast, aid_cast
from tests.factories.at_once import at_once, failures
from tests.factories.cases import moment
from tests.factories.cast import DAY, make_cast
from xiezuo.common.days import at
from xiezuo.common.errors import RuleBroken
from xiezuo.service.actions.aid import approve_aid
from xiezuo.service.aid.balance import meter_of
from xiezuo.service.models import Aid
from xiezuo.service.vocab import AidState

ROUNDS = 3


@pytest.fixture
def aid(lasting: None) -> AidCast:
    with at(moment(DAY, "09:00")):
        return aid_cast(make_cast())


def test_of_two_last_approvals_at_once_one_is_told_what_is_left(aid: AidCast) -> None:
    for number in range(ROUNDS):
        gift = aid.gift("700.00", "travel")
        lines = [aid.proposed(aid.home(f"户{number}{n}", 0), gift, "430.00") for n in range(2)]
        for line in lines:
            approve_aid(by=aid.hong, aid=line, on=WINTER)
        answers = at_once(*[partial(approve_aid, by=aid.cast.chenli, aid=line, on=WINTER) for line in lines])
        assert [type(answer) for answer in failures(answers)] == [RuleBroken]
        states = sorted(Aid.objects.filter(funding=gift).values_list("state", flat=True))
        assert (states, str(meter_of(gift).left)) == ([AidState.APPROVED, AidState.ASSESSED], "270.00")
