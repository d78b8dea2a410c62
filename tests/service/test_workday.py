"""Told once in the evening, read three ways: 晓梅's daily report, the East's day sheet, the East's monthly return."""

import re
from collections.abc import Callable
from datetime import date, time

import pytest
from django.test import Client

from tests.factories.cast import DAY, Cast, login, make_cast
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.walls import BehindTheWall
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.service.access.workday import author_for, handover_for, handovers_waiting, report_of
from xiezuo.service.actions import ServiceFacts, Taking, check_in, correct_service, finish_step, record_service
from xiezuo.service.actions.workday import hand_in, hand_over, take_note, take_over, write_remark
from xiezuo.service.handing_over import open_matters, pulled
from xiezuo.service.models import DailyReport, ServiceRecord
from xiezuo.service.vocab import Method, ParticipationMode
from xiezuo.service.workday import by_method, changed_since, checked_in, in_order, numbers_of, on_duty, work_at, work_of

NAMED, COUNTED = ParticipationMode.NAMED, ParticipationMode.COUNTED


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def hanlei(cast: Cast) -> Actor:
    return actor_for(login("hanlei", "韩磊", (StaffRole.SOCIAL_WORKER, cast.east)))


@pytest.fixture
def evening(cast: Cast, hanlei: Actor) -> list[ServiceRecord]:
    """A home visit with 韩磊, a question answered, a group session; and two who came in at the desk."""
    lian, ma, yu = (cast.person(name, cast.east) for name in ("阿莲", "小马", "小宇"))

    def write(method: Method, start: str, end: str, taking: list[Taking], **more: object) -> ServiceRecord:
        facts = ServiceFacts(
            method=method,
            service_date=DAY,
            site=cast.east,
            starts_at=time.fromisoformat(start),
            ends_at=time.fromisoformat(end),
            taking=taking,
            **more,  # type: ignore[arg-type]
        )
        return record_service(by=cast.xiaomei, facts=facts, on=DAY)

    def of(*people: object) -> list[Taking]:
        return [Taking(mode=NAMED, person=person.pk) for person in people]  # type: ignore[attr-defined]

    told = [
        write(
            Method.VISIT,
            "09:00",
            "10:30",
            of(lian),
            staff=[hanlei.user],
            title="去阿莲家",
            next_step="问学位",
            next_on=DAY,
        ),
        write(Method.ENQUIRY, "11:00", "11:20", of(ma), title="问工伤"),
        write(Method.GROUP, "14:00", "16:00", [*of(lian, yu), Taking(mode=COUNTED, count=6)], title="读书小组"),
    ]
    for person in (lian, ma):
        day, _person = check_in(by=cast.xiaomei, site=cast.east, on=DAY, person=person)
    return [*told, day]


def told_of(records: object) -> dict[str, tuple[int, ...]]:
    """By method: services, people, person-times, of which unnamed, events, sessions, minutes."""
    return {str(one.method): tuple(vars(one.numbers).values()) for one in by_method(records)}  # type: ignore[arg-type]


EVERY = {
    "visit": (1, 1, 1, 0, 1, 0, 90),
    "enquiry": (1, 1, 1, 0, 0, 0, 20),
    "group": (1, 2, 8, 6, 0, 1, 120),
    "checkin": (1, 2, 2, 0, 1, 0, 0),
}
TOGETHER = (4, 3, 12, 6, 2, 1, 230)


def test_her_daily_report_counts_what_she_did(cast: Cast, evening: list[ServiceRecord]) -> None:
    work = work_of(cast.xiaomei, cast.xiaomei.user, DAY)
    assert told_of(work) == EVERY
    assert tuple(vars(numbers_of(work)).values()) == TOGETHER
    assert [str(record) for record in in_order(cast.xiaomei, work)] == ["去阿莲家", "问工伤", "读书小组", "前台签到"]


def test_whoever_went_along_has_the_visit_in_their_report_and_nothing_else(
    cast: Cast, hanlei: Actor, evening: list[ServiceRecord]
) -> None:
    assert told_of(work_of(hanlei, hanlei.user, DAY)) == {"visit": EVERY["visit"]}


def test_the_day_sheet_counts_what_happened_at_the_site(
    cast: Cast, hanlei: Actor, evening: list[ServiceRecord]
) -> None:
    work = work_at(hanlei, cast.east, DAY)
    assert told_of(work) == EVERY
    records = in_order(hanlei, work)
    assert [user.name for user in on_duty(records)] == ["周晓梅", "韩磊"]
    came = checked_in(hanlei, cast.east, DAY)
    assert ([str(row.person) for row in came.known], came.others) == (["阿莲", "小马"], 0)
    assert told_of(work_at(cast.haiyan, cast.east, DAY)) == {}


