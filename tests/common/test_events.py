"""The chain of events: what was written shows when it is altered, taken out or cut off."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from tests.factories.cast import Cast, make_cast
from xiezuo.common.days import at, now
from xiezuo.common.events import happened, happened_to_each, verify_chain
from xiezuo.common.models import Event, EventHead

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """The cast; founding its house has written the first events."""
    return make_cast()


def three_things(cast: Cast) -> list[Event]:
    with transaction.atomic():
        return [happened("orgs.site.opened", cast.east, by_id=cast.chenli.id, number=n) for n in range(3)]


def breaks() -> list[int | None]:
    return [found.event_id for found in verify_chain()]


def test_a_chain_that_nobody_touched_is_whole(cast: Cast) -> None:
    three_things(cast)
    assert breaks() == []
    assert EventHead.objects.get().length == Event.objects.count()


def test_a_moment_told_in_the_zone_of_the_house_is_the_same_moment_when_it_is_read_back(cast: Cast) -> None:
    with transaction.atomic(), at(datetime(2026, 3, 2, 17, 30, tzinfo=ZoneInfo("Asia/Shanghai"))):
        happened("orgs.site.opened", cast.east, by_id=cast.chenli.id)
    assert breaks() == []


def test_an_altered_event_shows_where_it_stands(cast: Cast) -> None:
    second = three_things(cast)[1]
    Event.objects.filter(pk=second.pk).update(by_id=cast.xiaomei.id)
    assert breaks() == [second.pk]


def test_an_event_taken_out_shows_at_the_one_after_it_and_in_the_length(cast: Cast) -> None:
    _first, second, third = three_things(cast)
    second.delete()
    assert breaks() == [third.pk, None]


def test_missing_last_events_show_at_the_end(cast: Cast) -> None:
    three_things(cast)[2].delete()
    assert breaks() == [None]


def test_a_chain_without_its_end_is_not_taken_for_whole(cast: Cast) -> None:
    three_things(cast)[2].delete()
    EventHead.objects.all().delete()
    assert breaks() == [None]


def test_what_colleagues_write_while_the_chain_is_read_is_no_break(cast: Cast) -> None:
    with transaction.atomic():
        happened_to_each("orgs.site.opened", [(cast.east, now(), {"number": n}) for n in range(1000)], by_id=None)

    def a_colleague_writes(_read: int) -> None:
        three_things(cast)

    assert list(verify_chain(progress=a_colleague_writes)) == []
    assert breaks() == []


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_the_transaction_of_its_action_is_refused() -> None:
    cast = make_cast()
    with pytest.raises(RuntimeError):
        happened("orgs.site.opened", cast.east, by_id=None)


def test_several_at_once_make_the_same_chain_as_one_by_one(cast: Cast) -> None:
    moments = [datetime(2026, 3, 5, 9, minute, tzinfo=UTC) for minute in range(3)]
    at_once = [(cast.east, moment, {"number": n}) for n, moment in enumerate(moments)]
    chains = []
    for one_by_one in (False, True):
        with transaction.atomic():
            for told in [[thing] for thing in at_once] if one_by_one else [at_once]:
                happened_to_each("orgs.site.opened", told, by_id=None)
            chains.append(EventHead.objects.get().hash)
            assert breaks() == []
            transaction.set_rollback(True)
    assert chains[0] == chains[1]
