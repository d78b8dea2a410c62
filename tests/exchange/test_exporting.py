"""Lists of people and services leave the house: with a reason, with consent, with a second person, and not for long."""

import csv
import io
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import pyzipper
from django.conf import settings
from django.utils import timezone

from tests.factories.cast import Cast, login
from xiezuo.common.days import at as moment_of
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.models import Event
from xiezuo.exchange.access import export_for, exports_of, exports_to_decide, kinds_to_export
from xiezuo.exchange.actions.exporting import (
    Wanted,
    ask_export,
    decide_export,
    expire_exports,
    fetch_export,
    remove_export,
    write_export,
)
from xiezuo.exchange.exports.rows import Chosen
from xiezuo.exchange.exports.writing import safe
from xiezuo.exchange.models import Export
from xiezuo.exchange.tasks import resume_unfinished, write_list
from xiezuo.exchange.vocab import ExportKind, ExportState
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.access import looking_as
from xiezuo.people.actions import (
    Given,
    PersonFacts,
    assign,
    note_consent,
    note_guardianship,
    register_person,
    take_step,
)
from xiezuo.people.models import Person, ReadLog
from xiezuo.people.vocab import AssignedFor, ConsentPurpose, ConsentState, ConsentWay, GuardianBasis, JourneyStep, Role
from xiezuo.service.actions import ServiceFacts, Taking, record_service
from xiezuo.service.vocab import Method, ParticipationMode

DAY = date(2026, 3, 2)
NOON = timezone.make_aware(datetime(2026, 3, 2, 12))
PEOPLE, RECORDS, VOLUNTEERS = ExportKind.PEOPLE, ExportKind.RECORDS, ExportKind.VOLUNTEERS


