"""Writing down a person: what is asked, what is doubted, and that nothing typed is lost."""

import uuid
from datetime import date

import pytest
from django.http import HttpResponse

from tests.factories.cast import Cast
from tests.factories.facts import known
from tests.web.staff.people.conftest import logged_in
from xiezuo.common.days import today
from xiezuo.forms.models import Draft
from xiezuo.people.models import Person
from xiezuo.people.vocab import BornPrecision, Sex

GOOD_ID = "11010519491231002X"


def sent(cast: Cast, *, key: uuid.UUID | None = None, **typed: object) -> HttpResponse:
    return logged_in(cast.xiaomei).post(f"/people/register/?draft={key or uuid.uuid4()}", typed)


def registered(cast: Cast, **typed: object) -> Person:
    response = sent(cast, **typed)
    assert response.status_code == 302, response.content.decode()
    return known(Person.objects.get(pk=response.headers["Location"].split("/")[2]))


def test_a_nickname_is_enough(cast: Cast) -> None:
    person = registered(cast, nickname=" 四川 大姐 ")
    assert (person.nickname, person.full_name, person.sex, person.born_on) == ("四川大姐", "", Sex.UNKNOWN, None)
    assert list(person.assignments.values_list("user__username", "site")) == [("xiaomei", None)]


def test_the_full_name_alone_is_enough_too(cast: Cast) -> None:
    assert registered(cast, full_name="王素芬").nickname == "王素芬"


def test_the_site_works_with_them_and_the_role_begins(cast: Cast) -> None:
    person = registered(cast, nickname="王姐", site=cast.east.pk, role="help_seeker")
    assert person.assignments.filter(site=cast.east).count() == 1
    assert list(person.role_periods.values_list("role", "from_on")) == [("help_seeker", today())]


def test_without_any_name_nothing_is_registered_and_everything_typed_is_still_there(cast: Cast) -> None:
    response = sent(cast, phone="15412342764", note="在门口等人")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Write what the person is called; a nickname is enough." in page
    assert 'value="15412342764"' in page and "在门口等人" in page
    assert Person.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "born_on", "precision"),
    [
        ({"born_year": "1988"}, date(1988, 1, 1), BornPrecision.YEAR),
        ({"born_year": "1988", "born_month": "4"}, date(1988, 4, 1), BornPrecision.MONTH),
        ({"born_year": "1988", "born_month": "4", "born_day": "12"}, date(1988, 4, 12), BornPrecision.DAY),
        (
            {"born_year": "1988", "born_month": "4", "born_day": "12", "born_lunar": "on"},
            date(1988, 4, 12),
            BornPrecision.LUNAR,
        ),
        ({"age_guess": "38"}, date(today().year - 38, 1, 1), BornPrecision.GUESS),
        ({}, None, ""),
    ],
)
def test_a_birth_is_kept_as_far_as_it_is_known(
    cast: Cast, typed: dict[str, str], born_on: date | None, precision: str
) -> None:
    person = registered(cast, nickname="王姐", **typed)
    assert (person.born_on, person.born_precision) == (born_on, precision)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"born_year": "2001", "born_month": "2", "born_day": "30"}, "There is no such day in the calendar."),
        ({"born_year": "2001", "born_day": "3"}, "A day needs its month."),
        ({"born_month": "3"}, "Write the year too"),
        ({"arrived_month": "3"}, "A month needs its year."),
        ({"id_number": "110105194912310021"}, "The last character of this identity number does not fit the others."),
        ({"id_number": "1101051949123"}, "A resident identity number has 18 characters"),
        ({"born_year": "2199"}, "The birth date lies in the future."),
        ({"disability_grade": "5"}, "less than or equal to 4"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_kept(cast: Cast, typed: dict[str, str], words: str) -> None:
    key = uuid.uuid4()
    response = sent(cast, key=key, nickname="王姐", **typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert all(f'value="{value}"' in page for value in typed.values())
    assert Person.objects.count() == 0
    assert Draft.objects.filter(key=key, form="person").count() == 1


def test_birth_and_sex_are_taken_from_a_good_number_where_they_are_left_open(cast: Cast) -> None:
    person = registered(cast, nickname="李奶奶", id_number=GOOD_ID.lower())
    assert (person.id_number, person.id_type) == (GOOD_ID, "resident_id")
    assert (person.born_on, person.born_precision, person.sex) == (date(1949, 12, 31), "day", Sex.FEMALE)


def test_another_paper_is_not_checked_as_a_resident_number(cast: Cast) -> None:
    assert registered(cast, nickname="安娜", id_type="passport", id_number="e 123456").id_number == "E123456"


def test_an_unlikely_number_is_asked_about_once_and_never_blocks(cast: Cast) -> None:
    typed = {"nickname": "李爷爷", "sex": "1", "id_number": GOOD_ID}
    asked = sent(cast, **typed)
    assert asked.status_code == 422
    assert "This number says another sex than the one chosen." in asked.content.decode()
    assert Person.objects.count() == 0
    assert registered(cast, **typed, sure="1").sex == Sex.MALE


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"full_name": "王素芬"}, "same name"),
        ({"nickname": "王姐"}, "same form of address"),
        ({"full_name": "王素分", "phone": "154-1234-2764"}, "name sounds the same, same phone number"),
        ({"nickname": "新来的", "id_number": GOOD_ID}, "same identity number"),
    ],
)
def test_someone_alike_is_shown_with_the_reason_and_never_blocks(
    cast: Cast, typed: dict[str, str], reason: str
) -> None:
    known = cast.person("王姐", cast.east, full_name="王素芬", sex="2", phone="15412342764", id_number=GOOD_ID)
    asked = sent(cast, **typed)
    page = asked.content.decode()
    assert asked.status_code == 422
    assert reason in page and "It is her" in page and f'href="/people/{known.pk}/"' in page
    assert Person.objects.count() == 1
    assert registered(cast, **typed, sure="1").pk != known.pk


