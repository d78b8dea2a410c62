"""Drafts behind a page that saves as one types: the key of its opening, what was typed, and when the house had it.

What a form carries beside what is typed begins with `draft_`: the key of this opening, the page and the name of the form
on it; a page with scripts adds which open page it is (`draft_opening`) and the revision it knew (`draft_base`).
"""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest, JsonResponse, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from xiezuo.common.crypto import blind
from xiezuo.common.days import local
from xiezuo.forms.access import drafts_for, place_of, sender_of, sent_by
from xiezuo.forms.actions import keep_draft
from xiezuo.forms.models import Draft
from xiezuo.orgs.access import Actor

NEVER_KEPT = {"csrfmiddlewaretoken"}
CARRIED = "draft_"
PAGE = "page"  # the form of a draft that any page keeps; others have a page of their own that knows them


def as_key(written: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(written)
    except ValueError:
        return None


def draft_key(request: HttpRequest) -> uuid.UUID | None:
    """The key of the draft that the address names; None for an address without one, or with something else."""
    return as_key(request.GET.get("draft", ""))


def posted_key(request: HttpRequest) -> uuid.UUID | None:
    """The key of the opening that a sent form carries."""
    return as_key(request.POST.get(f"{CARRIED}key", ""))


def opening_of(request: HttpRequest) -> dict[str, Any]:
    """Which open page sends, and the revision it knew: words of keep_draft and finish_draft."""
    base = request.POST.get(f"{CARRIED}base", "")
    base_known = int(base) if base.isdecimal() and len(base) < 9 else None
    return {"opening": request.POST.get(f"{CARRIED}opening", "")[:36], "base": base_known}


def page_of(request: HttpRequest) -> str:
    """The page on which the form stands, as an address of this house: the one it says, else the one asked for."""
    said = request.POST.get(f"{CARRIED}page", "")
    if said.startswith("/") and url_has_allowed_host_and_scheme(said, None):
        return said
    return request.get_full_path()


def without_draft(page: str) -> str:
    """The address of a page, whichever draft it names."""
    path, _sep, query = page.partition("?")
    asked = QueryDict(query, mutable=True)
    asked.pop("draft", None)
    return f"{path}?{asked.urlencode()}" if asked else path


def place_on(page: str, name: str) -> str:
    """Where drafts of the form `name` on a page are offered again."""
    return place_of(without_draft(page), name)


def owner_of(actor: Actor) -> str:
    """Whose copies on a device are, without naming them."""
    return blind(str(actor.id), "device owner")[:16]


def typed(data: QueryDict, *, buttons: Collection[str] = ()) -> dict[str, list[str]]:
    """Everything typed, as a draft keeps it: lists by field name, without the `buttons` that were pressed."""
    left_out = NEVER_KEPT | set(buttons)
    return {name: values for name, values in data.lists() if name not in left_out and not name.startswith(CARRIED)}


def saved_at(actor: Actor, key: uuid.UUID) -> datetime | None:
    """When the house last had the draft, in its own time; None while it has nothing."""
    saved = drafts_for(actor).filter(key=key).first()
    return local(saved.saved_at) if saved else None


def clock(moment: datetime) -> str:
    return local(moment).strftime("%H:%M")


def _elsewhere(draft: Draft, words: str) -> JsonResponse:
    """Nothing is replaced: these words have a draft of their own now."""
    said = {"key": str(draft.key), "revision": draft.revision, "saved": clock(draft.saved_at), "words": words}
    return JsonResponse(said, status=409)


def keep_answer(
    request: Any, key: uuid.UUID, *, form: str, title: str, answers: dict[str, Any], place: str = ""
) -> JsonResponse:
    """Keep what a page saves by itself, and say when the house had it.

    Where the form was carried out already, the open page that sent it is told where that led; words of another open page
    are kept apart, and so are words that another one would have overwritten (409, with the key they are kept under).
    """
    came = opening_of(request)
    what: dict[str, Any] = {
        "form": form,
        "title": title[:200],
        "answers": answers,
        "page": page_of(request),
        "place": place,
    }
    with transaction.atomic():
        return _kept(request.actor, key, what, came)


def _kept(actor: Actor, key: uuid.UUID, what: dict[str, Any], came: dict[str, Any]) -> JsonResponse:
    sender = sender_of("staff", actor.id)
    sent = sent_by(sender, key)
    if sent is not None and came["opening"] in {"", sent.opening}:
        return JsonResponse({"done": str(sent.address)})
    if sent is not None:
        draft = keep_draft(by=actor, key=uuid.uuid4(), **what, **came)
        return _elsewhere(
            draft, _("This form was sent from elsewhere. What you typed here is kept as a draft of its own.")
        )
    draft = keep_draft(by=actor, key=key, **what, **came)
    if draft.key != key:
        return _elsewhere(draft, _("This form is open elsewhere too, with other words. Both versions are kept."))
    return JsonResponse({"saved": clock(draft.saved_at), "revision": draft.revision})
