"""What is to do, whose it is and who sees it; steps that follow each other by their days."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from tests.factories.cast import Cast, login
from tests.factories.new_year import CALENDAR_2027, lay_in
from xiezuo.common.days import today
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.forms.workshop.actions import begin_new, publish, review
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.actions import (
    TaskFacts,
    assign,
    begin_timeline,
    drop_task,
    finish_task,
    merge_people,
    postpone_task,
    reckon_again,
    stop_timeline,
    write_task,
)
from xiezuo.people.due import due_for
from xiezuo.people.models import Person, Task, Timeline
from xiezuo.people.todo import task_for, tasks_about, timelines_of
from xiezuo.people.vocab import AssignedFor, Section, TaskState

DAY = timedelta(days=1)
CLOSED = date(2026, 5, 20)


def task(by: Actor, title: str = "给学校打电话", *, to: Actor | None = None, **more: object) -> Task:
    facts = {"kind": "call", "due_on": today() + DAY} | more
    return write_task(by=by, facts=TaskFacts(title=title, whose=(to or by).user, **facts))  # type: ignore[arg-type]


def due(actor: Actor, *, days: int = 7, everyone: bool = False) -> list[str]:
    return [one.title for one in due_for(actor, on=today(), until=today() + days * DAY, everyone=everyone)]


def steps(row: Timeline) -> list[tuple[str, date | None, str]]:
    return [(one.step, one.due_on, one.state) for one in row.tasks.order_by("pk")]


@pytest.fixture
def named(cast: Cast, wang: Person) -> Person:
    """王姐, with whom 周晓梅 works by name, so that her case is open to her."""
    assign(by=cast.chenli, person=wang, why=AssignedFor.CASE_TEAM, on=today(), user=cast.xiaomei.user)
    return wang


def test_what_is_overdue_comes_first_and_what_lies_far_ahead_not_yet(cast: Cast) -> None:
    for title, days in (("下周的", 7), ("过期的", -3), ("以后的", 9), ("今天的", 0)):
        task(cast.xiaomei, title, due_on=today() + days * DAY)
    assert due(cast.xiaomei) == ["过期的", "今天的", "下周的"]
    assert due(cast.xiaomei, days=30) == ["过期的", "今天的", "下周的", "以后的"]


def test_a_task_is_reminded_of_before_its_week(cast: Cast) -> None:
    written = task(cast.xiaomei, due_on=today() + 20 * DAY)
    assert due(cast.xiaomei) == []
    Task.objects.filter(pk=written.pk).update(remind_on=today())
    assert due(cast.xiaomei) == ["给学校打电话"]


@pytest.mark.parametrize(
    ("who", "of_nobody", "services", "case"),
    [
        ("whose it is", True, True, True),
        ("a colleague of the site", False, True, False),
        ("a colleague of another site", False, False, False),
        ("a supervisor", False, True, True),
        ("whoever looks after volunteers", False, False, False),
        ("the system administrator", False, False, False),
    ],
)
def test_who_sees_a_task(cast: Cast, named: Person, who: str, of_nobody: bool, services: bool, case: bool) -> None:
    actors = {
        "whose it is": cast.xiaomei,
        "a colleague of the site": actor_for(login("lin", "林社工", (StaffRole.SOCIAL_WORKER, cast.east))),
        "a colleague of another site": cast.haiyan,
        "a supervisor": cast.chenli,
        "whoever looks after volunteers": actor_for(login("sun", "孙静", (StaffRole.VOLUNTEER_COORDINATOR, None))),
        "the system administrator": cast.zhiyuan,
    }
    tasks = [
        task(cast.xiaomei),
        task(cast.xiaomei, person=named, section=Section.SERVICES),
        task(cast.xiaomei, person=named, section=Section.CASE),
    ]
    seen = []
    for one in tasks:
        try:
            seen.append(task_for(actors[who], one.pk) == one)
        except NotAllowed:
            seen.append(False)
    assert seen == [of_nobody, services, case]


def test_a_supervisor_sees_what_everyone_has_to_do_and_nobody_else_does(cast: Cast, named: Person) -> None:
    task(cast.xiaomei, "家访王姐", person=named, section=Section.CASE)
    task(cast.xiaomei, "买打印纸")
    assert due(cast.chenli) == []
    assert due(cast.chenli, everyone=True) == ["家访王姐"]
    assert due(cast.haiyan, everyone=True) == []


def test_a_case_is_not_given_to_a_colleague_to_whom_it_is_closed(cast: Cast, named: Person) -> None:
    with pytest.raises(RuleBroken) as refusal:
        task(cast.xiaomei, to=cast.haiyan, person=named, section=Section.CASE)
    assert refusal.value.code == "people.task_closed_to"
    assert Task.objects.count() == 0


def test_a_colleague_who_no_longer_works_with_someone_no_longer_sees_the_task(cast: Cast, named: Person) -> None:
    task(cast.xiaomei, "家访王姐", person=named, section=Section.CASE)
    named.assignments.update(to_on=date(2026, 1, 1), from_on=date(2025, 1, 1))
    assert due(cast.xiaomei) == []


def test_only_whose_it_is_whoever_wrote_it_or_a_supervisor_ends_it(cast: Cast, named: Person) -> None:
    lin = actor_for(login("lin", "林社工", (StaffRole.SOCIAL_WORKER, cast.east)))
    written = task(cast.xiaomei, person=named, section=Section.SERVICES)
    with pytest.raises(NotAllowed):
        finish_task(by=lin, task=written, on=today())
    finish_task(by=cast.chenli, task=written, on=today())
    with pytest.raises(RuleBroken):
        finish_task(by=cast.xiaomei, task=written, on=today())


def test_postponing_wants_a_reason_and_a_day_ahead(cast: Cast) -> None:
    written = task(cast.xiaomei)
    for to, why in ((today() + 3 * DAY, " "), (today() - DAY, "病了")):
        with pytest.raises(RuleBroken):
            postpone_task(by=cast.xiaomei, task=written, to=to, why=why, on=today())
    postponed = postpone_task(by=cast.xiaomei, task=written, to=today() + 3 * DAY, why="病了", on=today())
    assert (postponed.due_on, postponed.postponed, postponed.postponed_why) == (today() + 3 * DAY, 1, "病了")


def test_what_comes_back_every_month_comes_back_from_its_day_and_not_from_when_it_was_done(cast: Cast) -> None:
    written = task(cast.xiaomei, due_on=date(2026, 1, 31), again={"add": 1, "unit": "month"})
    following = finish_task(by=cast.xiaomei, task=written, on=date(2026, 2, 5))
    assert following is not None and following.due_on == date(2026, 2, 28)
    assert drop_task(by=cast.xiaomei, task=following, why="不用了", on=date(2026, 2, 28)) is None


def test_after_closing_somebody_asks_four_times(cast: Cast, named: Person) -> None:
    row = begin_timeline(by=cast.xiaomei, person=named, code="after_closing", anchor_on=CLOSED, whose=cast.xiaomei.user)
    days = [date(2026, 6, 19), date(2026, 8, 18), date(2026, 11, 16), date(2027, 5, 20)]
    assert steps(row) == [(code, day, "open") for code, day in zip(["d30", "d90", "d180", "d365"], days, strict=True)]
    for one in row.tasks.all():
        finish_task(by=cast.xiaomei, task=one, on=date(2027, 5, 21))
    row.refresh_from_db()
    assert (row.ended_on, row.why) == (date(2027, 5, 21), "")


def test_a_step_that_is_done_makes_the_next_by_working_days(cast: Cast, named: Person) -> None:
    row = begin_timeline(
        by=cast.xiaomei, person=named, code="intake", anchor_on=date(2026, 2, 2), whose=cast.xiaomei.user
    )
    assert steps(row) == [("assess", date(2026, 2, 14), "open")]
    finish_task(by=cast.xiaomei, task=row.tasks.get(), on=date(2026, 2, 13))
    plan = row.tasks.get(step="plan")
    assert plan.due_on == date(2026, 2, 27)
    drop_task(by=cast.xiaomei, task=plan, why="已有计划", on=date(2026, 2, 20))
    review = row.tasks.get(step="review")
    assert review.due_on == date(2026, 5, 20)
    again = finish_task(by=cast.xiaomei, task=review, on=date(2026, 5, 25))
    assert again is not None and (again.step, again.due_on) == ("review", date(2026, 8, 20))


def test_a_year_that_is_not_announced_leaves_the_day_open_until_it_is(
    cast: Cast, named: Person, tmp_path: Path, settings: Any
) -> None:
    row = begin_timeline(
        by=cast.xiaomei, person=named, code="referral", anchor_on=date(2026, 12, 30), whose=cast.xiaomei.user
    )
    waiting = row.tasks.get()
    assert (waiting.due_on, waiting.waits_for_year, waiting.remind_on) == (None, 2027, None)
    assert due(cast.xiaomei) == ["问清楚对方是否接上了"]
    assert reckon_again() == 0
    lay_in(tmp_path, settings)
    assert reckon_again() == 1
    waiting.refresh_from_db()
    assert (waiting.due_on, waiting.waits_for_year, waiting.remind_on) == (date(2027, 1, 5), None, date(2027, 1, 4))


def test_a_calendar_that_is_published_gives_tasks_their_day_at_once(
    cast: Cast, named: Person, tmp_path: Path, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.XIEZUO_HOUSE = replace(settings.XIEZUO_HOUSE, folder=tmp_path)
    facts = {"code": "referral", "anchor_on": date(2026, 12, 30), "whose": cast.xiaomei.user}
    row = begin_timeline(by=cast.xiaomei, person=named, **facts)  # type: ignore[arg-type]
    steward = actor_for(login("heqing", "何青", (StaffRole.DATA_STEWARD, None)))
    with django_capture_on_commit_callbacks(execute=True):
        edition = begin_new(by=cast.chenli, body=CALENDAR_2027)
        review(by=cast.chenli, edition=edition, changes="新的一年")
        publish(by=steward, edition=edition, valid_from=date(2027, 1, 1))
    assert row.tasks.get().due_on == date(2027, 1, 5)


def test_the_same_steps_do_not_go_on_twice_and_stopping_says_why(cast: Cast, named: Person) -> None:
    facts = {"person": named, "code": "after_closing", "anchor_on": CLOSED, "whose": cast.xiaomei.user}
    row = begin_timeline(by=cast.xiaomei, **facts)  # type: ignore[arg-type]
    with pytest.raises(RuleBroken):
        begin_timeline(by=cast.xiaomei, **facts)  # type: ignore[arg-type]
    with pytest.raises(RuleBroken):
        stop_timeline(by=cast.xiaomei, timeline=row, why="", on=today())
    stop_timeline(by=cast.xiaomei, timeline=row, why="搬走了", on=today())
    assert {one.state for one in row.tasks.all()} == {TaskState.DROPPED}
    assert due(cast.xiaomei, days=900) == []
    begin_timeline(by=cast.xiaomei, **facts)  # type: ignore[arg-type]


def test_case_steps_are_not_begun_by_someone_to_whom_the_case_is_closed(cast: Cast, wang: Person) -> None:
    lin = actor_for(login("lin", "林社工", (StaffRole.SOCIAL_WORKER, cast.east)))
    with pytest.raises(NotAllowed):
        begin_timeline(by=lin, person=wang, code="after_closing", anchor_on=CLOSED, whose=lin.user)
    begin_timeline(by=lin, person=wang, code="referral", anchor_on=CLOSED, whose=lin.user)
    assert [row.code for row in timelines_of(lin, wang)] == ["referral"]


def test_tasks_follow_when_two_records_become_one(cast: Cast, named: Person, fen: Person) -> None:
    task(cast.haiyan, "看看阿芬", person=fen, section=Section.SERVICES)
    merge_people(by=cast.chenli, kept=named, other=fen)
    assert [one.title for one in tasks_about(cast.chenli, named)] == ["看看阿芬"]


def test_what_is_due_asks_as_often_for_three_as_for_one(cast: Cast, named: Person) -> None:
    asked = []
    for more in (1, 2):
        for _n in range(more):
            task(cast.xiaomei, person=named, section=Section.CASE)
        with CaptureQueriesContext(connection) as queries:
            due(cast.xiaomei)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_step_is_read_in_the_language_of_whoever_reads_and_own_words_stay(cast: Cast, named: Person) -> None:
    task(cast.xiaomei, "问问学校")
    begin_timeline(by=cast.xiaomei, person=named, code="referral", anchor_on=today(), whose=cast.xiaomei.user)
    with override("en"):
        assert set(due(cast.xiaomei, days=400)) == {"问问学校", "Ask whether they were received"}
    with override("zh-hans"):
        assert set(due(cast.xiaomei, days=400)) == {"问问学校", "问清楚对方是否接上了"}
