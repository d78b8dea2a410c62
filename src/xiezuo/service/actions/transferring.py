"""A case goes to a colleague, or with a referral to another organisation: proposed, and done when the receiver accepts."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.models import User
from xiezuo.people.access import must_supervise, must_work_with
from xiezuo.people.vocab import Section
from xiezuo.service.access.cases import case_for
from xiezuo.service.access.referrals import transfer_for
from xiezuo.service.actions.cases.handing import hand_on
from xiezuo.service.models import Case, CaseStep, Referral, Transfer
from xiezuo.service.models.referral import OPEN
from xiezuo.service.vocab import CaseState, CloseReason, TransferState

TABLES = ("service.Transfer", "service.Referral", "service.CaseStep")
WRITES = "whoever writes works on the case, or is to take it over"
S = TransferState


@transaction.atomic
def propose_transfer(
    *, by: Actor, case: Case, why: str, on: date, to_user: User | None = None, referral: Referral | None = None
) -> Transfer:
    """Propose that a colleague, or the organisation of an open referral of this case, takes it over. Who works with a person
    is a supervisor's to decide, so a colleague is proposed by one. Raises RuleBroken."""
    case = case_for(by, case.pk)
    must_work_with(by, case.person, section=Section.CASE)
    if not case.is_open:
        raise RuleBroken("service.transfer_closed_case", _("This case is over, so nobody takes it over any more."))
    if not why.strip():
        raise RuleBroken("service.transfer_why", _("Write why, for whoever takes it over."), field="why")
    if (to_user is None) == (referral is None):
        raise RuleBroken("service.transfer_to_whom", _("Choose who is to take the case over."), field="to_user")
    if to_user is not None:
        _must_fit(by, case, to_user)
    if referral is not None and (referral.case_id != case.pk or referral.state not in OPEN):
        words = _("A case goes to another organisation with an open referral written in it. Write the referral first.")
        raise RuleBroken("service.transfer_referral", words, field="referral")
    return _written(by, case, why, on, to_user, referral)


def _must_fit(by: Actor, case: Case, to_user: User) -> None:
    must_supervise(by)
    if to_user.pk == case.worker_id:
        raise RuleBroken("service.transfer_same", _("This colleague has the case already."), field="to_user")
    if not actor_for(to_user).does_casework:
        raise RuleBroken("service.transfer_no_casework", _("This colleague does not do case work."), field="to_user")


def _written(by: Actor, case: Case, why: str, on: date, to_user: User | None, referral: Referral | None) -> Transfer:
    try:
        with transaction.atomic(), opened(*TABLES, why=WRITES):
            row = Transfer.objects.create(
                case=case, to_user=to_user, referral=referral, why=why.strip(), proposed_by=by.user, proposed_on=on
            )
    except IntegrityError as error:
        words = _("A transfer of this case is proposed already. Take that one back first.")
        raise RuleBroken("service.transfer_twice", words) from error
    happened("service.transfer.proposed", row, by_id=by.id, case=case.pk, to=to_user.pk if to_user else None)
    return row


def _locked(pk: int) -> Transfer:
    with opened(*TABLES, why=WRITES):
        row = Transfer.objects.select_for_update(of=("self",)).select_related("case__person", "proposed_by").get(pk=pk)
    if row.state != S.PROPOSED:
        words = _("This transfer is “%(state)s” already. Nothing was changed.")
        raise RuleBroken("service.transfer_state", words % {"state": TransferState(row.state).label})
    return row


def _ended(row: Transfer, state: TransferState, by: User | None, words: str, on: date) -> Transfer:
    row.state, row.answered_by, row.answered_on, row.words = state, by, on, words.strip()
    with opened(*TABLES, why=WRITES):
        row.save()
    return row


@transaction.atomic
def answer_transfer(*, by: Actor, transfer: Transfer, accepted: bool, words: str, on: date) -> Transfer:
    """The colleague takes the case over, and is named for the person from that day; or does not, and says why."""
    transfer_for(by, transfer.pk)
    row = _locked(transfer.pk)
    if row.to_user_id != by.id:
        raise NotAllowed(_("Only the colleague who is to take the case over answers this."))
    if not accepted and not words.strip():
        raise RuleBroken("service.transfer_words", _("Write why not, so that somebody else is found."), field="words")
    if accepted:
        _change_worker(row, by.user, on)
    _ended(row, S.ACCEPTED if accepted else S.REJECTED, by.user, words, on)
    happened("service.transfer.answered", row, by_id=by.id, state=row.state, case=row.case_id)
    return row


def _change_worker(row: Transfer, to_user: User, on: date) -> None:
    """By the right of the supervisor who proposed it, as any case is handed on: the one who had it is named for it no longer."""
    proposer, case = (
        actor_for(row.proposed_by),
        Case.objects.select_for_update(of=("self",)).select_related("person", "worker").get(pk=row.case_id),
    )
    if not case.is_open:
        raise RuleBroken("service.transfer_closed_case", _("This case is over, so nobody takes it over any more."))
    if case.worker_id != to_user.pk:
        hand_on(proposer, [case], case.worker, to_user, on, {})


@transaction.atomic
def revoke_transfer(*, by: Actor, transfer: Transfer, words: str, on: date) -> Transfer:
    """A supervisor takes it back before it was answered."""
    row = transfer_for(by, transfer.pk)
    must_supervise(by)
    must_work_with(by, row.case.person, section=Section.CASE)
    row = _ended(_locked(transfer.pk), S.REVOKED, by.user, words, on)
    happened("service.transfer.revoked", row, by_id=by.id, case=row.case_id)
    return row


def move_with(referral: Referral, *, accepted: bool, on: date) -> None:
    """Part of answering or taking back a referral: the case that was to go with it goes, and closes as referred."""
    with opened(*TABLES, why=WRITES):
        row = Transfer.objects.filter(referral=referral, state=S.PROPOSED).first()
    if row is None:
        return
    row = _locked(row.pk)
    if accepted:
        _let_go(row, on)
    _ended(row, S.ACCEPTED if accepted else S.REJECTED, None, "", on)
    happened("service.transfer.answered", row, by_id=None, state=row.state, case=row.case_id)


def _let_go(row: Transfer, on: date) -> None:
    case = Case.objects.select_for_update().get(pk=row.case_id)
    if not case.is_open:
        return
    day = max(on, case.opened_on)
    with opened(*TABLES, why=WRITES):
        for state in (CaseState.TRANSFERRED, CaseState.CLOSED):
            CaseStep.objects.create(case=case, state=state, on=day, by=row.proposed_by, why=str(row.why))
    case.state, case.state_before = CaseState.CLOSED, ""
    case.closed_on, case.close_reason = day, CloseReason.REFERRED
    case.save(update_fields=["state", "state_before", "closed_on", "close_reason"])
    happened("service.case.transferred", case, by_id=None, transfer=row.pk)
