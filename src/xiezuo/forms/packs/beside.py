"""What else is here when a pack is looked at in this house."""

from typing import Any

from xiezuo.forms.packs.reading import everything, generation
from xiezuo.forms.packs.verifying import Neighbours, Problem, problems_among
from xiezuo.forms.vocab import PackKind


def neighbours(base: dict[str, Any] | None = None) -> Neighbours:
    """The code lists, shared blocks and shipped forms of every pack that can be read here."""
    lists: dict[str, frozenset[str]] = {}
    blocks: dict[str, Any] = {}
    forms: dict[str, Any] = {}
    read = everything(generation())
    for one in (edition for editions in read.by_id.values() for edition in reversed(editions)):
        for name, told in (one.body.get("codes") or {}).items():
            lists[name] = lists.get(name, frozenset()) | frozenset(map(str, told.get("values") or ()))
        if one.kind == PackKind.FORMS and not one.own:
            blocks |= one.body.get("blocks") or {}
            forms |= one.body.get("forms") or {}
    return Neighbours(lists, blocks, forms, frozenset(read.by_id), base)


def problems_here(body: Any, base: dict[str, Any] | None = None) -> list[Problem]:
    """What is wrong with a pack in this house, without what was so already in the version it was made from."""
    beside = neighbours(base)
    before = set(problems_among(base, beside)) if base is not None else set()
    return [problem for problem in problems_among(body, beside) if problem not in before]
