"""From helped to helper (S05): moved by the person's own word and a worker's note, both ways, never by hours."""

from datetime import date

import pytest

from tests.factories.cast import Cast, make_cast
from tests.factories.growth import begins, rests
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.people.actions import take_step, write_growth_note
from xiezuo.people.journey import giving_roles, stages
from xiezuo.people.models import GrowthNote, JourneyEntry, Person, RolePeriod
from xiezuo.people.queries import periods_told
from xiezuo.people.vocab import JourneyStep, Role
from xiezuo.service.actions import Helping, ServiceFacts, Taking, record_service
from xiezuo.service.growth import Grown, grown_helpers, usual_days
from xiezuo.service.indicators import INDICATORS
from xiezuo.service.queries import records_of_year
from xiezuo.service.vocab import Method, ParticipationMode

pytestmark = pytest.mark.django_db
BEGINS, RESTS = JourneyStep.BEGINS, JourneyStep.RESTS
TODAY = date(2026, 3, 31)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def wang(cast: Cast) -> Person:
    return cast.person("王姐", cast.east, full_name="王素芬")


def helped_out(cast: Cast, person: Person, on: date, minutes: int = 120) -> None:
    """An afternoon in the library, where the person helps and does not take part."""
    facts = ServiceFacts(
        method=Method.ACTIVITY, service_date=on, site=cast.east, helping=[Helping(person=person.pk, minutes=minutes)]
    )
    record_service(by=cast.xiaomei, facts=facts, on=TODAY)


def was_visited(cast: Cast, person: Person, on: date) -> None:
    taking = [Taking(mode=ParticipationMode.NAMED, person=person.pk)]
    facts = ServiceFacts(method=Method.VISIT, service_date=on, site=cast.east, taking=taking)
    record_service(by=cast.xiaomei, facts=facts, on=TODAY)


def test_wang_came_for_school_aid_helps_at_the_library_and_pauses_for_her_mother(cast: Cast, wang: Person) -> None:
    begins(cast.xiaomei, wang, Role.HELP_SEEKER, date(2022, 3, 3))
    was_visited(cast, wang, date(2022, 3, 10))
    entry = take_step(
        by=cast.xiaomei,
        person=wang,
        role=Role.VOLUNTEER,
        step=BEGINS,
        on=date(2024, 9, 1),
        own_words="我想去图书角帮忙。",
        note="有空的晚上是周二和周四。",
    )
    for month in (1, 2):
        helped_out(cast, wang, date(2026, month, 6))
    rests(cast.xiaomei, wang, Role.VOLUNTEER, date(2026, 3, 1))

    assert (entry.ladder, entry.own_words) == ("journey-default 1.0", "我想去图书角帮忙。")
    assert list(wang.role_periods.values_list("role", "from_on", "to_on")) == [
        ("help_seeker", date(2022, 3, 3), None),
        ("volunteer", date(2024, 9, 1), date(2026, 3, 1)),
    ]
    year = records_of_year(2026)
    assert INDICATORS["volunteer_hours"].value(year) == 240  # minutes: they stay hers while she pauses
    assert (INDICATORS["volunteer_count"].value(year), INDICATORS["served_first"].value(year)) == (1, 1)
    assert grown_helpers(cast.xiaomei, date(2026, 1, 1), date(2026, 12, 31)) == [
        Grown(wang.pk, served_on=date(2022, 3, 10), helped_on=date(2026, 1, 6))
    ]


def test_she_comes_back_and_the_pause_stays_on_the_path(cast: Cast, wang: Person) -> None:
    begins(cast.xiaomei, wang, Role.VOLUNTEER, date(2024, 9, 1))
    rests(cast.xiaomei, wang, Role.VOLUNTEER, date(2026, 3, 1))
    begins(cast.xiaomei, wang, Role.VOLUNTEER, date(2026, 3, 20))
    assert list(wang.role_periods.values_list("from_on", "to_on")) == [
        (date(2024, 9, 1), date(2026, 3, 1)),
        (date(2026, 3, 20), None),
    ]
    told = periods_told(wang)
    assert [(vars(p)["rest_told"], vars(p)["began_words"]) for p in told] == [
        (True, "我想试试。"),
        (False, "我想试试。"),
    ]


