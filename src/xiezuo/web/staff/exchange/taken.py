"""What became of the rows of an import, by kind; every number leads to its rows."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_safe

from xiezuo.exchange.access import batch_for, rows_of
from xiezuo.exchange.models import ImportBatch, ImportedRow
from xiezuo.exchange.vocab import BatchState, RowState
from xiezuo.orgs.access import Actor
from xiezuo.people.access import people_for
from xiezuo.people.actions import note_reads
from xiezuo.people.models import Person
from xiezuo.service.access import as_told_to, records_for
from xiezuo.service.models import ServiceRecord
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.words import number_words
from xiezuo.web.staff.exchange.sheet_words import RECORDS, row_words

A_PAGE = 50
# Columns of a person's record that a sheet may say otherwise than the house, in words.
DIFFERS: dict[str, Promise] = {
    "full_name": pgettext_lazy("of a person", "name"),
    "sex": gettext_lazy("sex"),
    "born_on": gettext_lazy("birth date"),
    "id_number": gettext_lazy("identity number"),
    "phone": gettext_lazy("phone"),
    "address": gettext_lazy("address"),
    "school": gettext_lazy("school"),
    "grade": gettext_lazy("grade"),
    "occupation": gettext_lazy("occupation"),
    "note": gettext_lazy("note"),
    "hukou_place": gettext_lazy("home region"),
    "ethnic_group": gettext_lazy("ethnic group"),
    "arrived_on": gettext_lazy("arrived in"),
}


@dataclass(frozen=True)
class Part:
    words: str
    url: str


@dataclass(frozen=True)
class Kind:
    words: str
    all: int
    parts: list[Part]


def _waiting_words(kind: str, n: int) -> str:
    """Rows kept aside, by what they wait for."""
    said = number_words(n)
    if kind == "aid":
        return ngettext(
            "%(n)s handing-out without a day is kept aside", "%(n)s handings-out without a day are kept aside", n
        ) % {"n": said}
    if kind in {"stock", "cash"}:
        return ngettext(
            "%(n)s line of stock or cash is kept aside", "%(n)s lines of stock or cash are kept aside", n
        ) % {"n": said}
    return _("%(n)s kept aside") % {"n": said}


def _state_words(kind: str, state: str, n: int) -> str:
    if state == RowState.KEPT_ASIDE:
        return _waiting_words(kind, n)
    words = {
        RowState.ARRIVED: _("%(n)s taken in"),
        RowState.ALREADY_HERE: _("%(n)s already here"),
        RowState.UNDONE: _("%(n)s undone"),
    }
    said = words.get(RowState(state))
    return said % {"n": number_words(n)} if said else f"{number_words(n)} {RowState(state).label}"


def kinds_taken(batch: ImportBatch) -> dict[str, Any]:
    """The summary of a finished import by kind of row."""
    told: dict[str, dict[str, int]] = batch.summary.get("kinds", {}) if batch.state == BatchState.APPLIED else {}
    kinds = []
    for kind in [kind for kind in RECORDS if kind in told]:
        base = f"{reverse('import_rows', args=[batch.pk])}?kind={kind}"
        parts = [Part(_state_words(kind, state, n), f"{base}&state={state}") for state, n in told[kind].items()]
        kinds.append(Kind(str(RECORDS[kind]), sum(told[kind].values()), parts))
    return {"kinds": kinds}


@dataclass(frozen=True)
class Line:
    row: ImportedRow
    kind: str | Promise
    told: list[tuple[str, Any]]
    person: Person | None
    record: ServiceRecord | None
    differs: list[str | Promise]


@page(STAFF)
@require_safe
def import_rows(request: StaffRequest, pk: int) -> HttpResponse:
    """The rows of one kind and fate, with the person and the record each became."""
    batch = batch_for(request.actor, pk)
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    rows = rows_of(batch).select_related("person", "record").defer("sheet__understanding")
    rows = rows.filter(record_type=kind) if kind in RECORDS else rows
    rows = rows.filter(state=state) if state in RowState.values else rows
    shown = Paginator(rows.order_by("id"), A_PAGE).get_page(request.GET.get("page"))
    lines = _lines(request.actor, list(shown))
    seen = {line.person.pk: line.person for line in lines if line.person}
    note_reads(by=request.actor, people=seen.values(), what="import_rows")
    what = {
        "batch": batch,
        "page": shown,
        "page_url": f"?kind={kind if kind in RECORDS else ''}&state={state if state in RowState.values else ''}",
        "rows": lines,
        "title": capfirst(str(RECORDS.get(kind, _("rows")))),
        "kept": state == RowState.KEPT_ASIDE,
        "nav": "imports",
    }
    return render(request, "staff/exchange/import_rows.html", what)


def _lines(actor: Actor, rows: list[ImportedRow]) -> list[Line]:
    people = set(people_for(actor).filter(pk__in={row.person_id for row in rows}).values_list("pk", flat=True))
    as_told_to(actor, [row.record for row in rows if row.record])
    records = set(records_for(actor).filter(pk__in={row.record_id for row in rows}).values_list("pk", flat=True))
    return [
        Line(
            row,
            RECORDS.get(row.record_type, row.record_type),
            row_words(row),
            row.person if row.person_id in people else None,
            row.record if row.record_id in records else None,
            [DIFFERS.get(name, name) for name in row.added.get("differs", [])],
        )
        for row in rows
    ]
