"""Drafts are their author's alone."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from xiezuo.common.crypto import blind
from xiezuo.forms.models import Draft, DraftFile, KeptForm, SentForm
from xiezuo.forms.packs import pack
from xiezuo.orgs.access import Actor


def drafts_for(actor: Actor) -> QuerySet[Draft]:
    return Draft.objects.filter(author=actor.user)


def draft_answers(actor: Actor, key: uuid.UUID) -> dict[str, Any]:
    """What the actor had typed under this key; empty when there is no such draft of theirs."""
    draft = drafts_for(actor).filter(key=key).first()
    return dict(json.loads(str(draft.answers))) if draft and draft.answers else {}


def draft_files(actor: Actor, key: uuid.UUID) -> QuerySet[DraftFile]:
    """The files that the actor has chosen in the form with this key and not sent yet, in their order."""
    return DraftFile.objects.filter(draft__in=drafts_for(actor).filter(key=key)).order_by("added_at", "key")


def goes_on(draft: Draft) -> datetime:
    """When a draft goes if nobody goes on with it (pack drafts-default)."""
    return draft.saved_at + timedelta(days=pack("drafts-default")["draft"]["days"])


def goes_soon(draft: Draft, at: datetime) -> bool:
    """Whether its author has to be told now that it goes."""
    return goes_on(draft) - at <= timedelta(days=pack("drafts-default")["draft"]["warn_days"])


def place_of(page: str, name: str) -> str:
    """The name of a form on a page by which its drafts are found, without saying which page it is."""
    return blind(f"{page}#{name}", "draft place")


def sender_of(kind: str, pk: int) -> str:
    """Who sends forms: a login ("staff") or an opened link ("member", "partner")."""
    return blind(f"{kind} {pk}", "sender")


def sent_by(sender: str, key: uuid.UUID) -> SentForm | None:
    """The form with this key, where it was carried out already."""
    return SentForm.objects.filter(sender=sender, key=key).first()


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
