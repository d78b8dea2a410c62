"""The house itself: the legal forms, names and codes under which it has existed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiezuo.common.errors import RuleBroken
from xiezuo.orgs.access import must_run_the_house
from xiezuo.orgs.actions import begin_identity, declare_solo
from xiezuo.orgs.queries import identities, works_alone
from xiezuo.orgs.uscc import Finding
from xiezuo.orgs.vocab import OrgKind
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.orgs.forms import IdentityForm
from xiezuo.web.staff.orgs.sites import form_page

KIND: Promise = gettext_lazy("The first two characters of this code belong to another kind of organisation.")


def _warnings(found: Finding | None) -> list[str]:
    """What looks wrong about a code without being impossible; codes of the first years are real and do not fit."""
    if found is None:
        return []
    words = {
        "check": _("The last character does not fit the others; by the rule it would be %(letter)s.")
        % {"letter": found.expected},
        "kind": str(KIND),
    }
    return [words[code] for code in found.warnings]


@page(STAFF)
@require_GET
def house(request: StaffRequest) -> HttpResponse:
    actor = request.actor
    what = {
        "identities": identities(),
        "may_change": actor.runs_the_house,
        "solo": works_alone(),
        "may_declare": actor.runs_the_house or actor.directs,
        "nav": "sites",
    }
    return render(request, "staff/orgs/house.html", what)


@page(STAFF)
@require_POST
def solo(request: StaffRequest) -> HttpResponse:
    """One or two people run the house, or no longer."""
    try:
        declare_solo(by=request.actor, solo=request.POST.get("solo") == "yes")
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Written down."))
    return redirect("house")


@page(STAFF)
@require_http_methods(["GET", "POST"])
def begin(request: StaffRequest) -> HttpResponse:
    """Another legal form, name or code from a day on."""
    must_run_the_house(request.actor)
    form = IdentityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        warnings = _warnings(form.finding())
        if warnings and not request.POST.get("sure"):
            return form_page(request, form, "staff/orgs/identity_new.html", warnings=warnings)
        given = form.cleaned_data
        try:
            begin_identity(
                by=request.actor,
                org_kind=OrgKind(given["org_kind"]),
                name=given["name"],
                uscc=given["uscc"],
                from_on=given["from_on"],
            )
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("Written down."))
            return redirect("house")
    return form_page(request, form, "staff/orgs/identity_new.html")
