"""Pages of what is due, of one task, and of the steps that follow for someone."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast, login
from tests.web.staff.people.conftest import logged_in, served
from xiezuo.common.days import today
from xiezuo.orgs.access import actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.actions import TaskFacts, assign, begin_timeline, write_task
from xiezuo.people.models import Person, Task, Timeline
from xiezuo.people.vocab import AssignedFor, Section

DAY = timedelta(days=1)


@pytest.fixture
def named(cast: Cast, wang: Person) -> Person:
    assign(by=cast.chenli, person=wang, why=AssignedFor.CASE_TEAM, on=today(), user=cast.xiaomei.user)
    return wang


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_a_task_is_written_down_postponed_and_done(cast: Cast, named: Person) -> None:
    worker = logged_in(cast.xiaomei)
    facts = {"title": "问问学校", "kind": "call", "due_on": str(today()), "whose": cast.xiaomei.id, "section": "case"}
    answer = worker.post(f"/people/tasks/write/?person={named.pk}", facts)
    assert answer.headers["Location"] == f"/people/{named.pk}/timelines/"
    found = Task.objects.get()
    assert (found.person, found.section) == (named, Section.CASE)
    for path in ("/", "/people/due/", f"/people/{named.pk}/timelines/"):
        assert "问问学校" in text(worker, path)
    refused = worker.post(f"/people/tasks/{found.pk}/postpone/", {"to": str(today() + DAY), "why": ""})
    assert refused.status_code == 422
    worker.post(f"/people/tasks/{found.pk}/postpone/", {"to": str(today() + DAY), "why": "放假"})
    assert "放假" in text(worker, f"/people/tasks/{found.pk}/")
    done = worker.post(f"/people/tasks/{found.pk}/done/", {"from": "due"})
    assert done.headers["Location"] == "/people/due/"
    assert "Done: 问问学校." in text(worker, "/people/due/")
    assert "问问学校" not in text(worker, "/people/due/")


def test_what_cannot_be_written_stays_on_the_form(cast: Cast) -> None:
    answer = logged_in(cast.xiaomei).post("/people/tasks/write/", {"title": "问问学校", "kind": "call", "due_on": "x"})
    assert answer.status_code == 422 and "问问学校" in answer.content.decode()
    assert Task.objects.count() == 0


def test_steps_are_begun_from_a_record_and_shown_with_their_days(cast: Cast, named: Person) -> None:
    worker = logged_in(cast.xiaomei)
    record = served(cast.xiaomei, named, cast.east, date(2026, 3, 2))
    assert f"/people/{named.pk}/timelines/?record={record.pk}" in text(worker, f"/service/{record.pk}/")
    facts = {"code": "after_closing", "anchor_on": "2026-05-20", "whose": cast.xiaomei.id}
    worker.post(f"/people/{named.pk}/timelines/begin/?record={record.pk}", facts)
    row = Timeline.objects.get()
    assert (row.about, row.about_id) == ("service.servicerecord", record.pk)
    page = text(worker, f"/people/{named.pk}/timelines/")
    assert [day in page for day in ("19 Jun", "18 Aug", "16 Nov", "20 May")] == [True] * 4
    assert "0 of 4 done" in page
    worker.post(f"/people/{named.pk}/timelines/{row.pk}/stop/", {"why": "搬走了"})
    assert "搬走了" in text(worker, f"/people/{named.pk}/timelines/")


def test_a_step_whose_year_is_not_announced_says_so(cast: Cast, named: Person) -> None:
    facts = {"code": "referral", "anchor_on": date(2026, 12, 30), "whose": cast.xiaomei.user}
    begin_timeline(by=cast.xiaomei, person=named, **facts)  # type: ignore[arg-type]
    worker = logged_in(cast.xiaomei)
    words = "The working days of 2027 have not been announced yet: the date is to be confirmed."
    assert words in text(worker, f"/people/{named.pk}/timelines/")
    assert words in text(worker, "/people/due/") and "Date to be confirmed" in text(worker, "/people/due/")


def test_a_colleague_to_whom_the_case_is_closed_reads_no_word_of_it(cast: Cast, named: Person) -> None:
    lin = logged_in(actor_for(login("lin", "林社工", (StaffRole.SOCIAL_WORKER, cast.east))))
    facts = TaskFacts(
        title="陪她报警", kind="visit", due_on=today(), whose=cast.xiaomei.user, person=named, section=Section.CASE
    )
    found = write_task(by=cast.xiaomei, facts=facts)
    assert "陪她报警" not in text(lin, f"/people/{named.pk}/timelines/")
    assert [lin.get(f"/people/tasks/{pk}/").status_code for pk in (found.pk, 99999)] == [403, 403]


def test_supervisors_choose_between_their_own_and_everyones(cast: Cast, named: Person) -> None:
    facts = TaskFacts(
        title="家访王姐", kind="visit", due_on=today(), whose=cast.xiaomei.user, person=named, section=Section.CASE
    )
    write_task(by=cast.xiaomei, facts=facts)
    boss = logged_in(cast.chenli)
    assert ["家访王姐" in text(boss, path) for path in ("/people/due/", "/people/due/?all=on")] == [False, True]
    assert "家访王姐" not in text(logged_in(cast.haiyan), "/people/due/?all=on")


@pytest.mark.parametrize("path", ["/people/due/", "/people/{}/timelines/"])
def test_lists_ask_as_often_for_three_as_for_one(cast: Cast, named: Person, path: str) -> None:
    worker, asked = logged_in(cast.xiaomei), []
    for more in (1, 2):
        for n in range(more):
            facts = TaskFacts(
                title="家访", kind="visit", due_on=today(), whose=cast.xiaomei.user, person=named, section=Section.CASE
            )
            write_task(by=cast.xiaomei, facts=facts)
            code = ("after_closing", "referral", "intake")[more - 1 + n]
            begin_timeline(by=cast.xiaomei, person=named, code=code, anchor_on=today(), whose=cast.xiaomei.user)
        with CaptureQueriesContext(connection) as queries:
            assert worker.get(path.format(named.pk)).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
