"""What is passed on with a referral, and what its receiver says to it."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from xiezuo.common.days import now
from xiezuo.common.errors import RuleBroken
from xiezuo.service.access.partner import shared_by
from xiezuo.service.actions.referral_links import answer_by_link, report_by_link
from xiezuo.service.vocab import Served
from xiezuo.web.base.pages import PARTNER, PartnerRequest, page

ACCEPT, DECLINE = "accept", "decline"
NOT_ASKED = _("This is not asked now. What was said already stands here.")


class AnswerForm(forms.Form):
    """Whether they take it on. How long words may be is the action's to say, so that nothing typed is cut off."""

    answer = forms.ChoiceField(
        label=_("Do you take this on?"),
        choices=[(ACCEPT, _("Yes, we take it on")), (DECLINE, _("No, we cannot"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What the person or we should know: when and where, what to bring, or why not"),
        required=False,
        widget=forms.Textarea({"rows": 5}),
    )
    who = forms.CharField(label=_("Your name, and how we reach you"))


class OutcomeForm(forms.Form):
    """What became of it."""

    served = forms.ChoiceField(
        label=_("Were they served?"),
        choices=[(Served.YES, _("Yes")), (Served.NO, _("No")), (Served.UNKNOWN, _("Not known yet; ask me again"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("In your words: only what we need to know"), required=False, widget=forms.Textarea({"rows": 5})
    )


def _page(
    request: PartnerRequest, form: forms.Form | None = None, refused: str = "", status: int = 200
) -> HttpResponse:
    told = shared_by(request.link)
    asked = AnswerForm if told.waits_for_answer else OutcomeForm if told.waits_for_outcome else None
    if form is not None and (asked is None or not isinstance(form, asked)):
        form, refused = None, refused or str(NOT_ASKED)
    what = {"told": told, "form": form or (asked() if asked else None), "refused": refused}
    return render(request, "partner/shared.html", what, status=status)


@page(PARTNER)
@require_safe
def shared(request: PartnerRequest) -> HttpResponse:
    return _page(request)


def _refused(request: PartnerRequest, form: forms.Form, refusal: RuleBroken) -> HttpResponse:
    """The page again with why not; where the question is not asked any more, the words stand by themselves."""
    if refusal.field in form.fields:
        form.add_error(refusal.field, str(refusal))
        return _page(request, form, status=422)
    return _page(request, None, str(refusal), status=422)


@page(PARTNER)
@sensitive_post_parameters()
@require_POST
def answer(request: PartnerRequest) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    given = form.cleaned_data
    try:
        answer_by_link(
            link=request.link,
            accepted=given["answer"] == ACCEPT,
            words=given["words"],
            who=given["who"],
            at=now(),
        )
    except RuleBroken as refusal:
        return _refused(request, form, refusal)
    return redirect("partner")


@page(PARTNER)
@sensitive_post_parameters()
@require_POST
def outcome(request: PartnerRequest) -> HttpResponse:
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    given = form.cleaned_data
    try:
        report_by_link(link=request.link, served=Served(given["served"]), words=given["words"], at=now())
    except RuleBroken as refusal:
        return _refused(request, form, refusal)
    return redirect("partner")
