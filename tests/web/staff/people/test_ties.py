"""Consent, household, relations and assignments as they are written down on the pages."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories.cast import Cast
from tests.factories.facts import answers_open
from tests.web.staff.people.conftest import TODAY, logged_in
from xiezuo.common.days import today
from xiezuo.people.actions import correct_household, found_household, note_consent
from xiezuo.people.models import Consent, HouseholdMember, Person, ReadLog, Relationship
from xiezuo.people.vocab import ConsentPurpose, ConsentState, ConsentWay, Relation


def answer(cast: Cast, person: Person, purpose: str, state: str, **more: str) -> int:
    typed = {"purpose": purpose, "state": state, **more}
    return logged_in(cast.xiaomei).post(f"/people/{person.pk}/consents/", typed).status_code


def words(cast: Cast, person: Person) -> dict[str, tuple[str, str]]:
    rows = logged_in(cast.xiaomei).get(f"/people/{person.pk}/consents/").context["purposes"]
    return {row.answer.purpose: (row.answer.kind, row.answer.words) for row in rows}


def test_a_purpose_nobody_asked_about_says_so(cast: Cast, wang: Person) -> None:
    assert set(words(cast, wang).values()) == {("", "not asked yet")}
    assert len(words(cast, wang)) == len(ConsentPurpose)


def test_each_answer_is_a_sentence_and_the_latest_counts(cast: Cast, wang: Person) -> None:
    for purpose, state in (
        ("service", "given"),
        ("portrait", "refused"),
        ("research", "given"),
        ("research", "withdrawn"),
        ("story", "asked"),
    ):
        assert answer(cast, wang, purpose, state, way="verbal") == 302
    found = words(cast, wang)
    assert found["service"][0] == "ok" and found["service"][1].endswith(", verbal")
    assert found["portrait"][0] == "late" and "do not do it" in found["portrait"][1]
    assert found["research"][0] == "late" and "it is no longer done" in found["research"][1]
    assert found["story"][0] == "wait" and "no answer yet" in found["story"][1]
    with answers_open():
        assert Consent.objects.count() == 5


def test_an_agreement_that_has_run_out_asks_to_ask_again(cast: Cast, wang: Person) -> None:
    note_consent(
        by=cast.xiaomei,
        person=wang,
        purpose=ConsentPurpose.SERVICE,
        state=ConsentState.GIVEN,
        way=ConsentWay.SIGNED,
        at=timezone.now() - timedelta(400),
        expires_on=today() - timedelta(1),
    )
    assert words(cast, wang)["service"][0] == "wait"
    assert "ask again" in words(cast, wang)["service"][1]


@pytest.mark.parametrize("state", ["not_asked", "", "perhaps"])
def test_an_answer_must_be_one(cast: Cast, wang: Person, state: str) -> None:
    assert answer(cast, wang, "service", state) == 422
    with answers_open():
        assert Consent.objects.count() == 0


def test_a_household_is_founded_grows_and_keeps_who_left(cast: Cast, wang: Person) -> None:
    client = logged_in(cast.xiaomei)
    child = cast.person("小宇", cast.east, full_name="张小宇")
    moved = client.post(f"/people/{wang.pk}/household/", {"address": "八村 12 号", "on": "2022-03-03"})
    url = moved.headers["Location"]
    assert "小宇" in client.get(f"{url}?q=xiaoyu").content.decode()
    client.post(f"{url}join/", {"other": child.pk, "relation": "child", "on": "2022-09-01"})
    assert list(HouseholdMember.objects.order_by("id").values_list("person", "relation", "from_on")) == [
        (wang.pk, "self", date(2022, 3, 3)),
        (child.pk, "child", date(2022, 9, 1)),
    ]
    member = HouseholdMember.objects.get(person=child)
    client.post(f"{url}leave/{member.pk}/", {"on": "2025-01-01"})
    page = client.get(url)
    assert [row.person_id for row in page.context["gone"]] == [child.pk]
    assert [row.person_id for row in page.context["here"]] == [wang.pk]


def test_nobody_lives_in_a_household_twice_and_nobody_leaves_before_coming(cast: Cast, wang: Person) -> None:
    home = found_household(by=cast.xiaomei, head=wang, on=date(2022, 3, 3))
    client, url = logged_in(cast.xiaomei), f"/people/households/{home.pk}/"
    again = client.post(f"{url}join/", {"other": wang.pk, "relation": "other"}, follow=True).content.decode()
    assert "This person lives in the household already." in again
    member = home.members.get()
    early = client.post(f"{url}leave/{member.pk}/", {"on": "2022-03-02"}, follow=True).content.decode()
    assert "Nobody leaves a household before joining it." in early


def test_someone_not_open_cannot_be_put_into_a_household(cast: Cast, wang: Person) -> None:
    home = found_household(by=cast.xiaomei, head=wang, on=TODAY)
    wei = cast.person("小伟", cast.west)
    url = f"/people/households/{home.pk}/join/"
    assert logged_in(cast.xiaomei).post(url, {"other": wei.pk, "relation": "sibling"}).status_code == 403
    assert home.members.count() == 1


def test_money_and_needs_are_for_those_who_work_with_the_head(cast: Cast, wang: Person) -> None:
    wei = cast.person("小伟", cast.west)
    home = found_household(by=cast.chenli, head=wang, members=[(wei, Relation.SIBLING)], on=TODAY)
    correct_household(by=cast.xiaomei, household=home, facts={"debt": 31000, "unmet_needs": "差居住证"})
    url = f"/people/households/{home.pk}/"
    assert "差居住证" in logged_in(cast.xiaomei).get(url).content.decode()
    outside = logged_in(cast.haiyan).get(url).content.decode()
    assert "小伟" in outside and "差居住证" not in outside and "王素芬" not in outside
    assert "for those who work on the case of the head of this household" in outside
    assert logged_in(cast.haiyan).get(f"{url}correct/").status_code == 403


def test_opening_a_household_is_written_down_for_everyone_shown(cast: Cast, wang: Person) -> None:
    child, wei = cast.person("小宇", cast.east), cast.person("小伟", cast.west)
    members = [(child, Relation.CHILD), (wei, Relation.SIBLING)]
    home = found_household(by=cast.chenli, head=wang, members=members, on=TODAY)
    logged_in(cast.xiaomei).get(f"/people/households/{home.pk}/")
    assert set(ReadLog.objects.values_list("person", "what")) == {(wang.pk, "household"), (child.pk, "household")}


def test_what_a_household_has_and_needs_is_corrected_in_yuan(cast: Cast, wang: Person) -> None:
    home = found_household(by=cast.xiaomei, head=wang, on=TODAY)
    client, url = logged_in(cast.xiaomei), f"/people/households/{home.pk}/correct/"
    assert client.post(url, {"income_month": "7200.50", "housing": "租住平房"}).status_code == 302
    home.refresh_from_db()
    assert (str(home.income_month), home.debt, home.housing) == ("7200.50", None, "租住平房")
    refused = client.post(url, {"income_month": "-3", "housing": "楼房"})
    assert refused.status_code == 422 and 'value="楼房"' in refused.content.decode()


def test_who_is_what_to_whom_reads_as_a_sentence(cast: Cast, wang: Person) -> None:
    child = cast.person("小宇", cast.east)
    client = logged_in(cast.xiaomei)
    client.post(f"/people/{wang.pk}/relationships/", {"other": child.pk, "relation": "parent"})
    assert list(Relationship.objects.values_list("person", "other", "relation")) == [(wang.pk, child.pk, "parent")]
    for one in (wang, child):
        assert "王素芬 is parent of 小宇" in client.get(f"/people/{one.pk}/family/").content.decode()


def test_nobody_is_related_to_themselves(cast: Cast, wang: Person) -> None:
    url = f"/people/{wang.pk}/relationships/"
    page = logged_in(cast.xiaomei).post(url, {"other": wang.pk, "relation": "sibling"}, follow=True)
    assert "A relationship needs two different people." in page.content.decode()
    assert Relationship.objects.count() == 0


def test_an_assignment_ends_after_today_and_stays_in_the_history(cast: Cast, wang: Person) -> None:
    client = logged_in(cast.chenli)
    client.post(f"/people/{wang.pk}/assign/", {"user": cast.haiyan.id})
    mine = wang.assignments.get(user=cast.haiyan.user)
    client.post(f"/people/{wang.pk}/assign/{mine.pk}/end/")
    mine.refresh_from_db()
    assert (mine.to_on, mine.why) == (today(), "case_team")
    assert mine in client.get(f"/people/{wang.pk}/readers/").context["working"]


@pytest.mark.parametrize("both", [True, False])
def test_either_a_colleague_or_a_site_is_assigned(cast: Cast, wang: Person, both: bool) -> None:
    typed = {"user": cast.haiyan.id, "site": cast.west.pk} if both else {}
    page = logged_in(cast.chenli).post(f"/people/{wang.pk}/assign/", typed, follow=True).content.decode()
    assert "Choose either a colleague or a site. Nothing was changed." in page
    assert wang.assignments.count() == 2
