"""Referring someone to another organisation: drafted, agreed to or decided, sent, answered, asked what became of it, closed."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import local
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.walls import opened
from xiezuo.forms.packs import pack
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_work_with
from xiezuo.people.models import Person
from xiezuo.people.vocab import Section
from xiezuo.service.access.referrals import referral_for
from xiezuo.service.actions.transferring import move_with
from xiezuo.service.models import Case, FilledForm, Referral, ReferralLink
from xiezuo.service.sharing import RULE, must_share, sharing
from xiezuo.service.vocab import OverrideGround, ReferralState, Served

TABLES = ("service.Referral", "people.Consent")
WRITES = "whoever writes works on the case"
SHORTEST_NAME = 2
BEFORE = (ReferralState.DRAFTED, ReferralState.CONSENTED, ReferralState.OVERRIDDEN)
S = ReferralState


@dataclass(kw_only=True)
class ReferralFacts:
    """Where to and what is passed on. `asked_why`: why the worker asks a supervisor to decide without a consent."""

    to_organisation: str
    to_contact: str
    reason: str
    info_passed: str
    asked_why: str = ""


def rules() -> dict[str, dict[str, int]]:
    return pack("referral-default")


def _held(by: Actor, pk: int) -> Referral:
    """The referral as nobody else changes it meanwhile, if the actor may write about it."""
    referral = referral_for(by, pk)
    must_work_with(by, referral.person, section=Section.CASE)
    return locked(pk)


def locked(pk: int) -> Referral:
    with opened(*TABLES, why="asked access before, or came by the link of its receiver"):
        return Referral.objects.select_for_update(of=("self",)).select_related("person").get(pk=pk)


def keep(referral: Referral) -> Referral:
    with opened(*TABLES, why=WRITES):
        referral.save()
    return referral


def _must_be(referral: Referral, *states: ReferralState) -> None:
    if referral.state not in states:
        words = _("This referral is “%(state)s” now, so this cannot be done any more. Nothing was changed.")
        raise RuleBroken("service.referral_state", words % {"state": ReferralState(referral.state).label})


def must_be_told(facts: ReferralFacts) -> None:
    needed = {
        "to_organisation": (facts.to_organisation, _("Write to which organisation.")),
        "to_contact": (facts.to_contact, _("Write who answers there.")),
        "reason": (facts.reason, _("Write why they are referred.")),
        "info_passed": (facts.info_passed, _("Write what is passed on: only what they need.")),
    }
    for field, (value, words) in needed.items():
        if not value.strip():
            raise RuleBroken(f"service.referral_{field}", words, field=field)


@transaction.atomic
def draft_referral(
    *,
    by: Actor,
    person: Person,
    facts: ReferralFacts,
    on: date,
    case: Case | None = None,
    form: FilledForm | None = None,
    key: uuid.UUID | None = None,
) -> Referral:
    """Write a referral down. It rests on the consent there is; else it waits for one, or for a supervisor where the worker
    wrote why it cannot. Raises RuleBroken where there is neither (CAS-8)."""
    must_work_with(by, person, section=Section.CASE)
    must_be_told(facts)
    found = sharing(person, facts.to_organisation, on)
    if not found.is_open and not facts.asked_why.strip():
        must_share(person, facts.to_organisation, on, field="consent")
    with opened(*TABLES, why=WRITES):
        referral, new = Referral.objects.get_or_create(
            key=key or uuid.uuid4(),
            defaults=_columns(facts)
            | {
                "person": person,
                "case": case,
                "form": form,
                "state": S.CONSENTED if found.is_open else S.DRAFTED,
                "consent": found.consent,
                "made_by": by.user,
                "made_on": on,
            },
        )
    if new:
        happened("service.referral.drafted", referral, by_id=by.id, person=person.pk, state=referral.state)
    return referral


def _columns(facts: ReferralFacts) -> dict[str, str]:
    return {
        "to_organisation": facts.to_organisation.strip(),
        "to_contact": facts.to_contact.strip(),
        "reason": facts.reason.strip(),
        "info_passed": facts.info_passed.strip(),
        "override_why": facts.asked_why.strip(),
    }


@transaction.atomic
def correct_referral(*, by: Actor, referral: Referral, facts: ReferralFacts, on: date) -> Referral:
    """Write it anew while it has not been sent; whatever it rested on is asked again."""
    must_be_told(facts)
    row = _held(by, referral.pk)
    if row.state not in BEFORE:
        words = _(
            "This referral was sent already, so what was passed on stays as it was. Take it back and write a new one."
        )
        raise RuleBroken("service.referral_sent_already", words)
    found = sharing(row.person, facts.to_organisation, on)
    for name, value in _columns(facts).items():
        setattr(row, name, value)
    row.state, row.consent = (S.CONSENTED, found.consent) if found.is_open else (S.DRAFTED, None)
    row.override_ground, row.override_by, row.override_on = "", None, None
    happened("service.referral.corrected", row, by_id=by.id)
    return keep(row)


@transaction.atomic
def rest_on_consent(*, by: Actor, referral: Referral, on: date) -> Referral:
    """The person has agreed since. Raises RuleBroken with what is still missing."""
    row = _held(by, referral.pk)
    _must_be(row, S.DRAFTED)
    row.consent, row.state = must_share(row.person, str(row.to_organisation), on).consent, S.CONSENTED
    happened("service.referral.consented", row, by_id=by.id)
    return keep(row)


@transaction.atomic
def override_consent(*, by: Actor, referral: Referral, ground: OverrideGround | None, why: str, on: date) -> Referral:
    """A supervisor decides in writing that danger or the law asks for it, whatever was answered (CAS-8)."""
    row = _held(by, referral.pk)
    if not by.supervises:
        raise NotAllowed(_("Only a supervisor decides to pass something on without a consent. Ask one of them."))
    _must_be(row, S.DRAFTED, S.CONSENTED)
    if ground is None:
        words = _("Choose on what you decide: danger, or what law asks for it.")
        raise RuleBroken("service.override_ground", words, field="ground", rule=RULE)
    if not why.strip():
        words = _("Write why: which danger, or which law. Whoever asks later reads it.")
        raise RuleBroken("service.override_why", words, field="why", rule=RULE)
    row.override_ground, row.override_why, row.override_by, row.override_on = ground, why.strip(), by.user, on
    row.state, row.consent = S.OVERRIDDEN, None
    happened("service.referral.overridden", row, by_id=by.id, ground=ground)
    return keep(row)


@transaction.atomic
def send_referral(*, by: Actor, referral: Referral, name_passed: bool, within_limits: bool, at: datetime) -> Referral:
    """Say that it goes out; the house itself sends nothing. A consent is asked once more. `within_limits`: the worker read
    what whoever agreed wants to be kept to. Raises RuleBroken."""
    row = _held(by, referral.pk)
    day = local(at).date()
    if row.state == S.DRAFTED:
        row.consent, row.state = must_share(row.person, str(row.to_organisation), day).consent, S.CONSENTED
    _must_be(row, S.CONSENTED, S.OVERRIDDEN)
    if row.state == S.CONSENTED:
        found = must_share(row.person, str(row.to_organisation), day)
        row.consent = found.consent
        if found.limits and not within_limits:
            words = _("They set limits to what is passed on. Read them, and tick that this stays within them.")
            raise RuleBroken("service.referral_limits", words, field="within_limits", rule=RULE)
    if not name_passed:
        _must_not_name(row)
    row.state, row.name_passed, row.sent_at = S.SENT, name_passed, at
    row.answer_due_on = day + timedelta(days=rules()["due"]["answer_days"])
    happened("service.referral.sent", row, by_id=by.id, name_passed=name_passed)
    return keep(row)


def _must_not_name(row: Referral) -> None:
    """Raises RuleBroken where a text tells the name that is not to be passed on."""
    person, texts = row.person, f"{row.reason!s}\n{row.info_passed!s}"
    known = {person.full_name, person.nickname, *person.alias.split()}
    if any(len(name) >= SHORTEST_NAME and name in texts for name in known):
        words = _(
            "The texts tell the name, and the name is not to be passed on. Correct the texts, or tick that it is."
        )
        raise RuleBroken("service.referral_names", words, field="name_passed")


# ── what the receiver says, by the link or on the telephone ──


@transaction.atomic
def note_answer(*, by: Actor, referral: Referral, accepted: bool, words: str, who: str, at: datetime) -> Referral:
    """The receiver answered on paper or on the telephone."""
    row = take_answer(_held(by, referral.pk), accepted, words, who, at)
    happened("service.referral.answered", row, by_id=by.id, state=row.state)
    return row


def take_answer(row: Referral, accepted: bool, words: str, who: str, at: datetime) -> Referral:
    """Part of an answer: what it does to the locked row. The first answer stands."""
    if row.answered_at is not None:
        told = _("This was answered already on %(day)s: %(state)s. That answer stands; yours was not taken.")
        first = S.REJECTED.label if row.state in {S.REJECTED} else S.ACCEPTED.label
        day = local(row.answered_at).date().isoformat()
        raise RuleBroken("service.referral_answered", told % {"day": day, "state": first})
    _must_be(row, S.SENT)
    if not who.strip():
        raise RuleBroken("service.referral_who", _("Write who answers, and how to reach them."), field="who")
    must_not_be_too_long(words, "words")
    must_not_be_too_long(who, "who")
    row.state, row.answered_at = (S.ACCEPTED if accepted else S.REJECTED), at
    row.answer_words, row.answer_from = words.strip(), who.strip()
    if accepted:
        row.outcome_due_on = local(at).date() + timedelta(days=rules()["due"]["outcome_days"])
    keep(row)
    move_with(row, accepted=accepted, on=local(at).date())
    return row


def must_not_be_too_long(words: str, field: str) -> None:
    most = rules()["words"]["most"]
    if len(words) > most:
        told = _(
            "This is longer than %(most)s characters. Nothing was sent; shorten it, what you wrote still stands here."
        )
        raise RuleBroken("service.referral_too_long", told % {"most": most}, field=field)


@transaction.atomic
def note_outcome(*, by: Actor, referral: Referral, served: Served | None, words: str, on: date) -> Referral:
    """The receiver told what became of it, on paper or on the telephone."""
    row = take_outcome(_held(by, referral.pk), served, words, on)
    happened("service.referral.reported", row, by_id=by.id, served=row.served)
    return row


def take_outcome(row: Referral, served: Served | None, words: str, on: date) -> Referral:
    """Part of telling what became of it: what it does to the locked row. Not known yet is asked again later."""
    if row.state in {S.SERVED, S.NOT_SERVED}:
        told = _("This was told already on %(day)s: %(state)s. That stands; yours was not taken.")
        state = ReferralState(row.state).label
        raise RuleBroken("service.referral_reported", told % {"day": row.feedback_on, "state": state})
    _must_be(row, S.ACCEPTED)
    if served is None:
        raise RuleBroken("service.referral_served", _("Choose whether they were served."), field="served")
    must_not_be_too_long(words, "words")
    row.served, row.outcome_words, row.feedback_on = served, words.strip(), on
    if served == Served.UNKNOWN:
        row.outcome_due_on = on + timedelta(days=rules()["due"]["outcome_days"])
    else:
        row.state = S.SERVED if served == Served.YES else S.NOT_SERVED
    return keep(row)


# ── the end ──


@transaction.atomic
def revoke_referral(*, by: Actor, referral: Referral, why: str, at: datetime) -> Referral:
    """Take it back before it was answered: its link shows nothing from now on."""
    row = _held(by, referral.pk)
    _must_be(row, *BEFORE, S.SENT)
    if not why.strip():
        raise RuleBroken("service.referral_why", _("Write why it is taken back."), field="why")
    row.state, row.closed_on, row.ended_why = S.REVOKED, local(at).date(), why.strip()
    keep(row)
    _end_links(row, at)
    move_with(row, accepted=False, on=local(at).date())
    happened("service.referral.revoked", row, by_id=by.id)
    return row


@transaction.atomic
def close_referral(*, by: Actor, referral: Referral, why: str, at: datetime) -> Referral:
    """Nothing more is waited for; its link shows nothing from now on. One that was accepted closes once it was asked what
    became of it, with the reason where that stayed unknown."""
    row = _held(by, referral.pk)
    if row.state == S.ACCEPTED and row.served == Served.UNKNOWN:
        if not why.strip():
            words = _("Nobody knows what became of it. Write what you tried, and why it is closed all the same.")
            raise RuleBroken("service.referral_unknown", words, field="why")
    else:
        _must_be(row, S.SERVED, S.NOT_SERVED, S.REJECTED)
    row.state, row.closed_on, row.ended_why = S.CLOSED, local(at).date(), why.strip()
    keep(row)
    _end_links(row, at)
    happened("service.referral.closed", row, by_id=by.id)
    return row


def _end_links(row: Referral, at: datetime) -> None:
    ReferralLink.objects.filter(referral_id=row.pk, ended_at__isnull=True).update(ended_at=at)
