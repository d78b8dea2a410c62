"""Registration of a volunteer on a form of its own."""

from __future__ import annotations

from typing import Any

from ..cells import cell_name
from ..context import TableContext
from ..forms.find import Form
from ..grid import shown
from ..model import Record
from ..values.names import parse_name
from ..values.options import chosen
from ..vocabulary import table
from .filled import filled_cells
from .person_fields import compare_with_id, note_illegible, read_field


def read_volunteer_forms(ctx: TableContext, forms: list[Form], _year: int | None) -> None:
    """A volunteer for each form with a name."""
    fields = table("kinds")["volunteer_list"]["fields"]
    for form in forms:
        cells = filled_cells(ctx, form, fields)
        if "name" not in cells:
            continue
        at, value = cells.pop("name")
        name = parse_name(shown(value))
        note_illegible(ctx, at, name)
        values: dict[str, Any] = dict(name.values)
        where = dict.fromkeys(values, cell_name(*at))
        for field_name, (own, answer) in cells.items():
            for key, read in read_field(ctx, own, field_name, chosen(answer)).items():
                values.setdefault(key, read)
                where.setdefault(key, cell_name(*own))
        compare_with_id(ctx, cells["id_number"][0] if "id_number" in cells else None, values)
        ctx.records.append(Record("volunteer", ctx.sheet, at[0], values, cell_name(*at), cells=where))
