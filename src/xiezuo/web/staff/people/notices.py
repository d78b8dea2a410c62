"""告知文本: what people are told before they are asked, version by version."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from xiezuo.common.errors import RuleBroken
from xiezuo.forms.packs import pack
from xiezuo.orgs.access import must_publish_notices
from xiezuo.orgs.queries import house_full_name
from xiezuo.people.access import must_do_casework
from xiezuo.people.actions import parts_of_notice, publish_notice
from xiezuo.people.models import PrivacyNotice
from xiezuo.people.queries import notices_of_today
from xiezuo.people.vocab import ConsentPurpose
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.reasons import as_error

PARTS: dict[str, Promise] = {
    "who": gettext_lazy("Who asks"),
    "contact": gettext_lazy("Whom to turn to"),
    "what_for": gettext_lazy("What for"),
    "way": gettext_lazy("How it is handled"),
    "kinds": gettext_lazy("What is written down"),
    "period": gettext_lazy("How long it is kept"),
    "rights": gettext_lazy("Your rights"),
    "need": gettext_lazy("Why it is needed"),
    "effect": gettext_lazy("What it means for you"),
}


@dataclass(frozen=True)
class Told:
    """One purpose with the text of today, in the order in which it is read; `notice` is None while there is none."""

    purpose: ConsentPurpose
    notice: PrivacyNotice | None

    @property
    def parts(self) -> list[tuple[Promise, str]]:
        return [(PARTS[name], text) for name, text in self.notice.says.items()] if self.notice else []


class NoticeForm(forms.Form):
    """The parts that the purpose wants, and the same in plain words for a child."""

    plain = forms.CharField(
        label=gettext_lazy("In plain words, for a child"), required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, purpose: ConsentPurpose, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in parts_of_notice(purpose):
            area = forms.Textarea({"rows": 3})
            self.fields[name] = forms.CharField(label=str(PARTS[name]), required=False, widget=area)
        self.order_fields([*parts_of_notice(purpose), "plain"])


@page(STAFF)
@require_safe
def notices(request: StaffRequest) -> HttpResponse:
    """Every purpose with the text that people are shown now."""
    must_do_casework(request.actor)
    current = notices_of_today()
    what = {
        "told": [Told(purpose, current.get(purpose)) for purpose in ConsentPurpose],
        "may_publish": request.actor.supervises,
        "nav": "people",
    }
    return render(request, "staff/people/notices.html", what)


@page(STAFF)
@require_http_methods(["GET", "POST"])
def publish(request: StaffRequest, purpose: str) -> HttpResponse:
    """Write the next version of a text; what was shown before stays with the answers given to it."""
    must_publish_notices(request.actor)
    if purpose not in ConsentPurpose.values:
        raise Http404
    asked = ConsentPurpose(purpose)
    before = notices_of_today().get(asked)
    form = NoticeForm(request.POST or None, purpose=asked, initial=_draft(asked, before))
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            made = publish_notice(by=request.actor, purpose=asked, plain=given.pop("plain"), says=given)
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, as_error(refusal))
        else:
            words = {"purpose": asked.label, "n": made.version}
            messages.success(request, _("Published: “%(purpose)s”, version %(n)s.") % words)
            return redirect("notices")
    what = {"purpose": asked, "form": form, "before": before, "nav": "people"}
    return render(request, "staff/people/notice_form.html", what, status=422 if form.errors else 200)


def _draft(purpose: ConsentPurpose, before: PrivacyNotice | None) -> dict[str, str]:
    """What the form begins with: the text of today, else the draft of pack consent-texts."""
    if before is not None:
        return {**before.says, "plain": before.plain}
    texts = pack("consent-texts")
    draft = {**texts["always"], **texts["purposes"][purpose]}
    return {name: text.replace("{house}", house_full_name()) for name, text in draft.items()}
