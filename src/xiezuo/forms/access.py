"""Drafts are their author's alone."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from xiezuo.forms.models import Draft, KeptForm
from xiezuo.orgs.access import Actor


def drafts_for(actor: Actor) -> QuerySet[Draft]:
    return Draft.objects.filter(author=actor.user)


def draft_answers(actor: Actor, key: uuid.UUID) -> dict[str, Any]:
    """What the actor had typed under this key; empty when there is no such draft of theirs."""
    draft = drafts_for(actor).filter(key=key).first()
    return dict(json.loads(str(draft.answers))) if draft and draft.answers else {}


@dataclass(frozen=True)
class Kept:
    """A kept form as its author sees it: where it was sent, and its fields in their order."""

    key: uuid.UUID
    path: str
    fields: list[tuple[str, str]]
    files: int
    kept_at: datetime


def kept_form_for(actor: Actor, key: uuid.UUID) -> Kept | None:
    """One's own form that came too late; None when there is none of this key."""
    held = KeptForm.objects.filter(user=actor.user, key=key).first()
    if held is None:
        return None
    fields = [(str(name), str(value)) for name, value in json.loads(str(held.fields))]
    return Kept(held.key, str(held.path), fields, held.files, held.kept_at)
