"""The queue of records that may be one person, the two beside each other, and the way back, as pages."""

from dataclasses import dataclass

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from tests.factories.cast import DAY, Cast
from tests.factories.facts import known
from tests.factories.growth import begins
from tests.web.staff.people.conftest import TODAY, logged_in, served
from xiezuo.orgs.access import Actor
from xiezuo.people.actions import merge_people, propose_duplicates, tell_apart
from xiezuo.people.models import Merge, Person, PossibleDuplicate, ReadLog
from xiezuo.people.tasks import look_through
from xiezuo.people.vocab import DuplicateState, Role


@dataclass(frozen=True)
class Proposal:
    one: int
    other: int
    weight: float
    evidence: tuple[str, ...]


@pytest.fixture
def fen(cast: Cast) -> Person:
    return cast.person("阿芬", cast.east, full_name="王素芬", sex="2", phone="13900001111", note="夜班")


def proposed(cast: Cast, *pairs: tuple[Person, Person]) -> list[PossibleDuplicate]:
    proposals = [
        Proposal(one.pk, other.pk, 20.0 - n, ("name_same", "phone_differs")) for n, (one, other) in enumerate(pairs)
    ]
    propose_duplicates(by=cast.chenli, proposals=proposals)
    return list(PossibleDuplicate.objects.all())


def content(actor: Actor, address: str) -> str:
    response = logged_in(actor).get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_pairs_wait_the_likeliest_first_and_what_is_decided_is_kept(cast: Cast, wang: Person, fen: Person) -> None:
    other = cast.person("小红", cast.east)
    first, second = proposed(cast, (wang, fen), (wang, other))
    assert [(pair.one, pair.other, pair.weight) for pair in (first, second)] == [(wang, fen, 20.0), (wang, other, 19.0)]
    tell_apart(by=cast.xiaomei, pair=first, state=DuplicateState.DIFFERENT, note=" 两个人都来过 ")
    again = proposed(cast, (fen, wang), (other, wang))
    assert [(pair.pk, pair.state, pair.note) for pair in again] == [
        (first.pk, "different", "两个人都来过"),
        (second.pk, "open", ""),
    ]
    shown = content(cast.xiaomei, "/people/duplicates/?state=different")
    assert "两个人都来过" in shown
    assert "周晓梅" in shown


def test_who_was_said_to_be_another_is_not_proposed_under_the_record_that_was_kept(
    cast: Cast, wang: Person, fen: Person
) -> None:
    other = cast.person("小红", cast.east)
    (pair,) = proposed(cast, (fen, other))
    tell_apart(by=cast.xiaomei, pair=pair, state=DuplicateState.DIFFERENT)
    merge_people(by=cast.chenli, kept=wang, other=fen)
    assert propose_duplicates(by=cast.chenli, proposals=[Proposal(wang.pk, other.pk, 9, ())]) == 0


def test_both_records_stand_beside_each_other_and_that_is_written_down(cast: Cast, wang: Person, fen: Person) -> None:
    (pair,) = proposed(cast, (wang, fen))
    served(cast.xiaomei, fen, cast.east, TODAY)
    side = logged_in(cast.xiaomei).get(f"/people/duplicates/{pair.pk}/").context["side"]
    with override("en"):
        kinds = {str(line.label): (line.one, line.other, line.kind) for line in side.lines}
    assert kinds["Full name"] == ("王素芬", "王素芬", "same")
    assert kinds["Phone"] == ("15412342764", "13900001111", "differs")
    assert kinds["Note"] == ("", "夜班", "only")
    assert ("services they took part in", 0, 1) in side.follows
    assert side.keep == "other"
    assert set(ReadLog.objects.values_list("person", "what")) == {(wang.pk, "duplicate"), (fen.pk, "duplicate")}


