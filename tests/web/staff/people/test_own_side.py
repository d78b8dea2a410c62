"""The worker's side of a person's own side: the link and its slip, requests at the desk, rest and silence on the page."""

import re
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.cast import Cast, login
from tests.factories.own_side import agrees, guarded, notice
from tests.web.staff.people.conftest import logged_in
from xiezuo.common.days import today
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.actions import make_link, receive_request, restrict
from xiezuo.people.models import DataRequest, MemberLink, Person, ReadLog
from xiezuo.people.vocab import ConsentPurpose, DataRequestKind, Withhold


@pytest.fixture
def steward(cast: Cast) -> Actor:
    return actor_for(login("jing", "何静", (StaffRole.DATA_STEWARD, None)))


@pytest.fixture
def girl(cast: Cast, wang: Person) -> Person:
    child = cast.person("小雨", cast.east, born_on=today() - timedelta(days=9 * 366))
    guarded(cast, child, wang)
    return child


def asked(cast: Cast, person: Person, kind: DataRequestKind) -> DataRequest:
    told = {"scope": "电话写错了", "verified_by": "认识本人", "on": today()}
    return receive_request(by=cast.xiaomei, requester=person, subject=person, kind=kind, **told)  # type: ignore[arg-type]


def test_a_worker_makes_a_link_whose_picture_and_address_are_shown_once(cast: Cast, wang: Person) -> None:
    worker = logged_in(cast.xiaomei)
    told = {"link-looker": wang.pk, "link-verified_by": "看过身份证"}
    slip = worker.post(f"/people/{wang.pk}/link/", told)
    assert slip.status_code == 200 and slip.headers["Cache-Control"] == "no-store"
    read = slip.content.decode()
    assert "<svg" in read and "Keep this slip to yourself" in read
    address = re.search(r"http://testserver(/member/link/[\w-]+/)", read)
    assert address is not None
    assert Client().post(address[1]).headers["Location"] == "/member/"
    later = worker.get(f"/people/{wang.pk}/requests/").content.decode()
    assert "open now" in later and "看过身份证" in later and address[1] not in later


def test_a_link_without_a_word_on_who_they_are_is_not_made(cast: Cast, wang: Person) -> None:
    response = logged_in(cast.xiaomei).post(f"/people/{wang.pk}/link/", {"link-looker": wang.pk})
    assert response.status_code == 422
    assert MemberLink.objects.count() == 0


def test_no_link_is_made_for_somebody_else(cast: Cast, wang: Person) -> None:
    other = cast.person("大勇", cast.east)
    told = {"link-looker": other.pk, "link-verified_by": "认识"}
    assert logged_in(cast.xiaomei).post(f"/people/{wang.pk}/link/", told).status_code == 422


def test_a_child_without_a_guardian_in_writing_has_nobody_who_looks(cast: Cast) -> None:
    child = cast.person("小雨", cast.east, born_on=today() - timedelta(days=9 * 366))
    read = logged_in(cast.xiaomei).get(f"/people/{child.pk}/requests/").content.decode()
    assert "Nobody can look yet" in read and "Make the link" not in read


def test_a_link_is_taken_back(cast: Cast, wang: Person) -> None:
    link, token = make_link(by=cast.xiaomei, subject=wang, looker=wang, verified_by="认识", at=timezone.now())
    assert logged_in(cast.xiaomei).post(f"/people/{wang.pk}/link/{link.pk}/end/").status_code == 302
    assert Client().post(f"/member/link/{token}/").status_code == 410


def test_a_link_of_somebody_else_is_not_ended_through_this_person(cast: Cast, wang: Person) -> None:
    other = cast.person("大勇", cast.east)
    link, _token = make_link(by=cast.xiaomei, subject=other, looker=other, verified_by="认识", at=timezone.now())
    assert logged_in(cast.xiaomei).post(f"/people/{wang.pk}/link/{link.pk}/end/").status_code == 404


@pytest.mark.parametrize(("who", "status"), {"xiaomei": 200, "chenli": 200, "haiyan": 403, "zhiyuan": 403}.items())
def test_who_opens_the_worker_side(cast: Cast, wang: Person, who: str, status: int) -> None:
    assert logged_in(getattr(cast, who)).get(f"/people/{wang.pk}/requests/").status_code == status


POSTS = ["link/", "link/1/end/", "withheld/1/end/", "restrict/", "restrict/end/", "requests/"]


