"""Those who work near children are checked before they start and every year (CHD-5)."""

from datetime import date

import pytest

from tests.factories.cast import DAY, Cast, login
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.models import Event
from xiezuo.forms.packs import pack
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.actions import assign
from xiezuo.people.checks import (
    Standing,
    check_in_force,
    must_be_checked,
    note_check,
    recheck_on,
    staff_checks,
    to_check,
    volunteer_checks,
    volunteers_to_check,
)
from xiezuo.people.models import Person, RolePeriod
from xiezuo.people.vocab import CheckResult, Role

SOURCE = "检察院查询"


def volunteer(cast: Cast, name: str) -> Person:
    person = cast.person(name, cast.east)
    RolePeriod.objects.create(person=person, role=Role.VOLUNTEER, from_on=date(2025, 1, 1))
    return person


def coordinator(cast: Cast) -> Actor:
    return actor_for(login("vc", "何协调", (StaffRole.VOLUNTEER_COORDINATOR, cast.east)))


def director() -> Actor:
    return actor_for(login("dir", "王总", (StaffRole.DIRECTOR, None)))


def note(by: Actor, whom: object, day: date, result: CheckResult = CheckResult.CLEAR) -> None:
    note_check(by=by, whom=whom, checked_on=day, source=SOURCE, result=result, on=max(day, DAY))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("checked", "due"),
    [
        (date(2025, 9, 1), date(2026, 9, 1)),
        (date(2024, 2, 29), date(2025, 3, 1)),
        (date(2025, 12, 31), date(2026, 12, 31)),
        (date(2025, 2, 28), date(2026, 2, 28)),
    ],
)
def test_a_check_is_due_again_a_year_later(checked: date, due: date) -> None:
    assert recheck_on(checked) == due


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2025, 8, 31), False),
        (date(2025, 9, 1), True),
        (date(2026, 8, 31), True),
        (date(2026, 9, 1), False),
    ],
)
def test_a_check_of_1_september_holds_to_31_august(cast: Cast, day: date, holds: bool) -> None:
    note(cast.chenli, cast.xiaomei.user, date(2025, 9, 1))
    assert check_in_force(on=day, user=cast.xiaomei.user) == holds


@pytest.mark.parametrize(
    ("results", "standing"),
    [
        ([], Standing.MISSING),
        ([CheckResult.CLEAR], Standing.CLEAR),
        ([CheckResult.PENDING], Standing.PENDING),
        ([CheckResult.CLEAR, CheckResult.PENDING], Standing.CLEAR),
        ([CheckResult.CLEAR, CheckResult.HIT], Standing.HIT),
        ([CheckResult.HIT, CheckResult.PENDING], Standing.HIT),
        ([CheckResult.HIT, CheckResult.CLEAR], Standing.CLEAR),
    ],
)
def test_what_several_checks_say_together(cast: Cast, results: list[CheckResult], standing: Standing) -> None:
    for month, result in enumerate(results, 1):
        note(cast.chenli, cast.xiaomei.user, date(2026, month, 1), result)
    lines = {line.who: line.standing.standing for line in staff_checks(cast.chenli, on=DAY)}
    assert lines[cast.xiaomei.user] == standing


def test_thirty_days_before_it_is_due_the_list_says_so(cast: Cast) -> None:
    note(cast.chenli, cast.xiaomei.user, date(2025, 9, 1))
    for day, standing in ((date(2026, 8, 1), Standing.CLEAR), (date(2026, 8, 2), Standing.SOON)):
        lines = {line.who: line.standing.standing for line in staff_checks(cast.chenli, on=day)}
        assert lines[cast.xiaomei.user] == standing


def test_a_check_noted_of_the_person_counts_for_her_login(cast: Cast) -> None:
    person = volunteer(cast, "周晓梅")
    note(cast.chenli, person, date(2026, 3, 1))
    assert check_in_force(on=DAY, user=cast.xiaomei.user) is False
    person.user = cast.xiaomei.user
    person.save()
    assert check_in_force(on=DAY, user=cast.xiaomei.user) is True


