"""The clerk's desk: a file that was read, sheet by sheet, with what can be corrected and decided before taking it in."""

import re
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from xiezuo.common.errors import RuleBroken
from xiezuo.exchange.access import sheet_for
from xiezuo.exchange.actions.answers import give_answer, take_answers_back
from xiezuo.exchange.actions.correcting import Said, correct_table, leave_sheet_out, set_corrections_aside
from xiezuo.exchange.models import ImportedSheet, ProblemAnswer
from xiezuo.exchange.tasks import read_in_background
from xiezuo.service.vocab import ServiceLine
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.exchange.answer_words import answer_words, choices
from xiezuo.web.staff.exchange.file_page import file_page
from xiezuo.web.staff.exchange.grid import texts_of
from xiezuo.web.staff.exchange.preview import number
from xiezuo.web.staff.exchange.problems import PROBLEMS
from xiezuo.web.staff.exchange.shown import detail

CELLS_A_PAGE = 50
CELL = re.compile(r"[A-Z]{1,3}\d{1,7}")


def _back(pk: int, position: int, to: str = "") -> HttpResponse:
    return redirect(f"{reverse('import_batch', args=[pk])}?sheet={position}{to}")


def _refused(request: StaffRequest, refusal: RuleBroken, where: str, pk: int, position: int) -> HttpResponse:
    """The page again with the reason; a file that waits no more shows where it is instead."""
    batch = sheet_for(request.actor, pk, position).batch
    return file_page(request, batch, error=str(refusal), error_at=where, status=422, sheet=position)


@page(STAFF)
@require_POST
def correct(request: StaffRequest, pk: int, position: int) -> HttpResponse:
    """Say what a sheet is; the page comes back as the file is understood now."""
    sheet = sheet_for(request.actor, pk, position)
    batch, by = sheet.batch, request.actor
    what = request.POST.get("do", "")
    try:
        if what in {"leave_out", "take_in"}:
            batch = leave_sheet_out(by=by, batch=batch, position=position, out=what == "leave_out")
        elif what in {"anew", "reset"}:
            batch = set_corrections_aside(by=by, batch=batch, position=position, known_too=what == "anew")
        else:
            table = number(request.POST.get("table", "")) or 0
            batch = correct_table(
                by=by, batch=batch, position=position, number=table, said=_said(sheet, table, request.POST)
            )
    except RuleBroken as refusal:
        return _refused(request, refusal, "layout", pk, position)
    read_in_background(batch)
    return _back(pk, position, "#layout")


def _said(sheet: ImportedSheet, table: int, post: QueryDict) -> Said:
    """The form of one table. Of two heading rows that cannot be, the one that was changed holds."""
    tables = sheet.understanding["tables"]
    old = tables[table]["header_rows"] if table < len(tables) else None
    first, last = number(post.get("first", "")), number(post.get("last", ""))
    if first and (not last or last < first):
        first, last = (first, first) if not old or first != old[0] else (last or first, last or first)
    columns = {name.removeprefix("col-"): str(field) for name, field in post.items() if name.startswith("col-")}
    header = (first, last) if first and last else None
    return Said(kind=post.get("kind", ""), header=header, year=number(post.get("year", "")), columns=columns)


@page(STAFF)
@require_safe
def problems(request: StaffRequest, pk: int, position: int, kind: str) -> HttpResponse:
    """Every place of a sheet that raises one kind of question, to be decided one by one."""
    sheet = sheet_for(request.actor, pk, position)
    found = [problem for problem in sheet.understanding["problems"] if problem["kind"] == kind]
    if not found:
        return _back(pk, position)
    shown = Paginator(found, CELLS_A_PAGE).get_page(request.GET.get("page"))
    given = {a.cell: a for a in sheet.batch.answers.filter(position=position, kind=kind).select_related("by")}
    texts = texts_of(sheet, [problem["cell"] for problem in shown])
    what = {
        "batch": sheet.batch,
        "sheet": sheet,
        "kind": kind,
        "told": PROBLEMS[kind],
        "page": shown,
        "page_url": "?",
        "cells": [_place(problem, texts, given) for problem in shown],
        "for_all": given.get(""),
        "for_all_words": answer_words(kind, given[""].answer) if "" in given else "",
        "lines": ServiceLine.choices,
        "asked": request.GET.get("asked", ""),
        "asked_of": kind + request.GET.get("asked", ""),
        "nav": "imports",
    }
    return render(request, "staff/exchange/import_problems.html", what)


def _place(problem: dict[str, Any], texts: dict[str, str], given: dict[str, ProblemAnswer]) -> dict[str, Any]:
    """One cell: what stands there, what it says, what may be decided and what was."""
    cell, kind, days = problem["cell"], problem["kind"], problem["params"].get("candidates") or []
    by_day = {"day_as_written": days[:1], "date_as_written": days[:1], "day_with_zero": days[-1:]}
    by_day["sheet_year"] = days[-1:]
    answer = given.get(cell)
    return {
        "cell": cell,
        "text": texts.get(cell, ""),
        "detail": detail(problem),
        "choices": [(code, (by_day.get(code) or [words])[0]) for code, words in choices(kind)],
        "given": answer,
        "given_words": answer_words(kind, answer.answer) if answer else "",
    }


@page(STAFF)
@require_POST
def answer(request: StaffRequest, pk: int, position: int, kind: str) -> HttpResponse:
    """Decide about a kind of problem in a sheet, or about one place of it; or open the question again."""
    sheet = sheet_for(request.actor, pk, position)
    post = request.POST
    chosen = post.get("answer", "")
    cell = post.get("cell", "") if CELL.fullmatch(post.get("cell", "")) else ""
    try:
        if chosen:
            give_answer(
                by=request.actor, sheet=sheet, kind=kind, answer=chosen, cell=cell, value=post.get("value", "")[:24]
            )
            read_in_background(sheet_for(request.actor, pk, position).batch)
        else:
            take_answers_back(by=request.actor, sheet=sheet, kind=kind, cell=cell)
    except RuleBroken as refusal:
        return _refused(request, refusal, "questions", pk, position)
    if post.get("singly"):
        page_number = number(post.get("page", "")) or 1
        return redirect(
            f"{reverse('import_problems', args=[pk, position, kind])}?page={page_number}&asked={cell}#at-{cell}"
        )
    return _back(pk, position, f"&asked={kind}#q-{kind}")
