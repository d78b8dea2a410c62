"""Deciding about an aid: two approve (AID-1), one is enough to refuse; what was promised is given back when it ends."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.models import User
from xiezuo.people.access import sections_for
from xiezuo.people.actions import TaskFacts, write_task
from xiezuo.people.vocab import Section
from xiezuo.service.access.aids import answers_for_aid, must_work_on_aid
from xiezuo.service.actions.aid.moving import held, held_funding, move, must_go
from xiezuo.service.aid.balance import must_fit
from xiezuo.service.aid.course import Act
from xiezuo.service.aid.gates import (
    RULE,
    how_many,
    must_be_able_to_approve,
    must_be_enough,
    needs_director,
    settings,
    signs_alone,
)
from xiezuo.service.models import Aid, AidApproval
from xiezuo.service.vocab import AidAnswer


def _own_answer(by: Actor, aid: Aid) -> AidApproval:
    """The row in which the actor is asked. Raises RuleBroken for an assessor (AID-1), NotAllowed for who is not asked."""
    must_be_able_to_approve(aid, by)
    row = AidApproval.objects.filter(aid=aid, approver=by.user).first()
    if row is None or by.watched:
        raise NotAllowed(_("You are not asked to approve this aid. Those who are stand on its page."))
    if row.answer != AidAnswer.ASKED:
        words = _("You answered this on %(day)s already. That stands.")
        raise RuleBroken("service.aid_answered", words % {"day": row.answered_on}, rule=RULE)
    return row


@transaction.atomic
def approve_aid(*, by: Actor, aid: Aid, on: date) -> Aid:
    """Say yes. With the last yes that is needed it is promised, and the meter of the gift falls by it (AID-2)."""
    aid = held(by, aid.pk)
    must_go(Act.APPROVE, aid)
    row = _own_answer(by, aid)
    amount = aid.amount_proposed or Decimal("0.00")
    if not aid.advised or aid.funding_id is None:
        words = _("Those who assessed it propose not to give it. Refuse it, or let them assess it anew.")
        raise RuleBroken("service.aid_not_advised", words)
    must_fit(aid, held_funding(aid.funding_id), amount, on)
    row.answer, row.answered_on = AidAnswer.APPROVED, on
    row.save(update_fields=["answer", "answered_on"])
    happened("service.aid.approved", aid, by_id=by.id)
    if _is_enough(aid, amount, on):
        move(by, aid, Act.APPROVE, on, amount_approved=amount, approved_on=on)
    _looked_at_again(by, aid, on)
    return aid


def _is_enough(aid: Aid, amount: Decimal, on: date) -> bool:
    said = AidApproval.objects.filter(aid=aid, answer=AidAnswer.APPROVED).select_related("approver")
    yes = [actor_for(row.approver, on=on) for row in said]
    return len(yes) >= how_many() and (not needs_director(amount) or any(actor.directs for actor in yes))


def _looked_at_again(by: Actor, aid: Aid, on: date) -> None:
    """In a house of one: a task says when what was approved alone is looked at again."""
    if signs_alone() and aid.applicant is not None and Section.CASE in sections_for(by, aid.applicant):
        facts = TaskFacts(
            title=_("Look again at what was approved alone: %(aid)s") % {"aid": aid},
            kind="review",
            due_on=on + timedelta(days=settings()["solo"]["review_after_days"]),
            whose=by.user,
            person=aid.applicant,
            section=Section.CASE,
        )
        write_task(by=by, facts=facts)


@transaction.atomic
def reject_aid(*, by: Actor, aid: Aid, why: str, on: date) -> Aid:
    """Say no, with the reason. Whoever is asked to approve, or supervises there, may, until it is handed over; what was
    promised is given back whole."""
    aid = held(by, aid.pk)
    must_go(Act.REJECT, aid)
    row = AidApproval.objects.filter(aid=aid, approver=by.user).first()
    if by.watched or (row is None and not answers_for_aid(by, aid)):
        raise NotAllowed(_("Those who are asked to approve this aid, or a supervisor of its site, decide about it."))
    if not why.strip():
        words = _("Write why, so that your colleague can tell the household.")
        raise RuleBroken("service.aid_reason", words, field="why")
    if row is not None:
        row.answer, row.answered_on = AidAnswer.REJECTED, on
        row.save(update_fields=["answer", "answered_on"])
    return move(by, aid, Act.REJECT, on, why=why, ended_on=on)


@transaction.atomic
def withdraw_aid(*, by: Actor, aid: Aid, why: str, on: date) -> Aid:
    """The household needs it no more; what was promised is given back whole."""
    aid = held(by, aid.pk)
    must_work_on_aid(by, aid)
    must_go(Act.WITHDRAW, aid)
    if not why.strip():
        raise RuleBroken("service.aid_reason", _("Write why it is withdrawn."), field="why")
    return move(by, aid, Act.WITHDRAW, on, why=why, ended_on=on)


@transaction.atomic
def ask_another(*, by: Actor, aid: Aid, instead_of: User, approver: User, on: date) -> Aid:
    """Somebody else decides in the place of one who has not answered."""
    aid = held(by, aid.pk)
    must_go(Act.APPROVE, aid)
    must_work_on_aid(by, aid)
    row = AidApproval.objects.filter(aid=aid, approver=instead_of, answer=AidAnswer.ASKED).first()
    if row is None:
        raise RuleBroken("service.aid_answered", _("They have answered, or were not asked."), field="instead_of")
    others = [one.approver for one in aid.approvals.exclude(pk=row.pk).select_related("approver")]
    if approver in others:
        words = _("%(who)s is asked already. Choose somebody else.")
        raise RuleBroken("service.aid_asked_already", words % {"who": approver.name}, field="approver", rule=RULE)
    must_be_enough(aid, [*others, approver], aid.amount_proposed, on, field="approver")
    row.approver, row.asked_on = approver, on
    row.save(update_fields=["approver", "asked_on"])
    happened("service.aid.asked_another", aid, by_id=by.id, before=instead_of.pk, to=approver.pk)
    return aid
