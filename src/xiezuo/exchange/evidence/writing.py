"""The files of an evidence pack: workbooks without names, and a page that says what is in it and what is not."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from xiezuo.exchange.evidence.people import Someone
from xiezuo.exchange.exports.writing import safe
from xiezuo.insight.dimensions import Records
from xiezuo.insight.progress import FrameworkProgress
from xiezuo.people.disclosing import Names
from xiezuo.people.sections import rules
from xiezuo.service.counting import identified, known_people, unnamed
from xiezuo.service.indicators import IN_FEN, IN_MINUTES
from xiezuo.service.models import ServiceRecord
from xiezuo.service.vocab import ParticipationMode

MINUTES_AN_HOUR = 60
FEN_OF_A_YUAN = 100


def table(sheets: Sequence[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]) -> bytes:
    """A workbook of plain tables: name, headings, rows."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for name, heads, rows in sheets:
        page = book.add_worksheet(name[:31])
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.set_column(0, len(heads) - 1, 18)
        page.write_row(0, 0, list(heads), head)
        for at, row in enumerate(rows, start=1):
            page.write_row(at, 0, [safe(value) for value in row])
    book.close()
    return target.getvalue()


def targets_table(told: Sequence[FrameworkProgress]) -> bytes:
    """What was promised, what there is, and how it was counted."""
    heads = [
        _("From the day"),
        _("Until the day"),
        _("Figure"),
        _("Promised"),
        _("Reached"),
        _("Per cent"),
        _("Unit"),
        _("How it is counted"),
    ]
    rows = [
        [
            one.period.first.isoformat(),
            one.period.last.isoformat(),
            str(line.indicator.label),
            _shown(line.indicator.code, line.amount),
            _shown(line.indicator.code, line.value),
            line.percent,
            str(line.indicator.unit),
            str(line.indicator.rule),
        ]
        for one in told
        for line in one.targets
    ]
    return table([(_("Targets and what was reached"), heads, rows)])


def _shown(code: str, number: int) -> float:
    if code in IN_FEN:
        return number / FEN_OF_A_YUAN
    return round(number / MINUTES_AN_HOUR, 1) if code in IN_MINUTES else number


def people_table(everyone: Sequence[Someone]) -> bytes:
    heads = [_("Code in this pack"), _("Sex"), _("Age"), _("How often they came")]
    rows = [[one.code, one.sex, one.age, one.times] for one in everyone]
    return table([(_("People, without names"), heads, rows)])


def sign_in_table(records: Records, everyone: Sequence[Someone], names: Names) -> bytes:
    """Who came to what: by code, and how many without a name. Of closed methods only the method is said, and of a title that
    names a child (CHD-4)."""
    codes = {one.who: one.code for one in everyone}
    closed = rules()["records"]["closed_methods"]
    heads = [
        _("Day"),
        _("Serial number"),
        _("What"),
        _("Method"),
        _("Site"),
        _("Who"),
        _("How noted"),
        _("Person-times"),
    ]
    known = identified(records).order_by("record_id", "pk")
    others = unnamed(records).order_by("record_id", "pk").values_list("record_id", "mode", "count")
    who: dict[int, list[tuple[str, int, str]]] = defaultdict(list)
    for row in known:
        who[row.record_id].append((row.mode, row.count, codes[row.who]))  # type: ignore[attr-defined]
    for record, mode, count in others:
        who[record].append((mode, count, ""))
    found = records.select_related("site").order_by("service_date", "starts_at", "pk")
    there = known_people(records)
    titles = {one.pk: "" if one.method in closed else names.may_leave(one.title, there[one.pk]) for one in found}
    rows = [_line(record, *row, titles[record.pk]) for record in found for row in who[record.pk] if row[1]]
    return table([(_("Sign-in sheets"), heads, rows)])


def _line(record: ServiceRecord, mode: str, count: int, code: str, title: str) -> list[Any]:
    return [
        record.service_date.isoformat() if record.service_date else "",
        record.serial_no,
        title,
        str(record.get_method_display()),
        record.site.name if record.site else "",
        code,
        str(ParticipationMode(mode).label),
        count,
    ]
