"""/drafts/…: what is being typed, saved from any page; what was typed and not sent, offered again; files on their way."""

import json
import uuid
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from xiezuo.common.days import now
from xiezuo.common.errors import RuleBroken
from xiezuo.forms.access import draft_files, drafts_for, goes_on, goes_soon, sender_of, sent_by
from xiezuo.forms.actions import drop_draft, drop_draft_file, keep_draft_file
from xiezuo.forms.files import drop_files
from xiezuo.forms.models import Draft, DraftFile
from xiezuo.forms.packs import pack
from xiezuo.orgs.access import Actor
from xiezuo.web.base.drafting import CARRIED, PAGE, as_key, clock, keep_answer, owner_of, page_of, place_on, typed
from xiezuo.web.base.pages import STAFF, StaffRequest, page

MOST_ASKED = 40  # keys that one page asks about at once


def listed(actor: Actor, most: int | None = None) -> list[dict[str, Any]]:
    """One's own drafts, the latest first: each with the way back, and the day it goes where that is soon."""
    rows = drafts_for(actor).order_by("-saved_at")[:most]
    return [
        {
            "draft": row,
            "title": _title(row),
            "page": _way_back(row),
            "goes": goes_on(row) if goes_soon(row, now()) else None,
        }
        for row in rows
    ]


def _title(draft: Draft) -> str:
    """What the page calls itself, without the name of the program behind it."""
    title = str(draft.title)
    return title.rpartition(" · ")[0] or title if draft.form == PAGE else title


def _way_back(draft: Draft) -> str:
    """The page of the form; of several drafts of one form, this one."""
    path, _sep, query = str(draft.page).partition("?")
    if draft.form != PAGE or "draft=" in query:
        return str(draft.page)
    return f"{path}?{query}&draft={draft.key}" if query else f"{path}?draft={draft.key}"


@page(STAFF)
@require_GET
def drafts(request: StaffRequest) -> HttpResponse:
    """Everything that was begun and not sent."""
    what = {"drafts": listed(request.actor), "days": pack("drafts-default")["draft"]["days"], "nav": "today"}
    return render(request, "base/drafts.html", what)


@page(STAFF)
@sensitive_post_parameters()
@require_POST
def keep(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Autosave from any page; answers with the time at which the house has it."""
    place = place_on(page_of(request), request.POST.get(f"{CARRIED}form", ""))
    title = request.POST.get(f"{CARRIED}title", "")
    return keep_answer(request, key, form=PAGE, title=title, answers=typed(request.POST), place=place)


@page(STAFF)
@require_POST
def drop(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Throw a draft away, because its author said so."""
    drop_draft(by=request.actor, key=key)
    drop_files(by=request.actor, key=key)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"gone": True})
    messages.success(request, _("The draft is gone."))
    return redirect((request.POST.get("next") == "drafts" and "drafts") or "today")


def _told(draft: Draft, files: list[DraftFile]) -> dict[str, Any]:
    return {
        "key": str(draft.key),
        "form": draft.form,
        "revision": draft.revision,
        "opening": draft.opening,
        "saved": clock(draft.saved_at),
        "at": int(draft.saved_at.timestamp() * 1000),
        "answers": json.loads(str(draft.answers) or "{}"),
        "files": [_file(row) for row in files],
    }


def _file(row: DraftFile) -> dict[str, Any]:
    return {"key": str(row.key), "field": row.field, "name": row.name, "size": row.size}


@page(STAFF)
@require_GET
def find(request: StaffRequest) -> HttpResponse:
    """What a page asks when it is opened: drafts of its forms (`place`, `key`), which of the keys were sent already, and
    a fresh seal for a page that has stood open for long."""
    keys = [key for written in request.GET.getlist("key")[:MOST_ASKED] if (key := as_key(written))]
    places = request.GET.getlist("place")[:MOST_ASKED]
    found = drafts_for(request.actor).filter(Q(key__in=keys) | Q(place__in=places, form=PAGE)).order_by("-saved_at")
    files: dict[uuid.UUID, list[DraftFile]] = {}
    for row in DraftFile.objects.filter(draft__in=found).order_by("added_at"):
        files.setdefault(row.draft_id, []).append(row)
    sender = sender_of("staff", request.actor.id)
    done = {str(key): str(sent.address) for key in keys if (sent := sent_by(sender, key))}
    told = [_told(draft, files.get(draft.key, [])) | {"place": draft.place} for draft in found]
    return JsonResponse({"drafts": told, "done": done, "seal": get_token(request), "owner": owner_of(request.actor)})


@page(STAFF)
@require_POST
def add_file(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """A file chosen in a form comes at once, before the form is sent."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return JsonResponse({"words": _("No file came. Choose it once more.")}, status=422)
    field = request.POST.get("field", "file")[:100]
    try:
        row = keep_draft_file(by=request.actor, key=key, field=field, content=file.read(), name=file.name or "")
    except RuleBroken as refusal:
        return JsonResponse({"words": str(refusal)}, status=422)
    return JsonResponse(_file(row))


@page(STAFF)
@require_POST
def drop_file(request: StaffRequest, key: uuid.UUID, file: uuid.UUID) -> HttpResponse:
    drop_draft_file(by=request.actor, key=key, file=file)
    return JsonResponse({"files": [_file(row) for row in draft_files(request.actor, key)]})
