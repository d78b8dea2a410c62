"""Rows of filled forms. Whoever calls has decided that it may be, stands inside the wall, and in a transaction."""

import json
import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now
from xiezuo.common.errors import RuleBroken
from xiezuo.common.privacy import Privacy
from xiezuo.forms.definitions import FieldDef, FormDefinition, form_definition, form_of
from xiezuo.forms.filling import files_in, must_be_answers, with_computed, without
from xiezuo.forms.models import AuthorsAnswers, EarlierSubmission, Submission, SubmissionFile
from xiezuo.forms.vocab import SubmissionState
from xiezuo.orgs.access import Actor

TABLES = ("forms.Submission", "forms.EarlierSubmission", "forms.AuthorsAnswers")
SIGN = "SIGN"


def is_authors(one: FieldDef) -> bool:
    return one.privacy == Privacy.AUTHOR_ONLY


def is_everyones(one: FieldDef) -> bool:
    return not is_authors(one)


def written(answers: Mapping[str, Any]) -> str:
    return json.dumps(answers, ensure_ascii=False, sort_keys=True) if answers else ""


def answers_in(text: object) -> dict[str, Any]:
    return dict(json.loads(str(text))) if text else {}


def parted(form: FormDefinition, answers: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the file holds, and what is its author's alone. Raises KeyError for answers nobody asked for."""
    must_be_answers(form, answers)
    fields = [*form.fields()]
    return without(fields, answers, is_authors), without(fields, answers, is_everyones)


def write_submission(
    by: Actor, form: FormDefinition, answers: Mapping[str, Any], on: date, key: uuid.UUID, draft: uuid.UUID
) -> Submission:
    """A new filled form; `on`: the day of the service, `draft`: the key under which its files came."""
    shared, own = parted(form, with_computed(form, answers))
    submission = Submission.objects.create(
        key=key,
        form=form.key,
        pack_id=form.pack_id,
        version=form.version,
        service_date=on,
        author=by.user,
        changed_by=by.user,
        state=SubmissionState.WAITING if form.has(SIGN) else SubmissionState.COMPLETE,
        answers=written(shared),
    )
    if own:
        AuthorsAnswers.objects.create(submission=submission, author=by.user, answers=written(own))
    bind_files(by, submission, form, answers, draft)
    return submission


def bind_files(
    by: Actor, submission: Submission, form: FormDefinition, answers: Mapping[str, Any], draft: uuid.UUID
) -> None:
    """The files that the answers name are the form's from now on."""
    waiting = SubmissionFile.objects.filter(draft_key=draft, added_by=by.user, submission__isnull=True)
    waiting.filter(pk__in=files_in(form, answers)).update(submission=submission)


def must_be_latest(submission: Submission, revision: int) -> None:
    """Raises RuleBroken where a colleague corrected the form since it was opened for correcting."""
    if submission.revision != revision:
        words = _(
            "%(who)s corrected this form while you were writing. Both are kept: look at theirs, then keep your correction "
            "again to put it on top."
        )
        raise RuleBroken("forms.changed_meanwhile", words % {"who": submission.changed_by.name})


def keep_earlier(submission: Submission) -> None:
    """What it says now stands in its history from now on."""
    EarlierSubmission.objects.create(
        submission=submission,
        revision=submission.revision,
        pack_id=submission.pack_id,
        version=submission.version,
        answers=submission.answers,
        by=submission.changed_by,
        at=submission.changed_at,
    )


def rewrite(
    by: Actor, submission: Submission, form: FormDefinition, answers: Mapping[str, Any], on: date, draft: uuid.UUID
) -> list[str]:
    """Write a filled form anew, keep what it said, and give the keys of what changed. What is the author's alone is
    touched by them alone. The decision of whoever signs holds for what they read: it is waited for again."""
    shared, own = parted(form, with_computed(form, answers))
    before = answers_in(submission.answers)
    changed = sorted(key for key in {*shared, *before} if shared.get(key) != before.get(key))
    keep_earlier(submission)
    submission.pack_id, submission.version = form.pack_id, form.version
    submission.answers, submission.service_date = written(shared), on
    submission.revision += 1
    submission.changed_by, submission.changed_at = by.user, now()
    submission.state = SubmissionState.WAITING if form.has(SIGN) else SubmissionState.COMPLETE
    submission.save()
    if submission.author_id == by.id:
        AuthorsAnswers.objects.update_or_create(
            submission=submission, defaults={"author": by.user, "answers": written(own)}
        )
    bind_files(by, submission, form, answers, draft)
    return changed


def definition_of(submission: Submission | EarlierSubmission, form: str) -> FormDefinition:
    """The form as it was when this was written; as it is now where that version is not here any more. Raises KeyError."""
    try:
        return form_of(form, submission.pack_id, submission.version)
    except KeyError:
        return form_definition(form)
