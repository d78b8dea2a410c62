"""一人一档, 一户一档: a whole file leaves like every list does, holds what is open to whoever asked, and says what is closed."""

import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import pyzipper
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from pypdf import PdfReader

from tests.factories.cast import Cast, login
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.models import Event
from xiezuo.exchange.actions.exporting import Wanted, ask_export, decide_export, fetch_export, write_export
from xiezuo.exchange.exports.rows import Chosen
from xiezuo.exchange.models import Export
from xiezuo.exchange.papers.whole_file import bound_papers
from xiezuo.exchange.vocab import ExportKind, ExportState
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.models import Site
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.actions import Given, assign, found_household, note_consent, note_guardianship, write_growth_note
from xiezuo.people.models import Person, ReadLog
from xiezuo.people.vocab import AssignedFor, ConsentPurpose, ConsentState, ConsentWay, GuardianBasis, Relation, Section
from xiezuo.service.actions import ServiceFacts, Taking, record_service
from xiezuo.service.models import ServiceRecord
from xiezuo.service.private import write_private_note
from xiezuo.service.vocab import Method, ParticipationMode

DAY = date(2026, 3, 2)
NOON = timezone.make_aware(datetime(2026, 3, 2, 12))
PARTS = [f"file_{section}" for section in Section]


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


def agrees(by: Actor, person: Person, giver: Person | None = None) -> None:
    at = NOON - timedelta(hours=2)
    note_consent(
        by=by,
        person=person,
        purpose=ConsentPurpose.SERVICE,
        state=ConsentState.GIVEN,
        way=ConsentWay.VERBAL,
        at=at,
        given=Given(by=giver),
    )


@pytest.fixture
def wang(cast: Cast) -> Person:
    person = cast.person(
        "王姐", cast.east, full_name="王素芬", phone="15412342764", born_on=date(1988, 3, 1), health_note="胃病"
    )
    agrees(cast.xiaomei, person)
    return person


def served(by: Actor, site: Site, note: str, *people: Person, on: date = DAY) -> ServiceRecord:
    taking = [Taking(mode=ParticipationMode.NAMED, person=person.pk) for person in people]
    facts = ServiceFacts(method=Method.CASE, service_date=on, site=site, note=note, taking=taking)
    return record_service(by=by, facts=facts, on=on)


def wants(person: Person, columns: list[str], **more: object) -> Wanted:
    told = {"kind": ExportKind.FILE, "purpose": "archive", "reason": "归档", "columns": columns}
    return Wanted(**(told | {"chosen": Chosen(person=person.pk)} | more))  # type: ignore[arg-type]


def written(by: Actor, export: Export) -> list[str]:
    """The pages of the PDF inside, opened with the password."""
    password = write_export(by=by, export=export, at=NOON)
    with pyzipper.AESZipFile(io.BytesIO(fetch_export(by=by, export=export, at=NOON))) as archive:
        archive.setpassword(password.encode())
        [name] = archive.namelist()
        assert name == f"{export.serial}.pdf"
        return [page.extract_text() for page in PdfReader(io.BytesIO(archive.read(name))).pages]


def director() -> Actor:
    return actor_for(login("fang", "方圆", (StaffRole.DIRECTOR, None)))


def test_a_whole_file_waits_for_a_second_person_and_is_bound_with_cover_and_contents(cast: Cast, wang: Person) -> None:
    served(cast.xiaomei, cast.east, "谈了失眠", wang)
    export = ask_export(by=cast.chenli, wanted=wants(wang, PARTS), at=NOON)
    assert (export.state, sorted(export.second_for)) == (ExportState.ASKED, ["purpose", "sensitive"])
    with pytest.raises(RuleBroken):
        write_export(by=cast.chenli, export=export, at=NOON)
    decide_export(by=director(), export=export, approved=True, words="", at=NOON)
    export.refresh_from_db()
    pages = written(cast.chenli, export)
    whole = "".join(pages).replace(" ", "").replace("\n", "")
    assert all(text in pages[0].replace(" ", "") for text in ["一人一档", "王素芬", export.serial, "归档", "方圆"])
    assert "目录" in pages[1] and "接受的服务" in pages[1].replace(" ", "")
    assert all(text in whole for text in ["15412342764", "胃病", "谈了失眠"])
    assert ReadLog.objects.filter(person=wang, what="export").count() == 1
    assert Event.objects.filter(code="exchange.export.fetched").count() == 1


