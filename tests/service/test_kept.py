"""Kept figures are the figures: whatever was done since, by whomever, in whatever order."""

import threading
from collections.abc import Callable
from datetime import date
from random import Random

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast, make_cast
from tests.factories.facts import facts_of
from xiezuo.common.models import Event
from xiezuo.people.actions import (
    PersonFacts,
    correct_person,
    found_household,
    merge_people,
    register_person,
    unmerge_people,
    write_growth_note,
)
from xiezuo.people.models import Merge, Person
from xiezuo.service import kept
from xiezuo.service.access import records_for
from xiezuo.service.actions import (
    Helping,
    ServiceFacts,
    Taking,
    cancel_service,
    check_in,
    correct_service,
    finish_step,
    record_service,
    record_services,
)
from xiezuo.service.indicators import INDICATORS, counted, in_periods
from xiezuo.service.models import Participation, ServiceRecord, VolunteerPart
from xiezuo.service.queries import projects_of, sites_of, years_of
from xiezuo.service.vocab import Method, ParticipationMode, RecordState

NAMED, LISTED, COUNTED = ParticipationMode.NAMED, ParticipationMode.LISTED, ParticipationMode.COUNTED
YEARS = (2024, 2025, 2026)
TODAY = date(2026, 12, 31)
MONTHS = in_periods([date(year, month, 1) for year in YEARS for month in range(1, 13)])
Told = dict[str, object]


@pytest.fixture
def cast(lasting: None) -> Cast:
    kept.forget_all()
    return make_cast()


def told(cast: Cast) -> Told:
    """Every indicator of every year for the whole house and for one site, in all its breakdowns."""
    found: Told = {}
    for actor in (cast.chenli, cast.xiaomei):
        records = counted(records_for(actor))
        found[f"{actor} has"] = years_of(records), sites_of(records), projects_of(records)
        for year in YEARS:
            in_year = records.filter(service_date__range=(date(year, 1, 1), date(year, 12, 31)))
            for code, indicator in INDICATORS.items():
                found[f"{actor} {code} {year}"] = (
                    indicator.value(in_year, through=year),
                    indicator.by(in_year, MONTHS, "date_precision", through=year),
                    indicator.by(in_year, "site", "service_line", through=year),
                )
        for code, indicator in INDICATORS.items():
            found[f"{actor} {code}"] = indicator.value(records)
    return found


def fresh(cast: Cast) -> Told:
    """The same, asked inside a transaction: nothing kept is used there."""
    with transaction.atomic():
        return told(cast)


class Doing:
    """Does something at random, through the actions that people use."""

    def __init__(self, cast: Cast, random: Random) -> None:
        self.cast, self.random = cast, random
        self.people = [cast.person(f"人{n}", cast.east, full_name=f"人{n}") for n in range(6)]

    def facts(self) -> ServiceFacts:
        some = self.random.sample(self.people, self.random.randint(0, 4))
        taking = [Taking(mode=NAMED, person=person.pk, came=self.random.random() < 0.8) for person in some]
        if self.random.random() < 0.4:
            taking += [Taking(mode=LISTED, label="阿涛"), Taking(mode=COUNTED, count=7, stated_heads=5)]
        return ServiceFacts(
            method=self.random.choice([Method.ACTIVITY, Method.COURSE, Method.VISIT, Method.OUTREACH]),
            service_date=date(self.random.choice(YEARS), self.random.randint(1, 12), self.random.randint(1, 28)),
            site=self.random.choice([self.cast.east, self.cast.west]),
            service_line=self.random.choice(["care", "rights", ""]),
            minutes=self.random.choice([None, 30, 90]),
            next_step="再约",
            taking=taking,
            helping=[Helping(person=self.random.choice(self.people).pk, minutes=45)],
        )

    def a_record(self) -> ServiceRecord:
        records = list(ServiceRecord.objects.filter(state=RecordState.RECORDED).exclude(next_step=""))
        return self.random.choice(records) if records else self.write()

    def write(self) -> ServiceRecord:
        return record_service(by=self.cast.chenli, facts=self.facts(), on=TODAY)

    def write_several(self) -> None:
        record_services(by=self.cast.chenli, everything=[self.facts(), self.facts()], on=TODAY)

    def correct(self) -> None:
        correct_service(by=self.cast.chenli, record=self.a_record(), facts=self.facts(), on=TODAY)

    def cancel(self) -> None:
        cancel_service(by=self.cast.chenli, record=self.a_record(), why="写了两遍")

    def come_in(self) -> None:
        day = date(self.random.choice(YEARS), 6, self.random.randint(1, 28))
        check_in(by=self.cast.chenli, site=self.cast.east, on=day, person=self.random.choice(self.people))

    def invent(self) -> None:
        person = Person.objects.get(pk=self.random.choice(self.people).pk)
        facts = facts_of(person)
        facts.for_testing = not facts.for_testing
        correct_person(by=self.cast.chenli, person=person, facts=facts, on=TODAY)

    def something_that_counts_nothing(self) -> None:
        person = self.random.choice(self.people)
        write_growth_note(by=self.cast.chenli, person=person, on=TODAY, what="第一次上台")
        found_household(by=self.cast.chenli, head=person, on=TODAY)
        register_person(by=self.cast.chenli, facts=PersonFacts(nickname="新来的"), on=TODAY)
        finish_step(by=self.cast.chenli, record=self.a_record(), on=TODAY)

    def take_back(self) -> None:
        with transaction.atomic():
            self.write()
            transaction.set_rollback(True)

    def merge_two(self) -> None:
        if len(self.people) > 3:
            kept, other = self.random.sample(self.people, 2)
            merge_people(by=self.cast.chenli, kept=kept, other=other)
            self.people.remove(other)

    def part_two(self) -> None:
        merge = Merge.objects.filter(undone_at=None).first()
        if merge is not None:
            unmerge_people(by=self.cast.chenli, merge=merge)
            self.people.append(merge.other)

    def anything(self) -> None:
        ways: list[Callable[[], object]] = [
            *(self.write, self.write, self.write_several, self.correct, self.cancel, self.come_in, self.invent),
            *(self.something_that_counts_nothing, self.take_back, self.merge_two, self.part_two),
        ]
        self.random.choice(ways)()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_after_anything_that_people_do_the_kept_figures_are_those_counted_anew(cast: Cast, seed: int) -> None:
    doing = Doing(cast, Random(seed))
    for _time in range(8):
        doing.anything()
        assert told(cast) == fresh(cast)