def cells(page: str) -> list[tuple[str, list[str]]]:
    """Label and numbers of every row of the tables of a page."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL)
    told = [
        (re.findall(r"<th scope=\"row\">(.*?)</th>", row), re.findall(r"<td class=\"n\"?[^>]*>(.*?)</td>", row))
        for row in rows
    ]
    return [
        (re.sub("<[^>]+>", "", label[0]), [re.sub("<[^>]+>", "", n) for n in numbers])
        for label, numbers in told
        if label
    ]


def test_the_monthly_return_has_the_same_numbers_and_each_opens_its_rows(
    cast: Cast, evening: list[ServiceRecord], client: Client
) -> None:
    """Columns as pack ledger-monthly-return lays them out: events, sessions, hours, people, person-times, unnamed, volunteers
    and their hours."""
    client.force_login(cast.xiaomei.user)
    page = client.get(f"/service/sites/{cast.east.pk}/month/2026/3/").content.decode()
    rows = dict(cells(page))
    assert rows["家访"] == ["1", "0", "1.5", "1", "1", "0", "0", "0.0"]
    assert rows["咨询"] == ["0", "0", "0.3", "1", "1", "0", "0", "0.0"]
    assert rows["小组工作"] == ["0", "1", "2.0", "2", "8", "6", "0", "0.0"]
    assert rows["前台签到"] == ["1", "0", "0.0", "2", "2", "0", "0", "0.0"]
    assert rows["全月"] == ["2", "1", "3.8", "3", "12", "6", "0", "0.0"]
    links = [url.replace("&amp;", "&") for url in re.findall(r'<td class="n"><a href="([^"]+)"', page)]
    (one,) = [url for url in links if "indicator=person_times" in url and "method=group" in url]
    behind = client.get(one).content.decode()
    assert "读书小组" in behind
    assert "去阿莲家" not in behind
    assert f"layout=ledger-monthly-return&amp;from_on=2026-03-01&amp;to_on=2026-03-31&amp;site={cast.east.pk}" in page


def test_the_pages_show_it(cast: Cast, evening: list[ServiceRecord], client: Client) -> None:
    client.force_login(cast.xiaomei.user)
    report = client.get("/service/day/2026-03-02/").content.decode()
    assert dict(cells(report))["合计"] == ["4", "3", "12", "6", "2", "1", "230"]
    assert "问学位" in report
    sheet = client.get(f"/service/sites/{cast.east.pk}/day/2026-03-02/").content.decode()
    assert dict(cells(sheet))["小组工作"] == ["1", "2", "8", "6", "0", "1", "120"]
    assert client.get("/service/day/2999-01-01/").status_code == 404
    assert client.get("/service/day/2026-02-30/").status_code == 404
    assert client.get(f"/service/sites/{cast.west.pk}/day/2026-03-02/").status_code == 403


# ── handing in ──


def test_a_report_is_handed_in_and_read_with_a_receipt(cast: Cast, evening: list[ServiceRecord]) -> None:
    kept = write_remark(by=cast.xiaomei, day=DAY, remark="累，但值得", on=DAY)
    assert (kept.state, str(kept.remark)) == ("draft", "累，但值得")
    with pytest.raises(RuleBroken):
        take_note(by=cast.chenli, author=cast.xiaomei.user, day=DAY)
    handed = hand_in(by=cast.xiaomei, day=DAY, remark="累，但值得", on=DAY)
    read = take_note(by=cast.chenli, author=cast.xiaomei.user, day=DAY)
    assert (handed.state, read.state, read.read_by) == ("handed_in", "read", cast.chenli.user)
    again = write_remark(by=cast.xiaomei, day=DAY, remark="累，但值得。补：钥匙在前台", on=DAY)
    assert (again.state, again.read_by) == ("handed_in", None)


def test_a_record_written_after_handing_in_is_said(cast: Cast, evening: list[ServiceRecord]) -> None:
    report = hand_in(by=cast.xiaomei, day=DAY, remark="", on=DAY)
    assert not changed_since(evening, report.handed_in_at)
    facts = ServiceFacts(method=Method.ENQUIRY, service_date=DAY, site=cast.east, title="问工资")
    correct_service(by=cast.xiaomei, record=evening[1], facts=facts, on=DAY)
    assert changed_since(evening, report.handed_in_at)


def test_who_reads_whose_report(cast: Cast, hanlei: Actor) -> None:
    west = actor_for(login("west", "西区督导", (StaffRole.SUPERVISOR, cast.west)))
    assert author_for(cast.xiaomei, cast.xiaomei.id, DAY) == cast.xiaomei.user
    assert author_for(cast.chenli, cast.xiaomei.id, DAY) == cast.xiaomei.user
    assert author_for(west, cast.haiyan.id, DAY) == cast.haiyan.user
    for actor, author in (
        (hanlei, cast.xiaomei),
        (west, cast.xiaomei),
        (cast.zhiyuan, cast.xiaomei),
        (cast.zhiyuan, cast.zhiyuan),
    ):
        with pytest.raises(NotAllowed):
            author_for(actor, author.id, DAY)
    with pytest.raises(BehindTheWall):
        DailyReport.objects.count()


def test_what_is_not_handed_in_is_the_authors_alone(cast: Cast, evening: list[ServiceRecord], client: Client) -> None:
    write_remark(by=cast.xiaomei, day=DAY, remark="还没想好", on=DAY)
    client.force_login(cast.chenli.user)
    page = client.get(f"/service/day/2026-03-02/colleagues/{cast.xiaomei.id}/").content.decode()
    assert "去阿莲家" in page
    assert "还没想好" not in page


def test_the_supervisor_sees_who_has_not_handed_in(
    cast: Cast,
    hanlei: Actor,
    evening: list[ServiceRecord],
    client: Client,
    django_assert_num_queries: Callable[[int], object],
) -> None:
    hand_in(by=cast.xiaomei, day=DAY, remark="", on=DAY)
    client.force_login(cast.chenli.user)
    what = client.get("/service/day/2026-03-02/colleagues/").context
    assert [row["author"].name for row in what["handed_in"]] == ["周晓梅"]
    assert [(row["author"].name, row["services"]) for row in what["missing"]] == [("刘海燕", 0), ("韩磊", 1)]
    client.force_login(cast.xiaomei.user)
    assert client.get("/service/day/2026-03-02/colleagues/").status_code == 403


def test_a_day_that_has_not_begun_has_no_report(cast: Cast) -> None:
    with pytest.raises(RuleBroken):
        write_remark(by=cast.xiaomei, day=date(2026, 3, 3), remark="明天", on=DAY)
    assert report_of(cast.xiaomei.user, date(2026, 3, 3)).pk is None


# ── handing over ──


def test_what_is_open_at_the_site_is_pulled_in_and_taken_over_with_one_tap(
    cast: Cast, hanlei: Actor, evening: list[ServiceRecord]
) -> None:
    offered = open_matters(cast.xiaomei, cast.east, DAY)
    assert [one.title for one in offered] == ["问学位"]
    note = hand_over(
        by=cast.xiaomei, site=cast.east, text="钥匙在前台", matters=[(one.table, one.pk) for one in offered], on=DAY
    )
    assert [one.pk for one in handovers_waiting(hanlei, 5)] == [note.pk]
    assert handovers_waiting(cast.xiaomei, 5) == handovers_waiting(cast.haiyan, 5) == []
    with pytest.raises(RuleBroken):
        take_over(by=cast.xiaomei, note=note)
    taken = take_over(by=hanlei, note=note)
    assert taken.taken_by == hanlei.user
    assert handovers_waiting(hanlei, 5) == []
    with pytest.raises(RuleBroken, match="韩磊"):
        take_over(by=cast.chenli, note=note)
    finish_step(by=hanlei, record=evening[0], on=DAY)
    assert [(one.title, one.over) for one in pulled(hanlei, note.matters).matters] == [("问学位", True)]


def test_a_matter_that_is_closed_to_the_next_shift_is_only_counted(cast: Cast, evening: list[ServiceRecord]) -> None:
    other = actor_for(login("majun", "马骏", (StaffRole.SOCIAL_WORKER, cast.east)))
    note = hand_over(
        by=cast.xiaomei, site=cast.east, text="", matters=[("service.servicerecord", evening[0].pk)], on=DAY
    )
    told = pulled(other, note.matters)
    assert (told.matters, told.closed) == ([], 1)


def test_nobody_elsewhere_reads_a_handover(cast: Cast) -> None:
    note = hand_over(by=cast.xiaomei, site=cast.east, text="钥匙在前台", matters=[], on=DAY)
    for actor in (cast.haiyan, cast.zhiyuan):
        with pytest.raises(NotAllowed):
            handover_for(actor, note.pk)
    with pytest.raises(NotAllowed):
        hand_over(by=cast.haiyan, site=cast.east, text="好", matters=[], on=DAY)
    with pytest.raises(RuleBroken):
        hand_over(by=cast.xiaomei, site=cast.east, text=" ", matters=[], on=DAY)


def test_a_handover_waits_on_today(cast: Cast, hanlei: Actor, client: Client) -> None:
    note = hand_over(by=cast.xiaomei, site=cast.east, text="钥匙在前台", matters=[], on=DAY)
    client.force_login(hanlei.user)
    assert f"/service/handovers/{note.pk}/take-over/" in client.get("/").content.decode()
    client.post(f"/service/handovers/{note.pk}/take-over/")
    assert f"/service/handovers/{note.pk}/take-over/" not in client.get("/").content.decode()
