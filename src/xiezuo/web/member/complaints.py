"""I complain: it goes to somebody it is not about, and I hear what comes of it."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.people.actions import complain
from xiezuo.people.members import complaints_of
from xiezuo.people.rights import complaint_due
from xiezuo.web.base.pages import MEMBER, MemberRequest, page
from xiezuo.web.member.words import shell


class ComplaintForm(forms.Form):
    """What happened, and what should come of it."""

    about = forms.CharField(label=_("Whom or what is it about?"), max_length=200)
    facts = forms.CharField(label=_("What happened?"), max_length=4000, widget=forms.Textarea({"rows": 5}))
    wish = forms.CharField(
        label=_("What should we do?"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )


@page(MEMBER)
@require_http_methods(["GET", "POST"])
def complaints(request: MemberRequest) -> HttpResponse:
    form = ComplaintForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            complain(member=request.member, on=today(), **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            response = redirect("member_complaints")
            response["Location"] += "?done=1"
            return response
    what = shell(request.member, "member_complaints") | {
        "form": form,
        "rows": complaints_of(request.member),
        "done": request.GET.get("done") == "1",
        "due": complaint_due(today()),
    }
    return render(request, "member/complaints.html", what, status=422 if form.errors else 200)
