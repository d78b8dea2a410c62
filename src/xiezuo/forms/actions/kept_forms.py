"""Keeping what came after a session had ended."""

import json
import uuid
from datetime import timedelta

from django.db import transaction

from xiezuo.common.crypto import blind
from xiezuo.common.days import now
from xiezuo.forms.models import KeptForm
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import User


@transaction.atomic
def keep_form(*, user: User, path: str, fields: list[tuple[str, str]], files: int, hours: int) -> KeptForm:
    """Keep what came after the session had ended, for its author alone. The same page again replaces it.

    Forms older than `hours` go at this occasion, whoever wrote them.
    """
    KeptForm.objects.filter(kept_at__lt=now() - timedelta(hours=hours)).delete()
    held, _new = KeptForm.objects.update_or_create(
        user=user,
        digest=blind(path, "kept form"),
        defaults={
            "path": path,
            "fields": json.dumps(fields, ensure_ascii=False),
            "files": files,
            "kept_at": now(),
        },
    )
    return held


@transaction.atomic
def take_kept_form(*, by: Actor, key: uuid.UUID) -> bool:
    """The form is being sent again, or thrown away. True for the first who asks and for nobody after."""
    return bool(KeptForm.objects.filter(user=by.user, key=key).delete()[0])
