"""Old sheets on their way into the house, as the pages show it."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django_tasks import default_task_backend, task_backends

from tests.exchange.books import CHILDREN, ledger, register, workbook
from tests.factories.cast import LONG_AGO, Cast, login, make_cast
from xiezuo.exchange.models import ImportBatch
from xiezuo.exchange.sheets import PROBLEM_KINDS
from xiezuo.exchange.tasks import read_file, resume_unfinished, take_in
from xiezuo.exchange.vocab import BatchState
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.actions import found_house
from xiezuo.orgs.models import Site
from xiezuo.orgs.vocab import OrgKind, StaffRole
from xiezuo.people.models import Person
from xiezuo.service.models import ServiceRecord
from xiezuo.web.staff.exchange.problems import PROBLEMS, SEVERITIES, UNREADABLE

NOW = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
LATER = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def cast(db: None, settings: object, tmp_path: Path) -> Cast:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    settings.TASKS = NOW  # type: ignore[attr-defined]
    return make_cast()


def logged_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def brought(client: Client, *files: tuple[str, bytes]) -> HttpResponse:
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post("/exchange/imports/", {"files": uploads}, follow=True)  # type: ignore[return-value]


def words(response: HttpResponse) -> str:
    main = response.content.decode().split('<main id="main"')[1]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", main)))


def test_a_file_is_read_and_shown_and_nothing_is_written_yet(cast: Cast) -> None:
    page = brought(logged_in(cast.chenli), ("活动.xlsx", ledger()))
    assert page.status_code == 200
    assert (ServiceRecord.objects.count(), ImportBatch.objects.get().state) == (0, BatchState.UNDERSTOOD)
    text = words(page)
    assert "活动台账，一行一场" in text
    assert "共 51 个有内容的格子：收下 40 个，标题、合计和说明 10 个，放不下的 1 个。" in text
    assert "日期没有写到日" in text
    assert "B6: 写的是“4月底”" in text


def test_the_sheet_stands_there_as_it_is_with_its_regions_and_the_cell_that_raises_a_question(cast: Cast) -> None:
    html = brought(logged_in(cast.chenli), ("活动.xlsx", ledger())).content.decode()
    assert '<td class="header">活动日期</td>' in html
    assert '<td id="c-B6" class="data question">4月底</td>' in html
    assert re.search(r'<a href="\?sheet=0&amp;cell=B6#c-B6"[^>]*>B6</a>', html)


def test_after_a_yes_it_is_taken_in_and_counts(cast: Cast) -> None:
    client = logged_in(cast.chenli)
    brought(client, ("活动.xlsx", ledger()))
    pk = ImportBatch.objects.get().pk
    answers = {"centre-0": cast.east.pk, "centre-1": cast.west.pk, "centre-2": "new", "site": "none"}
    page = client.post(f"/exchange/imports/{pk}/confirm/", answers, follow=True)
    assert ImportBatch.objects.get().summary["services"] == 5
    assert Site.objects.filter(name="南区童缘").exists()
    assert "已经导入，从现在起计入数字。" in words(page)
    tiles = client.get("/service/figures/2023/").context["tiles"]
    assert {tile.now.code: tile.now.value for tile in tiles}["person_times"] == 110
    assert tiles[0].stated.value == 97


def test_a_centre_without_an_answer_is_asked_for_and_nothing_is_written(cast: Cast) -> None:
    client = logged_in(cast.chenli)
    brought(client, ("活动.xlsx", ledger()))
    pk = ImportBatch.objects.get().pk
    page = client.post(f"/exchange/imports/{pk}/confirm/", {"centre-0": cast.east.pk, "centre-1": "none"})
    assert page.status_code == 422
    assert "请为“南区童缘”选一个站点" in words(page)
    assert ServiceRecord.objects.count() == 0


def test_in_a_house_without_sites_each_centre_is_offered_as_a_new_one(
    db: None, settings: object, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT, settings.TASKS = tmp_path, NOW  # type: ignore[attr-defined]
    found_house(name="阳光社工服务中心", org_kind=OrgKind.SOCIAL_SERVICE, on=LONG_AGO)
    first = actor_for(login("first", "陈立", (StaffRole.SUPERVISOR, None), (StaffRole.SYSADMIN, None)))
    page = brought(logged_in(first), ("活动.xlsx", ledger())).content.decode()
    assert len(re.findall(r'<option value="new" selected>', page)) == len(re.findall(r'name="centre-\d+"', page)) > 0


def test_a_worker_is_offered_her_site_and_no_new_ones(cast: Cast) -> None:
    page = brought(logged_in(cast.xiaomei), ("活动.xlsx", ledger()))
    asking = page.context["asking"]
    assert [(row.centre.name, row.chosen) for row in asking.centres] == [
        ("东区童缘", str(cast.east.pk)),
        ("西区童缘", ""),
        ("南区童缘", ""),
    ]
    assert (asking.sites, asking.may_open, asking.site) == ([cast.east], False, str(cast.east.pk))
    pk = ImportBatch.objects.get().pk
    answers = {"centre-0": cast.west.pk, "centre-1": "none", "centre-2": "new"}
    assert logged_in(cast.xiaomei).post(f"/exchange/imports/{pk}/confirm/", answers).status_code == 422


def test_families_are_taken_in_and_undone_after_saying_what_stays(cast: Cast) -> None:
    client = logged_in(cast.xiaomei)
    brought(client, ("登记.xlsx", register()))
    pk = ImportBatch.objects.get().pk
    client.post(f"/exchange/imports/{pk}/confirm/", {"site": cast.east.pk})
    assert Person.objects.count() == 5
    asked = words(client.get(f"/exchange/imports/{pk}/undo/"))
    assert "将撤走：5 人，3 户，0 条服务记录。" in asked
    assert Person.objects.count() == 5
    page = client.post(f"/exchange/imports/{pk}/undo/", follow=True)
    assert Person.objects.count() == 0
    assert "已整批撤回。" in words(page)


def test_the_same_file_again_says_when_it_came_and_adds_nothing(cast: Cast) -> None:
    client = logged_in(cast.chenli)
    brought(client, ("活动.xlsx", ledger()))
    page = brought(client, ("又一次.xlsx", ledger()))
    assert ImportBatch.objects.count() == 1
    assert re.search("“又一次.xlsx”.*年.*月.*日", page.content.decode())
    assert page.request["PATH_INFO"] == f"/exchange/imports/{ImportBatch.objects.get().pk}/"


def test_a_colleagues_file_is_not_shown_to_others(cast: Cast) -> None:
    brought(logged_in(cast.xiaomei), ("活动.xlsx", ledger()))
    pk = ImportBatch.objects.get().pk
    haiyan = logged_in(cast.haiyan)
    page = brought(haiyan, ("活动.xlsx", ledger()))
    assert "同事已在" in page.content.decode()
    assert page.request["PATH_INFO"] == "/exchange/imports/"
    assert list(page.context["page"]) == []
    for address in ("", "undo/", "kept/"):
        assert haiyan.get(f"/exchange/imports/{pk}/{address}").status_code == 403
    for address in ("confirm/", "discard/", "undo/"):
        assert haiyan.post(f"/exchange/imports/{pk}/{address}").status_code == 403
    assert logged_in(cast.zhiyuan).get("/exchange/imports/").status_code == 403


def test_several_files_at_once(cast: Cast) -> None:
    page = brought(
        logged_in(cast.chenli), ("活动.xlsx", ledger()), ("登记.xlsx", register()), ("照片.jpg", b"\xff\xd8\xff")
    )
    assert [batch.state for batch in page.context["page"]] == ["unreadable", "understood", "understood"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xd8\xff\xe0 a picture", "这不是表格文件。"),
        (ledger()[:2000], "文件不完整。"),
    ],
    ids=["picture", "half a workbook"],
)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(cast: Cast, content: bytes, says: str) -> None:
    page = brought(logged_in(cast.chenli), ("旧表.xlsx", content))
    assert page.context["batch"].state == BatchState.UNREADABLE
    assert says in words(page)


def test_empty_and_huge_files_are_refused_in_words(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = logged_in(cast.chenli)
    assert "这个文件是空的。" in brought(client, ("空.xlsx", b"")).content.decode()
    monkeypatch.setattr("xiezuo.exchange.actions.receiving.MAX_BYTES", 100)
    monkeypatch.setattr("xiezuo.web.staff.exchange.imports.MAX_BYTES", 100)
    assert "一个文件最大 20 MB。" in brought(client, ("大.xlsx", bytes(101))).content.decode()
    assert ImportBatch.objects.count() == 0


def test_a_file_that_breaks_the_reader_is_set_aside(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(content: bytes, name: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("xiezuo.exchange.actions.receiving.read_workbook", broken)
    page = brought(logged_in(cast.chenli), ("活动.xlsx", ledger()))
    assert "我们的程序读这个文件时出了错。" in words(page)


def test_putting_a_file_away_writes_nothing_and_it_can_be_brought_again(cast: Cast) -> None:
    client = logged_in(cast.chenli)
    brought(client, ("活动.xlsx", ledger()))
    pk = ImportBatch.objects.get().pk
    client.post(f"/exchange/imports/{pk}/discard/")
    assert ImportBatch.objects.get().state == BatchState.DISCARDED
    page = brought(client, ("活动.xlsx", ledger()))
    assert (page.context["batch"].state, ImportBatch.objects.count()) == (BatchState.UNDERSTOOD, 2)


def test_rows_without_a_place_are_said_to_be_kept_aside(cast: Cast) -> None:
    rows = [("物资名称", "入库", "出库", "结存"), ("大米", 10, 4, 6), ("书包", 20, 5, 15)]
    page = brought(logged_in(cast.chenli), ("库存.xlsx", workbook(("库存", rows))))
    assert "先放一边，以后再收" in words(page)
    assert "这个文件里还没有现在能收下的内容。" in words(page)


def test_while_the_file_waits_to_be_read_the_page_says_so_and_loads_itself_again(cast: Cast) -> None:
    with override_settings(TASKS=LATER):
        page = brought(logged_in(cast.chenli), ("活动.xlsx", ledger()))
    html = page.content.decode()
    assert "正在读这个文件" in html
    assert 'hx-trigger="every 2s"' in html
    assert f'<noscript><p><a class="btn" href="{page.request["PATH_INFO"]}">再看一次</a></p></noscript>' in html


def test_what_a_killed_worker_left_is_taken_up_again(cast: Cast) -> None:
    client = logged_in(cast.chenli)
    with override_settings(TASKS=LATER):
        brought(client, ("活动.xlsx", ledger()))
        assert [result.task.func for result in default_task_backend.results] == [read_file.func]
    assert resume_unfinished() == 1
    pk = ImportBatch.objects.get(state=BatchState.UNDERSTOOD).pk
    with override_settings(TASKS=LATER):
        client.post(f"/exchange/imports/{pk}/confirm/", {f"centre-{n}": "none" for n in range(3)})
        assert [result.task.func for result in task_backends["default"].results] == [take_in.func]
        assert "全部收下之前，不计入任何数字。" in words(client.get(f"/exchange/imports/{pk}/"))
    assert resume_unfinished() == 1
    assert ImportBatch.objects.get().state == BatchState.APPLIED
    assert resume_unfinished() == 0


def test_every_kind_of_problem_and_every_refusal_has_words() -> None:
    assert sorted(PROBLEMS) == sorted(PROBLEM_KINDS)
    assert {kind.severity for kind in PROBLEM_KINDS.values()} <= set(SEVERITIES)
    codes = {"password", "not_a_workbook", "truncated", "too_large", "zip_bomb", "unsafe_xml", "reader_failed"}
    assert set(UNREADABLE) == codes


def test_the_list_asks_the_database_as_often_for_three_files_as_for_one(cast: Cast) -> None:
    client = logged_in(cast.chenli)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/exchange/imports/").status_code == 200
        return len(asked)

    brought(client, ("一.xlsx", ledger()))
    one = queries()
    brought(client, ("二.xlsx", register()), ("三.xlsx", register(CHILDREN[:1])))
    assert queries() == one
    assert one <= 8
