"""A template filled with answers: the same words as on the paper of the form. Needs extra `papers`."""

from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from django.utils.translation import gettext as _

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.forms.definitions import FieldDef, FormDefinition
from xiezuo.forms.papers.building import Filled, stands_on_paper
from xiezuo.forms.papers.libraries import must_be_there
from xiezuo.forms.papers.templates.fields import NUMBER
from xiezuo.forms.papers.templates.grammar import MOST_LETTERS, MOST_ROWS, environment
from xiezuo.forms.papers.values import choices_of, day_words, row_words, value_words
from xiezuo.forms.vocab import FieldType


def fill(content: bytes, form: FormDefinition, filled: Filled, *, printed_by: str = "") -> bytes:
    """The document. `content` was checked before. Raises RuleBroken for one that cannot be filled or grows too large."""
    must_be_there()
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError

    document = DocxTemplate(BytesIO(content))
    target = BytesIO()
    try:
        document.render(context(form, filled, printed_by), environment(), autoescape=True)
        document.save(target)
    except (TemplateError, ValueError, KeyError, AttributeError, BadZipFile) as error:
        raise RuleBroken(
            "forms.template_cannot_be_filled",
            _(
                "This template could not be filled: %(why)s. Begin from the starting template and move your text into it."
            )
            % {"why": str(error)[:160]},
        ) from error
    if target.tell() > MOST_LETTERS:
        raise RuleBroken("forms.template_too_large", _("The filled document grew too large. Print fewer rows at once."))
    return target.getvalue()


def context(form: FormDefinition, filled: Filled, printed_by: str) -> dict[str, Any]:
    """Every known name with its words; rows at most as many as the check reckoned with."""
    from docxtpl import Listing

    told: dict[str, Any] = {
        "org": {"name": filled.organisation, "unit": filled.unit},
        "serial_no": filled.serial,
        "form_title": str(form.label),
        "form_version": form.version,
        "printed_on": day_words(today()),
        "printed_by": printed_by,
    }
    for one in filter(stands_on_paper, form.fields()):
        value = filled.answers.get(one.key)
        if one.type == FieldType.ROWS:
            told[one.key] = [_row(one, n, row, filled) for n, row in enumerate(_rows(value), 1)]
            continue
        words = _words(one, value, filled)
        told[one.key] = Listing(words) if "\n" in words else words
    return told


def _rows(value: Any) -> list[Mapping[str, Any]]:
    rows = [row for row in value or [] if isinstance(row, Mapping)]
    if len(rows) > MOST_ROWS * 10:
        raise RuleBroken("forms.template_too_large", _("The filled document grew too large. Print fewer rows at once."))
    return rows


def _row(one: FieldDef, number: int, answers: Mapping[str, Any], filled: Filled) -> dict[str, Any]:
    inner = {row.key: row_words(row, answers.get(row.key), filled.told, filled.on) for row in one.rows}
    return {**inner, NUMBER: str(number)}


def _words(one: FieldDef, value: Any, filled: Filled) -> str:
    if one.type == FieldType.SIGNATURE and isinstance(value, Mapping):
        return str(value.get("name", ""))
    return value_words(one, value, filled.told, filled.on)


def sample(form: FormDefinition) -> Filled:
    """Invented answers for a try: every field has one, rows are three."""
    answers = {one.key: _sample_of(one) for one in form.fields() if stands_on_paper(one)}
    return Filled(answers=answers, organisation=_("Sample organisation"), unit=_("Sample site"), serial="2026-00001")


def _sample_of(one: FieldDef) -> Any:
    if one.type == FieldType.ROWS:
        return [{row.key: _sample_of(row) for row in one.rows} for _n in range(3)]
    if one.type in {FieldType.CHOICE, FieldType.CHOICES}:
        first = [code for code, _words in choices_of(one, None)[:1]]
        return first if one.type == FieldType.CHOICES else (first or [""])[0]
    if one.type in SAMPLES:
        return SAMPLES[one.type]()
    return f"{one.label} & <{one.key}>"


SAMPLES: dict[FieldType, Any] = {
    FieldType.INTEGER: lambda: 3,
    FieldType.DECIMAL: lambda: "1.5",
    FieldType.YUAN: lambda: "128.50",
    FieldType.DATE: lambda: today().isoformat(),
    FieldType.DATETIME: lambda: f"{(today() - timedelta(days=1)).isoformat()}T09:30",
    FieldType.TIME: lambda: "09:30",
    FieldType.YES_NO: lambda: True,
    FieldType.RATING: lambda: 4,
    FieldType.LONG: lambda: _("A longer text of two lines, & < >.\nThis is the second."),
}
