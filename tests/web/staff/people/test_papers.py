"""What the page of a person says of the number of a paper: wrong, odd and not checkable are kept apart."""

import pytest
from django.utils.translation import override

from tests.factories.cast import Cast
from tests.factories.facts import known
from tests.web.staff.people.conftest import TODAY, logged_in
from xiezuo.people.models import Person
from xiezuo.people.sensitive import keep_sensitive
from xiezuo.web.staff.people.papers import checked


@pytest.mark.parametrize(
    ("kind", "number", "state", "words"),
    [
        ("resident_id", "11010519491231002X", "ok", ["The number fits its rules."]),
        ("resident_id", "239999199001020023", "wait", ["The first six digits name no county that exists today."]),
        (
            "",
            "911100199001010019",
            "",
            ["Of a foreign resident's number only the date and the last character are checked."],
        ),
        ("passport", "E12345678", "", ["The number of this kind of paper cannot be checked here."]),
    ],
)
def test_a_number_says_what_is_known_of_it(
    cast: Cast, wang: Person, kind: str, number: str, state: str, words: list[str]
) -> None:
    wang.id_type, wang.id_number, wang.sex = kind, number, "0"
    with override("en"):
        found = checked(wang, TODAY)
        assert (found.state, [str(word) for word in found.words]) == (state, words)


def test_a_wrong_number_that_a_sheet_brought_is_said_on_the_page(cast: Cast, wang: Person) -> None:
    known(wang).id_number = "110105194912310021"
    keep_sensitive([wang])
    shown = logged_in(cast.xiaomei).get(f"/people/{wang.pk}/").content.decode()
    assert "The last character of this identity number does not fit the others." in shown
    assert "110105194912310021" not in shown
