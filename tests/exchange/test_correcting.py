"""A clerk says what a sheet is: it is read again in that light, and nobody else may say it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.exchange.books import ledger, workbook
from tests.exchange.conftest import taken_in, understood
from tests.factories.cast import Cast
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.models import Event
from xiezuo.exchange.actions import correcting
from xiezuo.exchange.actions.correcting import (
    Said,
    correct_table,
    leave_sheet_out,
    set_corrections_aside,
)
from xiezuo.exchange.actions.receiving import read_batch
from xiezuo.exchange.models import ImportBatch, ImportedRow, ImportedSheet
from xiezuo.exchange.rows import values_of
from xiezuo.exchange.vocab import BatchState

ODD = [("甲", "乙", "丙"), ("亲子阅读", "3月4日", 12), ("讲堂", "3月11日", 30)]
WHAT_IT_IS = Said("activity_ledger", (1, 1), 2023)
NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)
COLUMNS = {"A": "name", "B": "date", "C": "heads_total"}


def odd(*, author: str = "") -> bytes:
    return workbook(("统计", ODD), author=author)


def sheet_of(batch: ImportBatch) -> ImportedSheet:
    return batch.sheets.select_related("batch").get(position=0)


def said(cast: Cast, batch: ImportBatch, what: Said) -> ImportBatch:
    return correct_table(by=cast.chenli, batch=batch, position=0, number=0, said=what)


def as_meant(cast: Cast, batch: ImportBatch) -> ImportBatch:
    said(cast, batch, WHAT_IT_IS)
    return said(cast, batch, Said("activity_ledger", (1, 1), 2023, COLUMNS))


def rows(batch: ImportBatch) -> list[dict[str, Any]]:
    return [values_of(row) for row in ImportedRow.objects.filter(sheet__batch=batch).order_by("row")]


def test_a_sheet_nobody_could_guess_is_read_as_the_clerk_says(cast: Cast) -> None:
    batch = understood(cast.chenli, odd())
    assert (rows(batch), batch.rows_total) == ([], 0)
    batch = as_meant(cast, batch)
    assert [row["name"] for row in rows(batch)] == ["亲子阅读", "讲堂"]
    assert (batch.rows_total, batch.state) == (2, BatchState.UNDERSTOOD)
    assert sheet_of(batch).understanding["cells"] == {"imported": 6, "classified": 3, "reported": 0, "total": 9}
    codes = Event.objects.filter(code="exchange.sheet.corrected").values_list("by_id", flat=True)
    assert list(codes) == [cast.chenli.id, cast.chenli.id]


def test_a_field_moves_to_the_column_it_is_chosen_for(cast: Cast) -> None:
    batch = as_meant(cast, understood(cast.chenli, odd()))
    said(cast, batch, Said("activity_ledger", (1, 1), 2023, COLUMNS | {"B": "name"}))
    assert sheet_of(batch).understanding["tables"][0]["columns"] == {"B": "name", "C": "heads_total"}


def test_another_kind_keeps_of_the_columns_what_that_kind_has(cast: Cast) -> None:
    batch = as_meant(cast, understood(cast.chenli, odd()))
    said(cast, batch, Said("volunteer_list", (1, 1), 2023, COLUMNS))
    table = sheet_of(batch).understanding["tables"][0]
    assert (table["kind"], table["columns"]) == ("volunteer_list", {"A": "name"})


def test_what_holds_nothing_of_the_cells_is_kept_of_a_correction(cast: Cast) -> None:
    batch = as_meant(cast, understood(cast.chenli, odd()))
    kept = ImportBatch.objects.get().corrections
    assert kept == {
        "0": {"tables": {"0": {"kind": "activity_ledger", "header": [1, 1], "year": 2023, "columns": COLUMNS}}}
    }
    assert batch.corrections == kept


def test_a_sheet_is_left_out_and_taken_in_after_all_with_its_corrections(cast: Cast) -> None:
    batch = as_meant(cast, understood(cast.chenli, odd()))
    batch = leave_sheet_out(by=cast.chenli, batch=batch, position=0, out=True)
    assert (rows(batch), sheet_of(batch).role, batch.rows_total) == ([], "left_out", 0)
    leave_sheet_out(by=cast.chenli, batch=batch, position=0, out=False)
    assert len(rows(batch)) == 2


def test_corrections_set_aside_leave_the_sheet_as_it_was(cast: Cast) -> None:
    batch = understood(cast.chenli, ledger())
    before = rows(batch)
    said(cast, batch, Said(columns={"F": "place"}))
    assert rows(batch) != before
    set_corrections_aside(by=cast.chenli, batch=batch, position=0, known_too=False)
    assert (rows(batch), batch.corrections) == (before, {})


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (Said(kind="nonsense"), "exchange.kind_unknown"),
        (Said(header=(0, 2)), "exchange.heading_rows"),
        (Said(header=(3, 2)), "exchange.heading_rows"),
        (Said(header=(1, 7)), "exchange.heading_rows"),
        (Said(header=(90, 90)), "exchange.heading_rows"),
        (Said(year=23), "exchange.year"),
        (Said(columns={"F": "phone"}), "exchange.field_unknown"),
        (Said(columns={"F": "place", "I": "place"}), "exchange.field_twice"),
        (Said(columns={"ZZ": "place"}), "exchange.column"),
        (Said(columns={"F'": "place"}), "exchange.column"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(cast: Cast, what: Said, code: str) -> None:
    batch = understood(cast.chenli, ledger())
    before = rows(batch)
    with pytest.raises(RuleBroken) as refusal:
        said(cast, batch, what)
    assert (refusal.value.code, rows(batch), ImportBatch.objects.get().corrections) == (code, before, {})


def test_a_colleague_may_not_correct_the_file_and_nobody_one_that_is_taken_in(cast: Cast) -> None:
    batch = understood(cast.xiaomei, odd())
    with pytest.raises(NotAllowed):
        leave_sheet_out(by=cast.haiyan, batch=batch, position=0, out=True)
    done = taken_in(cast.chenli, ledger())
    with pytest.raises(RuleBroken):
        leave_sheet_out(by=cast.chenli, batch=done, position=0, out=True)


def said_meanwhile(cast: Cast, batch: ImportBatch, monkeypatch: pytest.MonkeyPatch, what: Said) -> None:
    """While the next correction is being read, another is sent and finished."""
    read, waiting = correcting.read_again, [what]

    def slowly(again: ImportBatch) -> Any:
        reading = read(again)
        if waiting:
            said(cast, batch, waiting.pop())
        return reading

    monkeypatch.setattr(correcting, "read_again", slowly)


def test_a_correction_that_was_overtaken_by_a_later_one_of_the_page_changes_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = said(cast, understood(cast.chenli, odd()), WHAT_IT_IS)
    said_meanwhile(cast, batch, monkeypatch, Said("activity_ledger", columns={"A": "name", "B": "date", "C": ""}))
    said(cast, batch, Said("activity_ledger", columns={"A": "name", "B": "", "C": ""}))
    assert sheet_of(batch).understanding["tables"][0]["columns"] == {"A": "name", "B": "date"}


def test_two_who_correct_at_the_same_moment_both_hold(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = said(cast, understood(cast.chenli, odd()), WHAT_IT_IS)
    said_meanwhile(cast, batch, monkeypatch, Said("activity_ledger", columns={"A": "name"}))
    moments = iter([NOON + timedelta(seconds=1), NOON])
    monkeypatch.setattr(correcting, "now", lambda: next(moments))
    said(cast, batch, Said("activity_ledger", columns={"B": "date"}))
    assert sheet_of(batch).understanding["tables"][0]["columns"] == {"A": "name", "B": "date"}


def test_a_large_file_is_read_again_in_the_background(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(correcting, "CELLS_AT_ONCE", 5)
    batch = understood(cast.chenli, odd())
    batch = said(cast, batch, WHAT_IT_IS)
    assert batch.state == BatchState.READING
    assert read_batch(batch.pk).state == BatchState.UNDERSTOOD
    assert sheet_of(batch).kind == "activity_ledger"
