"""Two workers correct one person, or one household, at once: neither loses a word."""

import re

import pytest
from django.test import Client

from tests.factories.cast import DAY, Cast
from tests.factories.facts import known
from tests.web.staff.people.conftest import logged_in
from xiezuo.orgs.access import Actor
from xiezuo.people.actions import found_household, merge_people
from xiezuo.people.models import Household, Person

KEYS = {
    "xiaomei": "11111111-1111-4111-8111-111111111111",
    "chenli": "22222222-2222-4222-8222-222222222222",
}


class Desk:
    """A colleague with the form of a person open."""

    def __init__(self, by: Actor, person: Person) -> None:
        self.client: Client = logged_in(by)
        self.address = f"/people/{person.pk}/correct/?draft={KEYS[by.user.username]}"
        page = self.client.get(self.address)
        self.answers: dict[str, object] = {
            "nickname": person.nickname,
            "full_name": person.full_name,
            "sex": person.sex,
            "phone": person.phone,
            "corrects": person.pk,
            "seen": page.context["seen"],
        }

    def save(self, **typed: object) -> object:
        self.answers |= typed
        response = self.client.post(self.address, self.answers)
        if response.status_code == 422:
            self.answers["seen"] = response.context["seen"]
        return response


def told(response: object) -> list[tuple[str, str, str]]:
    clash = response.context["clash"]  # type: ignore[attr-defined]
    return [(one.name, one.mine, one.theirs) for one in clash.versions]


def test_who_changed_other_fields_saves_and_both_changes_stay(cast: Cast, wang: Person) -> None:
    one, other = Desk(cast.xiaomei, wang), Desk(cast.chenli, wang)
    one.save(note="怕狗")
    assert other.save(school="第三小学").status_code == 302  # type: ignore[attr-defined]
    wang.refresh_from_db()
    assert (known(wang).note, wang.school) == ("怕狗", "第三小学")


def test_the_second_sees_both_versions_and_what_she_typed_stays(cast: Cast, wang: Person) -> None:
    one, other = Desk(cast.xiaomei, wang), Desk(cast.chenli, wang)
    one.save(note="怕狗", phone="13900001111")
    response = other.save(note="夜班", occupation="保洁")
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert told(response) == [("note", "夜班", "怕狗")]
    page = response.content.decode()  # type: ignore[attr-defined]
    assert "周晓梅 saved this at" in page
    assert 'value="13900001111"' in page
    assert ">\n夜班</textarea>" in page
    wang.refresh_from_db()
    assert (known(wang).note, wang.occupation) == ("怕狗", "")


@pytest.mark.parametrize(
    ("picked", "note"), [("mine", "夜班"), ("theirs", "怕狗"), ("both", "怕狗\n\n夜班")], ids=["mine", "theirs", "both"]
)
def test_what_is_chosen_is_saved_with_all_else(cast: Cast, wang: Person, picked: str, note: str) -> None:
    one, other = Desk(cast.xiaomei, wang), Desk(cast.chenli, wang)
    one.save(note="怕狗", phone="13900001111")
    other.save(note="夜班", occupation="保洁")
    assert other.save(phone="13900001111", **{"settled-note": picked}).status_code == 302  # type: ignore[attr-defined]
    wang.refresh_from_db()
    assert (known(wang).note.replace("\r", ""), wang.phone, wang.occupation) == (note, "13900001111", "保洁")


def test_a_third_version_in_between_is_shown_again(cast: Cast, wang: Person) -> None:
    one, other = Desk(cast.xiaomei, wang), Desk(cast.chenli, wang)
    one.save(note="怕狗")
    other.save(note="夜班")
    Desk(cast.xiaomei, Person.objects.get(pk=wang.pk)).save(note="怕狗，夜班")
    response = other.save(**{"settled-note": "mine"})
    assert told(response) == [("note", "夜班", "怕狗，夜班")]


def test_a_birth_date_and_how_exact_it_is_are_one_fact(cast: Cast, wang: Person) -> None:
    one, other = Desk(cast.xiaomei, wang), Desk(cast.chenli, wang)
    one.save(born_year="1986")
    response = other.save(born_year="1986", born_month="5")
    assert told(response) == [("born_on", "May 1986", "1986")]
    assert other.save(**{"settled-born_on": "theirs"}).status_code == 302  # type: ignore[attr-defined]
    wang.refresh_from_db()
    assert (str(wang.born_on), wang.born_precision) == ("1986-01-01", "year")


def test_who_was_merged_while_she_was_being_corrected_is_corrected_where_she_is_kept(cast: Cast, wang: Person) -> None:
    fen = cast.person("阿芬", cast.east, full_name="王素芬", phone="13900001111")
    desk = Desk(cast.xiaomei, fen)
    merge_people(by=cast.chenli, kept=wang, other=fen)
    response = desk.save(occupation="保洁")
    assert response["Location"] == f"/people/{wang.pk}/correct/?draft={KEYS['xiaomei']}"  # type: ignore[index]
    page = desk.client.get(response["Location"])  # type: ignore[index]
    assert page.context["form"]["occupation"].value() == "保洁"
    desk.address, desk.answers["corrects"] = response["Location"], wang.pk  # type: ignore[index]
    assert desk.save().status_code == 302  # type: ignore[attr-defined]
    wang.refresh_from_db()
    assert (wang.occupation, wang.nickname, wang.phone) == ("保洁", "王姐", "15412342764")


def test_two_versions_of_a_household_stand_beside_each_other(cast: Cast, wang: Person) -> None:
    home = found_household(by=cast.xiaomei, head=wang, on=DAY)
    address = f"/people/households/{home.pk}/correct/"
    seen = [logged_in(by).get(address).context["seen"] for by in (cast.xiaomei, cast.chenli)]
    logged_in(cast.xiaomei).post(
        address, {"seen": seen[0], "housing": "租房", "benefits": "低保", "income_month": "1000"}
    )
    client = logged_in(cast.chenli)
    response = client.post(address, {"seen": seen[1], "benefits": "残补", "debt": "20"})
    assert response.status_code == 422
    assert told(response) == [("benefits", "残补", "低保")]
    page = response.content.decode()
    assert 'value="租房"' in page
    again = re.search(r'name="income_month" value="([^"]*)"', page)
    assert again
    answers = {"seen": response.context["seen"], "housing": "租房", "income_month": again[1], "debt": "20"}
    assert client.post(address, answers | {"benefits": "残补", "settled-benefits": "both"}).status_code == 302
    home = Household.objects.get(pk=home.pk)
    assert (home.housing, home.benefits, home.income_month, home.debt) == ("租房", "低保\n\n残补", 1000, 20)
