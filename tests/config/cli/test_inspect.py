"""`xiezuo import inspect`: workbooks read at the command line, also by layouts that were given away."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.exchange.books import workbook
from xiezuo.config.cli import Stop
from xiezuo.config.cli.importing import command
from xiezuo.exchange.layout_packs import pack_of
from xiezuo.exchange.sheets import KnownLayout

LAYOUT = KnownLayout("l-1", "activity_ledger", (("甲", "name"), ("乙", "date"), ("丙", "heads_total")))
HEAD = {"id": "a", "title": "版式", "version": "1.0", "author": "甲机构", "licence": "CC0-1.0", "source": "导入"}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "怪表.xlsx"
    path.write_bytes(workbook(("2024年", [("乙", "甲", "丙"), ("3月4日", "亲子阅读", 12), ("5月1日", "讲堂", 30)])))
    return path


def inspected(*said: str | Path) -> str:
    done = CliRunner().invoke(command, ["inspect", *map(str, said)], catch_exceptions=False)
    return done.output


def test_a_file_nobody_could_guess_is_read_by_a_layout_from_others(book: Path, tmp_path: Path) -> None:
    assert "activity" not in inspected(book)
    pack = tmp_path / "版式.json"
    pack.write_text(json.dumps(pack_of([("月报", LAYOUT)], **HEAD)), encoding="utf-8")
    assert "data · activity_ledger: 2 activity" in inspected(book, "--layouts", pack)


def test_a_broken_pack_stops_before_anything_is_read(book: Path, tmp_path: Path) -> None:
    pack = tmp_path / "版式.json"
    pack.write_text("{}", encoding="utf-8")
    with pytest.raises(Stop, match="not_a_pack"):
        inspected(book, "--layouts", pack)
