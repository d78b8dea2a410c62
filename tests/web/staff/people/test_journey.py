"""The page of the growth path, and writing its next step."""

import uuid

import pytest

from tests.factories.cast import Cast
from tests.factories.growth import begins
from tests.web.staff.people.conftest import TODAY, logged_in
from xiezuo.forms.models import Draft
from xiezuo.people.models import JourneyEntry, Person
from xiezuo.people.vocab import Role

KEY = "7d2b0e4e-0000-4000-8000-000000000001"
STEP = {"kind": "begins", "role": "volunteer", "on": "2024-09-01", "own_words": "我想帮忙。", "note": "她自己提的。"}


def step(cast: Cast, person: Person, typed: dict[str, str]) -> tuple[int, str]:
    url = f"/people/{person.pk}/journey/step/?draft={KEY}"
    answer = logged_in(cast.xiaomei).post(url, typed)
    return answer.status_code, answer.content.decode()


def test_a_step_is_written_in_her_words_and_stands_on_the_path(cast: Cast, wang: Person) -> None:
    assert step(cast, wang, STEP)[0] == 302
    assert JourneyEntry.objects.values_list("step", "own_words", "note").get() == (
        "begins",
        "我想帮忙。",
        "她自己提的。",
    )
    shown = logged_in(cast.xiaomei).get(f"/people/{wang.pk}/journey/").content.decode()
    assert "<q>我想帮忙。</q>" in shown
    assert "Became: volunteer" in shown
    assert Draft.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"own_words": ""}, "Write what the person says of it, in their own words."),
        ({"role": ""}, "Choose the role that begins or rests."),
        ({"kind": "rests"}, "王素芬 is not that at present: volunteer."),
        ({"kind": "happened"}, "Write what happened."),
    ],
)
def test_what_is_refused_stays_on_the_page_and_in_the_draft(
    cast: Cast, wang: Person, change: dict[str, str], words: str
) -> None:
    status, shown = step(cast, wang, STEP | change)
    assert status == 422
    assert words in shown
    assert "她自己提的。" in shown
    assert Draft.objects.get().key == uuid.UUID(KEY)
    again = logged_in(cast.xiaomei).get(f"/people/{wang.pk}/journey/step/?draft={KEY}").content.decode()
    assert "她自己提的。" in again


def test_something_on_the_way_is_a_growth_note(cast: Cast, wang: Person) -> None:
    typed = {"kind": "happened", "what": "第一次上台讲话", "own_words": "腿都在抖。", "on": "2025-05-04"}
    assert step(cast, wang, typed)[0] == 302
    shown = logged_in(cast.xiaomei).get(f"/people/{wang.pk}/").content.decode()
    assert "第一次上台讲话" in shown and "<q>腿都在抖。</q>" in shown


def test_a_note_of_a_worker_is_not_printed(cast: Cast, wang: Person) -> None:
    begins(cast.xiaomei, wang, Role.VOLUNTEER, TODAY)
    shown = logged_in(cast.xiaomei).get(f"/people/{wang.pk}/journey/").content.decode()
    assert '<p class="meta no-print">Worker\'s note: 谈过了，她自己提出来的。</p>' in shown