def agrees(by: Actor, person: Person, purpose: ConsentPurpose = ConsentPurpose.SERVICE, **more: object) -> None:
    note_consent(
        by=by,
        person=person,
        purpose=purpose,
        state=ConsentState.GIVEN,
        way=ConsentWay.VERBAL,
        at=NOON - timedelta(hours=2),
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture
def wang(cast: Cast) -> Person:
    person = cast.person("王姐", cast.east, full_name="王素芬", phone="15412342764", born_on=date(1988, 3, 1))
    agrees(cast.xiaomei, person)
    return person


def wants(**more: object) -> Wanted:
    told = {"kind": PEOPLE, "purpose": "service", "reason": "三月走访", "columns": ["name", "phone"]} | more
    return Wanted(**told)  # type: ignore[arg-type]


def written(by: Actor, export: Export, at: datetime = NOON) -> dict[str, bytes]:
    """The files inside, opened with the password."""
    password = write_export(by=by, export=export, at=at)
    content = fetch_export(by=by, export=export, at=at)
    with pyzipper.AESZipFile(io.BytesIO(content)) as archive:
        assert {entry.wz_aes_strength for entry in archive.infolist()} == {3}  # AES-256
        archive.setpassword(password.encode())
        return {name: archive.read(name) for name in archive.namelist()}


def rows(files: dict[str, bytes]) -> list[list[str]]:
    return list(csv.reader(io.StringIO(files["list.csv"].decode("utf-8-sig"))))


def test_a_list_for_a_visit_is_written_at_once_and_opens_with_its_password(cast: Cast, wang: Person) -> None:
    export = ask_export(by=cast.xiaomei, wanted=wants(), at=NOON)
    assert (export.state, export.second_for, export.rows) == (ExportState.APPROVED, [], 1)
    files = written(cast.xiaomei, export)
    assert sorted(files) == ["about.txt", "list.csv", "list.xlsx"]
    assert rows(files)[1:] == [["王素芬", "15412342764"]]
    about = files["about.txt"].decode("utf-8-sig")
    export.refresh_from_db()
    assert all(text in about for text in [export.serial, "周晓梅", "三月走访", "2026-03-02", "2026-04-01"])
    with zipfile.ZipFile(io.BytesIO(files["list.xlsx"])) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 2
    assert all(export.serial in sheet and "三月走访" in sheet for sheet in sheets)  # below every page


def test_without_the_password_nothing_can_be_read_and_on_disk_nothing_at_all(cast: Cast, wang: Person) -> None:
    export = ask_export(by=cast.xiaomei, wanted=wants(), at=NOON)
    password = write_export(by=cast.xiaomei, export=export, at=NOON)
    content = fetch_export(by=cast.xiaomei, export=export, at=NOON)
    with pyzipper.AESZipFile(io.BytesIO(content)) as archive, pytest.raises(RuntimeError):
        archive.read("list.csv")
    export.refresh_from_db()
    kept = [(Path(settings.MEDIA_ROOT) / name).read_bytes() for name in (export.file.name, export.locked.name)]
    assert not any(b"PK\x03\x04" in one or b"15412342764" in one or password.encode() in one for one in kept)
    assert password not in str(vars(export))


def test_pressing_twice_asks_once_and_writes_the_same_rows(cast: Cast, wang: Person) -> None:
    export = ask_export(by=cast.xiaomei, wanted=wants(), at=NOON)
    assert ask_export(by=cast.xiaomei, wanted=wants(), at=NOON, key=export.key) == export
    first = write_export(by=cast.xiaomei, export=export, at=NOON)
    again = rows(written(cast.xiaomei, export))
    assert again[1:] == [["王素芬", "15412342764"]]
    assert Export.objects.count() == 1
    assert ReadLog.objects.filter(person=wang, what="export").count() == 1
    assert Event.objects.filter(code="exchange.export.written").count() == 1
    content = fetch_export(by=cast.xiaomei, export=export, at=NOON)
    with pyzipper.AESZipFile(io.BytesIO(content)) as archive, pytest.raises(RuntimeError):
        archive.read("list.csv", first.encode())


def test_who_did_not_agree_is_left_out_and_counted_not_named(cast: Cast, wang: Person) -> None:
    cast.person("李哥", cast.east, phone="13900001111")
    export = ask_export(by=cast.xiaomei, wanted=wants(), at=NOON)
    assert (export.rows, export.left_out) == (1, {"not_asked": 1})
    files = written(cast.xiaomei, export)
    assert "李哥" not in str(rows(files)) + files["about.txt"].decode("utf-8-sig")


def test_a_list_of_nobody_is_refused(cast: Cast) -> None:
    cast.person("李哥", cast.east)
    with pytest.raises(RuleBroken) as refusal:
        ask_export(by=cast.xiaomei, wanted=wants(), at=NOON)
    assert refusal.value.code == "exchange.export_is_empty"


def test_people_of_another_site_are_in_nobodys_list(cast: Cast, wang: Person) -> None:
    agrees(cast.haiyan, cast.person("赵姐", cast.west))
    export = ask_export(by=cast.xiaomei, wanted=wants(), at=NOON)
    assert list(export.people.values_list("person_id", flat=True)) == [wang.pk]


def test_a_part_that_is_closed_for_someone_is_marked_so(cast: Cast, wang: Person) -> None:
    """At her site a colleague knows 王姐; her health is for those who work on the case."""
    export = ask_export(by=cast.chenli, wanted=wants(columns=["name", "health_note"]), at=NOON)
    assert export.closed == 0
    worker = actor_for(login("yu", "于老师", (StaffRole.SOCIAL_WORKER, cast.east)))
    export = ask_export(by=worker, wanted=wants(columns=["name", "health_note"]), at=NOON)
    assert (export.closed, export.second_for) == (1, ["sensitive"])


def test_sensitive_columns_wait_for_a_second_person_who_is_never_the_asker(cast: Cast, wang: Person) -> None:
    export = ask_export(by=cast.chenli, wanted=wants(columns=["name", "health_note"]), at=NOON)
    assert (export.state, export.second_for) == (ExportState.ASKED, ["sensitive"])
    with pytest.raises(NotAllowed):
        decide_export(by=cast.chenli, export=export, approved=True, words="", at=NOON)
    with pytest.raises(RuleBroken):
        write_export(by=cast.chenli, export=export, at=NOON)
    director = actor_for(login("fang", "方主任", (StaffRole.DIRECTOR, None)))
    decide_export(by=director, export=export, approved=True, words="可以", at=NOON)
    assert rows(written(cast.chenli, export))[1][0] == "王素芬"


def test_a_refusal_says_why_and_nothing_is_written(cast: Cast, wang: Person) -> None:
    export = ask_export(by=cast.xiaomei, wanted=wants(columns=["name", "health_note"]), at=NOON)
    with pytest.raises(RuleBroken):
        decide_export(by=cast.chenli, export=export, approved=False, words=" ", at=NOON)
    decide_export(by=cast.chenli, export=export, approved=False, words="走访不需要", at=NOON)
    with pytest.raises(RuleBroken):
        write_export(by=cast.xiaomei, export=export, at=NOON)


@pytest.fixture
def child(cast: Cast) -> Person:
    """小宇 of nine; his mother agreed for him, and 周晓梅 works with him by name."""
    facts = PersonFacts(nickname="小宇", born_on=date(2016, 9, 1), phone="13911112222")
    found = register_person(by=cast.chenli, facts=facts, on=DAY, site=cast.east, with_user=False)
    cast.check(cast.xiaomei, DAY)
    assign(by=cast.chenli, person=found, why=AssignedFor.CASE_TEAM, on=DAY, user=cast.xiaomei.user)
    mother = cast.person("宇妈", cast.east)
    note_guardianship(by=cast.chenli, ward=found, guardian=mother, basis=GuardianBasis.STATUTORY, paper="户口本")
    agrees(cast.chenli, found, given=Given(by=mother))
    return found


def test_a_list_with_a_child_waits_for_a_second_person(cast: Cast, child: Person) -> None:
    export = ask_export(by=cast.xiaomei, wanted=wants(), at=NOON)
    assert (export.minors, export.second_for, export.state) == (1, ["minors"], ExportState.ASKED)


def test_in_a_house_of_one_only_the_law_asks_for_a_second_person(cast: Cast, wang: Person, child: Person) -> None:
    from xiezuo.orgs.models import Organisation

    Organisation.objects.filter(is_house=True).update(solo_mode=True)
    grown = Chosen(from_age=18)
    export = ask_export(by=cast.chenli, wanted=wants(columns=["name", "health_note"], chosen=grown), at=NOON)
    assert (export.second_for, export.state) == ([], ExportState.APPROVED)
    assert ask_export(by=cast.chenli, wanted=wants(), at=NOON).second_for == ["minors"]


def test_who_came_into_the_list_after_the_yes_is_not_in_the_file(cast: Cast, wang: Person) -> None:
    export = ask_export(by=cast.xiaomei, wanted=wants(), at=NOON)
    agrees(cast.xiaomei, cast.person("李哥", cast.east))
    assert rows(written(cast.xiaomei, export))[1:] == [["王素芬", "15412342764"]]
    export.refresh_from_db()
    assert export.left_out == {"later": 1}


def test_a_yes_taken_back_before_the_file_is_written_holds(cast: Cast, wang: Person) -> None:
    li = cast.person("李哥", cast.east)
    agrees(cast.xiaomei, li)
    export = ask_export(by=cast.xiaomei, wanted=wants(), at=NOON)
    note_consent(
        by=cast.xiaomei,
        person=li,
        purpose=ConsentPurpose.SERVICE,
        state=ConsentState.WITHDRAWN,
        way=ConsentWay.VERBAL,
        at=NOON - timedelta(minutes=5),
    )
    assert [row[0] for row in rows(written(cast.xiaomei, export))[1:]] == ["王素芬"]
    export.refresh_from_db()
    assert (export.left_out, export.people.count()) == ({"withdrawn": 1}, 1)


def test_after_its_days_the_file_is_gone_and_its_key_too(
    cast: Cast, wang: Person, django_capture_on_commit_callbacks: object
) -> None:
    export = ask_export(by=cast.xiaomei, wanted=wants(), at=NOON)
    written(cast.xiaomei, export)
    export.refresh_from_db()
    kept = Path(settings.MEDIA_ROOT) / export.file.name
    assert expire_exports(at=NOON + timedelta(days=1)) == 0
    with pytest.raises(RuleBroken):
        fetch_export(by=cast.xiaomei, export=export, at=NOON + timedelta(days=2))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert expire_exports(at=NOON + timedelta(days=2)) == 1
    export.refresh_from_db()
    assert (export.state, export.file.name, export.file_key, kept.exists()) == (ExportState.EXPIRED, "", "", False)
    with pytest.raises(RuleBroken):
        remove_export(by=cast.xiaomei, export=export)


def test_a_house_that_was_switched_off_removes_what_is_over_when_it_starts(cast: Cast, wang: Person) -> None:
    export = ask_export(by=cast.xiaomei, wanted=wants(), at=NOON)
    write_list(by=cast.xiaomei, export=export, at=NOON)
    with moment_of(NOON + timedelta(days=9)):
        resume_unfinished()
    export.refresh_from_db()
    assert (export.state, export.file_key) == (ExportState.EXPIRED, "")


def test_every_fetching_is_written_down(cast: Cast, wang: Person) -> None:
    export = ask_export(by=cast.xiaomei, wanted=wants(), at=NOON)
    written(cast.xiaomei, export)
    fetch_export(by=cast.xiaomei, export=export, at=NOON + timedelta(hours=1))
    export.refresh_from_db()
    assert (export.fetched, export.fetched_at) == (2, NOON + timedelta(hours=1))
    assert list(exports_of(cast.xiaomei, wang)) == [export]
    with pytest.raises(NotAllowed):
        fetch_export(by=cast.haiyan, export=export, at=NOON)


def test_of_fewer_than_five_people_nothing_leaves_without_names_either(cast: Cast, wang: Person) -> None:
    agrees(cast.xiaomei, wang, ConsentPurpose.RESEARCH)
    wanted = wants(purpose="research", columns=["sex", "age", "name"])
    with pytest.raises(RuleBroken) as refusal:
        ask_export(by=cast.xiaomei, wanted=wanted, at=NOON)
    assert refusal.value.code == "exchange.export_shows_who"
    for n in range(4):
        other = cast.person(f"组员{n}", cast.east, born_on=date(1990, 1, 1))
        agrees(cast.xiaomei, other, ConsentPurpose.RESEARCH)
    export = ask_export(by=cast.xiaomei, wanted=wanted, at=NOON)
    assert (export.columns, export.rows) == (["sex", "age"], 5)


def test_what_was_said_leaves_only_when_everyone_on_the_record_is_in_the_list(cast: Cast, wang: Person) -> None:
    li = cast.person("李哥", cast.east)
    for people, note in (([wang], "只说王姐"), ([wang, li], "两个人都说了")):
        taking = [Taking(mode=ParticipationMode.NAMED, person=one.pk) for one in people]
        facts = ServiceFacts(method=Method.ACTIVITY, service_date=DAY, site=cast.east, taking=taking, note=note)
        record_service(by=cast.xiaomei, facts=facts, on=DAY)
    assign(by=cast.chenli, person=wang, why=AssignedFor.CASE_TEAM, on=DAY, user=cast.xiaomei.user)
    export = ask_export(by=cast.xiaomei, wanted=wants(kind=RECORDS, columns=["name", "note"]), at=NOON)
    decide_export(by=cast.chenli, export=export, approved=True, words="", at=NOON)
    from django.utils import translation

    with translation.override("en"):
        assert rows(written(cast.xiaomei, export))[1:] == [["王素芬", "只说王姐"], ["王素芬", "closed"]]


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (StaffRole.SOCIAL_WORKER, [PEOPLE, RECORDS, ExportKind.FILE]),
        (StaffRole.SUPERVISOR, [PEOPLE, RECORDS, ExportKind.FILE]),
        (StaffRole.PLACEMENT_STUDENT, []),
        (StaffRole.VOLUNTEER_COORDINATOR, [VOLUNTEERS]),
        (StaffRole.DIRECTOR, []),
        (StaffRole.DATA_STEWARD, []),
        (StaffRole.SYSADMIN, []),
    ],
)
def test_what_each_role_may_take_out(cast: Cast, role: StaffRole, kinds: list[ExportKind]) -> None:
    actor = actor_for(login("someone", "某人", (role, None)))
    assert kinds_to_export(actor) == kinds
    for kind in set(ExportKind) - set(kinds):
        with pytest.raises(NotAllowed):
            ask_export(by=actor, wanted=wants(kind=kind), at=NOON)


