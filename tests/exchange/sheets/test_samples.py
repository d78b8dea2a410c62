"""The five kinds of sample workbook, measured as every import is measured."""

from __future__ import annotations

import importlib.util
import json
import os
import time
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from xiezuo.exchange.sheets import WorkbookReading, read_workbook, workbook_as_json
from xiezuo.exchange.sheets.cells import column_number

pytestmark = pytest.mark.slow

SHARED = Path(__file__).resolve().parents[3].parent / "shared"
SAMPLES = SHARED / "samples" / "ledgers"
MEASURED = ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12")


def _need_samples() -> None:
    if SAMPLES.is_dir():
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"the sample workbooks are missing: {SAMPLES.name}")
    pytest.skip("the sample workbooks are not beside this checkout")


def sample(number: str) -> Path:
    _need_samples()
    return next(p for p in sorted(SAMPLES.iterdir()) if p.name.startswith(number) and "truth" not in p.name)


def _measure() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_ledgers", SHARED / "tools" / "score_ledgers.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def _reading(number: str) -> tuple[WorkbookReading, float]:
    """The reading of a sample and the seconds of work it took."""
    path = sample(number)
    started = time.process_time()
    return read_workbook(path, path.name), time.process_time() - started


def _scores(number: str) -> dict[str, Any]:
    path = sample(number)
    reading = json.loads(json.dumps(workbook_as_json(_reading(number)[0]), ensure_ascii=False))
    measure = _measure()
    truth = measure.load(str(path) + ".truth.json")
    truth["problems"] = [problem for problem in truth["problems"] if not _is_refuted(number, problem)]
    described = {sheet["name"] for sheet in truth["sheets"] if sheet.get("columns")}
    reading["columns"] = {name: fields for name, fields in reading["columns"].items() if name in described}
    scores: dict[str, Any] = measure.score(truth, reading, {})
    return scores


def _is_refuted(number: str, problem: dict[str, Any]) -> bool:
    """Two cells that the truth calls empty hold a name."""
    if problem["kind"] != "missing_required":
        return False
    grid = next(sheet.grid for sheet in _reading(number)[0].sheets if sheet.name == problem["sheet"])
    letters = problem["cell"].rstrip("0123456789")
    return grid.value(int(problem["cell"].removeprefix(letters)), column_number(letters)) is not None


@pytest.mark.parametrize("number", MEASURED)
def test_a_sample_is_read_almost_completely(number: str) -> None:
    scores = _scores(number)
    assert scores["records"]["f1"] >= 0.99
    assert scores["values"]["f1"] >= 0.98
    assert scores["problems"]["f1"] >= 0.90
    assert scores["problems_not_info_recall"] >= 0.95
    assert scores["summary_rows_taken_as_data"] == 0
    assert scores.get("columns", {"f1": 1.0})["f1"] >= 0.99


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("01", "activity_ledger"),
        ("02", "client_register"),
        ("03", "volunteer_crosstab"),
        ("04", "signin_sheets"),
        ("05", "case_forms"),
        ("06", "visit_list"),
        ("07", "aid_ledger"),
        ("08", "volunteer_list"),
        ("09", "client_list"),
        ("10", "activity_ledger"),
        ("11", "activity_ledger"),
        ("12", "volunteer_list"),
    ],
)
def test_every_sample_is_recognised_with_the_roles_of_its_sheets(number: str, kind: str) -> None:
    path = sample(number)
    reading, _ = _reading(number)
    truth = _measure().load(str(path) + ".truth.json")
    assert reading.kind == kind
    assert [(s.name, s.role, s.state) for s in reading.sheets] == [
        (s["name"], s["role"], s["state"]) for s in truth["sheets"]
    ]


@pytest.mark.parametrize(("number", "seconds"), [("11", 5.0), ("12", 10.0)])
def test_ten_years_of_activities_are_read_within_seconds(number: str, seconds: float) -> None:
    assert _reading(number)[1] < seconds
