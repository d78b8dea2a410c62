"""Drafts: kept for their author, and for nobody else."""

import uuid

import pytest
from django.db import connection

from tests.factories.cast import Cast, make_cast
from xiezuo.common.errors import NotAllowed
from xiezuo.forms.access import draft_answers, drafts_for
from xiezuo.forms.actions import drop_draft, keep_draft
from xiezuo.orgs.access import Actor

pytestmark = pytest.mark.django_db
KEY = uuid.UUID("7d2b0e4e-0000-4000-8000-000000000001")


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def keep(by: Actor, note: str) -> None:
    keep_draft(by=by, form="service_record", key=KEY, title="家访", answers={"note": note})


def test_saving_again_replaces_what_was_there(cast: Cast) -> None:
    keep(cast.xiaomei, "房租")
    keep(cast.xiaomei, "房租涨了")
    assert draft_answers(cast.xiaomei, KEY) == {"note": "房租涨了"}
    assert [draft.revision for draft in drafts_for(cast.xiaomei)] == [2]


def test_a_colleague_can_neither_read_nor_replace_nor_drop_it(cast: Cast) -> None:
    keep(cast.xiaomei, "房租")
    assert draft_answers(cast.haiyan, KEY) == {}
    with pytest.raises(NotAllowed):
        keep(cast.haiyan, "别的")
    drop_draft(by=cast.haiyan, key=KEY)
    assert draft_answers(cast.xiaomei, KEY) == {"note": "房租"}


def test_the_database_holds_no_readable_word_of_it(cast: Cast) -> None:
    keep(cast.xiaomei, "她说怕丈夫知道")
    with connection.cursor() as cursor:
        cursor.execute("SELECT title, answers FROM forms_draft")
        title, answers = cursor.fetchone()
    assert "家访".encode() not in bytes(title)
    assert "怕丈夫".encode() not in bytes(answers)


def test_a_finished_draft_is_gone(cast: Cast) -> None:
    keep(cast.xiaomei, "房租")
    drop_draft(by=cast.xiaomei, key=KEY)
    assert draft_answers(cast.xiaomei, KEY) == {}
