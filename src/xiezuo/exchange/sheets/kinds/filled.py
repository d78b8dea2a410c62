"""The answers of a form, as the cells of its fields."""

from __future__ import annotations

from collections.abc import Mapping

from ..cells import Value
from ..context import Cell, TableContext
from ..forms.find import Form
from ..forms.labels import EXACT
from ..layout.headings import concepts_of


def filled_cells(ctx: TableContext, form: Form, fields: Mapping[str, str]) -> dict[str, tuple[Cell, Value | None]]:
    """Field → cell and value of each answer that was written, in the order of the fields."""
    pairs = form.by_field(fields)
    found = {name: pairs[name] for name in fields if name in pairs and pairs[name].is_filled}
    for pair in found.values():
        ctx.taken(*pair.place)
        for at in pair.more:
            ctx.gave(*at)
    for pair in form.pairs:
        if concepts_of(pair.label).get("other_sign", 0.0) >= EXACT:
            ctx.classified.add(pair.place)
    return {name: (pair.place, pair.value) for name, pair in found.items()}
