"""Forms F08 and F62 that were filled in before enquiries and calls had rows of their own get them, once.

An enquiry that says what came of it was done with long ago and is closed on its day; one that does not say it waits, as does
a call that nobody finished. What was cancelled stays a form.
"""

import json
from datetime import datetime
from typing import Any

from django.db import migrations
from django.utils import timezone

CAME_OF_IT = {"answered", "referred", "case_opened"}
TRIAGE = {"red", "amber", "green"}


def promote(apps: Any, _schema_editor: Any) -> None:
    filled = apps.get_model("service", "FilledForm").objects
    if not filled.exists():
        return
    for form, row, write in (("enquiry", "enquiry", _enquiry), ("hotline_call", "call", _call)):
        waiting = filled.filter(submission__form=form, **{row: None}).exclude(record__state="cancelled")
        for one in waiting.select_related("submission").order_by("pk").iterator():
            write(apps, one, json.loads(one.submission.answers or "{}"))


def _moment(told: Any) -> datetime | None:
    return timezone.make_aware(datetime.fromisoformat(told)) if isinstance(told, str) and told else None


def _day(one: Any) -> Any:
    return one.submission.service_date or timezone.localtime(one.submission.submitted_at).date()


def _enquiry(apps: Any, one: Any, answers: dict[str, Any]) -> None:
    filled = apps.get_model("service", "FilledForm").objects
    intake = filled.filter(follows=one.pk, submission__form="intake").order_by("pk").first()
    became = "case_opened" if intake else str(answers.get("became") or "")
    over = became in CAME_OF_IT
    apps.get_model("service", "Enquiry").objects.create(
        filled_id=one.pk,
        person_id=one.person_id or (intake.person_id if intake else None),
        visitor=" ".join(str(answers.get("visitor") or "").split())[:60],
        site_id=one.site_id,
        channel=str(answers.get("channel") or "")[:16],
        became=became[:16],
        state="closed" if over else "received",
        intake_id=intake.pk if intake else None,
        received_on=_day(one),
        closed_on=_day(one) if over else None,
    )


def _call(apps: Any, one: Any, answers: dict[str, Any]) -> None:
    to, done = answers.get("dispatched_to"), _moment(answers.get("done_at"))
    known = isinstance(to, int) and apps.get_model("orgs", "User").objects.filter(pk=to).exists()
    triage = str(answers.get("triage") or "")
    apps.get_model("service", "HotlineCall").objects.create(
        filled_id=one.pk,
        person_id=one.person_id,
        site_id=one.site_id,
        called_at=_moment(answers.get("at")) or one.submission.submitted_at,
        problem=str(answers.get("problem") or "")[:16],
        triage=triage if triage in TRIAGE else "amber",
        dispatched_to_id=to if known else None,
        due_on=_day(one) if known and done is None else None,
        done_at=done,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0005_calendar_addresses"),
        ("forms", "0004_filled_forms"),
        ("service", "0017_day_helpers"),
    ]

    operations = [migrations.RunPython(promote, migrations.RunPython.noop)]
