"""Drafts are their author's alone."""

import json
import uuid
from typing import Any

from django.db.models import QuerySet

from xiezuo.forms.models import Draft
from xiezuo.orgs.access import Actor


def drafts_for(actor: Actor) -> QuerySet[Draft]:
    return Draft.objects.filter(author=actor.user)


def draft_answers(actor: Actor, key: uuid.UUID) -> dict[str, Any]:
    """What the actor had typed under this key; empty when there is no such draft of theirs."""
    draft = drafts_for(actor).filter(key=key).first()
    return dict(json.loads(str(draft.answers))) if draft and draft.answers else {}
