"""The same colleague or the same person twice at one time: a warning, and it is kept (CAS-9, TIM-4)."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.utils import translation

from tests.factories.cast import DAY, Cast, login, make_cast
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.actions import assign
from xiezuo.people.models import Person
from xiezuo.people.vocab import AssignedFor
from xiezuo.service.actions import ServiceFacts, Taking, correct_service, record_service, record_services
from xiezuo.service.models import ServiceRecord
from xiezuo.service.overlaps import overlaps_of, sentence
from xiezuo.service.vocab import Method, ParticipationMode


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def clock(text: str) -> time | None:
    return time.fromisoformat(text) if text else None


def facts(cast: Cast, when: str, *people: Person, day: date = DAY, **more: object) -> ServiceFacts:
    start, _to, end = when.partition("-")
    taking = [Taking(mode=ParticipationMode.NAMED, person=person.pk) for person in people]
    return ServiceFacts(
        **{
            "method": Method.ENQUIRY,
            "service_date": day,
            "site": cast.east,
            "starts_at": clock(start),
            "ends_at": clock(end),
        }
        | {"taking": taking}
        | more  # type: ignore[arg-type]
    )


def write(cast: Cast, when: str, *people: Person, by: Actor | None = None, **more: object) -> ServiceRecord:
    return record_service(by=by or cast.xiaomei, facts=facts(cast, when, *people, **more), on=DAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "second", "warned"),
    [
        ("14:00-15:00", "15:00-16:00", False),
        ("14:00-15:00", "14:59-16:00", True),
        ("15:00-16:00", "14:00-15:00", False),
        ("14:00-16:00", "14:30-15:00", True),
        ("14:00-15:00", "14:00-15:00", True),
        ("14:00-15:00", "14:30-14:30", False),
        ("14:00-15:00", "-", False),
        ("14:00-", "14:00-15:00", False),
    ],
)
def test_touching_is_fine_and_a_minute_is_not(cast: Cast, first: str, second: str, warned: bool) -> None:
    write(cast, first)
    assert bool(overlaps_of(cast.xiaomei, write(cast, second))) is warned


@pytest.mark.parametrize(
    ("day", "when", "warned"),
    [
        (DAY, "03:00-05:00", True),
        (DAY, "04:00-05:00", False),
        (DAY - timedelta(days=1), "23:30-23:45", True),
        (DAY - timedelta(days=1), "21:00-22:00", False),
        (DAY - timedelta(days=1), "03:00-05:00", False),
    ],
)
def test_a_night_reaches_into_the_next_day(cast: Cast, day: date, when: str, warned: bool) -> None:
    """22:00 to 04:00 of 1-2 March counts for the first."""
    write(cast, "22:00-04:00", day=DAY - timedelta(days=1))
    assert bool(overlaps_of(cast.xiaomei, write(cast, when, day=day))) is warned


def test_minutes_say_the_end_where_no_end_was_written(cast: Cast) -> None:
    write(cast, "14:00-", minutes=45)
    assert not overlaps_of(cast.xiaomei, write(cast, "14:45-15:00"))
    assert overlaps_of(cast.xiaomei, write(cast, "14:44-14:45"))


def test_the_one_who_went_along_is_on_both(cast: Cast) -> None:
    write(cast, "14:00-15:00", staff=[cast.haiyan.user], title="去王家")
    (one,) = overlaps_of(cast.haiyan, write(cast, "14:30-15:30", by=cast.haiyan, site=cast.west))
    with translation.override("zh-hans"):
        assert sentence(one) == "已保存。刘海燕14:00到15:00还有一条“2026-000001 咨询：去王家”。如果属实，不用改。"


def test_the_same_person_with_two_colleagues_is_named(cast: Cast) -> None:
    person = cast.person("小马", cast.east)
    hanlei = actor_for(login("hanlei", "韩磊", (StaffRole.SOCIAL_WORKER, cast.east)))
    write(cast, "14:00-15:00", person)
    (one,) = overlaps_of(hanlei, write(cast, "14:30-15:30", person, by=hanlei))
    assert (one.who, one.other is not None) == ("小马", True)


def test_of_a_record_that_is_not_open_only_the_time_is_told(cast: Cast) -> None:
    hanlei = actor_for(login("hanlei", "韩磊", (StaffRole.SOCIAL_WORKER, cast.east)))
    write(cast, "14:00-15:00", by=cast.haiyan, site=cast.west, staff=[hanlei.user], title="秘密")
    mine = write(cast, "14:30-15:30", staff=[hanlei.user])
    (one,) = overlaps_of(cast.xiaomei, mine)
    with translation.override("zh-hans"):
        assert sentence(one) == "已保存。韩磊14:00到15:00还在另一条记录上。如果属实，不用改。"


def test_where_someone_else_met_a_person_is_not_told_to_whoever_may_not_know(cast: Cast) -> None:
    person = cast.person("小马", cast.east)
    cast_west = record_service(by=cast.chenli, facts=facts(cast, "14:00-15:00", person, site=cast.west), on=DAY)
    mine = write(cast, "14:30-15:30", person)
    assert overlaps_of(cast.xiaomei, mine) == []
    assert [one.other for one in overlaps_of(cast.chenli, mine)] == [cast_west]


@pytest.mark.parametrize("more", [{"method": Method.CENTRE}, {"for_testing": True}, {"day": date(2026, 2, 27)}])
def test_what_does_not_stand_in_the_way(cast: Cast, more: dict[str, object]) -> None:
    write(cast, "14:00-15:00", **more)
    assert overlaps_of(cast.xiaomei, write(cast, "14:00-15:00")) == []


def test_a_cancelled_record_is_no_other(cast: Cast) -> None:
    ServiceRecord.objects.filter(pk=write(cast, "14:00-15:00").pk).update(state="cancelled", cancelled_why="重复")
    assert overlaps_of(cast.xiaomei, write(cast, "14:00-15:00")) == []


def test_correcting_asks_again_and_not_of_itself(cast: Cast) -> None:
    first, second = write(cast, "14:00-15:00"), write(cast, "15:00-16:00")
    done = correct_service(by=cast.xiaomei, record=second, facts=facts(cast, "14:30-16:00"), on=DAY)
    assert [one.other for one in overlaps_of(cast.xiaomei, done)] == [first]


def test_many_at_once_are_a_few_sentences_and_a_fixed_number_of_queries(
    cast: Cast, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    record_services(by=cast.xiaomei, everything=[facts(cast, "14:00-15:00") for _ in range(40)], on=DAY)
    mine = write(cast, "14:00-15:00")
    with django_assert_max_num_queries(9):  # type: ignore[attr-defined]
        assert len(overlaps_of(cast.xiaomei, mine)) == 3


def test_it_is_said_after_the_two_minute_form(cast: Cast, client: Client) -> None:
    write(cast, "14:00-15:00", day=DAY, title="早")
    client.force_login(cast.xiaomei.user)
    address = "/service/record/?draft=7d2b0e4e-0000-4000-8000-0000000000aa"
    sent = {"method": "enquiry", "day": "other", "other_day": "2026-03-02", "site": str(cast.east.pk)}
    sent |= {"starts_at": "14:59", "ends_at": "16:00", "note": "问工伤"}
    answer = client.post(address, sent, follow=True)
    assert "还有一条“2026-000001 咨询：早”" in answer.content.decode()
    assert ServiceRecord.objects.count() == 2


def test_it_is_said_after_a_form_of_the_packs(cast: Cast, client: Client) -> None:
    person = cast.person("阿莲", cast.east)
    assign(by=cast.chenli, person=person, why=AssignedFor.CASE_TEAM, user=cast.xiaomei.user, on=DAY)
    write(cast, "14:00-15:00", title="早")
    client.force_login(cast.xiaomei.user)
    sent = {"service_date": "2026-03-02", "way": "office", "aim": "看学位", "said": "想上学", "about": str(person.pk)}
    sent |= {"starts_at": "14:59", "ends_at": "15:30", "who": f"named|{person.pk}", "site": str(cast.east.pk)}
    address = "/forms/fill/contact_note/?draft=7d2b0e4e-0000-4000-8000-0000000000ab"
    assert "还有一条“2026-000001 咨询：早”" in client.post(address, sent, follow=True).content.decode()
