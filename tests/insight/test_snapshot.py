"""The year's figures from columns are those that the database counts, to the last digit."""

from datetime import date
from pathlib import Path
from random import Random

import pyarrow.parquet as pq
import pytest

from tests.factories.cast import Cast, make_cast
from xiezuo.common.days import Precision
from xiezuo.demo.story import tell
from xiezuo.insight.analytics.figures import Snapshot
from xiezuo.insight.analytics.snapshot import write_snapshot
from xiezuo.people.models import Person
from xiezuo.people.vocab import Role
from xiezuo.service.actions import Helping, ServiceFacts, Taking, cancel_service, record_service
from xiezuo.service.indicators import INDICATORS, in_periods
from xiezuo.service.models import Series, ServiceRecord
from xiezuo.service.queries import records_of_year
from xiezuo.service.vocab import Method, ParticipationMode, SeriesKind

pytestmark = pytest.mark.django_db
YEARS = (2024, 2025, 2026)
Told = dict[str, dict[str, dict[object, int]]]


def counted_in_database(year: int) -> Told:
    records = records_of_year(year)
    in_a_month = records.exclude(date_precision=Precision.YEAR)
    months = in_periods([date(year, month, 1) for month in range(1, 13)])
    return {
        "": {code: {"": one.value(records)} for code, one in INDICATORS.items()},
        "month": {
            code: {(n or 0) + 1: v for n, v in one.by(in_a_month, months).items()} for code, one in INDICATORS.items()
        },
        "site": {code: one.by(records, "site__name") for code, one in INDICATORS.items()},
        "line": {code: one.by(records, "service_line") for code, one in INDICATORS.items()},
    }


def counted_in_columns(snapshot: Snapshot, year: int) -> Told:
    return {by: snapshot.year(year, by) for by in ("", "month", "site", "line")}


def without_zeros(told: Told) -> Told:
    """A group without anything to count may be named with 0 or not at all."""
    return {
        by: {code: {key: n for key, n in found.items() if n} for code, found in codes.items()}
        for by, codes in told.items()
    }


def must_agree(folder: Path) -> None:
    write_snapshot(folder)
    snapshot = Snapshot(folder)
    for year in YEARS:
        assert without_zeros(counted_in_columns(snapshot, year)) == without_zeros(counted_in_database(year)), year


def invent(cast: Cast, random: Random, how_many: int) -> None:
    people = [cast.person(f"人{n}", cast.east) for n in range(8)]
    Person.objects.filter(pk=people[0].pk).update(for_testing=True)
    group = Series.objects.create(kind=SeriesKind.GROUP, name="互助小组", site=cast.east)
    for _time in range(how_many):
        method = random.choice(list(Method))
        some = random.sample(people, random.randint(0, 5))
        roles = [Role.PARTICIPANT, Role.VOLUNTEER]
        taking = [
            Taking(mode=ParticipationMode.NAMED, person=p.pk, came=random.random() < 0.8, role=random.choice(roles))
            for p in some
        ]
        if random.random() < 0.5:
            taking.append(Taking(mode=ParticipationMode.LISTED, label=random.choice(["阿涛", "小李"])))
            counted = {"count": random.randint(1, 30), "stated_heads": random.choice([None, 9])}
            taking.append(Taking(mode=ParticipationMode.COUNTED, **counted))
        helpers = [Helping(person=random.choice(people).pk, minutes=random.choice([None, 40])), Helping(minutes=15)]
        precision = random.choice([Precision.DAY, Precision.DAY, Precision.MONTH, Precision.YEAR])
        month = 1 if precision == Precision.YEAR else random.randint(1, 12)
        day = random.randint(1, 28) if precision == Precision.DAY else 1
        facts = ServiceFacts(
            method=method,
            service_date=date(random.choice(YEARS), month, day),
            precision=precision,
            site=random.choice([cast.east, cast.west, None]),
            service_line=random.choice(["care", "rights", ""]),
            series=group if method == Method.GROUP and random.random() < 0.7 else None,
            minutes=random.choice([None, 60]),
            taking=taking,
            helping=helpers,
            for_testing=random.random() < 0.05,
        )
        record = record_service(by=cast.chenli, facts=facts, on=date(2026, 12, 31))
        if random.random() < 0.1:
            cancel_service(by=cast.chenli, record=record, why="写了两遍")


@pytest.mark.parametrize("seed", range(4))
def test_whatever_was_written_the_columns_count_what_the_database_counts(seed: int, tmp_path: Path) -> None:
    invent(make_cast(), Random(seed), 60)
    must_agree(tmp_path)


@pytest.mark.slow
def test_the_sample_house_has_the_same_figures_in_columns(tmp_path: Path) -> None:
    tell(until=date(2026, 11, 23), progress=lambda done, of: None, in_bulk=True)
    must_agree(tmp_path)


def test_a_house_without_services_counts_nothing(tmp_path: Path) -> None:
    make_cast()
    must_agree(tmp_path)


def test_no_name_and_no_id_of_the_house_leaves_with_a_snapshot(tmp_path: Path) -> None:
    cast = make_cast()
    hong = cast.person("小红", cast.east, full_name="王小红", phone="15400002764")
    taking = [
        Taking(mode=ParticipationMode.NAMED, person=hong.pk),
        Taking(mode=ParticipationMode.LISTED, label="四川小伙"),
    ]
    helping = [Helping(person=hong.pk, minutes=30)]
    facts = ServiceFacts(
        method=Method.VISIT,
        service_date=date(2026, 3, 2),
        site=cast.east,
        title="家访",
        note="房租又涨",
        taking=taking,
        helping=helping,
    )
    record_service(by=cast.chenli, facts=facts, on=date(2026, 3, 31))
    numbers = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        write_snapshot(folder)
        said = str({name: pq.read_table(folder / f"{name}.parquet").to_pydict() for name in ("records", "takings")})
        for word in ("小红", "2764", "四川", "家访", "房租"):
            assert word not in said
        takers = pq.read_table(folder / "takings.parquet").to_pydict()["who"]
        assert pq.read_table(folder / "helpings.parquet").to_pydict()["who"] == [takers[0]]
        assert hong.pk not in takers and ServiceRecord.objects.get().pk not in takers
        numbers.append(takers)
    assert not set(numbers[0]) & set(numbers[1])