@pytest.mark.parametrize("page", POSTS)
@pytest.mark.parametrize("who", ["haiyan", "zhiyuan"])
def test_nothing_is_done_from_outside(cast: Cast, wang: Person, page: str, who: str) -> None:
    assert logged_in(getattr(cast, who)).post(f"/people/{wang.pk}/{page}", {"why": "x"}).status_code == 403


def test_a_request_at_the_desk_gets_its_number_and_its_day(cast: Cast, wang: Person) -> None:
    told = {"ask-looker": wang.pk, "ask-kind": "close", "ask-scope": "不想再来", "ask-verified_by": "认识"}
    response = logged_in(cast.xiaomei).post(f"/people/{wang.pk}/requests/", told)
    row = DataRequest.objects.get()
    assert response.headers["Location"] == f"/people/requests/{row.pk}/"
    assert (row.due_on, row.received_by) == (today() + timedelta(days=15), cast.xiaomei.user)
    read = logged_in(cast.xiaomei).get(f"/people/requests/{row.pk}/").content.decode()
    assert row.receipt_no in read and "Waiting for the data steward or a supervisor" in read
    assert "Hand over for destruction" not in read  # who wrote it down does not answer it


def test_a_steward_reads_the_list_though_no_person_is_open_to_them(cast: Cast, wang: Person, steward: Actor) -> None:
    row = asked(cast, wang, DataRequestKind.CORRECT)
    browser = logged_in(steward)
    assert browser.get(f"/people/{wang.pk}/").status_code == 403
    assert row.receipt_no in browser.get("/people/requests/").content.decode()
    read = browser.get(f"/people/requests/{row.pk}/").content.decode()
    assert "Ask someone who works with the person to correct it." in read
    assert [log.what for log in ReadLog.objects.filter(user=steward.user)] == ["requests"]


def test_a_list_without_a_request_teaches(steward: Actor) -> None:
    assert "No request waits" in logged_in(steward).get("/people/requests/").content.decode()


def test_an_overdue_request_is_a_sentence(cast: Cast, wang: Person, steward: Actor) -> None:
    row = asked(cast, wang, DataRequestKind.CORRECT)
    DataRequest.objects.filter(pk=row.pk).update(
        received_on=today() - timedelta(days=40), due_on=today() - timedelta(days=10)
    )
    assert "Answer today, and say why it is late." in logged_in(steward).get("/people/requests/").content.decode()


def test_a_steward_gives_out_the_same_copy_and_that_is_in_the_log(cast: Cast, wang: Person, steward: Actor) -> None:
    row = asked(cast, wang, DataRequestKind.COPY)
    browser = logged_in(steward)
    packed = browser.get(f"/people/requests/{row.pk}/copy/")
    assert "facts.csv" in zipfile.ZipFile(BytesIO(packed.content)).namelist()
    assert "15412342764" in browser.get(f"/people/requests/{row.pk}/copy/paper/").content.decode()
    assert [log.what for log in ReadLog.objects.filter(user=steward.user)] == ["own_copy", "own_copy"]
    assert logged_in(cast.xiaomei).get(f"/people/requests/{row.pk}/copy/").status_code == 403


def test_a_no_without_its_reason_stays_on_the_page(cast: Cast, wang: Person, steward: Actor) -> None:
    row = asked(cast, wang, DataRequestKind.DELETE)
    browser = logged_in(steward)
    assert browser.post(f"/people/requests/{row.pk}/answer/", {"state": "refused"}).status_code == 422
    told = {"state": "refused", "reason": "时数要保存"}
    assert browser.post(f"/people/requests/{row.pk}/answer/", told).status_code == 302
    assert "时数要保存" in browser.get(f"/people/requests/{row.pk}/").content.decode()
    assert row.receipt_no in browser.get("/people/requests/?state=answered").content.decode()


def test_a_request_to_rest_and_one_to_delete_do_what_they_say(cast: Cast, wang: Person, steward: Actor) -> None:
    browser = logged_in(steward)
    rest, delete = asked(cast, wang, DataRequestKind.RESTRICT), asked(cast, wang, DataRequestKind.DELETE)
    assert browser.post(f"/people/requests/{rest.pk}/restrict/").status_code == 302
    assert wang.restrictions.get().request == rest
    assert browser.post(f"/people/requests/{delete.pk}/destroy/").status_code == 302
    delete.refresh_from_db()
    assert delete.state == "waiting"
    assert "Waiting for destruction" in browser.get(f"/people/requests/{delete.pk}/").content.decode()


