"""I ask: correct, add, copy, let rest, delete, hand over, explain. With a receipt and a clock."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.orgs.queries import house_full_name
from xiezuo.people.actions import ask
from xiezuo.people.members import request_of, requests_of
from xiezuo.people.models import DataRequest
from xiezuo.people.rights import answer_due
from xiezuo.people.vocab import DataRequestKind
from xiezuo.service.own_record import held_by_rule
from xiezuo.web.base.errors import page_not_found
from xiezuo.web.base.pages import MEMBER, MemberRequest, page
from xiezuo.web.member.words import shell

K = DataRequestKind
MEANS: dict[DataRequestKind, Promise] = {
    K.CORRECT: _("Something is wrong. Write what, and how it should be."),
    K.COMPLETE: _("Something is missing. Write what to add."),
    K.EXPLAIN: _("You want to know why something was written down, or what was done with it."),
    K.RESTRICT: _("It stays, and nobody uses it until you agree again."),
    K.DELETE: _("What no rule asks to keep is destroyed after two colleagues have looked."),
    K.MOVE: _("Another organisation gets what is recorded. Write which one."),
    K.CLOSE: _("You want to have nothing more to do with us; everything ends."),
}
ENDING = {K.DELETE, K.CLOSE}


class AskForm(forms.Form):
    """What someone wants to be done."""

    kind = forms.ChoiceField(choices=[(kind, kind.label) for kind in MEANS], widget=forms.RadioSelect)
    scope = forms.CharField(label=_("What is it about?"), max_length=2000, widget=forms.Textarea({"rows": 4}))


def is_late(row: DataRequest) -> bool:
    return not row.is_answered and row.due_on < today()


@page(MEMBER)
@require_http_methods(["GET", "POST"])
def requests(request: MemberRequest) -> HttpResponse:
    """Ask something, and see how what was asked stands."""
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind = DataRequestKind(form.cleaned_data["kind"])
        try:
            row = ask(member=request.member, kind=kind, scope=form.cleaned_data["scope"], on=today())
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return redirect("member_request", pk=row.pk)
    usual = answer_due(K.CORRECT, today())
    what = shell(request.member, "member_requests") | {
        "form": form,
        "kinds": [
            (kind, kind.label, words, due if (due := answer_due(kind, today())) != usual else None)
            for kind, words in MEANS.items()
        ],
        "usual": usual,
        "chosen": request.POST.get("kind", ""),
        "rows": [(row, is_late(row)) for row in requests_of(request.member)],
        "today": today(),
    }
    return render(request, "member/requests.html", what, status=422 if form.errors else 200)


@page(MEMBER)
@require_GET
def receipt(request: MemberRequest, pk: int) -> HttpResponse:
    """One request with its number, on paper where wanted. Somebody else's is the same page as none."""
    row = request_of(request.member, pk)
    if row is None:
        return page_not_found(request, LookupError())
    held = held_by_rule(request.member.subject, today()) if row.kind in ENDING else []
    what = shell(request.member, "member_requests") | {
        "row": row,
        "late": is_late(row),
        "held": held,
        "house_full_name": house_full_name(),
    }
    return render(request, "member/request.html", what)
