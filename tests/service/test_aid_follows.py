"""Aid follows a person who was written down twice, ends with them without its words, and counts like every other figure."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.factories.aided import WINTER, AidCast, aid_cast
from tests.factories.cases import moment
from tests.factories.cast import DAY, make_cast
from xiezuo.common.days import at
from xiezuo.common.walls import all_opened
from xiezuo.insight.breakdown import breakdown
from xiezuo.insight.dimensions import Period
from xiezuo.people.actions import merge_people
from xiezuo.people.actions.erasing import erase_person
from xiezuo.people.ending import held_on
from xiezuo.people.members import Reader
from xiezuo.service.access import records_for
from xiezuo.service.access.aids import handover_of, steps_of
from xiezuo.service.indicators import counted, values
from xiezuo.service.models import Aid
from xiezuo.service.own_aid import own_aids

ASKED = ("aid_times", "aid_households", "aid_amount")
WHEN = Period(WINTER, WINTER + timedelta(days=30))


@pytest.fixture
def aid(db: None) -> AidCast:
    with at(moment(DAY, "09:00")):
        return aid_cast(make_cast())


def in_full(aid: AidCast) -> Aid:
    """By its three forms."""
    gift, line = aid.gift("1000.00", "travel"), aid.apply(aid.home())
    aid.assess(line, gift)
    return aid.hand_over(aid.approve(line))


def test_of_two_rows_of_one_human_the_one_that_stays_has_the_aid(aid: AidCast) -> None:
    line = in_full(aid)
    other = aid.cast.person("春梅（重）", aid.cast.east)
    assert line.applicant is not None
    merge_people(by=aid.cast.chenli, kept=other, other=line.applicant)
    assert Aid.objects.get().applicant == other


def test_whoever_is_erased_leaves_that_there_was_aid_its_month_and_amount(aid: AidCast) -> None:
    line = in_full(aid)
    assert line.applicant_id is not None
    with at(moment(WINTER + timedelta(days=9), "10:00")):
        erase_person(by_id=None, person=line.applicant_id, on=WINTER + timedelta(days=9))
    left = Aid.objects.get()
    assert (left.amount_paid, left.handed_on, left.kind) == (Decimal("430.00"), WINTER, "travel")
    with all_opened(why="whether anything is left"):
        steps, kept = steps_of(aid.cast.chenli, left), handover_of(aid.cast.chenli, left)
        assert kept is not None
        assert {str(step.why) for step in steps} == {""}
        assert (str(kept.witness), str(kept.goods), str(kept.proxy)) == ("", "", "")
    assert values(counted(records_for(aid.cast.chenli)), ASKED) == {
        "aid_times": 1,
        "aid_households": 1,
        "aid_amount": 43000,
    }


def test_nobody_is_erased_to_whom_something_is_promised(aid: AidCast) -> None:
    gift = aid.gift("1000.00", "travel")
    line = aid.promised(aid.home(), gift, "430.00")
    assert line.applicant_id in held_on(WINTER)


def test_they_read_what_they_asked_for_and_got(aid: AidCast) -> None:
    line = in_full(aid)
    assert line.applicant is not None
    reader = Reader(subject=line.applicant, looker=line.applicant)
    assert [(one.kind_words, one.received, one.state_words) for one in own_aids(reader)] == [
        ("路费", Decimal("430.00"), "已发放")
    ]


def test_aid_is_counted_in_times_households_and_yuan_and_published_with_care(aid: AidCast) -> None:
    gift = aid.gift("9000.00", "travel")
    with at(moment(WINTER, "10:00")):
        for n in range(5):
            aid.assess(line := aid.apply(aid.home(f"户{n}", 0)), gift, amount="430.16")
            aid.hand_over(aid.approve(line), amount="430.16")
    records = counted(records_for(aid.cast.chenli))
    assert values(records, ASKED) == {"aid_times": 5, "aid_households": 5, "aid_amount": 215080}
    shown = breakdown(records, "aid_amount", "site", period=WHEN, publish=True)
    assert (shown.whole, shown.hidden) == (215080, frozenset())
    Aid.objects.filter(pk=Aid.objects.first().pk).update(household=Aid.objects.last().household)  # type: ignore[union-attr]
    few = breakdown(records, "aid_amount", "site", period=WHEN, publish=True)
    assert few.hidden == {(0, 0), (1, 0)}
    assert date(2027, 1, 8) == WINTER