def test_who_looks_at_the_house_as_another_role_takes_nothing_out(cast: Cast, wang: Person) -> None:
    export = ask_export(by=cast.xiaomei, wanted=wants(columns=["name", "health_note"]), at=NOON)
    watching = looking_as(cast.chenli, StaffRole.SOCIAL_WORKER)
    assert kinds_to_export(watching) == []
    with pytest.raises(NotAllowed):
        ask_export(by=watching, wanted=wants(), at=NOON)
    with pytest.raises(NotAllowed):
        decide_export(by=watching, export=export, approved=True, words="", at=NOON)


def test_a_coordinator_takes_out_volunteers_names_contact_and_hours_alone(cast: Cast, wang: Person) -> None:
    cast.person("李哥", cast.east)
    for role in (Role.VOLUNTEER,):
        take_step(by=cast.chenli, person=wang, role=role, step=JourneyStep.BEGINS, on=DAY, own_words="愿意", note="好")
    coordinator = actor_for(login("luo", "罗老师", (StaffRole.VOLUNTEER_COORDINATOR, None)))
    columns = ["name", "phone", "given", "health_note", "address", "services"]
    wanted = wants(kind=VOLUNTEERS, purpose="volunteering", columns=columns)
    export = ask_export(by=coordinator, wanted=wanted, at=NOON)
    assert export.columns == ["name", "phone", "given"]
    assert rows(written(coordinator, export))[1:] == [["王素芬", "15412342764", "0.0"]]


