"""What is folded from one pass over the rows is what the database says when it is asked breakdown by breakdown."""

from collections.abc import Callable
from datetime import date
from random import Random

import pytest
from django.db.models import Model
from django.db.models.expressions import Combinable

from tests.factories.cast import Cast, make_cast
from xiezuo.common.days import Precision
from xiezuo.orgs.models import Project
from xiezuo.people.vocab import BornPrecision, Sex
from xiezuo.service.access import records_for
from xiezuo.service.actions import ServiceFacts, Taking, record_services
from xiezuo.service.indicators import INDICATORS, counted
from xiezuo.service.keys import Key, age, expression, in_months, sex
from xiezuo.service.periods import in_periods
from xiezuo.service.vocab import AgeGroup, Method, ParticipationMode

NAMED, LISTED, COUNTED = ParticipationMode.NAMED, ParticipationMode.LISTED, ParticipationMode.COUNTED
YEARS = in_periods([date(2025, 1, 1), date(2026, 1, 1)])
MONTHS = in_months([date(year, month, 1) for year in (2025, 2026) for month in range(1, 13)])
FOLDED = ("headcount", "person_times", "unnamed")


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def first_day(day: date, precision: str) -> date:
    """The first day that a partial date may be, as it is stored."""
    if precision == Precision.YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if precision == Precision.MONTH else day


def tell(cast: Cast, random: Random) -> None:
    """Sixty services to which children, grown-ups and people of an age nobody knows came, some before they were born."""
    people = []
    for n in range(30):
        precision = random.choice([*BornPrecision.values, ""])
        born = date(random.choice([2025, 2020, 2013, 2008, 2007, 1990, 1961]), random.randint(1, 12), 14)
        facts = {"born_on": first_day(born, precision), "born_precision": precision} if precision else {}
        people.append(cast.person(f"人{n}", cast.east, sex=random.choice(Sex.values), **facts))

    def taking() -> list[Taking]:
        some = random.sample(people, random.randint(0, 6))
        named = [Taking(mode=NAMED, person=person.pk, came=random.random() < 0.9) for person in some]
        called = random.sample(["阿涛", "大个", "小李"], random.randint(0, 2))
        listed = [
            Taking(mode=LISTED, label=label, sex=random.choice([*Sex]), age=random.choice([*AgeGroup]))
            for label in called
        ]
        return [*named, *listed, *([Taking(mode=COUNTED, count=random.randint(0, 5))] if random.random() < 0.5 else [])]

    def facts() -> ServiceFacts:
        precision = random.choice([Precision.DAY, Precision.DAY, Precision.MONTH, Precision.YEAR])
        return ServiceFacts(
            method=random.choice([Method.ACTIVITY, Method.CHECKIN, Method.OUTREACH]),
            service_date=first_day(date(random.choice([2025, 2026]), random.randint(1, 12), 14), precision),
            precision=precision,
            site=random.choice([cast.east, cast.west, None]),
            service_line=random.choice(["care", "rights", ""]),
            taking=taking(),
        )

    record_services(by=cast.chenli, everything=[facts() for _n in range(60)], on=date(2026, 12, 31))


def asked(key: Key) -> Callable[[type[Model]], Combinable]:
    """The same key as something that is never folded."""
    return lambda model: expression(model, key)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("code", FOLDED)
def test_a_breakdown_is_the_same_folded_as_asked_of_the_database(cast: Cast, code: str, seed: int) -> None:
    tell(cast, Random(seed))
    records, indicator = counted(records_for(cast.chenli)), INDICATORS[code]
    people: list[list[Key]] = [["site"], ["service_line"], [sex], [age], [age, sex], ["site", age]]
    sums: list[list[Key]] = [[MONTHS], [YEARS, "date_precision"], ["site", "service_line"], ["service_line"], [YEARS]]
    for keys in people if code == "headcount" else sums:
        assert indicator.by(records, *keys) == indicator.by(records, *map(asked, keys))
    assert indicator.whole(records) == indicator.value(records)


@pytest.mark.parametrize("seed", range(3))
def test_who_came_to_several_is_the_same_folded_as_asked_of_the_database(cast: Cast, seed: int) -> None:
    tell(cast, Random(seed))
    records, headcount = counted(records_for(cast.chenli)), INDICATORS["headcount"]
    for key in ("site", "service_line", sex, age):
        assert headcount.several(records, key) == headcount.several(records, asked(key))


def test_a_record_of_several_projects_counts_its_people_once(cast: Cast) -> None:
    tell(cast, Random(1))
    records = counted(records_for(cast.chenli))
    for name in ("青苗", "陪伴"):
        project = Project.objects.create(name=name, from_on=date(2025, 1, 1))
        for record in records:
            record.projects.add(project)
    both = records.filter(projects__in=Project.objects.all())
    for code in FOLDED:
        assert INDICATORS[code].whole(both) == INDICATORS[code].value(records)
        assert INDICATORS[code].by(both, "site") == INDICATORS[code].by(records, "site")
