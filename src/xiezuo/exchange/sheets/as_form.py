"""Reading a sheet that is filled in, label by label."""

from __future__ import annotations

from .forms.context import form_context
from .forms.recognise import RecognisedForm, is_answered
from .forms.regions import mark_form
from .kinds import FORM_READERS
from .model import SheetReading
from .regions import count_cells
from .years import year_in


def read_form(reading: SheetReading, form: RecognisedForm, file_name: str) -> SheetReading:
    """A sheet that is filled in: its kind by its labels, template where nobody has filled it in."""
    answered = [one for one in form.forms if is_answered(reading.grid, one)]
    reading.kind, reading.role = form.kind, "form" if answered else "template"
    titles = [one.title[1] for one in form.forms if one.title]
    reading.year = year_in([reading.name, *titles])
    ctx = form_context(reading.name, reading.grid, form.kind, reading.year)
    reader = FORM_READERS.get(form.kind)
    if reader and answered:
        reader(ctx, answered, reading.year or year_in([file_name]))
    reading.records, reading.problems = ctx.records, ctx.problems
    mark_form(reading.grid, form.forms)
    reading.cells = count_cells(reading, [ctx])
    return reading