def test_the_same_merges_as_was_picked_and_goes_on_with_the_next(cast: Cast, wang: Person, fen: Person) -> None:
    first, second = proposed(cast, (wang, fen), (wang, cast.person("小红", cast.east)))
    answer = {"do": "same", "keep": "one", "fact-phone": "other", "fact-nickname": "one"}
    response = logged_in(cast.xiaomei).post(f"/people/duplicates/{first.pk}/", answer)
    assert (response.status_code, response["Location"]) == (302, f"/people/duplicates/{second.pk}/")
    wang.refresh_from_db()
    assert (wang.phone, wang.alias, known(wang).note) == ("13900001111", "阿芬", "夜班")
    assert Merge.objects.get().evidence == ["name_same", "phone_differs"]
    first.refresh_from_db()
    assert (first.state, first.decided_by) == (DuplicateState.SAME, cast.xiaomei.user)


def test_a_word_nobody_knows_changes_nothing_and_keeps_what_was_picked(cast: Cast, wang: Person, fen: Person) -> None:
    (pair,) = proposed(cast, (wang, fen))
    answer = {"do": "", "keep": "other", "fact-phone": "other", "note": "明天问她"}
    response = logged_in(cast.xiaomei).post(f"/people/duplicates/{pair.pk}/", answer)
    assert response.status_code == 422
    shown = response.content.decode()
    assert "明天问她" in shown
    assert 'name="fact-phone" value="other" checked' in shown
    assert 'name="keep" value="other" checked' in shown


def test_a_side_that_is_not_open_is_a_lock_and_cannot_be_decided(cast: Cast, wang: Person) -> None:
    hidden = cast.person("阿芬", cast.west, phone="13900001111")
    (pair,) = proposed(cast, (wang, hidden))
    shown = content(cast.xiaomei, f"/people/duplicates/{pair.pk}/")
    assert ("13900001111" in shown, "阿芬" in shown, 'value="same"' in shown) == (False, False, False)
    assert "阿芬" not in content(cast.xiaomei, "/people/duplicates/")
    for told in ("same", "different"):
        response = logged_in(cast.xiaomei).post(f"/people/duplicates/{pair.pk}/", {"do": told})
        assert response.status_code == 403
    assert not Merge.objects.exists()
    assert logged_in(cast.zhiyuan).get("/people/duplicates/").status_code == 403


def test_someone_found_by_name_is_looked_at_beside_before_anything_is_merged(
    cast: Cast, wang: Person, fen: Person
) -> None:
    assert f'name="other" value="{fen.pk}"' in content(cast.xiaomei, f"/people/{wang.pk}/duplicates/?q=afen")
    response = logged_in(cast.xiaomei).post(f"/people/{wang.pk}/duplicates/", {"other": fen.pk})
    pair = PossibleDuplicate.objects.get()
    assert response["Location"] == f"/people/duplicates/{pair.pk}/"
    assert (pair.state, pair.evidence) == (DuplicateState.OPEN, [])
    herself = logged_in(cast.xiaomei).post(f"/people/{wang.pk}/duplicates/", {"other": wang.pk})
    assert herself.status_code == 422


def test_an_old_address_leads_to_the_record_that_was_kept_and_says_why(cast: Cast, wang: Person, fen: Person) -> None:
    merge_people(by=cast.chenli, kept=wang, other=fen)
    client = logged_in(cast.xiaomei)
    for view in ("", "services/", "consents/"):
        response = client.get(f"/people/{fen.pk}/{view}", follow=True)
        assert response.redirect_chain == [(f"/people/{wang.pk}/{view}", 302)]
        assert "was merged with another record" in response.content.decode()
    assert client.post(f"/people/{fen.pk}/collectors/", {}).status_code == 403


def test_readers_of_both_records_stand_in_one_log(cast: Cast, wang: Person, fen: Person) -> None:
    content(cast.xiaomei, f"/people/{fen.pk}/consents/")
    merge_people(by=cast.chenli, kept=wang, other=fen)
    looks = logged_in(cast.chenli).get(f"/people/{wang.pk}/readers/").context["looks"]
    assert [(look.read.user.username, look.read.what) for look in looks] == [
        ("chenli", "readers"),
        ("xiaomei", "consents"),
    ]


