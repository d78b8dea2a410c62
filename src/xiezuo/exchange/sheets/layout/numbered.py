"""Several children of a family in columns of their own: 孩子1姓名 | 孩子1性别 | 孩子2姓名 …, 二孩, or headings said again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from ..text import squash
from ..vocabulary import table
from .headings import Path, bare, concepts_of

CHILD = "child"
FURTHER = range(2, 8)
DIGITS = {
    sign: i
    for i, signs in enumerate(("", "1一①大", "2二②两", "3三③", "4四④", "5五⑤", "6六⑥", "7七⑦"))
    for sign in signs
}
NAMED = 0.68


def numbered_children(paths: Mapping[int, Path]) -> dict[int, tuple[int, Path]]:
    """Column → which child it speaks of, counted from 1, and what it says; columns of a single child are left out."""
    found = {col: said for col, path in paths.items() if (said := _numbered(path))}
    if max((number for number, _ in found.values()), default=0) > 1:
        return found
    return _said_again(paths)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = "|".join(sorted(map(squash, table("roles")[CHILD]["words"]), key=len, reverse=True))
    digits = "".join(DIGITS)
    return (
        re.compile(rf"(?:第)?([{digits}])(?:个|名|位)?(?:{words}|孩)(.*)"),
        re.compile(rf"(?:{words})([{digits}])(.*)"),
    )


def _numbered(path: Path) -> tuple[int, Path] | None:
    text = "".join(squash(part) for part in path).translate(str.maketrans("", "", "()-_. /"))
    match = next((match for pattern in _patterns() if (match := pattern.fullmatch(text))), None)
    return (DIGITS[match[1]], (match[2] or "姓名",)) if match else None


def _said_again(paths: Mapping[int, Path]) -> dict[int, tuple[int, Path]]:
    """Where the heading of the names stands several times, everything else that does is of the next child each time."""
    times = Counter(paths.values())
    words = tuple(map(squash, table("roles")[CHILD]["words"]))
    names = [path for path in times if times[path] > 1 and _is_child_name(path, words)]
    if not names:
        return {}
    seen: Counter[Path] = Counter()
    found: dict[int, tuple[int, Path]] = {}
    for col in sorted(paths):
        path = paths[col]
        if times[path] == times[names[0]]:
            seen[path] += 1
            found[col] = (seen[path], path)
    return found


def _is_child_name(path: Path, words: tuple[str, ...]) -> bool:
    of_child = any(word in bare(part) for part in path for word in words)
    return of_child and concepts_of(path[-1]).get("person_name", 0.0) >= NAMED
