"""The birth of an erased person is as vague as the figures allow, and every figure stays what it was."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.cast import DAY, Cast, make_cast
from tests.factories.counted import figures
from tests.factories.march import tell_march
from xiezuo.people.actions import erase_person
from xiezuo.people.models import Person
from xiezuo.service.keys import age, bands
from xiezuo.service.models import Participation, ServiceRecord
from xiezuo.service.vague import earliest_alike, sign_of
from xiezuo.service.vocab import Method, ParticipationMode

ON = date(2036, 4, 1)
FIRST, LAST = date(2010, 1, 1), date(2026, 12, 31)
DAYS = st.dates(FIRST, LAST)
BIRTHS = st.dates(date(1900, 1, 1), LAST)
PRECISIONS = st.sampled_from(["day", "month", "year", "guess", "lunar"])
SLACK = {"day": 0, "month": 30, "year": 1130}


def as_known(day: date, precision: str) -> date:
    """A day as the house keeps it: of a month or a year the first."""
    return day.replace(day=1, month=day.month if precision == "month" else 1) if precision in {"month", "year"} else day


def number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


@st.composite
def services(draw: st.DrawFn) -> list[tuple[date, str]]:
    precision = st.sampled_from([*SLACK])
    told = draw(st.lists(st.tuples(DAYS, precision), min_size=1, max_size=6))
    return [(as_known(day, how), how) for day, how in told]


@settings(max_examples=400, deadline=None)
@given(services(), BIRTHS, PRECISIONS)
def test_the_vague_birth_gives_the_same_bands_and_no_earlier_one_beside_it_does(
    served: list[tuple[date, str]], birth: date, precision: str
) -> None:
    born, later = as_known(birth, precision), SLACK.get(precision, 0)
    days = [(number(day), SLACK[how]) for day, how in served]

    def signs(day: date) -> list[str]:
        return [sign_of(one, number(day), later) for one in days]

    vague = earliest_alike(born, precision, days)
    if vague is None:
        assert set(signs(born)) == {"?"}
        return
    assert (vague <= born, signs(vague), as_known(vague, precision)) == (True, signs(born), vague)
    if vague == date(1800, 1, 1):  # older than the bands reach, as are all before
        return
    before = as_known(vague - timedelta(days=1), precision)
    assert signs(before) != signs(born)


def test_two_people_with_the_same_bands_are_told_apart_by_nothing() -> None:
    """Born in 1991 or in 2007: both were between 18 and 34."""
    day = (number(DAY), 0)
    births = [date(1991, 3, 3), date(2000, 1, 1), date(2008, 3, 2)]
    assert [earliest_alike(born, "day", [day]) for born in births] == [date(1991, 3, 3)] * 3
    assert earliest_alike(date(1991, 3, 2), "day", [day]) == date(1966, 3, 3)
    assert earliest_alike(date(1800, 1, 1), "day", [day]) != date(1966, 3, 3)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(DAYS, st.sampled_from([*SLACK]), BIRTHS, PRECISIONS), min_size=1, max_size=20))
def test_the_sign_in_python_is_the_sign_of_the_database(cast: Cast, told: list[tuple[date, str, date, str]]) -> None:
    Participation.objects.all().delete()
    ServiceRecord.objects.all()._raw_delete("default")
    expected = {}
    for n, (day, how, birth, precision) in enumerate(told):
        served, born = as_known(day, how), as_known(birth, precision)
        by = cast.chenli.user
        person = Person.objects.create(nickname=f"某{n}", born_on=born, born_precision=precision, recorded_by=by)
        record = ServiceRecord.objects.create(
            serial_no=f"T{n}",
            method=Method.VISIT,
            service_date=served,
            date_precision=how,
            recorded_by=by,
            recorded_at=person.recorded_at,
        )
        row = Participation.objects.create(record=record, mode=ParticipationMode.NAMED, person=person)
        expected[row.pk] = sign_of((number(served), SLACK[how]), number(born), SLACK.get(precision, 0))
    assert dict(Participation.objects.annotate(sign=age(Participation)).values_list("pk", "sign")) == expected


def test_every_figure_of_march_is_the_same_whoever_is_erased(cast: Cast) -> None:
    tell_march(cast)
    before = figures()
    assert before["headcount", "all"] == 9
    assert before["volunteer_hours", "all"] == 300
    for pk in list(Person.objects.order_by("pk").values_list("pk", flat=True)):
        erase_person(by_id=None, person=pk, on=ON)
        assert figures() == before
    assert set(Person.objects.values_list("nickname", flat=True)) == {"—"}


@pytest.fixture
def march(cast: Cast) -> list[Person]:
    tell_march(cast)
    return list(Person.objects.order_by("pk"))


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.none() | BIRTHS, PRECISIONS, st.sampled_from(["0", "1", "2", "9"])), min_size=5, max_size=5),
    st.permutations(range(5)),
    st.integers(1, 5),
)
def test_every_figure_stays_whatever_is_known_of_those_who_are_erased(
    march: list[Person], known: list[tuple[date | None, str, str]], order: list[int], several: int
) -> None:
    with transaction.atomic():
        for person, (birth, precision, of_sex) in zip(march, known, strict=True):
            person.born_on = as_known(birth, precision) if birth else None
            person.born_precision, person.sex = precision if birth else "", of_sex
            person.save()
        before = figures()
        for n in order[:several]:
            erase_person(by_id=None, person=march[n].pk, on=ON)
        after = figures()
        transaction.set_rollback(True)
    assert after == before


def test_bands_of_the_pack_follow_one_another() -> None:
    known = [band for band in bands() if band.first is not None]
    assert [one.last + 1 for one in known[:-1] if one.last is not None] == [band.first for band in known[1:]]