def test_someone_alike_at_another_site_is_not_told(cast: Cast) -> None:
    cast.person("王姐", cast.west)
    assert registered(cast, nickname="王姐").nickname == "王姐"


def test_whether_they_are_known_can_be_looked_up_without_registering(cast: Cast, wang: Person) -> None:
    page = sent(cast, nickname="王姐", do="check")
    assert page.status_code == 200 and "It is her" in page.content.decode()
    page = sent(cast, nickname="新来的", do="check")
    assert "Nobody you work with looks the same." in page.content.decode()
    assert Person.objects.count() == 1


def test_a_draft_waits_and_is_gone_when_the_person_is_registered(cast: Cast) -> None:
    client, key = logged_in(cast.xiaomei), uuid.uuid4()
    kept = client.post(f"/people/register/keep/{key}/", {"nickname": "王姐", "disability_kind": ["sight", "limb"]})
    assert kept.json()["revision"] == 1
    page = client.get(f"/people/register/?draft={key}").content.decode()
    assert 'value="王姐"' in page
    assert page.count("checked") == 2
    assert client.post(f"/people/register/?draft={key}", {"nickname": "王姐"}).status_code == 302
    assert Draft.objects.count() == 0


def test_nobody_reaches_a_colleagues_draft(cast: Cast) -> None:
    key = uuid.uuid4()
    logged_in(cast.xiaomei).post(f"/people/register/keep/{key}/", {"nickname": "王姐"})
    assert "王姐" not in logged_in(cast.chenli).get(f"/people/register/?draft={key}").content.decode()
    assert logged_in(cast.chenli).post(f"/people/register/keep/{key}/", {"nickname": "x"}).status_code == 403


def test_correcting_shows_what_stands_and_changes_only_what_was_changed(cast: Cast) -> None:
    person = cast.person(
        "小宇",
        cast.east,
        full_name="张小宇",
        sex="1",
        born_on=date(2015, 3, 9),
        school="红星小学",
        tags=["migrant_child"],
    )
    client, url = logged_in(cast.xiaomei), f"/people/{person.pk}/correct/?draft={uuid.uuid4()}"
    form = client.get(url).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "", [])}
    assert client.post(url, typed | {"grade": "四年级"}).status_code == 302
    person.refresh_from_db()
    assert (person.full_name, person.born_on, person.born_precision) == ("张小宇", date(2015, 3, 9), "day")
    assert (person.school, person.grade, known(person).tags) == ("红星小学", "四年级", ["migrant_child"])


def test_a_draft_of_a_correction_goes_on_where_it_began(cast: Cast, wang: Person) -> None:
    client, key = logged_in(cast.xiaomei), uuid.uuid4()
    client.post(f"/people/register/keep/{key}/", {"corrects": wang.pk, "nickname": "王大姐"})
    response = client.get(f"/people/register/?draft={key}")
    assert response.headers["Location"] == f"/people/{wang.pk}/correct/?draft={key}"
    assert 'value="王大姐"' in client.get(response.headers["Location"]).content.decode()


def test_code_lists_speak_the_language_of_the_page(cast: Cast) -> None:
    client, url = logged_in(cast.xiaomei), f"/people/register/?draft={uuid.uuid4()}"
    assert "Uyghur" in client.get(url).content.decode()
    client.cookies["django_language"] = "zh-hans"
    page = client.get(url).content.decode()
    assert "维吾尔族" in page and "Uyghur" not in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("王" * 200, "Ensure this value has at most 60 characters (it has 200)."),
        ("＊", "“＊” is no name. Write what the person is called; a nickname is enough."),
    ],
)
def test_an_odd_name_is_refused_with_a_sentence_and_stays_in_the_form(cast: Cast, typed: str, words: str) -> None:
    url = "/people/register/?draft=7d2b0e4e-0000-4000-8000-0000000000aa"
    refused = logged_in(cast.xiaomei).post(url, {"nickname": typed, "note": "住在后院"})
    shown = refused.content.decode()
    assert (refused.status_code, words in shown, "住在后院" in shown, typed in shown) == (422, True, True, True)
    assert Person.objects.count() == 0
