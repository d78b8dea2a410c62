"""What a gift did, as a workbook for the donor: totals, by kind, by month, and how it was counted. No name stands in it."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.exchange.evidence.writing import table
from xiezuo.service.aid.totals import TOO_FEW, Line, Totals


def aid_table(totals: Totals) -> bytes:
    heads = [_("Figure"), _("Number"), _("Unit")]
    shown = TOO_FEW if totals.hidden else None
    rows: list[Sequence[Any]] = [
        [_("From the day"), totals.first.isoformat(), ""],
        [_("Until the day"), totals.last.isoformat(), ""],
        [pgettext("column", "Households"), shown or totals.households, _("households")],
        [_("People in them"), shown or totals.people, _("people")],
        [_("Times aid was given"), shown or totals.times, _("times")],
        [_("Money"), shown or float(totals.amount), _("yuan")],
        [_("For each household on average"), shown or float(totals.average or 0), _("yuan")],
    ]
    lines = [pgettext("column", "Households"), _("Times aid was given"), _("Money, yuan")]
    return table(
        [
            (_("Totals"), heads, rows),
            (_("By kind"), [_("Kind of aid"), *lines], [_cells(line) for line in totals.by_kind]),
            (_("By month"), [_("Month"), *lines], [_cells(line) for line in totals.by_month]),
            (_("How it is counted"), [_("How it is counted")], [[words] for words in totals.how_counted()]),
        ]
    )


def _cells(line: Line) -> list[Any]:
    if line.hidden:
        return [line.label, TOO_FEW, TOO_FEW, TOO_FEW]
    return [line.label, line.households, line.times, float(line.amount)]
