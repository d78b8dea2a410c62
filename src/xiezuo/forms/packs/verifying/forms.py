"""Packs of kind `forms`: forms, their sections, and the blocks several forms share."""

import re
from collections.abc import Iterator
from typing import Any

from xiezuo.forms.packs.verifying.fields import (
    Around,
    block_problems,
    class_problems,
    conditions,
    field_problems,
    fields_problems,
)
from xiezuo.forms.packs.verifying.problems import Problem, at

NUMBER = re.compile(r"[A-Z]\d{1,4}")
NEEDED = ("no", "zh", "floor", "class", "sections")


def forms_problems(body: dict[str, Any], around: Around) -> Iterator[Problem]:
    forms, blocks = body.get("forms"), body.get("blocks") or {}
    if not isinstance(forms, dict) or not forms:
        yield Problem("no_content", "forms", {"what": "forms"})
        return
    for name, block in blocks.items():
        yield from fields_problems(block.get("fields"), at("blocks", name), around)
        yield from class_problems(block, at("blocks", name))
    for key, told in forms.items():
        yield from _form(key, told, around)


def _form(key: str, told: Any, around: Around) -> Iterator[Problem]:
    path = at("forms", key)
    if not isinstance(told, dict):
        yield Problem("not_a_table", path)
        return
    for name in NEEDED:
        if not told.get(name):
            yield Problem("lacks", path, {"what": name})
    if told.get("no") and not NUMBER.fullmatch(str(told["no"])):
        yield Problem("not_so_written", path, {"what": str(told["no"]), "how": "F12"})
    yield from class_problems(told, path)
    if isinstance(told.get("sections"), list):
        yield from _sections(told["sections"], path, around)


def _sections(sections: list[Any], path: str, around: Around) -> Iterator[Problem]:
    """The fields of one form stand in several sections, and depend on each other across them."""
    beside: dict[str, dict[str, Any]] = {}
    for number, section in enumerate(sections, 1):
        if not isinstance(section, dict):
            yield Problem("not_a_table", at(path, number))
        elif "block" in section:
            yield from block_problems(section, path, around)
            beside |= _of_block(around.blocks.get(section["block"]))
        elif not section.get("fields"):
            yield Problem("lacks", at(path, section.get("key", number)), {"what": "fields"})
        else:
            yield from _own_fields(section, at(path, section.get("key", number)), around, beside)
    yield from conditions(beside, path, around)


def _of_block(block: dict[str, Any] | None) -> dict[str, dict[str, Any]]:
    """What a field of the form may depend on in a block: nothing in one that repeats."""
    return {one["key"]: one for one in block["fields"] if "key" in one} if block and not block.get("rows") else {}


def _own_fields(
    section: dict[str, Any], path: str, around: Around, beside: dict[str, dict[str, Any]]
) -> Iterator[Problem]:
    for number, told in enumerate(section["fields"], 1):
        key = told.get("key") if isinstance(told, dict) else number
        yield from field_problems(told, at(path, key), around)
        if isinstance(told, dict):
            if key in beside:
                yield Problem("twice", at(path, key), {"what": str(key)})
            beside[str(key)] = told