def test_a_part_that_is_closed_is_named_and_what_was_said_to_others_stays(cast: Cast, wang: Person) -> None:
    other = cast.person("李哥", cast.east)
    served(cast.xiaomei, cast.east, "只说王姐", wang)
    served(cast.xiaomei, cast.east, "也说了李哥", wang, other)
    mine = str(bound_papers(cast.chenli, [wang], list(Section), None))
    assert "只说王姐" in mine and "也说了李哥" not in mine
    assert "另有 1 条记录因也涉及他人，未列入。" in mine
    assert "胃病" in mine
    colleague = actor_for(login("han", "韩磊", (StaffRole.SOCIAL_WORKER, cast.east)))
    hers = str(bound_papers(colleague, [wang], list(Section), None))
    assert "胃病" not in hers and "只说王姐" not in hers
    assert "不对申请这份档案的人开放" in hers


def test_what_a_worker_wrote_for_themselves_is_in_no_file(cast: Cast, wang: Person) -> None:
    record = served(cast.xiaomei, cast.east, "谈了失眠", wang)
    assign(by=cast.chenli, person=wang, user=cast.xiaomei.user, why=AssignedFor.CASE_TEAM, on=DAY)
    write_private_note(by=cast.xiaomei, record=record, text="我很累", at=NOON)
    made = str(bound_papers(cast.xiaomei, [wang], list(Section), None))
    assert "谈了失眠" in made and "我很累" not in made


def test_the_file_of_a_child_waits_though_nothing_sensitive_is_in_it(cast: Cast, wang: Person) -> None:
    child = cast.person("小宇", cast.east, born_on=date(2017, 5, 1))
    cast.check(cast.xiaomei, DAY)
    assign(by=cast.chenli, person=child, user=cast.xiaomei.user, why=AssignedFor.CASE_TEAM, on=DAY)
    note_guardianship(by=cast.chenli, ward=child, guardian=wang, basis=GuardianBasis.STATUTORY)
    agrees(cast.chenli, child, wang)
    export = ask_export(by=cast.chenli, wanted=wants(child, ["file_name"], purpose="service"), at=NOON)
    assert (export.state, export.second_for, export.minors) == (ExportState.ASKED, ["minors"], 1)


def test_without_a_yes_or_at_another_site_nothing_leaves(cast: Cast, wang: Person) -> None:
    unasked = cast.person("李哥", cast.east)
    with pytest.raises(RuleBroken) as refused:
        ask_export(by=cast.chenli, wanted=wants(unasked, ["file_name"]), at=NOON)
    assert refused.value.code == "exchange.export_is_empty"
    with pytest.raises(RuleBroken) as refused:
        ask_export(by=cast.haiyan, wanted=wants(wang, ["file_name"]), at=NOON)
    assert refused.value.code == "exchange.export_is_empty"
    with pytest.raises(NotAllowed):
        ask_export(by=cast.zhiyuan, wanted=wants(wang, ["file_name"]), at=NOON)


def test_a_household_is_one_file_with_everyone_who_lives_there(cast: Cast, wang: Person) -> None:
    husband = cast.person("老李", cast.east)
    agrees(cast.xiaomei, husband)
    home = found_household(by=cast.chenli, head=wang, members=[(husband, Relation.SPOUSE)], on=DAY)
    chosen = Chosen(household=home.pk)
    export = ask_export(by=cast.chenli, wanted=wants(wang, ["file_name", "file_family"], chosen=chosen), at=NOON)
    assert (export.rows, export.state) == (2, ExportState.ASKED)
    decide_export(by=director(), export=export, approved=True, words="", at=NOON)
    export.refresh_from_db()
    pages = [page.replace(" ", "") for page in written(cast.chenli, export)]
    assert "一户一档" in pages[0] and "王素芬一家" in pages[0]
    assert "王素芬：基本情况" in pages[1] and "老李：基本情况" in pages[1]


def test_the_file_of_a_household_at_another_site_is_not_even_asked_for(cast: Cast, wang: Person) -> None:
    home = found_household(by=cast.chenli, head=wang, on=DAY)
    with pytest.raises(NotAllowed):
        ask_export(by=cast.haiyan, wanted=wants(wang, ["file_name"], chosen=Chosen(household=home.pk)), at=NOON)


@pytest.mark.parametrize("n", [1, 3])
def test_more_services_ask_no_more_of_the_database(cast: Cast, wang: Person, n: int) -> None:
    for k in range(n):
        served(cast.xiaomei, cast.east, f"第 {k} 次", wang, on=DAY - timedelta(days=k))
    write_growth_note(by=cast.chenli, person=wang, what="开始领读", on=DAY)
    with CaptureQueriesContext(connection) as asked:
        bound_papers(cast.chenli, [wang], list(Section), None)
    assert len(asked) == 14