def test_several_roles_hold_at_once(cast: Cast, wang: Person) -> None:
    for role in (Role.SERVICE_USER, Role.VOLUNTEER, Role.ORGANISER):
        begins(cast.xiaomei, wang, role, date(2025, 1, 1))
    assert wang.role_periods.filter(to_on__isnull=True).count() == 3


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"own_words": "", "note": "看得出来她愿意。"}, "people.step_needs_own_words", "own_words"),
        ({"own_words": "我想帮忙。", "note": "  "}, "people.step_needs_note", "note"),
    ],
)
def test_a_stage_wants_her_word_and_the_workers_note(
    cast: Cast, wang: Person, said: dict[str, str], code: str, field: str
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        take_step(by=cast.xiaomei, person=wang, role=Role.VOLUNTEER, step=BEGINS, on=TODAY, **said)
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert (RolePeriod.objects.count(), JourneyEntry.objects.count()) == (0, 0)


def test_a_visitor_or_a_member_is_no_stage_and_needs_no_words(cast: Cast, wang: Person) -> None:
    take_step(by=cast.xiaomei, person=wang, role=Role.MEMBER, step=BEGINS, on=TODAY)
    assert Role.MEMBER not in stages()
    assert wang.role_periods.get().role == "member"


@pytest.mark.parametrize(
    ("step", "on", "code"),
    [
        (BEGINS, TODAY, "people.role_open_already"),
        (RESTS, date(2024, 8, 31), "people.role_ends_early"),
    ],
)
def test_a_step_that_cannot_be_is_refused_in_words(
    cast: Cast, wang: Person, step: JourneyStep, on: date, code: str
) -> None:
    begins(cast.xiaomei, wang, Role.VOLUNTEER, date(2024, 9, 1))
    with pytest.raises(RuleBroken) as refusal:
        take_step(by=cast.xiaomei, person=wang, role=Role.VOLUNTEER, step=step, on=on, own_words="好", note="好")
    assert refusal.value.code == code


def test_nobody_rests_from_what_they_are_not(cast: Cast, wang: Person) -> None:
    with pytest.raises(RuleBroken) as refusal:
        rests(cast.xiaomei, wang, Role.ORGANISER, TODAY)
    assert refusal.value.code == "people.role_not_open"


def test_a_growth_note_keeps_what_happened_and_what_she_says_of_it(cast: Cast, wang: Person) -> None:
    write_growth_note(by=cast.xiaomei, person=wang, on=TODAY, what=" 第一次上台讲话 ", own_words="腿都在抖。")
    assert GrowthNote.objects.values_list("what", "own_words").get() == ("第一次上台讲话", "腿都在抖。")
    with pytest.raises(RuleBroken) as refusal:
        write_growth_note(by=cast.xiaomei, person=wang, on=TODAY, what=" ")
    assert refusal.value.code == "people.growth_note_says_nothing"


def test_a_step_and_a_note_are_written_by_those_who_work_with_her(cast: Cast, wang: Person) -> None:
    with pytest.raises(NotAllowed):
        begins(cast.haiyan, wang, Role.VOLUNTEER, TODAY)
    with pytest.raises(NotAllowed):
        write_growth_note(by=cast.haiyan, person=wang, on=TODAY, what="好")
    assert (JourneyEntry.objects.count(), GrowthNote.objects.count()) == (0, 0)


def test_the_path_has_seven_stages_and_four_of_them_give() -> None:
    assert list(stages()) == [
        *(Role.HELP_SEEKER, Role.SERVICE_USER, Role.PARTICIPANT),
        *(Role.VOLUNTEER, Role.CORE_VOLUNTEER, Role.ORGANISER, Role.COLLEAGUE),
    ]
    assert giving_roles() == [Role.VOLUNTEER, Role.CORE_VOLUNTEER, Role.ORGANISER, Role.COLLEAGUE]


def test_who_helped_first_and_was_served_later_is_no_grown_helper_until_they_help_again(
    cast: Cast, wang: Person
) -> None:
    helped_out(cast, wang, date(2025, 5, 1))
    was_visited(cast, wang, date(2025, 6, 1))
    assert grown_helpers(cast.xiaomei, date(2025, 1, 1), date(2025, 12, 31)) == []
    helped_out(cast, wang, date(2025, 7, 1))
    assert grown_helpers(cast.xiaomei, date(2025, 1, 1), date(2025, 12, 31)) == [
        Grown(wang.pk, served_on=date(2025, 6, 1), helped_on=date(2025, 7, 1))
    ]


def test_the_usual_way_is_the_median_of_days() -> None:
    day = date(2025, 1, 1)
    ways = [Grown(n, day, date.fromordinal(day.toordinal() + days)) for n, days in enumerate((10, 400, 30))]
    assert usual_days(ways) == 30
    assert usual_days([]) is None