def test_a_merge_is_taken_back_from_its_page_and_work_since_goes_where_it_is_said(
    cast: Cast, wang: Person, fen: Person
) -> None:
    merge = merge_people(by=cast.chenli, kept=wang, other=fen)
    begins(cast.chenli, wang, Role.VOLUNTEER, DAY)
    assert f"/people/merges/{merge.pk}/" in content(cast.xiaomei, f"/people/{wang.pk}/")
    page = logged_in(cast.xiaomei).get(f"/people/merges/{merge.pk}/")
    since = page.context["since"]
    assert {row.table: said.text for row, said in since} == {
        "people.roleperiod": "volunteer",
        "people.journeyentry": "volunteer: begins",
    }
    answer = {"along": [row.value for row, _said in since], "state": "unsure"}
    response = logged_in(cast.xiaomei).post(f"/people/merges/{merge.pk}/undo/", answer, follow=True)
    assert "are two records again" in response.content.decode()
    assert [period.role for period in Person.objects.get(pk=fen.pk).role_periods.all()] == [Role.VOLUNTEER]
    assert PossibleDuplicate.objects.get().state == DuplicateState.UNSURE
    again = logged_in(cast.xiaomei).post(f"/people/merges/{merge.pk}/undo/", {}, follow=True)
    assert "taken back already" in again.content.decode()


def test_a_merge_that_a_later_one_builds_on_says_so_on_its_page(cast: Cast, wang: Person, fen: Person) -> None:
    merge = merge_people(by=cast.chenli, kept=wang, other=fen)
    merge_people(by=cast.chenli, kept=cast.person("素芬", cast.east), other=wang)
    shown = content(cast.chenli, f"/people/merges/{merge.pk}/")
    assert "A later merge builds on this one" in shown
    assert "Take the merge back" not in shown


@pytest.mark.parametrize("address", ["/people/duplicates/", "/people/merges/"])
def test_three_rows_cost_as_much_as_one(cast: Cast, address: str) -> None:
    def cost() -> int:
        client = logged_in(cast.chenli)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    def add() -> None:
        proposed(cast, (cast.person("小红", cast.east), cast.person("小红", cast.east)))
        merge_people(by=cast.chenli, kept=cast.person("小红", cast.east), other=cast.person("小红", cast.east))

    add()
    first = cost()
    add()
    add()
    assert cost() == first


def test_the_growth_path_tells_of_both_records(cast: Cast, wang: Person, fen: Person) -> None:
    begins(cast.chenli, fen, Role.VOLUNTEER, DAY)
    merge_people(by=cast.chenli, kept=wang, other=fen)
    page = logged_in(cast.chenli).get(f"/people/{wang.pk}/")
    told = [str(entry.title) for entry in page.context["growth"]]
    assert {"Became: volunteer", "Registered once more, as 阿芬", "Found to be the same person as 阿芬"} <= set(told)
    changes = logged_in(cast.xiaomei).get("/").content.decode()
    assert "merged two records of one person" in changes


def test_a_draft_about_someone_merged_goes_on_with_who_is_kept(cast: Cast, wang: Person, fen: Person) -> None:
    client = logged_in(cast.xiaomei)
    key = "33333333-3333-4333-8333-333333333333"
    address = f"/service/record/?draft={key}"
    client.post(address, {"do": "find", "who": [f"named|{fen.pk}", f"named|{wang.pk}"], "note": "明天再写"})
    merge_people(by=cast.chenli, kept=wang, other=fen)
    page = client.get(address).content.decode()
    assert page.count(f'name="who" value="named|{wang.pk}"') == 1
    assert f"named|{fen.pk}" not in page
    assert "明天再写" in page


def test_a_supervisor_has_everyone_compared_and_the_pairs_wait(cast: Cast, wang: Person, fen: Person) -> None:
    shown = logged_in(cast.chenli).post("/people/duplicates/search/", follow=True)
    assert "Everyone is being compared." in shown.content.decode()
    (waiting,) = DBTaskResult.objects.all()
    look_through.call(*waiting.args_kwargs["args"])
    pair = PossibleDuplicate.objects.get()
    assert (pair.one, pair.other, pair.state) == (wang, fen, "open")
    assert "name_same" in pair.evidence


def test_only_a_supervisor_has_everyone_compared(cast: Cast) -> None:
    assert logged_in(cast.xiaomei).post("/people/duplicates/search/").status_code == 403
    assert "/people/duplicates/search/" not in logged_in(cast.xiaomei).get("/people/duplicates/").content.decode()
    assert DBTaskResult.objects.count() == 0
