"""That a pack was held against its sources, and where the house works, so that the packs of these places act."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.forms.packs import all_editions, places
from xiezuo.forms.packs.finding import in_use as used
from xiezuo.forms.vocab import Level
from xiezuo.forms.workshop.access import must, verifications_for
from xiezuo.forms.workshop.actions import note_verified, use_packs
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.forms.packs import place_name, title_of, version_of

DAY = {"type": "date"}
MOST_FOUND = 12


class VerifyForm(forms.Form):
    verified_on = forms.DateField(label=gettext_lazy("Looked up on"), widget=forms.DateInput(DAY, format="%Y-%m-%d"))
    verified_by = forms.CharField(label=gettext_lazy("By whom"), max_length=60)
    against = forms.CharField(
        label=gettext_lazy("Held against what"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Number and article of the text, or title and address of the page."),
    )


@page(STAFF)
@require_http_methods(["GET", "POST"])
def verify(request: StaffRequest, name: str) -> HttpResponse:
    """Who held this version against its sources, when, and against what."""
    must(request.actor, "verify")
    held = version_of(name, request.GET.get("version", ""))
    form = VerifyForm(request.POST or None, initial={"verified_on": today(), "verified_by": request.user.name})
    if request.method == "POST" and form.is_valid():
        try:
            note_verified(by=request.actor, of=held, on=today(), **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("Written down."))
            return redirect("pack", name=name)
    noted = verifications_for(request.actor).filter(pack_id=name).select_related("noted_by")
    what = {"held": held, "title": title_of(held.body), "form": form, "noted": noted, "nav": "packs"}
    return render(request, "staff/forms/pack_verify.html", what, status=422 if form.errors else 200)


def found_places(asked: str) -> list[tuple[str, str]]:
    """Places whose name has these characters, with the province and city they lie in; the widest first."""
    asked = asked.strip()
    if not asked:
        return []
    found = [(code, place_name(code)) for code, name in places().items() if asked in name]
    return sorted(found, key=lambda pair: (len(pair[0]), pair[0]))[:MOST_FOUND]


@page(STAFF)
@require_http_methods(["GET", "POST"])
def in_use(request: StaffRequest) -> HttpResponse:
    """Where the house works and whose money it has; the packs of these places and funders act."""
    now = used()
    funders = [one for one in all_editions() if one.level == Level.FUNDER]
    if request.method == "POST":
        chosen = request.POST.getlist("place")
        paying = request.POST.getlist("funder")
        try:
            use_packs(by=request.actor, codes=chosen, funders=paying)
        except RuleBroken as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Kept. The packs of these places act from now on."))
        return redirect("packs_in_use")
    must(request.actor, "edit")
    asked = request.GET.get("q", "")
    local = [(one, title_of(one.body), place_name(one.place)) for one in all_editions() if one.place]
    what = {
        "chosen": [(code, place_name(code)) for code in now.places],
        "found": [pair for pair in found_places(asked) if pair[0] not in now.places],
        "q": asked,
        "funders": [(one.pack_id, title_of(one.body), one.pack_id in now.funders) for one in funders],
        "local": local,
        "nav": "packs",
    }
    return render(request, "staff/forms/packs_in_use.html", what)
