"""What someone does about their own data, on the page that a link opened. They stand behind it; no colleague does."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import local
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.walls import opened
from xiezuo.people.actions.consent import Given, must_be_an_answer
from xiezuo.people.consents import guardian_decides
from xiezuo.people.members import Member
from xiezuo.people.models import Consent, PrivacyNotice
from xiezuo.people.vocab import Assent, ConsentPurpose, ConsentState, ConsentWay, Relation


def own_answer(member: Member, purpose: ConsentPurpose) -> Consent | None:
    """The latest answer of whoever looks."""
    mine = [row for row in _answers(member, purpose) if (row.given_by_id or row.person_id) == member.looker.pk]
    return mine[0] if mine else None


def _answers(member: Member, purpose: ConsentPurpose) -> list[Consent]:
    with opened("people.Consent", why="whoever looks answers for themselves or for their child"):
        return list(Consent.objects.filter(person=member.subject.pk, purpose=purpose))


@transaction.atomic
def answer_consent(
    *, member: Member, purpose: ConsentPurpose, state: ConsentState, at: datetime, assent: Assent | None = None
) -> Consent:
    """Take a yes back, or give it again to the text of today; from the next question on it holds (CON-6).

    A yes is only taken to a purpose about which someone asked them; taking back needs no reason. Raises RuleBroken.
    """
    last = own_answer(member, purpose)
    notice = PrivacyNotice.objects.filter(purpose=purpose).order_by("-version").first()
    if state == ConsentState.WITHDRAWN:
        if last is None or last.state != ConsentState.GIVEN:
            raise RuleBroken("people.nothing_to_take_back", _("There is no yes of yours to take back."))
    elif state != ConsentState.GIVEN:
        raise RuleBroken("people.consent_needs_an_answer", _("Choose what the person answered."), field="state")
    elif notice is None or not _answers(member, purpose):
        raise RuleBroken("people.nobody_asked", _("Nobody has asked you about this. Talk to your social worker."))
    elif not member.own and assent is None and guardian_decides(member.subject, local(at).date()):
        raise RuleBroken("people.child_not_asked", _("Ask the child, and press what they say."), field="assent")
    given = Given(by=None if member.own else member.looker, assent=assent)
    must_be_an_answer(member.subject, purpose, state, given, local(at).date())
    row = Consent(
        person=member.subject,
        purpose=purpose,
        state=state,
        way=ConsentWay.DIGITAL,
        at=at,
        notice=notice,
        text_hash=notice.text_hash if notice else "",
        given_by=member.looker,
        relation=Relation.SELF if member.own else Relation.GUARDIAN,
        child_assent=assent or (last.child_assent if last and not member.own else ""),
        limits=last.limits if last else "",
        recipients=last.recipients if last else "",
        recorded_by=None,
    )
    with opened("people.Consent", why="whoever looks answers for themselves or for their child"):
        row.save()
    facts = {"purpose": purpose, "state": state, "link": member.link.pk}
    happened("people.consent.answered", member.subject, by_id=None, **facts)
    return row
