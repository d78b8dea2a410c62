"""Who may open which page about people: a table by address and role."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.factories.cast import Cast
from tests.web.staff.people.conftest import logged_in
from xiezuo.people.actions import found_household
from xiezuo.people.models import Person, ReadLog

OF_A_PERSON = [
    "",
    "services/",
    "journey/",
    "journey/step/?draft=7d2b0e4e-0000-4000-8000-000000000001",
    "family/",
    "consents/",
    "readers/",
    "correct/?draft=7d2b0e4e-0000-4000-8000-000000000001",
]
EVERYONES = ["/people/", "/people/search/", "/people/register/?draft=7d2b0e4e-0000-4000-8000-000000000002"]
ACTORS = {"xiaomei": 200, "chenli": 200, "haiyan": 403, "zhiyuan": 403}
NOBODY = "You do not work with this person, or there is no such person. A supervisor can assign them to you."


def words_of(response: HttpResponse, pk: int) -> str:
    """The page without what differs from one request to the next."""
    text = response.content.decode().replace(f"/people/{pk}/", "").replace(f"?person={pk}", "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


@pytest.mark.parametrize("page", OF_A_PERSON)
@pytest.mark.parametrize(("who", "status"), ACTORS.items())
def test_a_person_is_open_to_their_site_and_to_supervisors(
    cast: Cast, wang: Person, page: str, who: str, status: int
) -> None:
    response = logged_in(getattr(cast, who)).get(f"/people/{wang.pk}/{page}")
    assert response.status_code == status
    assert ("王素芬" in response.content.decode()) == (status == 200)


@pytest.mark.parametrize("page", OF_A_PERSON)
def test_who_is_not_logged_in_is_asked_to_and_comes_back(wang: Person, page: str) -> None:
    response = Client().get(f"/people/{wang.pk}/{page}")
    assert response.status_code == 302
    assert response.headers["Location"].startswith(f"/login/?next=/people/{wang.pk}/")


@pytest.mark.parametrize("page", OF_A_PERSON)
def test_the_refusal_says_the_same_whether_the_person_exists_or_not(cast: Cast, wang: Person, page: str) -> None:
    client = logged_in(cast.haiyan)
    known = words_of(client.get(f"/people/{wang.pk}/{page}"), wang.pk)
    unknown = words_of(client.get(f"/people/999999/{page}"), 999999)
    assert NOBODY in known
    assert known == unknown


@pytest.mark.parametrize("page", EVERYONES)
@pytest.mark.parametrize(("who", "status"), {"xiaomei": 200, "chenli": 200, "haiyan": 200, "zhiyuan": 403}.items())
def test_lists_and_the_form_are_for_whoever_works_with_people(cast: Cast, page: str, who: str, status: int) -> None:
    assert logged_in(getattr(cast, who)).get(page).status_code == status


@pytest.mark.parametrize(("who", "status"), ACTORS.items())
def test_a_household_is_open_to_whoever_works_with_one_of_its_members(
    cast: Cast, wang: Person, who: str, status: int
) -> None:
    household = found_household(by=cast.xiaomei, head=wang, on=wang.recorded_at.date())
    for page in ("", "correct/"):
        response = logged_in(getattr(cast, who)).get(f"/people/households/{household.pk}/{page}")
        assert response.status_code == status


POSTS = [
    *("show/", "assign/", "assign/1/end/", "household/", "relationships/"),
    *("guardians/", "guardians/1/end/", "collectors/", "collectors/1/end/"),
    "journey/step/keep/7d2b0e4e-0000-4000-8000-000000000001/",
]


@pytest.mark.parametrize("page", POSTS)
@pytest.mark.parametrize("who", ["haiyan", "zhiyuan"])
def test_nothing_about_a_person_is_changed_from_outside(cast: Cast, wang: Person, page: str, who: str) -> None:
    response = logged_in(getattr(cast, who)).post(f"/people/{wang.pk}/{page}", {"what": "phone", "role": "volunteer"})
    assert response.status_code == 403
    assert ReadLog.objects.count() == 0


@pytest.mark.parametrize("page", [*POSTS])
def test_changes_are_never_made_by_reading(cast: Cast, wang: Person, page: str) -> None:
    assert logged_in(cast.chenli).get(f"/people/{wang.pk}/{page}").status_code == 405


def test_only_a_supervisor_assigns(cast: Cast, wang: Person) -> None:
    to = {"site": cast.west.pk}
    assert logged_in(cast.xiaomei).post(f"/people/{wang.pk}/assign/", to).status_code == 403
    assert logged_in(cast.haiyan).get(f"/people/{wang.pk}/").status_code == 403
    assert logged_in(cast.chenli).post(f"/people/{wang.pk}/assign/", to).status_code == 302
    assert logged_in(cast.haiyan).get(f"/people/{wang.pk}/").status_code == 200
