import json
from pathlib import Path

import pytest

from tests.config.cli.conftest import Run

pytestmark = pytest.mark.slow


def test_a_house_is_measured_and_the_figures_are_written_down(run: Run, tmp_path: Path) -> None:
    said = run(
        "bench",
        "--times",
        "1",
        "--part",
        "pages",
        "--part",
        "saving",
        "--part",
        "finding",
        "--people",
        "100",
        "--json",
        "found.json",
    )
    assert said.returncode in {0, 1}, said.stderr
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    assert found["engine"] == "sqlite"
    lines = {measure["what"]: measure for measure in found["measures"]}
    assert lines["queries for it"]["found"] == 16
    assert lines["queries for it"]["missed"] is False
    assert lines["save a service with 60 people"]["aim"] == 100
    assert lines["save a contact note"]["aim"] == 50
    assert lines["open the page of a case"]["aim"] == 60
    assert lines["queries for the page of a case"]["missed"] is False
    assert lines["find someone by four digits of a phone, of one site"]["aim"] == 5
    assert said.returncode == any(measure["missed"] for measure in found["measures"])


def test_a_snapshot_gives_the_report_of_the_house(run: Run, tmp_path: Path) -> None:
    said = run("demo", "--into", "large", "--no-serve")
    assert said.returncode == 0, said.stderr
    assert run("--house", "large", "snapshot", "columns").returncode == 0
    told = run("--house", "large", "report", "2025")
    assert told.returncode == 0, told.stderr
    assert run("--house", "large", "report", "2025", "--snapshot", "columns").stdout == told.stdout
    site = ("--site", "皮村童缘")
    in_columns = run("--house", "large", "report", "2025", *site, "--snapshot", "columns")
    assert in_columns.stdout == run("--house", "large", "report", "2025", *site).stdout
