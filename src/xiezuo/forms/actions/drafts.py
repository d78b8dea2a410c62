"""Keeping what someone types before it is finished."""

import json
import uuid
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now
from xiezuo.common.errors import NotAllowed
from xiezuo.forms.models import Draft, DraftFile
from xiezuo.forms.packs import pack
from xiezuo.orgs.access import Actor


def remove_drafts(drafts: QuerySet[Draft]) -> None:
    """Drafts go with their files, once the transaction has ended well."""
    for kept in DraftFile.objects.filter(draft__in=drafts):
        transaction.on_commit(partial(kept.file.storage.delete, str(kept.file.name)))
    drafts.delete()


def _forget_old() -> None:
    remove_drafts(Draft.objects.filter(saved_at__lt=now() - timedelta(days=pack("drafts-default")["draft"]["days"])))


def _written_elsewhere(draft: Draft, opening: str, base: int | None) -> bool:
    """Whether another open page has saved since this one last knew what stands here. A page without scripts has no
    opening and is believed."""
    return bool(opening and draft.opening and draft.opening != opening and draft.revision != base)


def _locked(by: Actor, form: str, key: uuid.UUID) -> Draft:
    # Two requests of one page may bring the first words at once, or one of them finish the form.
    start = {"author": by.user, "form": form, "saved_at": now()}
    _draft, new = Draft.objects.get_or_create(key=key, defaults=start)
    if new:
        _forget_old()
    return Draft.objects.select_for_update().filter(key=key).first() or Draft(key=key, **start)


@transaction.atomic
def keep_draft(
    *,
    by: Actor,
    form: str,
    key: uuid.UUID,
    title: str,
    answers: dict[str, Any],
    page: str = "",
    place: str = "",
    opening: str = "",
    base: int | None = None,
) -> Draft:
    """Keep the answers as they stand. The same key again replaces them; nobody else's draft can be reached.

    `base` is the revision that the open page `opening` knew. Where another page has written other words since, neither
    replaces the other: these are kept beside them, in the draft that is returned, under a key of its own.
    """
    draft = _locked(by, form, key)
    if draft.author_id != by.id:
        raise NotAllowed(_("This draft belongs to a colleague."))
    words = json.dumps(answers, ensure_ascii=False)
    if _written_elsewhere(draft, opening, base) and words != draft.answers:
        # The answer that named the other key may have been lost on its way.
        known = Draft.objects.filter(author=by.user, beside=key, opening=opening).first()
        draft = known or Draft(author=by.user, form=form, beside=key)
    draft.title, draft.answers = title, words
    draft.page, draft.place = page or draft.page, place or draft.place
    draft.opening = opening or draft.opening
    draft.revision += 1
    draft.saved_at = now()
    draft.save()
    return draft


@transaction.atomic
def drop_draft(*, by: Actor, key: uuid.UUID) -> None:
    """The form is finished, or its author does not want it any more."""
    remove_drafts(Draft.objects.filter(key=key, author=by.user))


@transaction.atomic
def finish_draft(*, by: Actor, key: uuid.UUID, opening: str = "", base: int | None = None) -> None:
    """The form was carried out. Words written meanwhile in another open page stay, as a draft of their own."""
    draft = Draft.objects.select_for_update().filter(key=key, author=by.user).first()
    if draft is not None and _written_elsewhere(draft, opening, base):
        draft.key, draft.beside = uuid.uuid4(), key
        draft.save(force_insert=True)
    drop_draft(by=by, key=key)
