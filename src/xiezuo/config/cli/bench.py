"""`xiezuo bench`: how fast the house is on this machine, measured on a sample house."""

from __future__ import annotations

import json
import platform
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xiezuo.config.cli import Stop
from xiezuo.config.cli.demo import FULL, SMALL
from xiezuo.config.cli.words import _

if TYPE_CHECKING:
    from xiezuo.config.cli.measuring.measure import Measure

PARTS = ("pages", "saving", "import", "server", "analytics", "finding", "walls", "papers")


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        yield keep.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="xiezuo-bench-", ignore_cleanup_errors=True) as outside:
        yield Path(outside, "demo-house")


@click.command(
    help=_(
        "Measure this version on this machine, on a sample house that is thrown away afterwards. In brackets stands "
        "how much of the time this process computed: where it is far less, the machine was busy with something else."
    ),
    epilog=_(
        "Examples: xiezuo bench · xiezuo bench --scale full --keep large-house --json found.json · "
        "xiezuo bench --part pages (ends with 1 when an aim is missed)"
    ),
)
@click.option("--times", default=20, show_default=True, help=_("How often each thing is done; the median counts."))
@click.option("--scale", type=click.Choice([SMALL, FULL]), default=SMALL, show_default=True, help=_("How large."))
@click.option("--keep", type=click.Path(file_okay=False, path_type=Path), help=_("Keep the house here, and use it."))
@click.option("--postgres", default="", help=_("postgresql://user@host:5432/name: an empty database for it."))
@click.option("--json", "into", type=click.Path(dir_okay=False, path_type=Path), help=_("Write the figures here."))
@click.option("--workbook", type=click.Path(exists=True, path_type=Path), help=_("Understand this workbook instead."))
@click.option("--rows", default=0, help=_("Service rows for the year report in columns (10000000)."))
@click.option("--people", default=0, help=_("Add so many invented people and find them (1000000)."))
@click.option("--part", "parts", type=click.Choice(PARTS), multiple=True, help=_("Only this part; may be repeated."))
def command(
    times: int,
    scale: str,
    keep: Path | None,
    postgres: str,
    into: Path | None,
    workbook: Path | None,
    rows: int,
    people: int,
    parts: tuple[str, ...],
) -> None:
    from xiezuo.config.cli.demo import prepare

    with _folder(keep) as folder:
        began = time.monotonic()
        prepare(folder, scale, postgres)
        click.echo(_("The house is there after %(s)s s.") % {"s": f"{time.monotonic() - began:.0f}"})
        found = _measure(folder, times, workbook, rows, people, parts or PARTS)
    if into is not None:
        into.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if any(measure["missed"] for measure in found["measures"]):
        raise Stop(_("An aim was missed."))


def _measure(
    folder: Path, times: int, workbook: Path | None, rows: int, people: int, parts: tuple[str, ...]
) -> dict[str, Any]:
    """Every part in turn; each line is told as soon as it is known."""
    from django.db import connection, connections

    from xiezuo.config.cli.measuring import analytics, finding, importing, load, pages, papers, saving, serving, walls

    ways: dict[str, Callable[[], list[Measure]]] = {
        "pages": lambda: pages.measure(times),
        "saving": lambda: saving.measure(times),
        "import": lambda: importing.measure(folder, workbook),
        "server": lambda: serving.measure(folder),
        "analytics": lambda: analytics.measure(rows),
        "finding": lambda: finding.measure(people),
        "walls": lambda: walls.measure(times),
        "papers": lambda: papers.measure(times),
    }
    found = {"engine": connection.vendor, "python": platform.python_version(), "cores": load.cores()}
    click.echo(" · ".join(map(str, found.values())))
    told: list[Measure] = []
    for part in parts:
        before = [measure for measure in [load.load()] if measure is not None]
        for measure in [*before, *ways[part]()]:
            told.append(measure)
            click.echo(measure.row())
        connections.close_all()
    return found | {"measures": [measure.as_json() for measure in told]}
