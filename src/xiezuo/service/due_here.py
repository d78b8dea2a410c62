"""What this floor tells of what is due: the next steps that records name, referrals that wait, calls and visits, children whose
parents were not in contact, and reports that someone is at risk which nobody has passed on in time."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from xiezuo.common.days import local, now
from xiezuo.people.due import Asked, Due, tell_due
from xiezuo.service.access.enquiries import own_calls
from xiezuo.service.access.referrals import referrals_in, transfers_for
from xiezuo.service.access.risks import waiting_risks
from xiezuo.service.access.visits import visits_planned
from xiezuo.service.entrusted import not_in_contact
from xiezuo.service.models import Entrusting, HotlineCall, PlannedVisit, Referral, RiskReport, ServiceRecord, Transfer
from xiezuo.service.queries import steps_due
from xiezuo.service.risk_clock import Light
from xiezuo.service.vocab import ReferralState

RISK = RiskReport._meta.label_lower
CALL = HotlineCall._meta.label_lower
VISIT = PlannedVisit._meta.label_lower
ENTRUSTING = Entrusting._meta.label_lower  # its page is that of the child's family
STEP = ServiceRecord._meta.label_lower
REFERRAL, TRANSFER = Referral._meta.label_lower, Transfer._meta.label_lower


def steps(asked: Asked) -> Iterator[Due]:
    for record in steps_due(asked.actor, asked.until, everyone=asked.everyone)[: asked.most]:
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
        yield Due(kind="follow_up", title=title, table=REFERRAL, pk=row.pk, on=on, about=about, whose=row.made_by.name)


def risks(asked: Asked) -> Iterator[Due]:
    """Red reports (CHD-1), for whoever has to be told of them and for whoever made them."""
    at = now()
    for told in waiting_risks(asked.actor):
        if told.light(at) == Light.RED:
            until = local(told.red_at)
            yield Due(
                kind="duty",
                title=_("Someone is at risk, and nobody has reported it yet"),
                table=RISK,
                pk=told.row.pk,
                on=until.date(),
                at=until.time(),
                about=" · ".join(filter(None, [told.row.number, str(told.row.site or "")])),
                changed_at=told.row.flagged_at,
                at_once=True,
            )


def calls(asked: Asked) -> Iterator[Due]:
    """Calls to the hotline that were passed to the actor."""
    for call in own_calls(asked.actor):
        if call.due_on is not None and call.due_on <= asked.until:
            yield Due(
                kind="call",
                title=_("Call of the hotline: %(urgency)s") % {"urgency": call.get_triage_display()},
                table=CALL,
                pk=call.pk,
                on=call.due_on,
                about=str(call.person or ""),
                whose=asked.actor.user.name,
                changed_at=call.filled.submission.changed_at,
            )


def visits(asked: Asked) -> Iterator[Due]:
    """Planned home visits on which the actor goes; a supervisor who asks for everyone's, all they may see."""
    for visit in visits_planned(asked.actor):
        goes = asked.actor.id in {visit.visitor_1_id, visit.visitor_2_id}
        if visit.planned_on <= asked.until and (goes or asked.everyone):
            yield Due(
                kind="visit",
                title=_("Home visit"),
                table=VISIT,
                pk=visit.pk,
                on=visit.planned_on,
                at=visit.planned_at,
                about=visit.home,
                whose=asked.actor.user.name if goes else visit.visitor_1.name,
                changed_at=visit.written_at,
            )


def contacts(asked: Asked) -> Iterator[Due]:
    """Children in the care of others of whose parents nobody noted a contact for too long (CHD-7): a reminder of each day until
    somebody asks, and never late."""
    for waiting in not_in_contact(asked.actor, asked.on, everyone=asked.everyone):
        yield Due(
            kind="follow_up",
            title=_("Ask whether the parents were in contact"),
            table=ENTRUSTING,
            pk=waiting.row.child_id,
            on=asked.on,
            about=str(waiting.row.child),
            changed_at=waiting.row.noted_at,
        )


def decisions(asked: Asked) -> Iterator[Due]:
    """Referrals of which a worker asked a supervisor to decide, and transfers that wait for the actor's answer: at once."""
    waiting = referrals_in(asked.actor, ReferralState.DRAFTED) if asked.actor.supervises else []
    for row in waiting:
        if row.override_why and row.made_by_id != asked.actor.id and row.made_on <= asked.until:
            title, about = _("Referral: decide without a consent"), f"{row.person} · {row.number}"
            yield Due(kind="request", title=title, table=REFERRAL, pk=row.pk, on=row.made_on, about=about)
    for transfer in transfers_for(asked.actor):
        if transfer.to_user_id == asked.actor.id and transfer.proposed_on <= asked.until:
            title, about, on = _("Transfer: do you take this case over?"), str(transfer.case), transfer.proposed_on
            yield Due(kind="request", title=title, table=TRANSFER, pk=transfer.pk, on=on, about=about)


def tell() -> None:
    tell_due(steps, referrals, decisions, risks, calls, visits, contacts)
