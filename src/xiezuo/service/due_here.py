"""What this floor tells of what is due: the next steps that records name, and referrals that wait."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from xiezuo.people.due import Asked, Due, tell_due
from xiezuo.service.access.referrals import referrals_in, transfers_for
from xiezuo.service.models import Referral, ServiceRecord, Transfer
from xiezuo.service.queries import steps_due
from xiezuo.service.vocab import ReferralState

MOST = 400
STEP = ServiceRecord._meta.label_lower
REFERRAL, TRANSFER = Referral._meta.label_lower, Transfer._meta.label_lower


def steps(asked: Asked) -> Iterator[Due]:
    for record in steps_due(asked.actor, asked.until, everyone=asked.everyone)[:MOST]:
        yield Due(
            kind="step",
            title=record.next_step,
            table=STEP,
            pk=record.pk,
            on=record.next_on,
            about=" · ".join(filter(None, [str(record), str(record.site or "")])),
            whose=record.recorded_by.name,
            changed_at=record.recorded_at,
        )


def referrals(asked: Asked) -> Iterator[Due]:
    """Referrals of the actor's that wait: for an answer, and then for what became of it."""
    for row in referrals_in(asked.actor, ReferralState.SENT, ReferralState.ACCEPTED):
        waits = row.state == ReferralState.SENT
        on = row.answer_due_on if waits else row.outcome_due_on
        mine = asked.everyone or row.made_by_id == asked.actor.id
        if on is None or on > asked.until or not mine:
            continue
        title = _("Referral: ask for an answer") if waits else _("Referral: ask what became of it")
        about = f"{row.person} · {row.number}"
        yield Due(
            kind="follow_up", title=str(title), table=REFERRAL, pk=row.pk, on=on, about=about, whose=row.made_by.name
        )


def decisions(asked: Asked) -> Iterator[Due]:
    """Referrals of which a worker asked a supervisor to decide, and transfers that wait for the actor's answer: at once."""
    waiting = referrals_in(asked.actor, ReferralState.DRAFTED) if asked.actor.supervises else []
    for row in waiting:
        if row.override_why and row.made_by_id != asked.actor.id and row.made_on <= asked.until:
            title, about = str(_("Referral: decide without a consent")), f"{row.person} · {row.number}"
            yield Due(kind="request", title=title, table=REFERRAL, pk=row.pk, on=row.made_on, about=about)
    for transfer in transfers_for(asked.actor):
        if transfer.to_user_id == asked.actor.id and transfer.proposed_on <= asked.until:
            title, about, on = str(_("Transfer: do you take this case over?")), str(transfer.case), transfer.proposed_on
            yield Due(kind="request", title=title, table=TRANSFER, pk=transfer.pk, on=on, about=about)


def tell() -> None:
    tell_due(steps, referrals, decisions)
