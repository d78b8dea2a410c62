"""Sign-in sheets as they are laid out: facts of an activity, names below, several activities one under the other."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import replace

from ..grid import Grid
from ..layout.headings import concepts_of
from ..text import squash, tidy
from ..values.counted import states_total
from ..vocabulary import table
from .find import Form, find_title
from .labels import EXACT, field_of, is_doubtful, pairs_inside, pure_label
from .lists import WIDE, NameList, find_bare_names, find_lists, names_in
from .pairs import Pair, PairFinder

ACTIVITY, SHORT_NAME = "活动", 2
QUOTES = ("“”", '""', "《》", "「」", "‘’", "【】")
LEADING_DATE = re.compile(r"^[（(]?(?:\d{4}年)?\d{1,2}月\d{1,2}[日号][）)]?\s*|^\d{4}[.\-/]\d{1,2}[.\-/]\d{1,2}\s*")
PERIODS = re.compile(
    r"\d{1,4}(?:年|月|日|号|[.\-/])(?:\d{1,2}(?:月|日|号|[.\-/])?)*|^\d+$|第?[一二三四五六七八九十\d]+(?:月份?|季度|周|期)$"
)
HAN_NAME = re.compile(r"[㐀-鿿]{2}")
LOOSE_ROWS = 2
WIDE_GAP = re.compile(r"\s{2,}|\u3000")
OPENING = ("name", "date", "activity_no", "place")  # facts with which another activity begins


def find_signin(grid: Grid, fields: Mapping[str, str], facts: Mapping[str, str], never: list[str]) -> list[Form]:
    """One form for each activity; none where no list of names was found."""
    lists = find_lists(grid, fields, facts) or find_bare_names(grid)
    lists = [names for names in lists if not _is_other(names, never)]
    forms: list[Form] = []
    latest: list[Form] = []  # the activities whose names stand in the same rows
    previous = 0
    filled = grid.filled_rows()
    for names in lists:
        gap = filled[bisect_right(filled, previous) : bisect_left(filled, names.header)]
        start = _opening(grid, gap, facts, latest) if forms else 0
        for form in latest:
            form.rows += gap if start is None else gap[:start]
        if start is None:
            latest[0].lists.append(names)
            latest[0].rows += sorted({names.header, *names.rows})
        else:
            latest = _side_by_side(grid, gap[start:], names, facts)
            forms += latest
        previous = names.last
    for form in latest:
        form.rows += filled[bisect_right(filled, previous) :]
    for form in forms:
        _read_facts(grid, form)
    return [] if any(_is_below_table(grid, form) for form in forms) else forms


def _is_below_table(grid: Grid, form: Form) -> bool:
    """Rows of several cells above the names that are no facts: another table stands there."""
    used = {cell for pair in form.pairs for cell in (pair.at, pair.place, *pair.more)}
    above = [row for row in form.rows if row < form.lists[0].header]
    loose = [sum((row, col) not in used and col in form.cols for col in grid.rows[row]) for row in above]
    headed = sum(pair.place[0] > pair.at[0] for pair in form.pairs) > 1  # labels with their answers below them
    return sum(cells > 1 for cells in loose) >= (1 if headed else LOOSE_ROWS)


def _side_by_side(grid: Grid, above: list[int], names: NameList, facts: Mapping[str, str]) -> list[Form]:
    """An activity over all blocks, or one over each block where each has a name or a day of its own."""
    rows = sorted({*above, names.header, *names.rows})
    starts = [min(block.headings) for block in names.blocks]
    bands = [range(a, b) for a, b in zip(starts, [*starts[1:], grid.n_cols + 1], strict=True)]
    told = [set().union(*(_facts_in(grid, row, facts, band) for row in above)) & {"name", "date"} for band in bands]
    if len(bands) < 2 or not set.intersection(*told):
        return [Form(rows, range(1, grid.n_cols + 1), lists=[names])]
    parts = [NameList(names.header, [block], names.rows, names.last) for block in names.blocks]
    return [Form(list(rows), band, lists=[part]) for band, part in zip(bands, parts, strict=True)]


def _is_other(names: NameList, never: list[str]) -> bool:
    """Goods, hours or money in the headings: another kind of list."""
    headings = [text for block in names.blocks for text in block.headings.values()]
    return any(concepts_of(text).get(concept, 0.0) >= EXACT for text in headings for concept in never)


def _opening(grid: Grid, gap: list[int], facts: Mapping[str, str], before: list[Form]) -> int | None:
    """Where in the rows between two lists the next activity begins; None where the list goes on.

    A title alone begins an activity only after one that had no more than a title itself: below facts, 志愿者签到 is
    a second list of the same activity.
    """
    opens = [i for i, row in enumerate(gap) if _facts_in(grid, row, facts) & set(OPENING)]
    if not opens:
        title = next((i for i, row in enumerate(gap) if _is_title(grid, row)), None)
        if title is None:
            return None
        told = any(_facts_in(grid, row, facts) & set(OPENING) for form in before for row in form.rows)
        return None if told else title
    first = opens[0]
    while first > 0 and _is_title(grid, gap[first - 1]):
        first -= 1
    return first


def _facts_in(grid: Grid, row: int, facts: Mapping[str, str], cols: range | None = None) -> set[str]:
    found: set[str] = set()
    for col, value in grid.rows[row].items():
        if cols is not None and col not in cols:
            continue
        label = pure_label(value)
        labels = [label] if label and not is_doubtful(value) else [one for one, _ in pairs_inside(value)]
        found |= {name for one in labels if (name := field_of(one, facts))}
    return found


def _is_title(grid: Grid, row: int) -> bool:
    """A single text over several columns, or one that speaks of signing in."""
    if len(grid.rows[row]) != 1:
        return False
    col, value = next(iter(grid.rows[row].items()))
    if not isinstance(value, str) or pure_label(value) or pairs_inside(value):
        return False
    span = grid.span_from(row, col)
    return (span is not None and span[3] - span[1] >= WIDE - 1) or any(
        word in squash(value) for word in ("签到", "簽到")
    )


def _read_facts(grid: Grid, form: Form) -> None:
    listed = {row for names in form.lists for row in (names.header, *names.rows)}
    finder = PairFinder(grid, [row for row in form.rows if row not in listed], cols=form.cols)
    form.pairs = [part for pair in finder.pairs() for part in _total_apart(pair)]
    above = [row for row in form.rows if row < form.lists[0].header]
    form.title = find_title(grid, above, finder)


def _total_apart(pair: Pair) -> list[Pair]:
    """负责人：何田    共计 34 人: how many came, written behind another answer without a label of its own."""
    gap = WIDE_GAP.search(pair.value) if isinstance(pair.value, str) and pair.at == pair.place else None
    if gap is None or not states_total(str(pair.value)[gap.end() :]):
        return [pair]
    before, total = str(pair.value)[: gap.start()], str(pair.value)[gap.end() :]
    return [replace(pair, value=before or None), replace(pair, label=table("concepts")["stated_count"][0], value=total)]


def is_named(grid: Grid, form: Form) -> bool:
    """Whether anybody stands in its lists."""
    return any(names_in(grid, names) for names in form.lists)


def title_name(text: str, endings: list[str], generic: list[str]) -> str | None:
    """The activity that a title names: 助康健康体检活动签到表 → 助康健康体检, 亲子活动签到表 → 亲子活动."""
    text = LEADING_DATE.sub("", tidy(text))
    for ending in sorted(endings, key=len, reverse=True):
        match = re.search(r"\s*".join(map(re.escape, ending)) + r"\s*(?:[（(].*[）)])?$", text, re.IGNORECASE)
        if match is None:
            continue
        name = text[: match.start()].strip(" _＿-—·:：、，")
        name = name[1:-1] if name[:1] + name[-1:] in QUOTES and not set(name[1:-1]) & set("".join(QUOTES)) else name
        if ending.startswith(ACTIVITY) and 0 < len(name) <= SHORT_NAME:
            name += ACTIVITY
        return None if not name or squash(name) in map(squash, generic) else name
    return None


def sheet_title(text: str, endings: list[str], generic: list[str]) -> str | None:
    """The activity that a sheet is named after: 5.6亲子阅读 → 亲子阅读; None for 签到, 5月, Sheet1."""
    name = PERIODS.sub("", text).strip(" _-·（）()")
    name = title_name(name, endings, generic) or ("" if name in endings else name)
    return name if HAN_NAME.search(name) and name not in generic else None
