"""The fields of a form, and the rows of a field."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from xiezuo.common.privacy import Privacy
from xiezuo.forms.packs.verifying.problems import Problem, at
from xiezuo.forms.vocab import FieldType

KEY = re.compile(r"[a-z][a-z0-9_]*")
NEEDS = {
    FieldType.CHOICE: "list",
    FieldType.CHOICES: "list",
    FieldType.REFERENCE: "of",
    FieldType.REFERENCES: "of",
    FieldType.ROWS: "rows",
}
ONLY_WITH = {
    "list": {FieldType.CHOICE, FieldType.CHOICES},
    "of": {FieldType.REFERENCE, FieldType.REFERENCES},
    "rows": {FieldType.ROWS},
    "media": {FieldType.FILE},
}
LONGEST_KEY = 60


@dataclass(frozen=True)
class Around:
    """What a form may point to: shared blocks, and code lists (None: not looked at) with their values."""

    blocks: dict[str, Any]
    lists: dict[str, frozenset[str]] | None = None


def field_problems(told: Any, path: str, around: Around) -> Iterator[Problem]:
    """What is wrong with one field by itself, and with its rows."""
    if not isinstance(told, dict):
        yield Problem("not_a_table", path)
        return
    key = str(told.get("key") or "")
    if not KEY.fullmatch(key) or len(key) > LONGEST_KEY:
        yield Problem("not_so_written", path, {"what": key, "how": "a-z 0-9 _"})
    if not told.get("zh"):
        yield Problem("lacks", path, {"what": "zh"})
    if told.get("type") not in FieldType.values:
        yield Problem("unknown", path, {"what": str(told.get("type")), "known": ", ".join(FieldType.values)})
        return
    yield from _typed(told, FieldType(told["type"]), path, around)
    yield from class_problems(told, path)
    if isinstance(told.get("rows"), list):
        yield from fields_problems(told["rows"], path, around)


def _typed(told: dict[str, Any], kind: FieldType, path: str, around: Around) -> Iterator[Problem]:
    """What belongs to its type, and nothing else."""
    needed = NEEDS.get(kind)
    if needed and not told.get(needed):
        yield Problem("lacks", path, {"what": needed})
    for name, kinds in ONLY_WITH.items():
        if told.get(name) and kind not in kinds:
            yield Problem("not_for_this_type", path, {"what": name, "type": str(kind.label)})
    code_list = told.get("list")
    if code_list and around.lists is not None and code_list not in around.lists:
        yield Problem("no_such_list", path, {"what": str(code_list)})


def class_problems(told: dict[str, Any], path: str) -> Iterator[Problem]:
    if "class" in told and told["class"] not in set(Privacy):
        yield Problem("unknown", path, {"what": str(told["class"]), "known": ", ".join(Privacy)})


def fields_problems(fields: Any, path: str, around: Around) -> Iterator[Problem]:
    """Fields that stand beside each other: each by itself, none twice, and what they depend on."""
    if not isinstance(fields, list):
        yield Problem("not_a_table", path)
        return
    beside: dict[str, dict[str, Any]] = {}
    for number, told in enumerate(fields, 1):
        if isinstance(told, dict) and "block" in told and "key" not in told:
            yield from block_problems(told, path, around)
            continue
        where = at(path, told.get("key", number) if isinstance(told, dict) else number)
        yield from field_problems(told, where, around)
        if isinstance(told, dict):
            if told.get("key") in beside:
                yield Problem("twice", where, {"what": str(told["key"])})
            beside[str(told.get("key"))] = told
    yield from conditions(beside, path, around)


def block_problems(told: dict[str, Any], path: str, around: Around) -> Iterator[Problem]:
    if told["block"] not in around.blocks:
        yield Problem("no_such_block", path, {"what": str(told["block"])})


def conditions(beside: dict[str, dict[str, Any]], path: str, around: Around) -> Iterator[Problem]:
    """A field asked for only while another holds a value: that other one is there, and can hold it."""
    for key, told in beside.items():
        when = told.get("when")
        if when is None:
            continue
        where = at(path, key, "when")
        if not (isinstance(when, dict) and when.get("field") and isinstance(when.get("in"), list) and when["in"]):
            yield Problem("lacks", where, {"what": "field, in"})
        elif when["field"] == key:
            yield Problem("depends_on_itself", where)
        elif when["field"] not in beside:
            yield Problem("no_such_field", where, {"what": str(when["field"])})
        else:
            yield from _values(when["in"], beside[when["field"]], where, around)


def _values(asked: list[Any], on: dict[str, Any], where: str, around: Around) -> Iterator[Problem]:
    code_list = str(on.get("list", ""))
    known = (around.lists or {}).get(code_list)
    for value in asked if known is not None else ():
        if value not in known:  # type: ignore[operator]
            yield Problem("no_such_code", where, {"list": code_list, "what": str(value)})
