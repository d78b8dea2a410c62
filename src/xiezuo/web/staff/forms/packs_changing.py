"""A draft of a pack: begun, and changed thing by thing, each with a word why."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiezuo.common.errors import RuleBroken
from xiezuo.forms.definitions import words
from xiezuo.forms.models import PackEdition
from xiezuo.forms.models.pack_edition import IN_WORK
from xiezuo.forms.packs.beside import neighbours
from xiezuo.forms.packs.telling import CLASSES, name_in, place_words
from xiezuo.forms.packs.trees import NOTHING, ORDER, Path, as_line, find, of_line, put
from xiezuo.forms.rules import filled
from xiezuo.forms.vocab import Mark, PackKind
from xiezuo.forms.workshop.access import edition_for, may, must
from xiezuo.forms.workshop.actions import begin, begin_new, change_all
from xiezuo.forms.workshop.actions import change as change_one
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.forms.packs import title_of, version_of
from xiezuo.web.staff.forms.packs_forms import (
    CODE_HELP,
    OFFERED,
    OWN_CLASSES,
    OWN_TYPES,
    inputs_for,
    neighbours_of,
    new_member,
    siblings,
    values_typed,
)
from xiezuo.web.staff.forms.packs_shown import groups_of

NEW_KINDS = [PackKind.CHECKLIST, PackKind.CODES]


@page(STAFF)
@require_POST
def begin_one(request: StaffRequest, name: str) -> HttpResponse:
    """A new version of a pack, made from the one that holds today, or the latest of the house."""
    try:
        edition = begin(by=request.actor, of=version_of(name, request.POST.get("version", "")))
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
        return redirect("pack", name=name)
    return redirect("pack_draft", pk=edition.pk)


@page(STAFF)
@require_safe
def draft(request: StaffRequest, pk: int) -> HttpResponse:
    """A version in work: its content with a way into each part, and what was changed so far."""
    edition = edition_for(request.actor, pk)
    if edition.state not in IN_WORK:
        return redirect("pack", name=edition.pack_id)
    form = request.GET.get("form", "")
    if form and form not in (edition.body.get("forms") or {}):
        raise Http404(form)
    what = {
        "edition": edition,
        "title": title_of(edition.body),
        "groups": groups_of(edition.body, form),
        "form": form,
        "form_name": name_in(edition.body["forms"][form], form) if form else "",
        "form_at": as_line(("forms", form)),
        "notes": edition.local_changes.select_related("by"),
        "mine": edition.author_id == request.actor.id and may(request.actor, "edit"),
        "may_drop": edition.author_id == request.actor.id or may(request.actor, "publish"),
        "may_publish": may(request.actor, "publish"),
        "nav": "packs",
    }
    return render(request, "staff/forms/pack_draft.html", what)


def _path(request: StaffRequest) -> Path:
    """What the page is about. Raises Http404 for what is no path."""
    try:
        return of_line(request.GET.get("at", ""))
    except ValueError as error:
        raise Http404 from error


def _back(edition: PackEdition, path: Path) -> str:
    """The page of the draft on which this part stands."""
    from django.urls import reverse

    at = reverse("pack_draft", args=[edition.pk])
    return f"{at}?form={path[1]}" if len(path) > 2 and path[0] == "forms" else at


@page(STAFF)
@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """One part of a draft: what it is called, what it asks, where it stands; and why it changes."""
    edition = edition_for(request.actor, pk)
    must(request.actor, "edit")
    path = _path(request)
    thing = find(edition.body, path)
    if not path or thing is NOTHING:
        raise Http404
    inputs, refused, tried = inputs_for(edition.body, path), "", thing
    if request.method == "POST":
        try:
            if request.POST.get("move") == "try":
                tried = find(_tried(request, edition, path), path)
            else:
                _change(request, edition, path)
        except RuleBroken as refusal:
            refused = str(refusal)
        else:
            if request.POST.get("move") != "try":
                messages.success(request, _("Kept in the draft. Nothing of it holds before it is published."))
                return redirect(_back(edition, path))
    beside = neighbours_of(edition.body, path)
    what = {
        "edition": edition,
        "title": title_of(edition.body),
        "where": place_words(path[:-1], edition.body),
        "name": name_in(thing, path[-1]),
        "inputs": [(one, request.POST.get(f"v.{one.name}", "") if request.POST else one.value) for one in inputs],
        "why": request.POST.get("why", ""),
        "refused": refused,
        "sentence": _sentence(tried) if path[0] == "rules" else "",
        "back": _back(edition, path),
        "up": beside[:1] != [path[-1]] and bool(beside),
        "down": beside[-1:] != [path[-1]] and bool(beside),
        "own": len(path) > 1 and path[-2] in OFFERED and find(edition.base_body, path) is NOTHING,
        "core": isinstance(thing, dict) and "type" in thing and thing.get("core", True),
        "nav": "packs",
    }
    return render(request, "staff/forms/pack_change.html", what, status=422 if refused else 200)


def _tried(request: StaffRequest, edition: PackEdition, path: Path) -> Any:
    """The pack with what was typed, kept nowhere."""
    body = edition.body
    for place, value in values_typed(inputs_for(body, path), body, request.POST.dict()).items():
        body = put(body, place, value)
    return body


def _sentence(rule: Any) -> str:
    """What a rule asks, as people read it, with its numbers."""
    if not (isinstance(rule, dict) and rule.get("zh")):
        return ""
    numbers = rule.get("values")
    return filled(str(words(rule)), numbers if isinstance(numbers, dict) else {})


def _change(request: StaffRequest, edition: PackEdition, path: Path) -> None:
    why, move = request.POST.get("why", ""), request.POST.get("move", "")
    if move == "drop":
        change_one(by=request.actor, edition=edition, path=path, value=NOTHING, why=why)
    elif move in {"up", "down"}:
        order = neighbours_of(edition.body, path)
        here = order.index(path[-1])
        there = max(0, min(len(order) - 1, here + (1 if move == "down" else -1)))
        order.insert(there, order.pop(here))
        change_one(by=request.actor, edition=edition, path=(*path[:-1], ORDER), value=order, why=why)
    else:
        values = values_typed(inputs_for(edition.body, path), edition.body, request.POST.dict())
        change_all(by=request.actor, edition=edition, values=values, why=why)


@page(STAFF)
@require_http_methods(["GET", "POST"])
def add(request: StaffRequest, pk: int) -> HttpResponse:
    """Something new in a list of a draft: a field of one's own, a value, a line, a step."""
    edition = edition_for(request.actor, pk)
    must(request.actor, "edit")
    path, refused = _path(request), ""
    if not path or find(edition.body, path) is NOTHING:
        raise Http404
    if request.method == "POST":
        try:
            key, told = new_member(path[-1], request.POST.dict())
            if find(edition.body, (*path, key)) is not NOTHING:
                raise RuleBroken("forms.pack.code_taken", _("This code stands here already. Choose another."))
            change_one(
                by=request.actor, edition=edition, path=(*path, key), value=told, why=request.POST.get("why", "")
            )
        except RuleBroken as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("Kept in the draft. Nothing of it holds before it is published."))
            return redirect(_back(edition, path))
    what = {
        "edition": edition,
        "title": title_of(edition.body),
        "where": place_words(path, edition.body) or place_words(path[:-1], edition.body),
        "container": path[-1],
        "typed": request.POST,
        "refused": refused,
        "back": _back(edition, path),
        "code_help": CODE_HELP,
        "types": [(kind.value, kind.label) for kind in OWN_TYPES],
        "classes": [(kind.value, CLASSES[kind]) for kind in OWN_CLASSES],
        "lists": sorted(neighbours().lists) if path[-1] == "fields" else [],
        "others": siblings(edition.body, path) if path[-1] == "fields" else [],
        "nav": "packs",
    }
    return render(request, "staff/forms/pack_add.html", what, status=422 if refused else 200)


class NewForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("What it is called"), max_length=60)
    title_en = forms.CharField(label=gettext_lazy("in English"), max_length=80)
    pack_id = forms.SlugField(
        label=gettext_lazy("Short name"),
        max_length=60,
        help_text=gettext_lazy("Small letters, digits and -, for instance centre-checklist. It stays for good."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What it holds"), choices=[(kind.value, kind.label) for kind in NEW_KINDS]
    )
    source = forms.CharField(label=gettext_lazy("Where it comes from"), max_length=200)
    mark = forms.ChoiceField(
        label=gettext_lazy("How far it was looked up"), choices=Mark.choices, initial=Mark.UNVERIFIED
    )
    code = forms.SlugField(label=gettext_lazy("Code of the first line"), max_length=40, help_text=CODE_HELP)
    zh = forms.CharField(label=gettext_lazy("The first line"), max_length=120)
    en = forms.CharField(label=gettext_lazy("in English"), max_length=160)

    def body(self) -> dict[str, Any]:
        """The pack that was described."""
        told = self.cleaned_data
        first = {"code": told["code"], "zh": told["zh"], "en": told["en"]}
        words = {"zh": told["zh"], "en": told["en"]}
        listed = {"zh": told["title"], "en": told["title_en"], "values": {told["code"]: words}}
        content: dict[str, Any] = (
            {"items": [first]}
            if told["kind"] == PackKind.CHECKLIST
            else {"codes": {told["pack_id"].replace("-", "_"): listed}}
        )
        return {
            "id": told["pack_id"],
            "kind": told["kind"],
            "title": told["title"],
            "title_en": told["title_en"],
            "version": "1.0",
            "applies_to": "organisation",
            "source": told["source"],
            "mark": told["mark"],
            "licence": "",
            **content,
        }


@page(STAFF)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A pack of the house's own: a checklist or a list of values."""
    must(request.actor, "edit")
    form = NewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            edition = begin_new(by=request.actor, body=form.body())
        except RuleBroken as refusal:
            form.add_error("pack_id" if refusal.field == "id" else None, str(refusal))
        else:
            return redirect("pack_draft", pk=edition.pk)
    what = {"form": form, "nav": "packs"}
    return render(request, "staff/forms/pack_new.html", what, status=422 if form.errors else 200)
