"""Who the people of a file may be: proposed with reasons, answered row by row or for all rows with the same reasons."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Min
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xiezuo.common.errors import RuleBroken
from xiezuo.exchange.access import batch_for, match_for, matches_for
from xiezuo.exchange.actions.answering import answer_group, answer_match
from xiezuo.exchange.models import ImportBatch, ImportedRow
from xiezuo.exchange.rows import values_of
from xiezuo.exchange.vocab import BatchState, MatchAnswer
from xiezuo.orgs.access import Actor
from xiezuo.people.actions import note_reads
from xiezuo.people.matching import reason_words
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.exchange.side_by_side import pairs_of

A_PAGE, GROUPS = 20, 12
STATES = {BatchState.UNDERSTOOD, BatchState.APPLIED}


@dataclass(frozen=True)
class Group:
    """Rows with the same reasons. `open`: not answered yet; `example`: how the first of them stands in both places."""

    reason: str
    words: list[str]
    certain: bool
    rows: int
    open: int
    example: str


def groups_of(actor: Actor, batch: ImportBatch) -> list[Group]:
    """All possible matches by their reasons: the certain first, then the most frequent."""
    matches = matches_for(actor, batch).order_by()
    counted = matches.values("reason", "certain", "answer").annotate(n=Count("pk"), first=Min("pk"))
    found: dict[tuple[bool, str], dict[str, int]] = {}
    for row in counted:
        group = found.setdefault((row["certain"], row["reason"]), {"rows": 0, "open": 0, "first": row["first"]})
        group["rows"] += row["n"]
        group["open"] += row["n"] if row["answer"] == "" else 0
    ordered = sorted(found.items(), key=lambda item: (not item[0][0], -item[1]["open"], -item[1]["rows"], item[0][1]))
    firsts = matches.in_bulk([group["first"] for _key, group in ordered[:GROUPS]])
    shown = []
    for (certain, reason), group in ordered:
        match = firsts.get(group["first"])
        example = called(match.row) if match else ""
        words, _against = reason_words(reason.split(","))
        shown.append(Group(reason, words, certain, group["rows"], group["open"], example))
    return shown


def called(row: ImportedRow) -> str:
    """A row as people find it again: 名单 B3 付小雨."""
    values = values_of(row)
    return f"{row.sheet.name} {row.cell or row.row} {values.get('name') or values.get('nickname') or ''}".strip()


def matches_on_page(actor: Actor, batch: ImportBatch) -> dict[str, Any]:
    """What the page of an import shows of them."""
    groups = groups_of(actor, batch) if batch.state in STATES else []
    return {"match_groups": groups, "match_rows": sum(g.rows for g in groups), "match_most": GROUPS}


@page(STAFF)
@require_safe
def import_matches(request: StaffRequest, pk: int) -> HttpResponse:
    """Row by row: what the sheet says beside what the house has. Whose record is shown is written down first."""
    batch = batch_for(request.actor, pk)
    reason, certain = request.GET.get("reason", ""), request.GET.get("certain") == "1"
    matches = matches_for(request.actor, batch)
    if reason:
        matches = matches.filter(reason=reason, certain=certain)
    if request.GET.get("open"):
        matches = matches.filter(answer="")
    shown = Paginator(matches, A_PAGE).get_page(request.GET.get("page"))
    pairs = pairs_of(request.actor, batch, list(shown))
    seen = {pair.person.pk: pair.person for pair in pairs if pair.person}
    note_reads(by=request.actor, people=seen.values(), what="import_match")
    asked = urlencode({name: request.GET[name] for name in ("reason", "certain", "open") if name in request.GET})
    what = {
        "batch": batch,
        "page": shown,
        "page_url": f"?{asked}",
        "pairs": pairs,
        "reason": reason_words(reason.split(","))[0],
        "answers": _answers(batch),
        "open_only": bool(request.GET.get("open")),
        "nav": "imports",
    }
    return render(request, "staff/exchange/import_matches.html", what)


def _answers(batch: ImportBatch) -> list[tuple[str, str]]:
    """The answers that can be given now. Once both are written down, they are not joined here."""
    words = {
        MatchAnswer.SAME: _("The same person"),
        MatchAnswer.DIFFERENT: _("Another person"),
        MatchAnswer.LATER: _("Later"),
    }
    closed = {MatchAnswer.SAME} if batch.state == BatchState.APPLIED else set()
    return [(str(answer), said) for answer, said in words.items() if answer not in closed]


@page(STAFF)
@require_POST
def answer_matches(request: StaffRequest, pk: int) -> HttpResponse:
    """An answer for one row, or for all rows with the same reasons that may be one person only."""
    batch = batch_for(request.actor, pk)
    told = request.POST.get("answer", "")
    if told not in MatchAnswer.values:
        return redirect("import_batch", pk=pk)
    answer, one = MatchAnswer(told), request.POST.get("match", "")
    try:
        if one.isdecimal():
            answer_match(by=request.actor, match=match_for(request.actor, batch, int(one)), answer=answer)
        else:
            _say(request, answer_group(by=request.actor, batch=batch, reason=request.POST["reason"], answer=answer))
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    back = request.POST.get("back", "")
    if one.isdecimal() and back.startswith("?"):
        # The row that was answered stays in view: the page is the same, only its answer changed.
        return redirect(f"{reverse('import_matches', args=[pk])}{back}#m-{one}")
    return redirect(f"{reverse('import_batch', args=[pk])}#matches")


def _say(request: StaffRequest, rows: int) -> None:
    words = ngettext("%(n)s row is answered.", "%(n)s rows are answered.", rows) % {"n": rows}
    if not rows:
        words = _("Each of these rows may be one of several people. Look at them one by one.")
    messages.info(request, words)
