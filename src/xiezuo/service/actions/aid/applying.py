"""Asking for aid: the form F40 opens the line."""

import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.walls import opened
from xiezuo.forms.packs import codes
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site
from xiezuo.people.access import household_for, must_do_casework, must_work_with
from xiezuo.people.models import Household, HouseholdMember, Person
from xiezuo.service.access import case_for
from xiezuo.service.actions.aid.moving import KEEPS, STEPS, step
from xiezuo.service.actions.checks import check_site_of
from xiezuo.service.actions.form_facts import Filling
from xiezuo.service.actions.sequels import Answers, Sequel
from xiezuo.service.models import Aid, AidStep, Case, FilledForm
from xiezuo.service.vocab import AidState


@dataclass(kw_only=True)
class AidAsked:
    """What a household asks for; `amount` in yuan, None where they ask for things."""

    household: Household
    applicant: Person
    kind: str
    request: str
    amount: Decimal | None = None
    site: Site | None = None
    case: Case | None = None


def money(answer: object) -> Decimal | None:
    """Yuan as a form keeps them ("430.00")."""
    return Decimal(str(answer)) if answer not in (None, "") else None


@transaction.atomic
def ask_for_aid(
    *, by: Actor, asked: AidAsked, on: date, form: FilledForm | None = None, key: uuid.UUID | None = None
) -> Aid:
    """Write down what a household asks for. The same `key` again gives the line there is."""
    must_do_casework(by)
    must_work_with(by, asked.applicant)
    household_for(by, asked.household.pk)
    check_site_of(by, asked.site)
    if asked.case is not None:
        case_for(by, asked.case.pk)
    if asked.kind not in codes("aid_kind"):
        raise RuleBroken("service.aid_kind", _("Choose what kind of aid they ask for."), field="kind")
    if not asked.request.strip():
        raise RuleBroken("service.aid_request", _("Write what they ask for, in their words."), field="request")
    at_home = HouseholdMember.objects.filter(household=asked.household, to_on__isnull=True)
    aid, new = Aid.objects.get_or_create(
        key=key or uuid.uuid4(),
        defaults={
            "household": asked.household,
            "applicant": asked.applicant,
            "site": asked.site,
            "case": asked.case,
            "kind": asked.kind,
            "people": max(at_home.count(), 1),
            "amount_asked": asked.amount,
            "asked_by": by.user,
            "asked_on": on,
        },
    )
    if new:
        happened("service.aid.asked", aid, by_id=by.id, person=asked.applicant.pk, kind=asked.kind)
        step(by, aid, on, form=form, why=asked.request)
    return aid


def _asked(filling: Filling) -> AidAsked | None:
    if filling.person is None or filling.household is None:
        return None
    return AidAsked(
        household=filling.household,
        applicant=filling.person,
        kind=str(filling.answers.get("kind") or ""),
        request=str(filling.answers.get("request") or ""),
        amount=money(filling.answers.get("amount_asked")),
        site=filling.site,
        case=filling.case,
    )


def _check(by: Actor, filling: Filling, on: date) -> None:
    if _asked(filling) is None:
        words = _("Aid is for a household that is registered. Choose the household and who asks for it.")
        raise RuleBroken("service.aid_for_whom", words, field="household")


def _submitted(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    asked = _asked(filling)
    if asked is not None:
        filled.aid = ask_for_aid(by=by, asked=asked, on=on, form=filled, key=filled.submission.key)
        filled.save(update_fields=["aid"])


def _corrected(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    """What was asked for may be corrected until it is assessed; the words of it always."""
    aid, asked = filled.aid, _asked(filling)
    if aid is None or asked is None:
        return
    changes = aid.kind != asked.kind or aid.amount_asked != asked.amount or aid.household_id != asked.household.pk
    if changes and aid.state != AidState.APPLIED:
        words = _("%(aid)s was assessed for what it says. Withdraw it, and write a new application for something else.")
        raise RuleBroken("service.aid_assessed_already", words % {"aid": aid}, field="kind")
    aid.kind, aid.amount_asked, aid.household, aid.site = asked.kind, asked.amount, asked.household, filling.site
    aid.save(update_fields=["kind", "amount_asked", "household", "site"])
    say_anew(aid, AidState.APPLIED, filling.answers, "request")


def say_anew(aid: Aid, state: AidState, answers: Answers, key: str) -> None:
    """The words of the last step into a state, as the form says them now."""
    with opened(STEPS, why=KEEPS):
        row = AidStep.objects.filter(aid=aid, state=state).last()
        if row is not None:
            row.why = str(answers.get(key) or "").strip()
            row.save(update_fields=["why"])


APPLICATION = Sequel(check=_check, submitted=_submitted, corrected=_corrected)
