"""A template to begin with: the paper of the form in which every answer is the name of its field, to be edited in Word."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.forms.definitions import FieldDef, FormDefinition
from xiezuo.forms.papers.building import Filled, paper, stands_on_paper
from xiezuo.forms.papers.content import Line, Rows
from xiezuo.forms.papers.templates.fields import END, NUMBER, loop, single
from xiezuo.forms.papers.word import as_word
from xiezuo.forms.vocab import FieldType


def starter(form: FormDefinition) -> bytes:
    """Raises RuleBroken where the libraries are missing."""
    fields = [one for one in form.fields() if stands_on_paper(one)]
    answers: dict[str, Any] = {one.key: single(one.key) for one in fields}
    answers |= {one.key: _rows(one) for one in fields if one.type == FieldType.ROWS}
    printed = _("Printed by %(name)s on %(day)s") % {"name": "{{ printed_by }}", "day": "{{ printed_on }}"}
    content = paper(
        form,
        Filled(
            answers=answers,
            organisation="{{ org.name }}",
            unit="{{ org.unit }}",
            serial="{{ serial_no }}",
            printed=printed,
            words=lambda _one, value: str(value or ""),
        ),
    )
    return as_word(replace(content, lines=tuple(map(_numbered, content.lines))))


def _rows(one: FieldDef) -> list[dict[str, str]]:
    """A row that opens the loop, the one that is repeated, and one that ends it; Word prints only the middle one."""
    inner = [row.key for row in one.rows if stands_on_paper(row)]
    return [
        dict.fromkeys(inner, loop(one.key)),
        {key: single(f"row.{key}") for key in inner},
        dict.fromkeys(inner, END),
    ]


def _numbered(line: Line) -> Line:
    """The opening and the ending row say so once, in their widest column; the middle one has its number."""
    if not isinstance(line, Rows) or len(line.rows) != 3 or line.rows[2][-1] != END:
        return line
    widest = max(range(1, len(line.widths)), key=lambda at: line.widths[at])
    once = [tuple(text if at == widest else "" for at, text in enumerate(row)) for row in (line.rows[0], line.rows[2])]
    return replace(line, rows=(once[0], (single(f"row.{NUMBER}"), *line.rows[1][1:]), once[1]))