def activity(cast: Cast, year: int, *people: Person) -> ServiceRecord:
    taking = [Taking(mode=NAMED, person=person.pk) for person in people]
    facts = ServiceFacts(method=Method.ACTIVITY, service_date=date(year, 3, 2), site=cast.east, taking=taking)
    return record_service(by=cast.xiaomei, facts=facts, on=TODAY)


def headcount(cast: Cast, year: int) -> int:
    records = counted(records_for(cast.chenli)).filter(service_date__range=(date(year, 1, 1), date(year, 12, 31)))
    return INDICATORS["headcount"].value(records, through=year)


def queries(ask: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        ask()
    return [query["sql"] for query in asked]


def counts_anew(cast: Cast, year: int) -> bool:
    return any("service_participation" in sql for sql in queries(lambda: headcount(cast, year)))


def test_a_figure_asked_twice_is_counted_once(cast: Cast) -> None:
    activity(cast, 2025, cast.person("红", cast.east))
    assert counts_anew(cast, 2025)
    assert not counts_anew(cast, 2025)


def test_a_child_who_is_registered_leaves_the_figures_kept_and_one_who_comes_does_not(cast: Cast) -> None:
    activity(cast, 2026, cast.person("红", cast.east))
    assert headcount(cast, 2026) == 1
    hao = cast.person("浩", cast.east)
    assert not counts_anew(cast, 2026)
    activity(cast, 2026, hao)
    assert headcount(cast, 2026) == 2


def test_what_is_written_this_year_leaves_last_years_figures_kept(cast: Cast) -> None:
    hong = cast.person("红", cast.east)
    activity(cast, 2025, hong)
    assert (headcount(cast, 2025), headcount(cast, 2026)) == (1, 0)
    record = activity(cast, 2026, hong)
    assert not counts_anew(cast, 2025)
    assert headcount(cast, 2026) == 1
    facts = ServiceFacts(method=Method.ACTIVITY, service_date=date(2025, 5, 1), site=cast.east)
    correct_service(by=cast.xiaomei, record=record, facts=facts, on=TODAY)
    assert counts_anew(cast, 2025)
    assert headcount(cast, 2026) == 0


def test_a_figure_counted_in_a_transaction_that_is_taken_back_is_not_kept(cast: Cast) -> None:
    hong, hao = cast.person("红", cast.east), cast.person("浩", cast.east)
    with transaction.atomic():
        activity(cast, 2026, hong, hao)
        assert headcount(cast, 2026) == 2
        transaction.set_rollback(True)
    activity(cast, 2026, hong)
    assert headcount(cast, 2026) == 1


def test_a_colleague_who_saves_while_a_figure_is_counted_is_in_the_next_answer(cast: Cast) -> None:
    hong = cast.person("红", cast.east)
    records = counted(records_for(cast.chenli))

    def save_elsewhere() -> None:
        activity(cast, 2026, hong)
        connection.close()

    def count() -> int:
        found = INDICATORS["person_times"].rows(records).count()
        other = threading.Thread(target=save_elsewhere)
        other.start()
        other.join()
        return found

    assert kept.kept("a slow count", records, count) == 0
    assert kept.kept("a slow count", records, lambda: Participation.objects.count()) == 1


def test_who_sees_one_site_never_gets_the_figure_of_the_whole_house(cast: Cast) -> None:
    activity(cast, 2026, cast.person("红", cast.east), cast.person("浩", cast.east))
    records = {actor.id: counted(records_for(actor)) for actor in (cast.chenli, cast.haiyan)}
    asked = [INDICATORS["headcount"].value(records[actor.id]) for actor in (cast.chenli, cast.haiyan) * 2]
    assert asked == [2, 0, 2, 0]


def test_a_house_brought_back_from_a_backup_gives_its_own_figures(cast: Cast) -> None:
    activity(cast, 2026, cast.person("红", cast.east))
    assert headcount(cast, 2026) == 1
    VolunteerPart.objects.all().delete()
    Participation.objects.all().delete()
    last = Event.objects.order_by("-id").first()
    assert last is not None
    Event.objects.filter(pk=last.pk).update(hash="0" * 64)
    assert headcount(cast, 2026) == 0