def test_who_may_see_whom(cast: Cast) -> None:
    near, far = volunteer(cast, "近处的人"), cast.person("远处的人", cast.west)
    RolePeriod.objects.create(person=far, role=Role.CORE_VOLUNTEER, from_on=date(2025, 1, 1))
    staff = {cast.xiaomei.user, cast.haiyan.user, cast.chenli.user}
    vc = coordinator(cast)
    expected = {
        director(): staff | {vc.user, near, far},
        cast.chenli: staff | {vc.user, near, far},
        vc: {near},
        cast.xiaomei: None,
        cast.zhiyuan: None,
    }
    for actor, seen in expected.items():
        if seen is None:
            with pytest.raises(NotAllowed):
                staff_checks(actor, on=DAY)
            with pytest.raises(NotAllowed):
                volunteer_checks(actor, on=DAY)
        else:
            lines = [*staff_checks(actor, on=DAY), *volunteer_checks(actor, on=DAY)]
            assert {line.who for line in lines} == seen


def test_a_coordinator_notes_the_check_of_a_volunteer_and_of_no_colleague(cast: Cast) -> None:
    near, vc = volunteer(cast, "近处的人"), coordinator(cast)
    note(vc, near, DAY)
    assert check_in_force(on=DAY, person=near) is True
    with pytest.raises(NotAllowed):
        note(vc, cast.xiaomei.user, DAY)
    assert Event.objects.filter(code="people.check.noted").count() == 1


def test_nobody_notes_their_own_check(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        note(cast.chenli, cast.chenli.user, DAY)


def test_a_check_lies_not_in_the_future_and_names_its_source(cast: Cast) -> None:
    refused = []
    for day, source in ((date(2026, 3, 3), SOURCE), (DAY, "  ")):
        with pytest.raises(RuleBroken) as refusal:
            note_check(
                by=cast.chenli,
                whom=cast.xiaomei.user,
                checked_on=day,
                source=source,
                result=CheckResult.CLEAR,
                on=DAY,
            )
        refused.append(refusal.value.code)
    assert refused == ["people.check_later", "people.check_source"]


def test_work_near_children_is_refused_without_a_check(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    person = volunteer(cast, "近处的人")
    for of in ({"user": cast.xiaomei.user}, {"person": person}):
        with pytest.raises(RuleBroken) as refused:
            must_be_checked(on=DAY, **of)  # type: ignore[arg-type]
        assert refused.value.code == "people.check_missing"
    monkeypatch.setitem(pack("checks-core")["volunteers"], "needed", False)
    must_be_checked(on=DAY, person=person)
    assert (len(staff_checks(cast.chenli, on=DAY)), len(volunteer_checks(cast.chenli, on=DAY))) == (3, 0)


def test_volunteers_come_a_page_at_a_time_in_the_order_of_what_presses(cast: Cast) -> None:
    clear, none, hit, pending = (volunteer(cast, name) for name in ("有证明", "没查过", "有记录", "在等"))
    note(cast.chenli, clear, date(2026, 3, 1))
    note(cast.chenli, hit, date(2026, 3, 1), CheckResult.HIT)
    note(cast.chenli, pending, date(2026, 3, 1), CheckResult.PENDING)
    lines = volunteer_checks(cast.chenli, on=DAY)
    assert [line.who for line in lines] == [hit, none, pending, clear]
    assert [[line.who for line in lines[n : n + 2]] for n in range(4)] == [
        [hit, none],
        [none, pending],
        [pending, clear],
        [clear],
    ]
    assert (len(lines), lines.not_yet) == (4, 3)
    assert [line.who for line in volunteer_checks(cast.chenli, on=DAY, asked="没查")] == [none]


def test_a_volunteer_who_moves_to_another_site_is_looked_after_there(cast: Cast) -> None:
    person = volunteer(cast, "近处的人")
    west = actor_for(login("vcw", "西区协调", (StaffRole.VOLUNTEER_COORDINATOR, cast.west)))
    assert list(volunteers_to_check(west, on=DAY)) == []
    from xiezuo.people.vocab import AssignedFor

    assign(by=cast.chenli, person=person, site=cast.west, why=AssignedFor.values[0], on=DAY)
    assert to_check(west, f"person-{person.pk}", on=DAY) == person
