"""What the cells of a column look like, whatever its heading says."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from ..cells import Value
from ..grid import Grid, shown
from ..text import squash
from ..values.clock import interval_ends, parse_clock
from ..values.dates import parse_date
from ..values.names import has_surname, is_nickname
from ..values.numbers import parse_number
from ..vocabulary import relations, table, words

SAMPLE = 400
LONGEST = 40  # of a text that is looked at for what it is
YEAR = "year "
ID = re.compile(r"\d{6}\s?\d{8}\s?\d{3}[\dxX]")
PHONE = re.compile(r"1\d{10}")


def profile(grid: Grid, col: int, rows: list[int]) -> Counter[str]:
    """How many of the column's cells look like what; ``n`` counts the cells that say something."""
    step = max(1, len(rows) // SAMPLE)
    values = (grid.own(row, col) for row in rows[::step])
    return count_kinds(value for value in values if value is not None)


def count_kinds(values: Iterable[Value]) -> Counter[str]:
    """The same for any values."""
    counts: Counter[str] = Counter()
    for value in values:
        text = squash(shown(value))
        if not text or text in words("blank") or text in words("unknown"):
            counts["blank"] += 1
            continue
        counts["n"] += 1
        counts.update(_kinds(value, text))
    return counts


def _kinds(value: Value, text: str) -> Iterable[str]:
    if parse_number(value).value is not None or parse_number(value, "hours").value is not None:
        yield "number"
    if isinstance(value, int | float) and 0 < value < 100_000 and float(value).is_integer():
        yield "counting"
    if isinstance(value, dt.date) or _date_like(value):
        yield "date"
        if year := parse_date(value).year:
            yield f"{YEAR}{year}"
    if ID.fullmatch(text):
        yield "id"
    if PHONE.fullmatch(text.replace("-", "")):
        yield "phone"
    if text in words("male") or text in words("female"):
        yield "sex"
        yield "sex_or_code"
    elif text in ("1", "2"):
        yield "sex_or_code"
    if has_surname(text) or is_nickname(text):
        yield "name"
    if text in words("yes") or text in words("no"):
        yield "tick"
    if (":" in text or isinstance(value, dt.time | float)) and _is_clock(value):
        yield "clock"
    if len(text) > 12:
        yield "long"
    yield from _spoken_looks(text)


@lru_cache(maxsize=20_000)
def _spoken_looks(text: str) -> tuple[str, ...]:
    """What a text is by its words or its ending: a school, a class, an address."""
    if text.isascii() or len(text) > LONGEST:
        return ()
    data = table("looks")
    by_ending = (look for look, endings in data["endings"].items() if text.endswith(tuple(endings)))
    by_word = (look for look, whole in data["words"].items() if text in whole)
    by_pattern = (look for look, pattern in data["patterns"].items() if re.search(pattern, text))
    relation = ("relation",) if text in relations() or text in words("descendants") | words("adults") else ()
    return (*dict.fromkeys((*by_ending, *by_word, *by_pattern)), *relation)


def years_apart(counts: Counter[str]) -> int:
    """Years between the earliest and the latest day that a column names with its year."""
    years = [int(kind.removeprefix(YEAR)) for kind in counts if kind.startswith(YEAR)]
    return max(years) - min(years) if years else 0


def _is_clock(value: Value) -> bool:
    return parse_clock(value) is not None or (isinstance(value, str) and interval_ends(value) is not None)


def _date_like(value: Value) -> bool:
    written = parse_date(value)
    return written.start is not None or written.problem in ("date_ambiguous", "date_vague", "date_impossible")


def share(counts: Counter[str], kind: str) -> float:
    """Share of the cells that say something; 1.0 for an empty column, which contradicts nothing."""
    return counts[kind] / counts["n"] if counts["n"] else 1.0
