"""带出: lists of people and services leave the house, with a reason, consent and a second person, and not for long."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiezuo.common.days import now, today
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.exchange.access import (
    agreement_for,
    agreements_for,
    decides_exports,
    export_for,
    exports_to_decide,
    exports_told_to,
    kinds_to_export,
    must_export,
    own_exports,
    shares_data,
)
from xiezuo.exchange.actions.agreeing import agree_sharing, end_sharing
from xiezuo.exchange.actions.exporting import ask_export, decide_export, fetch_export, is_live, remove_export
from xiezuo.exchange.exports.purposes import Purpose, purposes_for
from xiezuo.exchange.exports.rows import left_out_words
from xiezuo.exchange.models import Export
from xiezuo.exchange.tasks import write_list
from xiezuo.exchange.vocab import ExportKind, ExportState
from xiezuo.orgs.access import Actor
from xiezuo.people.vocab import Section
from xiezuo.web.base.export_words import chosen_words, column_words, listed, second_words, shown
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.reasons import as_error
from xiezuo.web.staff.exchange.export_forms import AgreementForm, ExportForm

PAGE = 30
ZIP = "application/zip"


def _may_be_here(actor: Actor) -> bool:
    return bool(kinds_to_export(actor)) or decides_exports(actor) or shares_data(actor)


def _must_be_here(actor: Actor) -> None:
    if not _may_be_here(actor):
        raise NotAllowed(_("Your role takes no such list out of the house. A supervisor can, where it is needed."))


@page(STAFF)
@require_GET
def exports(request: StaffRequest) -> HttpResponse:
    """What waits for the actor, what they asked for, and, for whoever answers for data, everything that left."""
    actor = request.actor
    _must_be_here(actor)
    waiting = exports_to_decide(actor).filter(state=ExportState.ASKED)
    found = exports_told_to(actor) if actor.keeps_data or actor.directs else own_exports(actor)
    pages = Paginator(found, PAGE).get_page(request.GET.get("page"))
    what = {
        "waiting": [shown(one) for one in waiting],
        "rows": [shown(one) for one in pages.object_list],
        "page": pages,
        "page_url": "?",
        "all": actor.keeps_data or actor.directs,
        "may_ask": bool(kinds_to_export(actor)),
        "nav": "more",
    }
    return render(request, "staff/exchange/exports.html", what)


def _asked_for(request: StaffRequest) -> tuple[ExportKind, Purpose] | None:
    """The list and the purpose of the address, if the actor may take out such a list for it."""
    kind = request.GET.get("kind", "")
    if kind not in ExportKind.values or kind == ExportKind.FILE:
        return None
    must_export(request.actor, ExportKind(kind))
    told = {purpose.code: purpose for purpose in purposes_for(ExportKind(kind))}
    purpose = told.get(request.GET.get("purpose", ""))
    return (ExportKind(kind), purpose) if purpose else None


def _purposes(actor: Actor) -> list[dict[str, Any]]:
    """Each list with the purposes for which it may leave, and what each needs."""
    return [
        {
            "kind": kind,
            "purposes": [
                {
                    "purpose": one,
                    "consents": listed(consent.label for consent in one.consents),
                    "names": one.names,
                }
                for one in purposes_for(kind)
            ],
        }
        for kind in kinds_to_export(actor)
        if kind != ExportKind.FILE
    ]


@page(STAFF)
@require_http_methods(["GET", "POST"])
def ask(request: StaffRequest) -> HttpResponse:
    """First which list and for what, then why, who and which columns; then it waits, or can be written."""
    actor = request.actor
    kinds = kinds_to_export(actor)
    if not kinds:
        raise NotAllowed(_("Your role takes no such list out of the house. A supervisor can, where it is needed."))
    asked = _asked_for(request)
    if asked is None:
        return render(request, "staff/exchange/export_purposes.html", {"lists": _purposes(actor), "nav": "more"})
    kind, purpose = asked
    form = ExportForm(request.POST or None, actor=actor, kind=kind, purpose=purpose)
    if request.method == "POST" and form.is_valid():
        try:
            export = ask_export(by=actor, wanted=form.wanted(), at=now(), key=form.cleaned_data["key"])
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, as_error(refusal))
        else:
            return redirect("export", pk=export.pk)
    what = {
        "form": form,
        "kind": kind,
        "purpose": purpose,
        "consents": listed(consent.label for consent in purpose.consents),
        "columns_error": form.errors.get("columns", []),
        "nav": "more",
    }
    return render(request, "staff/exchange/export_form.html", what, status=422 if form.errors else 200)


@page(STAFF)
@require_http_methods(["GET", "POST"])
def export(request: StaffRequest, pk: int) -> HttpResponse:
    """One list: what is in it and who is not, what was answered, and what can be done with it now."""
    found = export_for(request.actor, pk)
    if request.method == "POST":
        return _done(request, found)
    return _page(request, found)


def _page(request: StaffRequest, found: Export, password: str = "") -> HttpResponse:
    actor = request.actor
    mine = found.asked_by_id == actor.id and not actor.watched
    fetchable = found.state == ExportState.WRITTEN and found.fetch_until is not None and now() < found.fetch_until
    what = {
        "one": shown(found),
        "export": found,
        "second": second_words(found),
        "columns": column_words(found),
        "chosen": chosen_words(found),
        "left_out": left_out_words(found.left_out),
        "password": password,
        "mine": mine,
        "may_write": mine and found.state == ExportState.APPROVED,
        "may_fetch": mine and fetchable and bool(found.locked),
        "may_renew": mine and fetchable and not password,
        "may_remove": (mine or exports_to_decide(actor).filter(pk=found.pk).exists())
        and found.state not in {ExportState.REFUSED, ExportState.EXPIRED},
        "may_decide": found.state == ExportState.ASKED and exports_to_decide(actor).filter(pk=found.pk).exists(),
        "nav": "more",
    }
    response = render(request, "staff/exchange/export.html", what)
    if password:
        response["Cache-Control"] = "no-store"
    return response


def _done(request: StaffRequest, found: Export) -> HttpResponse:
    """What was pressed: the answer of a second person, writing, fetching, removing."""
    actor, did, words = request.actor, request.POST.get("do", ""), request.POST.get("words", "")
    try:
        if did == "fetch":
            return _download(found, fetch_export(by=actor, export=found, at=now()))
        if did == "write":
            password = write_list(by=actor, export=found, at=now())
            return _page(request, export_for(actor, found.pk), password)
        if did in {"approve", "refuse"}:
            decide_export(by=actor, export=found, approved=did == "approve", words=words, at=now())
            yes, no = _("Your colleague can write the file now."), _("Refused; your colleague sees why.")
            messages.success(request, yes if did == "approve" else no)
        elif did == "remove":
            remove_export(by=actor, export=found)
            messages.success(request, _("The file is removed. That there was one stays written down."))
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    return redirect("export", pk=found.pk)


def _download(found: Export, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=ZIP)
    response["Content-Disposition"] = f'attachment; filename="{found.serial}.zip"'
    response["Cache-Control"] = "no-store"
    return response


@page(STAFF)
@require_http_methods(["GET", "POST"])
def agreements(request: StaffRequest) -> HttpResponse:
    """With whom what is agreed, what was passed on under it, and a form for a new one."""
    actor = request.actor
    _must_be_here(actor)
    may_add = shares_data(actor) and not actor.watched
    form = AgreementForm(request.POST or None) if may_add else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            agree_sharing(by=actor, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, as_error(refusal))
        else:
            messages.success(request, _("The agreement is written down."))
            return redirect("agreements")
    rows = [
        {
            "agreement": one,
            "live": is_live(one, now()),
            "over": min(one.to_on, one.ended_on or one.to_on) < today(),
            "sections": listed(Section(section).label for section in one.sections),
        }
        for one in agreements_for(actor)
    ]
    what = {"rows": rows, "form": form, "may_end": may_add, "nav": "more"}
    return render(request, "staff/exchange/agreements.html", what, status=422 if form and form.errors else 200)


@page(STAFF)
@require_POST
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """From tomorrow on nothing is passed on under it."""
    end_sharing(by=request.actor, agreement=agreement_for(request.actor, pk), on=today())
    messages.success(request, _("The agreement ends today. What was passed on stays written down."))
    return redirect("agreements")
