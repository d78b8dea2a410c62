"""有人处于危险, one tap from everywhere. The page needs no rail, no script and no search, and where even its own template or
the people of the house cannot be reached, a bare one takes its place: what someone saw is kept all the same."""

import logging

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from xiezuo.common.days import local, now
from xiezuo.common.errors import RuleBroken
from xiezuo.forms.rules import rule
from xiezuo.people.access import people_for, volunteers_for
from xiezuo.people.models import Person
from xiezuo.service.actions.risks import flag_risk
from xiezuo.web.base.drafting import posted_key
from xiezuo.web.base.pages import LOOKING_AS, STAFF, StaffRequest, page
from xiezuo.web.staff.service.risk.forms import FORMAT, NOW, FlagForm

log = logging.getLogger(__name__)


@page(STAFF, before_factor=True)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def flag(request: StaffRequest) -> HttpResponse:
    """`person`: from whose page someone comes. Whatever is wrong in what was typed beside the words is left out, not refused."""
    at = now()
    if request.method == "GET":
        asked = request.GET.get("person", "")
        first = {"person": asked if asked.isdecimal() and len(asked) < 16 else "", "since": NOW}
        return _page(request, FlagForm(initial={**first, "opened_at": local(at).strftime(FORMAT)}))
    form = FlagForm(request.POST)
    form.is_valid()
    said = form.cleaned_data
    try:
        report = flag_risk(
            by=request.actor,
            facts=said.get("facts") or "",
            described=said.get("described") or request.POST.get("described", ""),
            person=said.get("person"),
            found_at=form.found_at(at),
            at=at,
            key=posted_key(request),
        )
    except RuleBroken as refusal:
        return _page(request, form, str(refusal))
    messages.success(
        request, _("Kept: someone is at risk. The supervisors of the site are told. Now call the authority.")
    )
    return redirect("more" if request.session.get(LOOKING_AS) else "risk_report", *_args(request, report.pk))


def _args(request: StaffRequest, pk: int) -> list[int]:
    return [] if request.session.get(LOOKING_AS) else [pk]


def _page(request: StaffRequest, form: FlagForm, refused: str = "") -> HttpResponse:
    status = 422 if refused else 200
    what = {
        "form": form,
        "refused": refused,
        "person": _person(request, form),
        "clock": local(now()).strftime("%H:%M"),
        "call": _call(),
    }
    try:
        return render(request, "staff/service/risk/flag.html", what, status=status)
    except Exception:  # a page that cannot be drawn must not keep anyone from saying it
        log.exception("The page for saying that someone is at risk could not be drawn; the bare one takes its place.")
        return _bare(request, form, refused)


def _person(request: StaffRequest, form: FlagForm) -> Person | None:
    """Whose name stands on the page; nobody where it cannot be looked up."""
    pk = str(form["person"].value() or "")
    if not pk.isdecimal():
        return None
    try:
        actor = request.actor
        return people_for(actor).filter(pk=pk).first() or volunteers_for(actor).filter(pk=pk).first()
    except Exception:  # the name is a help, no condition
        log.exception("Whom a risk report is about could not be looked up.")
        return None


def _call() -> str:
    """Whom to call first, as the pack of the rule says."""
    try:
        return " / ".join(rule("CHD-1").values["call_first"])
    except Exception:  # the numbers are a help, no condition
        log.exception("The emergency numbers could not be read from their pack.")
        return ""


def _bare(request: HttpRequest, form: FlagForm, refused: str) -> HttpResponse:
    what = {"form": form, "refused": refused, "csrf_token": get_token(request), "language": get_language()}
    return HttpResponse(render_to_string("staff/service/risk/bare.html", what), status=422 if refused else 200)
