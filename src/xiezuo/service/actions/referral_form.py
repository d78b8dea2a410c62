"""What follows on form F17: its referral, which goes on from there."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import local
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.service.access.referrals import referral_for
from xiezuo.service.actions.form_facts import Filling
from xiezuo.service.actions.referring import ReferralFacts, correct_referral, draft_referral
from xiezuo.service.actions.sequels import Sequel, tell_sequel
from xiezuo.service.filling.later import tell_later
from xiezuo.service.models import FilledForm, Referral
from xiezuo.service.sharing import must_share

FORM = "referral"
OF_THE_FORM = "the referral that the form in hand made"
LATER = ("sent_at", "answer", "was_served", "feedback_on")
TEXTS = ("to_organisation", "to_contact", "reason", "info_passed")


def facts_told(filling: Filling) -> ReferralFacts:
    answers = filling.answers
    texts = {name: str(answers.get(name) or "") for name in TEXTS}
    return ReferralFacts(**texts, asked_why=str(answers.get("override_reason") or ""))


def _check(by: Actor, filling: Filling, on: date) -> None:
    """Raises RuleBroken for a form of nobody registered, and for one that rests on no consent and on no reason."""
    if filling.person is None:
        words = _("Choose the person as they are registered: a referral belongs into their file.")
        raise RuleBroken("service.referral_of_nobody", words, field="case")
    if any(filling.answers.get(name) for name in LATER):
        words = _(
            "Leave sending, answer and outcome empty here: they are written on the referral's page, which opens next."
        )
        raise RuleBroken("service.referral_later", words, field="sent_at")
    facts = facts_told(filling)
    if filling.answers.get("consent") or not facts.asked_why:
        must_share(filling.person, facts.to_organisation, on, field="consent")


def _submitted(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    assert filling.person is not None
    draft_referral(by=by, person=filling.person, facts=facts_told(filling), on=on, case=filling.case, form=filled)


def _corrected(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    referral = referral_of_form(filled)
    facts = facts_told(filling)
    if referral is not None and _differs(referral, facts):
        correct_referral(by=by, referral=referral, facts=facts, on=on)


def _differs(referral: Referral, facts: ReferralFacts) -> bool:
    same: Any = all(str(getattr(referral, name)) == getattr(facts, name).strip() for name in TEXTS)
    return not same


def referral_of_form(filled: FilledForm) -> Referral | None:
    with opened("service.Referral", why=OF_THE_FORM):
        return Referral.objects.filter(form=filled).first()


def _became(actor: Actor, filled: FilledForm) -> dict[str, Any]:
    """When it was sent, what the receiver answered and what became of it, for whoever the case part of the file is open to."""
    referral = referral_of_form(filled)
    if referral is None:
        return {}
    try:
        row = referral_for(actor, referral.pk)
    except NotAllowed:
        return {}
    answer = ("accepted" if row.was_accepted else "rejected") if row.answered_at else ""
    told = {
        "sent_at": f"{local(row.sent_at):%Y-%m-%dT%H:%M}" if row.sent_at else "",
        "answer": answer,
        "was_served": row.served,
        "feedback_on": row.feedback_on.isoformat() if row.feedback_on else "",
    }
    return {key: value for key, value in told.items() if value}


def tell() -> None:
    tell_later(FORM, _became)
    tell_sequel(FORM, Sequel(check=_check, submitted=_submitted, corrected=_corrected))