def test_requests_of_others_say_the_same_whether_they_exist(cast: Cast, wang: Person) -> None:
    row = asked(cast, wang, DataRequestKind.CORRECT)
    browser = logged_in(cast.haiyan)
    pages = [browser.get(f"/people/requests/{pk}/") for pk in (row.pk, 999_999)]
    assert [page.status_code for page in pages] == [403, 403]
    assert all("This request is answered by others" in page.content.decode() for page in pages)


@pytest.mark.parametrize("page", ["", "services/", "family/", "consents/", "journey/", "readers/", "requests/"])
def test_who_may_not_be_told_stands_above_every_view_of_the_person(cast: Cast, wang: Person, page: str) -> None:
    notice(cast, ConsentPurpose.SERVICE)
    fear = Withhold.FEAR_OF_HARM
    agrees(cast.xiaomei, wang, ConsentPurpose.SERVICE, today(), withhold_from="前夫赵某", withhold_why=fear)
    read = logged_in(cast.xiaomei).get(f"/people/{wang.pk}/{page}").content.decode()
    assert "Never tell 前夫赵某" in read and "harm is feared" in read


def test_a_supervisor_says_that_somebody_may_be_told_again(cast: Cast, wang: Person) -> None:
    why = Withhold.TELLS_SELF
    row = agrees(cast.xiaomei, wang, ConsentPurpose.SERVICE, today(), withhold_from="婆婆", withhold_why=why)
    address = f"/people/{wang.pk}/withheld/{row.pk}/end/"
    assert logged_in(cast.xiaomei).post(address).status_code == 403
    assert logged_in(cast.chenli).post(address).status_code == 302
    assert "Never tell" not in logged_in(cast.xiaomei).get(f"/people/{wang.pk}/").content.decode()


def test_a_record_that_rests_says_so_and_is_not_chosen(cast: Cast, wang: Person) -> None:
    worker = logged_in(cast.xiaomei)
    chosen = f"add:{wang.pk}"
    assert chosen in worker.get("/service/record/find/?q=王素芬").content.decode()
    restrict(by=cast.chenli, person=wang, why="在核对", on=today())
    read = worker.get(f"/people/{wang.pk}/").content.decode()
    assert "This record rests since" in read and "在核对" in read
    assert chosen not in worker.get("/service/record/find/?q=王素芬").content.decode()
    assert logged_in(cast.chenli).post(f"/people/{wang.pk}/restrict/end/").status_code == 302
    assert wang.restrictions.get().to_on == today()


def test_a_guardian_asks_for_a_child(cast: Cast, wang: Person, girl: Person) -> None:
    told = {"ask-looker": wang.pk, "ask-kind": "view", "ask-scope": "想看看", "ask-verified_by": "认识"}
    assert logged_in(cast.xiaomei).post(f"/people/{girl.pk}/requests/", told).status_code == 302
    row = DataRequest.objects.get()
    assert (row.requester, row.subject) == (wang, girl)


def test_a_complaint_at_the_desk_is_read_by_those_it_does_not_concern(cast: Cast) -> None:
    worker, supervisor = logged_in(cast.xiaomei), logged_in(cast.chenli)
    assert worker.post("/people/complaints/", {"about": "前台"}).status_code == 422
    assert worker.post("/people/complaints/", {"about": "前台", "facts": "等了很久"}).status_code == 302
    assert "等了很久" not in worker.get("/people/complaints/").content.decode()
    listed = supervisor.get("/people/complaints/").content.decode()
    address = re.search(r"/people/complaints/\d+/", listed)
    assert address is not None
    assert worker.get(address[0]).status_code == 403
    assert "等了很久" in supervisor.get(address[0]).content.decode()
    given = {"part": "handling", "handler": cast.haiyan.id, "concerned": ""}
    assert supervisor.post(address[0], given).status_code == 302
    assert logged_in(cast.haiyan).get(address[0]).status_code == 200
    told = {"part": "result", "result": "加了一个人", "told_on": today().isoformat()}
    assert logged_in(cast.haiyan).post(address[0], told).status_code == 302
    assert "加了一个人" in supervisor.get(address[0]).content.decode()
    assert supervisor.post(address[0], {"part": "result", "result": ""}).status_code == 422
