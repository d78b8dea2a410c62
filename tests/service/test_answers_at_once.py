"""Two devices on which the same link is open, and two hands that make one: what comes first stands."""

from functools import partial

import pytest
from django.utils import timezone

from tests.factories.at_once import at_once, failures
from tests.factories.cast import Cast, make_cast
from tests.factories.referred import sent
from xiezuo.common.errors import RuleBroken
from xiezuo.service.access.referrals import referral_for
from xiezuo.service.actions.referral_links import answer_by_link, make_referral_link
from xiezuo.service.models import ReferralLink, ReferralOpening


@pytest.fixture
def cast(lasting: None) -> Cast:
    return make_cast()


def test_of_two_answers_at_the_same_moment_one_stands(cast: Cast) -> None:
    row = sent(cast.chenli, cast.person("林嫂", cast.east))
    link, _token = make_referral_link(by=cast.chenli, referral=row, at=timezone.now())
    say = partial(answer_by_link, link=link, words="", at=timezone.now())
    answers = at_once(partial(say, accepted=True, who="甲"), partial(say, accepted=False, who="乙"))
    [late] = failures(answers)
    assert isinstance(late, RuleBroken)
    assert late.code == "service.referral_answered"
    first = "甲" if answers[1] is late else "乙"
    assert str(referral_for(cast.chenli, row.pk).answer_from) == first
    assert ReferralOpening.objects.count() == 1


def test_of_two_links_made_at_the_same_moment_one_works(cast: Cast) -> None:
    row = sent(cast.chenli, cast.person("林嫂", cast.east))
    make = partial(make_referral_link, by=cast.chenli, referral=row, at=timezone.now())
    assert failures(at_once(make, make)) == []
    assert ReferralLink.objects.filter(ended_at=None).count() == 1
