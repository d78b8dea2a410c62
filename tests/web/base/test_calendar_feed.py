"""The calendar of a phone is told how much of which kind of work is due on which day, and nothing else."""

from datetime import date, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from tests.factories.cast import Cast, login, make_cast
from tests.web.staff.people.conftest import logged_in, served
from xiezuo.common.days import today
from xiezuo.forms.packs import pack
from xiezuo.orgs.access import actor_for
from xiezuo.orgs.calendar_address import end_address, make_address
from xiezuo.orgs.models import Attempt, CalendarAddress
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.actions import TaskFacts, assign, finish_task, write_task
from xiezuo.people.models import Person, Task
from xiezuo.people.vocab import AssignedFor, Section

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TOMORROW = today() + DAY


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def wang(cast: Cast) -> Person:
    person = cast.person("王姐", cast.east, full_name="王素芬", phone="15412342764")
    assign(by=cast.chenli, person=person, why=AssignedFor.CASE_TEAM, on=today(), user=cast.xiaomei.user)
    return person


def visit(cast: Cast, wang: Person, title: str, on: date = TOMORROW) -> Task:
    facts = TaskFacts(title=title, kind="visit", due_on=on, whose=cast.xiaomei.user, person=wang, section=Section.CASE)
    return write_task(by=cast.xiaomei, facts=facts)


def entries(token: str) -> list[dict[str, str]]:
    answer = Client().get(f"/calendar/{token}.ics")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    found = Calendar.from_ical(answer.content)
    return [
        {name: one.to_ical() if hasattr(one, "to_ical") else one for name, one in event.items()}
        for event in found.walk("VEVENT")
    ]


def test_the_feed_counts_kinds_of_work_by_day_and_holds_no_word_of_a_file(cast: Cast, wang: Person) -> None:
    secrets = ["王姐", "王素芬", "15412342764", "东区童缘", "吵架", "陪她报警", "转学证明", "周晓梅", "协作者"]
    for title in ("吵架以后去看王姐", "陪她报警"):
        visit(cast, wang, title)
    served(cast.xiaomei, wang, cast.east, date(2026, 3, 2), next_step="送转学证明", next_on=TOMORROW)
    token = make_address(by=cast.xiaomei)
    written = Client().get(f"/calendar/{token}.ics").content.decode()
    assert [word for word in secrets if word in written.replace("\r\n ", "")] == []
    told = entries(token)
    assert [(one["SUMMARY"], one["DTSTART"]) for one in told] == [
        ("下一步 · 1 项".encode(), TOMORROW.strftime("%Y%m%d").encode()),
        ("家访 · 2 项".encode(), TOMORROW.strftime("%Y%m%d").encode()),
    ]
    assert {bytes(one["URL"]) for one in told} == {b"http://testserver/people/due/"}
    assert b"X-WR-TIMEZONE:Asia/Shanghai" in written.encode()


def test_an_entry_keeps_its_name_and_its_number_goes_up(cast: Cast, wang: Person) -> None:
    first, _second = visit(cast, wang, "家访"), visit(cast, wang, "再家访")
    Task.objects.update(changed_at=first.changed_at - 2 * DAY)
    token = make_address(by=cast.xiaomei)
    before = entries(token)
    finish_task(by=cast.xiaomei, task=first, on=today())
    after = entries(token)
    assert [one["UID"] for one in before] == [one["UID"] for one in after]
    assert [one["SUMMARY"] for one in after] == ["家访 · 1 项".encode()]
    assert int(after[0]["SEQUENCE"]) > int(before[0]["SEQUENCE"])
    renewed = make_address(by=cast.xiaomei)
    assert [one["UID"] for one in entries(renewed)] == [one["UID"] for one in after]


def test_only_the_last_address_opens_the_calendar_and_only_until_it_is_taken_back(cast: Cast) -> None:
    first, second = make_address(by=cast.xiaomei), make_address(by=cast.xiaomei)
    assert [Client().get(f"/calendar/{token}.ics").status_code for token in (first, second)] == [404, 200]
    assert first not in CalendarAddress.objects.get().digest
    end_address(by=cast.xiaomei)
    assert Client().get(f"/calendar/{second}.ics").status_code == 404


def test_a_login_that_is_closed_or_without_a_role_has_no_calendar(cast: Cast) -> None:
    token = make_address(by=cast.xiaomei)
    cast.xiaomei.user.memberships.update(to_on=date(2025, 1, 1))
    assert Client().get(f"/calendar/{token}.ics").status_code == 404
    cast.haiyan.user.is_active = False
    other = make_address(by=cast.haiyan)
    cast.haiyan.user.save()
    assert Client().get(f"/calendar/{other}.ics").status_code == 404


def test_how_often_it_is_fetched_is_counted_and_too_often_has_to_wait(cast: Cast) -> None:
    token = make_address(by=cast.xiaomei)
    assert [Client().get(f"/calendar/{token}.ics").status_code for _n in range(3)] == [200, 200, 200]
    assert Attempt.objects.get(attempt_kind="calendar").count == 3
    Attempt.objects.update(count=pack("login-default")["tries"]["calendar"]["lock_after"] - 1)
    assert [Client().get(f"/calendar/{token}.ics").status_code for _n in range(2)] == [200, 429]


def test_someone_makes_their_address_sees_it_once_and_takes_it_back(cast: Cast) -> None:
    browser = logged_in(cast.xiaomei)
    shown = browser.post("/account/calendar/").content.decode()
    token = shown.partition("/calendar/")[2].partition(".ics")[0]
    page = browser.get("/account/").content.decode()
    assert token not in page and "Nobody has fetched it lately." in page
    assert entries(token) == []
    assert "Last fetched on" in browser.get("/account/").content.decode()
    browser.post("/account/calendar/end/")
    assert Client().get(f"/calendar/{token}.ics").status_code == 404


def test_whoever_looks_after_volunteers_is_told_of_no_case(cast: Cast, wang: Person) -> None:
    sun = actor_for(login("sun", "孙静", (StaffRole.VOLUNTEER_COORDINATOR, None)))
    visit(cast, wang, "家访")
    Task.objects.update(whose=sun.user)
    assert entries(make_address(by=sun)) == []
