"""The head of a pack: who it is, when and where it holds, and how far it was looked up."""

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import Choices

from xiezuo.forms.packs.verifying.problems import Problem
from xiezuo.forms.packs.versions import day
from xiezuo.forms.vocab import Level, Mark, PackKind

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
VERSION = re.compile(r"\d{1,4}(?:\.\d{1,4}){1,2}")
PLACE = re.compile(r"\d{6}")
OF_A_PLACE = {Level.PROVINCE, Level.CITY}
TEXTS = ("id", "kind", "title", "version", "applies_to", "source", "mark")
DAYS = ("valid_from", "valid_to", "verified_on")
LONGEST_ID = 60


def head_problems(body: dict[str, Any]) -> Iterator[Problem]:
    for name in TEXTS:
        if not str(body.get(name) or "").strip():
            yield Problem("lacks", name, {"what": name})
    yield from _written(body)
    yield from _one_of("kind", body, PackKind)
    yield from _one_of("applies_to", body, Level)
    yield from _one_of("mark", body, Mark)
    yield from _days(body)
    yield from _place(body)
    if body.get("kind") == PackKind.MEASURES and not body.get("licence"):
        yield Problem("licence_needed", "licence")


def _written(body: dict[str, Any]) -> Iterator[Problem]:
    """Whether the id and the version are written as they must be."""
    name, version = str(body.get("id") or ""), str(body.get("version") or "")
    if name and not (ID.fullmatch(name) and len(name) <= LONGEST_ID):
        yield Problem("not_so_written", "id", {"what": name, "how": "a-z 0-9 -"})
    if version and not VERSION.fullmatch(version):
        yield Problem("not_so_written", "version", {"what": version, "how": "1.0, 1.2.1"})


def _one_of(name: str, body: dict[str, Any], known: type[Choices]) -> Iterator[Problem]:
    value = body.get(name)
    if value and value not in known.values:
        yield Problem("unknown", name, {"what": str(value), "known": ", ".join(known.values)})


def _days(body: dict[str, Any]) -> Iterator[Problem]:
    found = {}
    for name in DAYS:
        try:
            found[name] = day(body.get(name))
        except (ValueError, TypeError):
            yield Problem("not_a_day", name, {"what": str(body.get(name))})
    begins, ends = found.get("valid_from"), found.get("valid_to")
    if begins and ends and ends < begins:
        yield Problem("ends_early", "valid_to")


def _place(body: dict[str, Any]) -> Iterator[Problem]:
    place, local = str(body.get("place") or ""), body.get("applies_to") in OF_A_PLACE
    if local and not PLACE.fullmatch(place):
        yield Problem("place_needed", "place")
    if place and not local:
        yield Problem("place_not_here", "place")


ORDER = [Mark.UNVERIFIED, Mark.SECONDARY, Mark.VERIFIED]


def lowest_mark(body: dict[str, Any]) -> str:
    """How far the pack as a whole was looked up: not further than the least of it."""
    known = [mark for _path, mark in _marks(body, ()) if mark in Mark.values]
    return min(known, key=lambda mark: ORDER.index(Mark(mark)), default=str(Mark.UNVERIFIED))


def mark_problems(body: dict[str, Any]) -> Iterator[Problem]:
    """Every mark inside is a known one, and none is lower than that of the head."""
    head = body.get("mark")
    for path, mark in _marks(body, ()):
        if path == ("mark",):
            continue
        where = " › ".join(path[:-1])
        if mark not in Mark.values:
            yield Problem("unknown", where, {"what": str(mark), "known": ", ".join(Mark.values)})
        elif head in Mark.values and ORDER.index(Mark(mark)) < ORDER.index(Mark(str(head))):
            yield Problem("mark_too_high", where, {"head": str(Mark(str(head)).label), "inside": str(Mark(mark).label)})


def _marks(thing: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every value called `mark` whose neighbour is a `source`: other things may be called so."""
    if isinstance(thing, dict):
        if "mark" in thing and "source" in thing:
            yield (*path, "mark"), thing["mark"]
        for name, value in thing.items():
            yield from _marks(value, (*path, str(name)))
    elif isinstance(thing, list):
        for number, value in enumerate(thing, 1):
            yield from _marks(value, (*path, name_of(value, number)))


def name_of(thing: Any, number: int) -> str:
    """What something in a list is called: its key or code, else its place."""
    if isinstance(thing, dict):
        for name in ("key", "code", "id", "role"):
            if isinstance(thing.get(name), str):
                return str(thing[name])
    return str(number)
