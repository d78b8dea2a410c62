"""Two people do the same with a file at the same moment."""

from hashlib import sha256
from pathlib import Path

import pytest

from tests.exchange.books import register
from tests.factories.at_once import at_once, failures
from tests.factories.cast import Cast, make_cast
from xiezuo.common.models import Event
from xiezuo.exchange.actions.applying import apply_batch, begin_apply
from xiezuo.exchange.actions.receiving import keep_file, read_batch
from xiezuo.exchange.models import ImportBatch
from xiezuo.exchange.vocab import BatchState
from xiezuo.people.models import Household, Person

pytestmark = pytest.mark.slow


@pytest.fixture
def cast(lasting: None, settings: object, tmp_path: Path) -> Cast:
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    return make_cast()


def test_the_same_file_brought_at_the_same_moment_is_one_import(cast: Cast) -> None:
    content = register()
    answers = at_once(
        *(
            lambda by=by: keep_file(by=by, content=content, file_name="表.xlsx")
            for by in (cast.xiaomei, cast.chenli) * 3
        )
    )
    assert failures(answers) == []
    batch = ImportBatch.objects.get()
    assert [kept for kept, _new in answers] == [batch] * 6  # type: ignore[misc]
    assert sorted(new for _kept, new in answers) == [False] * 5 + [True]  # type: ignore[misc]
    assert (batch.sha256, Event.objects.filter(code="exchange.import.received").count()) == (
        sha256(content).hexdigest(),
        1,
    )
    assert read_batch(batch.pk).state == BatchState.UNDERSTOOD


def test_two_workers_that_take_in_one_file_take_it_in_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xiezuo.exchange.actions.applying.STEP_ROWS", 2)
    batch = read_batch(keep_file(by=cast.xiaomei, content=register(), file_name="表.xlsx")[0].pk)
    begin_apply(by=cast.xiaomei, batch=batch, site=cast.east, centres={})
    assert failures(at_once(*[lambda: apply_batch(batch.pk)] * 3)) == []
    assert (Person.objects.count(), Household.objects.count()) == (5, 3)
    batch.refresh_from_db()
    assert (batch.state, batch.rows_done, batch.summary["people"]) == (BatchState.APPLIED, 8, 5)
