"""A version is tried, read as a whole, published or sent back, and later ended or looked at again."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.forms.definitions import as_it_would_be
from xiezuo.forms.models import PackEdition
from xiezuo.forms.packs.beside import problems_here
from xiezuo.forms.packs.merging import changes as changes_of
from xiezuo.forms.packs.telling import change_words
from xiezuo.forms.packs.trees import as_line
from xiezuo.forms.packs.versions import Edition
from xiezuo.forms.vocab import PackKind
from xiezuo.forms.workshop.access import change_for, edition_for, may, review_for
from xiezuo.forms.workshop.actions import drop, look_again, note_result, publish, retire, review, send_back
from xiezuo.forms.workshop.actions.drafting import told_of_draft
from xiezuo.forms.workshop.actions.publishing import why_not_publish
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.forms.packs import title_of
from xiezuo.web.staff.forms.packs_shown import groups_of
from xiezuo.web.staff.forms.rendering import preview

DAY = {"type": "date"}


class ReadForm(forms.Form):
    changes = forms.CharField(label=gettext_lazy("What is new, in one line"), max_length=200)
    changes_en = forms.CharField(label=gettext_lazy("in English"), max_length=200, required=False)


class PublishForm(forms.Form):
    valid_from = forms.DateField(label=gettext_lazy("It holds from"), widget=forms.DateInput(DAY, format="%Y-%m-%d"))


def _differences(edition: PackEdition) -> list[tuple[str, str]]:
    """Everything that is different from what it was made from, in words, each with its reason."""
    before, after = told_of_draft(edition.base_body or {}), told_of_draft(edition.body)
    notes = {one.path: one.why for one in edition.local_changes.all()}

    def why(path: tuple[str, ...]) -> str:
        return next((notes[as_line(path[:n])] for n in range(len(path), 0, -1) if as_line(path[:n]) in notes), "")

    return [(change_words(one, after, before), why(one.path)) for one in changes_of(before, after)]


@page(STAFF)
@require_http_methods(["GET", "POST"])
def read(request: StaffRequest, pk: int) -> HttpResponse:
    """The author reads the whole of it, and says in one line what is new."""
    edition = edition_for(request.actor, pk)
    form = ReadForm(request.POST or None, initial={"changes": edition.changes, "changes_en": edition.changes_en})
    if request.method == "POST" and form.is_valid():
        try:
            review(by=request.actor, edition=edition, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("Read as a whole. Now a colleague publishes it."))
            return redirect("pack_draft", pk=pk)
    what = {
        "edition": edition,
        "title": title_of(edition.body),
        "form": form,
        "differences": _differences(edition) if edition.base_body is not None else [],
        "groups": groups_of(edition.body) if edition.base_body is None else [],
        "problems": problems_here(edition.body, edition.base_body),
        "mine": edition.author_id == request.actor.id and may(request.actor, "edit"),
        "nav": "packs",
    }
    return render(request, "staff/forms/pack_read.html", what, status=422 if form.errors else 200)


@page(STAFF)
@require_http_methods(["GET", "POST"])
def publish_one(request: StaffRequest, pk: int) -> HttpResponse:
    """A colleague reads what is different, and says from which day it holds, or sends it back."""
    edition = edition_for(request.actor, pk)
    form = PublishForm(request.POST or None, initial={"valid_from": today()})
    if request.method == "POST" and form.is_valid():
        try:
            publish(by=request.actor, edition=edition, valid_from=form.cleaned_data["valid_from"])
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            words = _(
                "Version %(version)s is published. What is recorded on earlier days keeps the version of its time."
            )
            messages.success(request, words % {"version": edition.version})
            return redirect("pack", name=edition.pack_id)
    what = {
        "edition": edition,
        "title": title_of(edition.body),
        "form": form,
        "differences": _differences(edition) if edition.base_body is not None else [],
        "groups": groups_of(edition.body) if edition.base_body is None else [],
        "why_not": why_not_publish(request.actor, edition),
        "may_publish": may(request.actor, "publish"),
        "nav": "packs",
    }
    return render(request, "staff/forms/pack_publish.html", what, status=422 if form.errors else 200)


@page(STAFF)
@require_POST
def back(request: StaffRequest, pk: int) -> HttpResponse:
    """To its author, with what should change first."""
    edition = edition_for(request.actor, pk)
    try:
        send_back(by=request.actor, edition=edition, why=request.POST.get("why", ""))
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
        return redirect("publish_pack", pk=pk)
    messages.success(request, _("Sent back to %(name)s.") % {"name": edition.author.name})
    return redirect("packs")


@page(STAFF)
@require_POST
def drop_one(request: StaffRequest, pk: int) -> HttpResponse:
    edition = edition_for(request.actor, pk)
    try:
        drop(by=request.actor, edition=edition)
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The draft was given up. What holds stays as it is."))
    return redirect("packs")


@page(STAFF)
@require_POST
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """A version of the house's own ends on a day, and none follows."""
    edition = edition_for(request.actor, pk)
    form = forms.DateField()
    try:
        last_day: date = form.clean(request.POST.get("last_day", ""))
        retire(by=request.actor, edition=edition, last_day=last_day)
    except forms.ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Written down."))
    return redirect("pack", name=edition.pack_id)


@page(STAFF)
@require_POST
def again(request: StaffRequest, pk: int) -> HttpResponse:
    """What was published alone was looked at once more."""
    waiting = review_for(request.actor, pk)
    try:
        look_again(by=request.actor, review=waiting, note=request.POST.get("note", ""))
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Written down."))
    return redirect("packs")


@page(STAFF)
@require_POST
def result(request: StaffRequest, pk: int) -> HttpResponse:
    """What came of a change."""
    change = change_for(request.actor, pk)
    note_result(by=request.actor, change=change, result=request.POST.get("result", ""))
    messages.success(request, _("Written down."))
    return redirect("pack", name=change.edition.pack_id)


@page(STAFF)
@require_safe
def attempt(request: StaffRequest, pk: int) -> HttpResponse:
    """A form as it would be asked; nothing typed here is kept."""
    edition = edition_for(request.actor, pk)
    key = request.GET.get("form", "")
    if edition.kind != PackKind.FORMS or key not in edition.body["forms"]:
        raise Http404(key)
    form = as_it_would_be(key, Edition(edition.body, own=True))
    what = preview(form, {}, today()) | {"edition": edition, "title": title_of(edition.body), "nav": "packs"}
    return render(request, "staff/forms/pack_try.html", what)
