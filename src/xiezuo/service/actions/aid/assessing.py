"""Assessing an aid: the form F41 rests on a home visit by two and says how much, from which money, and who approves."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.walls import opened
from xiezuo.forms.submitting import TABLES, answers_in
from xiezuo.orgs.access import Actor, colleagues_for, funding_for
from xiezuo.orgs.models import Funding, User
from xiezuo.people.access import must_do_casework
from xiezuo.people.models import HouseholdMember, Person
from xiezuo.service.access import opened_forms
from xiezuo.service.access.aids import aid_for
from xiezuo.service.access.visits import VISITS
from xiezuo.service.actions.aid.applying import money
from xiezuo.service.actions.aid.moving import held, held_funding, move, must_go
from xiezuo.service.actions.form_facts import Filling
from xiezuo.service.actions.sequels import Sequel
from xiezuo.service.aid.balance import must_fit
from xiezuo.service.aid.course import Act
from xiezuo.service.aid.gates import must_be_enough
from xiezuo.service.models import Aid, AidApproval, FilledForm, PlannedVisit

READS = "whoever assesses names the visit it rests on"
VISIT = "visit"
YES, BACK = "approved", "returned"


@dataclass(kw_only=True)
class AidProposed:
    """`assessors`: everyone who went or wrote it; none of them approves. `advised`: they propose to give it."""

    amount: Decimal | None
    funding: Funding
    approvers: Collection[User]
    why: str
    assessors: Collection[User] = field(default_factory=tuple)
    advised: bool = True


@transaction.atomic
def assess_aid(*, by: Actor, aid: Aid, proposed: AidProposed, on: date, form: FilledForm | None = None) -> Aid:
    """Propose how much, from which money, and ask those who approve it; assessed anew, everyone is asked again.

    Raises RuleBroken where the money does not fit (AID-2), or those asked may not approve it (AID-1).
    """
    must_do_casework(by)
    aid = held(by, aid.pk)
    must_go(Act.ASSESS, aid)
    funding = held_funding(funding_for(by, proposed.funding.pk).pk)
    aid.assessors.set({by.id, *(user.pk for user in proposed.assessors)})
    if proposed.advised:
        must_fit(aid, funding, proposed.amount or Decimal(0), on)
    must_be_enough(aid, proposed.approvers, proposed.amount, on, field="approver_1")
    if not proposed.why.strip():
        raise RuleBroken("service.aid_why", _("Write why you propose this."), field="reason")
    AidApproval.objects.filter(aid=aid).delete()
    AidApproval.objects.bulk_create(
        AidApproval(aid=aid, approver=user, asked_on=on) for user in dict.fromkeys(proposed.approvers)
    )
    more = {"amount_proposed": proposed.amount, "funding": funding, "advised": proposed.advised, "assessed_on": on}
    return move(by, aid, Act.ASSESS, on, form=form, why=proposed.why, **more)


# ── the form ──


def aid_of(by: Actor, filling: Filling) -> Aid | None:
    """The aid in which the form is written; else the one open aid of the household that was visited."""
    if filling.aid is not None:
        return aid_for(by, filling.aid.pk)
    home = filling.follows.household if filling.follows else None
    waiting = list(Aid.objects.filter(household=home, state__in=("applied", "assessed"))[:2]) if home else []
    return aid_for(by, waiting[0].pk) if len(waiting) == 1 else None


def _user(by: Actor, answers: Mapping[str, Any], key: str) -> User | None:
    pk = answers.get(key)
    return colleagues_for(by).filter(pk=pk).first() if isinstance(pk, int) else None


def _funding(by: Actor, answers: Mapping[str, Any]) -> Funding:
    pk = answers.get("funding")
    if not isinstance(pk, int):
        words = _("Choose the money from the list: of money that is not written down nobody knows what is left.")
        raise RuleBroken("service.aid_funding", words, field="funding", rule="AID-2")
    return funding_for(by, pk)


def _proposed(by: Actor, filling: Filling) -> AidProposed:
    answers = filling.answers
    found = [_user(by, answers, key) for key in ("approver_1", "approver_2")]
    return AidProposed(
        amount=money(answers.get("amount")),
        funding=_funding(by, answers),
        approvers=[user for user in found if user is not None],
        why=str(answers.get("reason") or ""),
        assessors=_who_went(filling.follows) if filling.follows else (),
        advised=answers.get("decision") == YES,
    )


def _who_went(visit: FilledForm) -> set[User]:
    """The logins of those who made the visit: its author, those on its record, those it names, those who planned it."""
    with opened(*TABLES, VISITS, why=READS):
        answers = answers_in(visit.submission.answers)
        planned = PlannedVisit.objects.filter(made=visit).select_related("visitor_1", "visitor_2").first()
    went = {visit.submission.author}
    if visit.record is not None:
        went |= {visit.record.recorded_by, *visit.record.staff.all()}
    named = [answers.get(key) for key in ("visitor_1", "visitor_2")]
    people = Person.objects.filter(pk__in=[pk for pk in named if isinstance(pk, int)], user__isnull=False)
    went |= {person.user for person in people.select_related("user") if person.user}
    return went | ({user for user in (planned.visitor_1, planned.visitor_2) if user} if planned else set())


def _check(by: Actor, filling: Filling, on: date) -> None:
    aid = aid_of(by, filling)
    if aid is None:
        words = _("An assessment belongs to an application. Open the aid, and begin the assessment there.")
        raise RuleBroken("service.aid_of_assessment", words, field="visit")
    must_go(Act.ASSESS, aid)
    if filling.answers.get("decision") == BACK:
        words = _("An assessment proposes to give the aid or not to. Choose one of the two.")
        raise RuleBroken("service.aid_decision", words, field="decision")
    _must_be_of_this_home(by, aid, filling)
    _proposed(by, filling)
    filling.aid, filling.person, filling.household = aid, aid.applicant, aid.household


def _kind(filled: FilledForm) -> str:
    with opened(*TABLES, why=READS):
        return str(filled.submission.form)


def _must_be_of_this_home(by: Actor, aid: Aid, filling: Filling) -> None:
    """The visit went to this household, and the assessment is of someone who lives there."""
    visit = filling.follows
    if visit is None or _kind(visit) != VISIT or visit.household_id != aid.household_id:
        words = _(
            "This visit went to another household. Choose the visit to %(home)s, or make one first: two people go."
        )
        raise RuleBroken("service.aid_visit", words % {"home": aid.household}, field="visit")
    pk = filling.answers.get("assessment")
    named = FilledForm.objects.filter(pk=pk, submission__form="assessment") if isinstance(pk, int) else None
    known = opened_forms(by, named, 1) if named is not None else []
    members = HouseholdMember.objects.filter(household=aid.household)
    if not any(one.household_id == aid.household_id or members.filter(person=one.person).exists() for one in known):
        words = _("This assessment is of someone of another household. Choose one of a member, or write one first.")
        raise RuleBroken("service.aid_assessment", words, field="assessment")


def _submitted(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    aid = filling.aid
    if aid is not None:
        assess_aid(by=by, aid=aid, proposed=_proposed(by, filling), on=on, form=filled)


def _corrected(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    """Corrected before it was approved, everyone who was asked is asked again; afterwards it stays as it was decided."""
    if filled.aid is not None:
        filling.aid = filled.aid
        _must_be_of_this_home(by, filled.aid, filling)
        assess_aid(by=by, aid=filled.aid, proposed=_proposed(by, filling), on=on, form=filled)


ASSESSMENT = Sequel(check=_check, submitted=_submitted, corrected=_corrected)
