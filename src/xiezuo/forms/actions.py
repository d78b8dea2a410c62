"""Keeping what someone types before it is finished."""

import json
import uuid
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.crypto import blind
from xiezuo.common.days import now
from xiezuo.common.errors import NotAllowed
from xiezuo.forms.models import Draft, KeptForm
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import User


@transaction.atomic
def keep_draft(*, by: Actor, form: str, key: uuid.UUID, title: str, answers: dict[str, Any]) -> Draft:
    """Keep the answers as they stand. The same key again replaces them; nobody else's draft can be reached."""
    # Two requests of one page may bring the first words at once.
    Draft.objects.get_or_create(key=key, defaults={"author": by.user, "form": form, "saved_at": now()})
    draft = Draft.objects.select_for_update().get(key=key)
    if draft.author_id != by.id:
        raise NotAllowed(_("This draft belongs to a colleague."))
    draft.title = title
    draft.answers = json.dumps(answers, ensure_ascii=False)
    draft.revision += 1
    draft.saved_at = now()
    draft.save()
    return draft


@transaction.atomic
def drop_draft(*, by: Actor, key: uuid.UUID) -> None:
    """The form is finished, or its author does not want it any more."""
    Draft.objects.filter(key=key, author=by.user).delete()


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
