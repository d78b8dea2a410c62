"""How long records are kept: the day before is refused, the day itself is listed (RET)."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories.cast import Cast, login
from tests.factories.facts import answers_open
from tests.people.merged import merge
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.models import Event
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.actions import (
    PersonFacts,
    end_hold,
    note_consent,
    propose_destruction,
    register_person,
    set_hold,
)
from xiezuo.people.ending import ends_by_class, held_on, last_contacts, what_is_over
from xiezuo.people.models import Assignment, Consent, Person, ReadLog
from xiezuo.people.retention import classes, earlier, end_of, later
from xiezuo.people.vocab import ConsentPurpose, ConsentState, DestroyWay, RetentionStart
from xiezuo.service.actions import Helping, ServiceFacts, Taking, record_service
from xiezuo.service.models import ServiceRecord
from xiezuo.service.vocab import Method, ParticipationMode

MET = date(2016, 3, 2)
TEN_YEARS = date(2026, 3, 2)


@pytest.fixture
def lan(cast: Cast) -> Actor:
    """The data steward."""
    return actor_for(login("lan", "蓝静", (StaffRole.DATA_STEWARD, None)))


def met(cast: Cast, on: date | None, method: Method = Method.ACTIVITY, **facts: object) -> Person:
    """Someone of the West who took part once, and never came again."""
    person = register_person(
        by=cast.chenli, facts=PersonFacts(nickname="老赵", **facts), on=MET, site=cast.west, role=None
    )  # type: ignore[arg-type]
    took_part(cast, person, on, method)
    return person


def took_part(
    cast: Cast, person: Person, on: date | None, method: Method = Method.ACTIVITY, **more: object
) -> ServiceRecord:
    taking = [Taking(mode=ParticipationMode.NAMED, person=person.pk)]
    facts = ServiceFacts(method=method, service_date=on, site=cast.west, taking=taking, **more)  # type: ignore[arg-type]
    return record_service(by=cast.chenli, facts=facts, on=date(2026, 11, 1))


def listed(lan: Actor, on: date) -> dict[str, list[tuple[int, date, date]]]:
    told = what_is_over(lan, on)
    return {one.of.code: [(row.pk, row.since, row.over_on) for row in one.lines] for one in told if one.lines}


def test_the_same_day_later_and_the_first_of_march_for_the_29th_of_february() -> None:
    assert later(date(2016, 3, 2), years=10) == date(2026, 3, 2)
    assert later(date(2016, 2, 29), years=10) == date(2026, 3, 1)
    assert later(date(2016, 2, 29), years=12) == date(2028, 2, 29)
    assert later(date(2025, 8, 31), months=6) == date(2026, 3, 1)
    assert later(date(2025, 12, 31), months=2) == date(2026, 3, 1)
    assert later(date(2025, 6, 30), months=6) == date(2025, 12, 30)
    assert (end_of(date(2016, 2, 1), "month"), end_of(date(2016, 1, 1), "year")) == (
        date(2016, 2, 29),
        date(2016, 12, 31),
    )
    assert end_of(date(2016, 12, 1), "month") == date(2016, 12, 31)


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 2, 28), date(2028, 2, 29), date(2026, 8, 31)])
def test_nothing_that_is_over_lies_behind_the_day_that_is_asked_for(day: date) -> None:
    after = earlier(day, years=10)
    assert all(later(after + timedelta(days=n), years=10) > day for n in range(1, 40))
    months = earlier(day, months=6)
    assert all(later(months + timedelta(days=n), months=6) > day for n in range(1, 40))


def test_every_class_of_the_pack_says_since_when_how_long_and_by_what() -> None:
    told = {code: (of.counted_from, of.years, of.months, of.mark) for code, of in classes().items()}
    assert told == {
        "volunteer": (RetentionStart.LAST_CONTACT, 10, 0, "secondary"),
        "child": (RetentionStart.AGE_18, 10, 0, "unverified"),
        "case": (RetentionStart.CLOSED, 10, 0, "unverified"),
        "aid": (RetentionStart.CLOSED, 10, 0, "unverified"),
        "person": (RetentionStart.LAST_CONTACT, 10, 0, "unverified"),
        "research": (RetentionStart.CLOSED, 10, 0, "unverified"),
        "consent": (RetentionStart.CREATED, 10, 0, "unverified"),
        "import_file": (RetentionStart.CREATED, 10, 0, "unverified"),
        "log": (RetentionStart.CREATED, 0, 6, "verified"),
        "impact_assessment": (RetentionStart.CREATED, 3, 0, "verified"),
        "sharing_log": (RetentionStart.CREATED, 3, 0, "verified"),
    }
    assert [code for code, of in classes().items() if not of.source or not of.zh or not of.en] == []


def test_a_day_before_ten_years_are_over_nothing_is_listed_or_proposed(cast: Cast, lan: Actor) -> None:
    person = met(cast, MET)
    day = TEN_YEARS - timedelta(days=1)
    assert listed(lan, day) == {}
    with pytest.raises(RuleBroken) as refusal:
        propose_destruction(
            by=lan, record_class="person", rows=[person.pk], appraisal="不再需要", way=DestroyWay.ANONYMISE, on=day
        )
    assert (refusal.value.code, refusal.value.facts) == ("people.period_not_over", {"rows": [person.pk]})


def test_on_the_day_itself_she_is_listed_with_the_reason(cast: Cast, lan: Actor) -> None:
    person = met(cast, MET)
    assert listed(lan, TEN_YEARS) == {"person": [(person.pk, MET, TEN_YEARS)]}


def test_someone_met_on_a_leap_day_is_over_on_the_first_of_march(cast: Cast, lan: Actor) -> None:
    person = met(cast, date(2016, 2, 29))
    assert listed(lan, date(2026, 2, 28)) == {}
    assert listed(lan, date(2026, 3, 1)) == {"person": [(person.pk, date(2016, 2, 29), date(2026, 3, 1))]}


def test_looking_touches_nothing(cast: Cast, lan: Actor) -> None:
    met(cast, MET)
    before = list(Person.objects.values()), Event.objects.count()
    what_is_over(lan, TEN_YEARS)
    assert (list(Person.objects.values()), Event.objects.count()) == before


def test_a_month_or_a_year_counts_from_its_last_day(cast: Cast, lan: Actor) -> None:
    month, year, never = (cast.person(name, cast.west) for name in ("老赵", "老钱", "老孙"))
    took_part(cast, never, None, precision="unknown")
    took_part(cast, month, date(2016, 2, 1), precision="month")
    took_part(cast, year, date(2016, 1, 1), precision="year")
    ServiceRecord.objects.filter(service_date=None).update(recorded_at=timezone.make_aware(datetime(2010, 1, 1)))
    told = last_contacts([month.pk, year.pk, never.pk])
    days = date(2016, 2, 29), date(2016, 12, 31), date(2010, 1, 1)
    assert (told[month.pk], told[year.pk], told[never.pk]) == days


@pytest.mark.parametrize(
    ("method", "code"),
    [(Method.ACTIVITY, "person"), (Method.CASE, "case"), (Method.HOTLINE, "case"), (Method.AID, "aid")],
)
def test_the_kind_of_work_says_which_class(cast: Cast, lan: Actor, method: Method, code: str) -> None:
    person = met(cast, MET, method)
    assert listed(lan, TEN_YEARS) == {code: [(person.pk, MET, TEN_YEARS)]}


def test_whoever_helped_is_kept_as_a_volunteer(cast: Cast, lan: Actor) -> None:
    person = met(cast, MET)
    facts = ServiceFacts(
        method=Method.ACTIVITY,
        service_date=MET,
        site=cast.west,
        taking=[],
        helping=[Helping(person=person.pk, minutes=60)],
    )
    record_service(by=cast.chenli, facts=facts, on=date(2026, 11, 1))
    assert listed(lan, TEN_YEARS) == {"volunteer": [(person.pk, MET, TEN_YEARS)]}


def test_a_child_is_kept_until_ten_years_after_the_18th_birthday(cast: Cast, lan: Actor) -> None:
    child = met(cast, MET, born_on=date(2004, 2, 29), born_precision="day")
    grown = date(2022, 3, 1)
    assert listed(lan, date(2032, 2, 29)) == {}
    assert listed(lan, date(2032, 3, 1)) == {"child": [(child.pk, grown, date(2032, 3, 1))]}
    ends = {end.code: end.over_on for end in ends_by_class([child.pk])[child.pk]}
    assert ends == {"child": date(2032, 3, 1), "person": TEN_YEARS}


def test_an_answer_about_consent_is_a_contact(cast: Cast, lan: Actor) -> None:
    person = met(cast, MET)
    at = timezone.make_aware(datetime(2018, 5, 1, 23, 30))
    note_consent(
        by=cast.chenli, person=person, purpose=ConsentPurpose.SERVICE, state=ConsentState.GIVEN, way=None, at=at
    )
    assert listed(lan, TEN_YEARS) == {}
    assert last_contacts([person.pk]) == {person.pk: date(2018, 5, 1)}


def test_whoever_has_an_open_account_is_not_over(cast: Cast, lan: Actor) -> None:
    person = met(cast, MET)
    Person.objects.filter(pk=person.pk).update(user=cast.haiyan.user)
    assert listed(lan, TEN_YEARS) == {}


def test_what_was_written_of_a_merged_row_counts_for_the_one_that_is_kept(cast: Cast, lan: Actor) -> None:
    kept, other = met(cast, date(2015, 1, 5)), met(cast, MET)
    merge(cast, kept, other)
    assert listed(lan, date(2026, 3, 1)) == {}
    assert listed(lan, TEN_YEARS) == {"person": [(kept.pk, MET, TEN_YEARS)]}


def test_a_hold_is_shown_and_stops_a_proposal(cast: Cast, lan: Actor) -> None:
    person = met(cast, MET)
    hold = set_hold(by=lan, person=person, why="仲裁未结", from_on=date(2026, 1, 1))
    (told,) = [one for one in what_is_over(lan, TEN_YEARS) if one.lines]
    assert ([line.held for line in told.lines], told.held, told.free) == ([True], 1, [])
    with pytest.raises(RuleBroken) as refusal:
        propose_destruction(
            by=lan,
            record_class="person",
            rows=[person.pk],
            appraisal="不再需要",
            way=DestroyWay.ANONYMISE,
            on=TEN_YEARS,
        )
    assert refusal.value.code == "people.on_hold"
    end_hold(by=lan, hold=hold, on=date(2026, 3, 1))
    (told,) = [one for one in what_is_over(lan, TEN_YEARS) if one.lines]
    assert told.held == 0


def test_a_hold_on_a_merged_row_holds_the_one_that_is_kept(cast: Cast, lan: Actor) -> None:
    kept, other = met(cast, MET), met(cast, MET)
    set_hold(by=lan, person=other, why="仲裁未结", from_on=date(2026, 1, 1))
    merge(cast, kept, other)
    assert held_on(TEN_YEARS) == {kept.pk, other.pk}


@pytest.mark.parametrize(
    ("why", "to_on", "code"),
    [("", None, "people.hold_needs_a_reason"), ("仲裁", date(2025, 1, 1), "people.hold_ends_first")],
)
def test_a_hold_says_why_and_ends_after_it_begins(cast: Cast, lan: Actor, why: str, to_on: date, code: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        set_hold(by=lan, person=met(cast, MET), why=why, from_on=date(2026, 1, 1), to_on=to_on)
    assert refusal.value.code == code


def test_nobody_is_held_twice(cast: Cast, lan: Actor) -> None:
    person = met(cast, MET)
    set_hold(by=lan, person=person, why="仲裁未结", from_on=MET)
    with pytest.raises(RuleBroken) as refusal:
        set_hold(by=lan, person=person, why="另一件", from_on=MET)
    assert refusal.value.code == "people.held_already"


def test_the_log_ends_by_whole_months(cast: Cast, lan: Actor) -> None:
    person = cast.person("小红", cast.east)
    for day in (date(2025, 8, 1), date(2025, 8, 31), date(2025, 9, 1)):
        at = timezone.make_aware(datetime(day.year, day.month, day.day, 12))
        ReadLog.objects.create(person=person, user=cast.xiaomei.user, at=at, what="person")
    assert listed(lan, date(2026, 2, 28)) == {}
    (told,) = [one for one in what_is_over(lan, date(2026, 3, 1)) if one.of.code == "log"]
    assert [(line.pk, line.since, line.over_on, line.rows) for line in told.lines] == [
        (202508, date(2025, 8, 31), date(2026, 3, 1), 2)
    ]


def test_answers_that_hold_no_more_end_and_the_one_that_holds_stays(cast: Cast, lan: Actor) -> None:
    person = cast.person("小红", cast.east)
    with answers_open():
        first, _second = (
            Consent.objects.create(
                person=person,
                given_by=person,
                purpose=ConsentPurpose.SERVICE,
                state=ConsentState.GIVEN,
                at=timezone.make_aware(datetime(year, 3, 2, 10)),
                recorded_by=cast.xiaomei.user,
            )
            for year in (2014, 2015)
        )
    took_part(cast, person, date(2026, 2, 2))
    assert listed(lan, date(2026, 3, 2)) == {"consent": [(first.pk, date(2014, 3, 2), date(2024, 3, 2))]}


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (StaffRole.DATA_STEWARD, True),
        (StaffRole.DIRECTOR, True),
        (StaffRole.SUPERVISOR, False),
        (StaffRole.SOCIAL_WORKER, False),
        (StaffRole.SYSADMIN, False),
        (StaffRole.VOLUNTEER_COORDINATOR, False),
        (StaffRole.PLACEMENT_STUDENT, False),
    ],
)
def test_who_sees_what_is_over(cast: Cast, role: StaffRole, sees: bool) -> None:
    actor = actor_for(login("someone", "某人", (role, None)))
    if sees:
        assert len(what_is_over(actor, TEN_YEARS)) == len(classes())
        return
    with pytest.raises(NotAllowed):
        what_is_over(actor, TEN_YEARS)


def test_people_written_down_and_never_met_count_from_that_day(cast: Cast, lan: Actor) -> None:
    person = cast.person("红", cast.east)
    Assignment.objects.all().delete()
    Person.objects.filter(pk=person.pk).update(recorded_at=timezone.make_aware(datetime(2016, 3, 2, 12)))
    person.role_periods.all().delete()
    assert listed(lan, TEN_YEARS) == {"person": [(person.pk, MET, TEN_YEARS)]}
