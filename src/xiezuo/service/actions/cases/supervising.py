"""Supervision sessions as those who were supervised receive them: read, answered, signed; hours are added up from them."""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.service.actions.facts import minutes_between
from xiezuo.service.actions.form_facts import Filling
from xiezuo.service.actions.sequels import Sequel
from xiezuo.service.models import FilledForm, SupervisionReceipt

TABLE = "service.SupervisionReceipt"
KEEPS = "whoever was supervised receives what was written of it"


def _ids(value: Any) -> list[int]:
    named = value if isinstance(value, list) else [value]
    return [pk for pk in named if isinstance(pk, int) and not isinstance(pk, bool)]


def _clock(told: Any) -> time | None:
    return time.fromisoformat(told) if isinstance(told, str) else None


def _check(by: Actor, filling: Filling, on: date) -> None:
    supervisor, others = _ids(filling.answers.get("supervisor")), _ids(filling.answers.get("supervisees"))
    if set(supervisor) & set(others):
        words = _("Nobody supervises themselves. Take the supervisor off the list of those who were supervised.")
        raise RuleBroken("service.supervises_oneself", words, field="supervisees")


def _send(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    """One receipt for each who was supervised; who is taken off in a correction loses one they have not signed."""
    answers = filling.answers
    people, supervisor = _ids(answers.get("supervisees")), next(iter(_ids(answers.get("supervisor"))), None)
    facts = {
        "supervisor_id": supervisor,
        "mode": str(answers.get("mode") or ""),
        "on": filled.submission.service_date or on,
        "minutes": minutes_between(_clock(answers.get("starts_at")), _clock(answers.get("ends_at"))),
    }
    with opened(TABLE, why=KEEPS):
        rows = SupervisionReceipt.objects.filter(filled=filled)
        rows.exclude(supervisee__in=people).filter(signed_at=None).delete()
        for pk in people:
            SupervisionReceipt.objects.update_or_create(filled=filled, supervisee_id=pk, defaults=facts)


def _own(by: Actor, pk: int) -> SupervisionReceipt:
    with opened(TABLE, why=KEEPS):
        row = SupervisionReceipt.objects.filter(pk=pk, supervisee=by.user).select_related("filled").first()
    if row is None or by.watched:
        raise NotAllowed(_("Only the one who was supervised says that they have read it, answers and signs."))
    return row


@transaction.atomic
def receive_supervision(*, by: Actor, pk: int, at: datetime, reply: str = "", sign: bool = False) -> SupervisionReceipt:
    """They have read it; perhaps they answer, and sign. What was signed stays as it is."""
    row = _own(by, pk)
    if row.signed_at is not None:
        raise RuleBroken("service.supervision_signed", _("You have signed this session already."))
    row.read_at = row.read_at or at
    row.reply = reply.strip() or row.reply
    row.signed_at = at if sign else None
    with opened(TABLE, why=KEEPS):
        row.save(update_fields=["read_at", "reply", "signed_at"])
    happened("service.supervision.signed" if sign else "service.supervision.read", row.filled, by_id=by.id)
    return row


SUPERVISION = Sequel(check=_check, submitted=_send, corrected=_send)