def test_a_supervisor_of_a_site_answers_for_lists_of_that_site(cast: Cast, wang: Person) -> None:
    wanted = wants(columns=["name", "health_note"], chosen=Chosen(site=cast.east.pk), site=cast.east)
    export = ask_export(by=cast.xiaomei, wanted=wanted, at=NOON)
    east = actor_for(login("e", "东督导", (StaffRole.SUPERVISOR, cast.east)))
    west = actor_for(login("w", "西督导", (StaffRole.SUPERVISOR, cast.west)))
    assert [exports_to_decide(one).count() for one in (east, west, cast.chenli, cast.zhiyuan)] == [1, 0, 1, 0]
    for stranger in (west, cast.haiyan, cast.zhiyuan):
        with pytest.raises(NotAllowed):
            export_for(stranger, export.pk)


@pytest.mark.parametrize(
    ("written", "kept"),
    [("=1+1", "'=1+1"), ("+86", "'+86"), ("-1", "'-1"), ("@a", "'@a"), ("\t=1", "'\t=1"), ("王姐", "王姐"), (-1, -1)],
)
def test_a_name_that_begins_like_a_formula_stays_a_name(written: object, kept: object) -> None:
    assert safe(written) == kept


def test_a_purpose_with_sensitive_columns_that_nobody_assessed_is_not_enabled(
    cast: Cast, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xiezuo.forms.packs import pack
    from xiezuo.people.actions.owing import assess

    own = dict(pack("exports-default")["purposes"]["service"])
    monkeypatch.setitem(pack("exports-default")["purposes"], "neighbours", own)
    with pytest.raises(RuleBroken) as refusal:
        ask_export(by=cast.xiaomei, wanted=wants(purpose="neighbours", columns=["name", "health_note"]), at=NOON)
    assert refusal.value.code == "people.not_assessed"
    steward = actor_for(login("he", "何老师", (StaffRole.DATA_STEWARD, None)))
    words = {"purpose": "邻里", "necessity": "必要", "risks": "外传", "measures": "加密"}
    assess(by=steward, subject="export_neighbours", words=words, on=DAY)
    export = ask_export(by=cast.xiaomei, wanted=wants(purpose="neighbours", columns=["name", "health_note"]), at=NOON)
    assert export.state == ExportState.ASKED
