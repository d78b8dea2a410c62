"""A pack's content as a tree: what stands where, read and changed by names. Knows no kind of pack and no database.

A list whose members have a key is named by these keys, so that a path stays true when lines are moved or added.
"""

import json
from collections.abc import Iterator
from enum import Enum
from typing import Any, Final

from xiezuo.forms.packs.versions import as_text

Path = tuple[str, ...]
KEYS = ("key", "code", "id", "role", "block")  # by which something in a list is known
ORDERED = {"values"}  # tables whose order people see
ORDER = "⇅"  # the last name of a path that means the order of what stands there


class Nothing(Enum):
    """What stands where nothing stands. No value of a pack is like it, an empty one least of all."""

    NOTHING = "nothing"


NOTHING: Final = Nothing.NOTHING


def plain(body: Any) -> Any:
    """A copy as a file in JSON would give it back: days become texts."""
    return json.loads(json.dumps(body, ensure_ascii=False, default=as_text))


def key_of(thing: Any) -> str:
    """The key of something in a list; "" for what has none."""
    if not isinstance(thing, dict):
        return ""
    return next((str(thing[name]) for name in KEYS if isinstance(thing.get(name), str)), "")


def is_keyed(thing: Any) -> bool:
    """A list that is named by keys. An empty one may become one."""
    if not isinstance(thing, list):
        return False
    keys = [key_of(one) for one in thing]
    return all(keys) and len(keys) == len(set(keys))


def branches(thing: Any) -> dict[str, Any] | None:
    """What stands under something by name, in order; None for a value."""
    if isinstance(thing, dict):
        return thing
    return {key_of(one): one for one in thing} if is_keyed(thing) else None


def is_ordered(thing: Any, name: str) -> bool:
    """Whether people see in which order its branches stand."""
    return isinstance(thing, list) or name in ORDERED


def same(one: Any, other: Any, name: str = "") -> bool:
    """Whether both are the same to people: yes is not 1, and the order of a table counts only where they see it."""
    return _told(one, name) == _told(other, name)


def _told(thing: Any, name: str) -> str:
    if thing is NOTHING:
        return ""
    return json.dumps(_with_order(thing, name), ensure_ascii=False, sort_keys=True, default=as_text)


def _with_order(thing: Any, name: str) -> Any:
    if isinstance(thing, dict):
        inside = {key: _with_order(value, key) for key, value in thing.items()}
        return [[key, value] for key, value in inside.items()] if name in ORDERED else inside
    return [_with_order(one, "") for one in thing] if isinstance(thing, list) else thing


def find(body: Any, path: Path) -> Any:
    """What stands at a path; NOTHING where nothing does."""
    here = body
    for name in path:
        below = branches(here)
        if name == ORDER and below is not None:
            return list(below)
        if below is None or name not in below:
            return NOTHING
        here = below[name]
    return here


def put(body: Any, path: Path, value: Any) -> Any:
    """A copy with `value` at a path; NOTHING takes away what stands there. What is new comes last.

    Raises KeyError where the path leads nowhere.
    """
    if not path:
        return value
    name, rest = path[0], path[1:]
    below = branches(body)
    if below is None:
        raise KeyError(name)
    if name == ORDER:
        return made_of([(key, below[key]) for key in value], body)
    if rest and name not in below:
        raise KeyError(name)
    now = put(below[name], rest, value) if rest else value
    changed = {key: now if key == name else one for key, one in below.items()}
    if name not in below:
        changed[name] = now
    return made_of([(key, one) for key, one in changed.items() if one is not NOTHING], body)


def made_of(named: list[tuple[str, Any]], like: Any) -> Any:
    """Branches put together again as a list or as a table."""
    return [one for _name, one in named] if isinstance(like, list) else dict(named)


def walk(body: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Everything in a tree with its path, from above."""
    yield path, body
    for name, below in (branches(body) or {}).items():
        yield from walk(below, (*path, name))


def as_line(path: Path) -> str:
    """A path as one line of text, for a form or a column; `of_line` reads it back."""
    return json.dumps(path, ensure_ascii=False, separators=(",", ":"))


def of_line(line: str) -> Path:
    """Raises ValueError for what is no path."""
    told = json.loads(line)
    if not (isinstance(told, list) and all(isinstance(name, str) for name in told)):
        raise ValueError(line)
    return tuple(told)
