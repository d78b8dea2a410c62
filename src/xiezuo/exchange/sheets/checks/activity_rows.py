"""Figures of one activity against each other."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from ..cells import column_number
from ..context import TableContext
from ..model import Record
from ..text import squash

TOLERANCE = 0.000001
GROUPS = ("child", "parent", "student", "teacher", "public")
Figures = dict[str, float]


def check_activity(ctx: TableContext, record: Record) -> None:
    """Sums, attendances, volunteers and codes of one record."""
    figures = {k: v for k, v in record.values.items() if k.startswith(("heads_", "att_", "vol_"))}
    for name, parts in _sums(ctx, figures):
        _check_sum(ctx, record, name, figures, parts)
    _check_attendances(ctx, record, figures)
    _check_volunteers(ctx, record, figures)
    _check_code(ctx, record)


def _sums(ctx: TableContext, figures: Figures) -> Iterable[tuple[str, list[float]]]:
    """Each written sum with the parts that are there."""
    for who in ("adult", "child"):
        yield f"heads_{who}_total", _present(figures, f"heads_{who}_m", f"heads_{who}_f")
    yield "heads_total", [p for who in ("adult", "child") for p in _people(figures, who)]
    for measure in ("n", "h"):
        yield f"vol_total_{measure}", _present(figures, *(f"vol_{group}_{measure}" for group in GROUPS))
    yield "att_total", _present(figures, "att_adult", "att_child")


def _present(figures: Figures, *names: str) -> list[float]:
    return [figures[name] for name in names if name in figures]


def _people(figures: Figures, who: str) -> list[float]:
    """The written total of adults or children, otherwise men and women."""
    return _present(figures, f"heads_{who}_total") or _present(figures, f"heads_{who}_m", f"heads_{who}_f")


def _check_sum(ctx: TableContext, record: Record, name: str, figures: Figures, parts: list[float]) -> None:
    col = ctx.columns.col(name)
    if col is None or name not in figures or not parts or name.split("_")[0] in ctx.columns.unknown_parts:
        return
    if abs(figures[name] - sum(parts)) > TOLERANCE:
        ctx.problem((record.row, col), "row_sum_mismatch", found=figures[name], expected=sum(parts))


def _check_attendances(ctx: TableContext, record: Record, figures: Figures) -> None:
    """Nobody can attend less than once: attendances below people in all, else below adults or children."""
    people = _present(figures, "heads_total") or [p for who in ("adult", "child") for p in _people(figures, who)]
    if people and _less(ctx, record, figures, "att_total", sum(people)):
        return
    for who in ("adult", "child"):
        parts = _people(figures, who)
        if parts:
            _less(ctx, record, figures, f"att_{who}", sum(parts))


def _less(ctx: TableContext, record: Record, figures: Figures, name: str, people: float) -> bool:
    col = ctx.columns.col(name)
    if col is None or name not in figures or figures[name] >= people - TOLERANCE:
        return False
    ctx.problem((record.row, col), "heads_gt_attendances", heads=people, attendances=figures[name])
    return True


def _check_volunteers(ctx: TableContext, record: Record, figures: Figures) -> None:
    for group in GROUPS:
        people, hours = f"vol_{group}_n", f"vol_{group}_h"
        col = ctx.columns.col(hours)
        if col and ctx.columns.col(people) and figures.get(hours, 0) > 0 and not figures.get(people):
            ctx.problem((record.row, col), "hours_without_people", hours=figures[hours])


def _check_code(ctx: TableContext, record: Record) -> None:
    """A service line against the list of codes that the same sheet carries."""
    written, cell = record.values.get("service_line"), record.cells.get("service_line")
    codes = [code for side in ctx.codes.get("service_line", []) for code in (*side.values, *side.meanings)]
    if written is None or cell is None or not codes or squash(written) in map(squash, codes):
        return
    col = column_number(cell.rstrip("0123456789"))
    near = get_close_matches(squash(written), map(squash, codes), 1, 0.4)
    ctx.problem((record.row, col), "code_unknown", written=written, nearest=near[0] if near else None)
