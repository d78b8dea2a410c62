"""Is a pack whole and true to itself? Whatever is loaded, imported or published was asked so. Knows no database.

`problems_of` looks at a pack by itself; `problems_among` also at the packs it stands beside, and at what it was changed from.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from xiezuo.forms.packs.verifying.against import core_problems, loss_problems
from xiezuo.forms.packs.verifying.contents import content_problems
from xiezuo.forms.packs.verifying.fields import Around
from xiezuo.forms.packs.verifying.forms import forms_problems
from xiezuo.forms.packs.verifying.head import head_problems, lowest_mark, mark_problems
from xiezuo.forms.packs.verifying.problems import Problem
from xiezuo.forms.vocab import PackKind

__all__ = ["Neighbours", "Problem", "lowest_mark", "problems_among", "problems_of"]


@dataclass(frozen=True)
class Neighbours:
    """What else is here. `base`: the version it was changed from; `shipped_forms` with `blocks`: those of the product."""

    lists: dict[str, frozenset[str]] = field(default_factory=dict)
    blocks: dict[str, Any] = field(default_factory=dict)
    shipped_forms: dict[str, Any] = field(default_factory=dict)
    ids: frozenset[str] = frozenset()
    base: dict[str, Any] | None = None


def problems_of(body: Any, blocks: dict[str, Any] | None = None) -> list[Problem]:
    """What is wrong with a pack by itself. `blocks`: shared blocks of other packs that its forms may use."""
    return list(_by_itself(body, Around(blocks or {})))


def problems_among(body: Any, beside: Neighbours) -> list[Problem]:
    """What is wrong with a pack in this house."""
    if not isinstance(body, dict):
        return problems_of(body)
    found = list(_by_itself(body, Around(beside.blocks, beside.lists | _own_lists(body))))
    found += [
        Problem("requires", "requires", {"what": str(one)})
        for one in body.get("requires") or ()
        if str(one).partition("@")[0] not in beside.ids
    ]
    if body.get("kind") == PackKind.FORMS and not problems_of(body, beside.blocks):
        found += core_problems(body, beside.shipped_forms, beside.blocks)
    if beside.base is not None:
        found += loss_problems(body, beside.base)
    return found


def _by_itself(body: Any, around: Around) -> Iterator[Problem]:
    if not isinstance(body, dict):
        yield Problem("not_a_table")
        return
    yield from head_problems(body)
    yield from mark_problems(body)
    yield from content_problems(body)
    if body.get("kind") == PackKind.FORMS:
        yield from forms_problems(body, Around(around.blocks | (body.get("blocks") or {}), around.lists))


def _own_lists(body: dict[str, Any]) -> dict[str, frozenset[str]]:
    codes = body.get("codes")
    told = codes if isinstance(codes, dict) else {}
    return {name: frozenset(map(str, one.get("values") or ())) for name, one in told.items() if isinstance(one, dict)}
