"""Drafts behind a page that saves as one types: the key in its address, what was typed, and when the house had it."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.http import HttpRequest, JsonResponse, QueryDict

from xiezuo.common.days import local
from xiezuo.forms.access import drafts_for
from xiezuo.forms.models import Draft
from xiezuo.orgs.access import Actor

NEVER_KEPT = {"csrfmiddlewaretoken"}


def draft_key(request: HttpRequest) -> uuid.UUID | None:
    """The key of the draft that the address names; None for an address without one, or with something else."""
    try:
        return uuid.UUID(request.GET.get("draft", ""))
    except ValueError:
        return None


def typed(data: QueryDict, *, buttons: Collection[str]) -> dict[str, list[str]]:
    """Everything typed, as a draft keeps it: lists by field name, without the `buttons` that were pressed."""
    left_out = NEVER_KEPT | set(buttons)
    return {name: values for name, values in data.lists() if name not in left_out}


def saved_at(actor: Actor, key: uuid.UUID) -> datetime | None:
    """When the house last had the draft, in its own time; None while it has nothing."""
    saved = drafts_for(actor).filter(key=key).first()
    return local(saved.saved_at) if saved else None


def kept(draft: Draft) -> JsonResponse:
    """The answer to an autosave: the time at which the house has it."""
    return JsonResponse({"saved": local(draft.saved_at).strftime("%H:%M"), "revision": draft.revision})
