"""What people are told, what they agreed to, and who read about them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import local
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.files import kept_form
from xiezuo.common.text import tidy
from xiezuo.common.walls import opened
from xiezuo.forms.packs import pack
from xiezuo.orgs.access import Actor, must_publish_notices
from xiezuo.people.access import must_supervise, must_work_with
from xiezuo.people.consents import guardians_on, may_ask_again, needed
from xiezuo.people.models import Consent, Person, PrivacyNotice, ReadLog
from xiezuo.people.rights import restricted_on
from xiezuo.people.vocab import Assent, ConsentPurpose, ConsentState, ConsentWay, Relation, Section, Withhold


def parts_of_notice(purpose: ConsentPurpose) -> list[str]:
    """What a notice for the purpose has to say (CON-4)."""
    rules = pack("consent-core")
    sensitive = purpose in rules["sensitive"]["purposes"]
    return [*rules["notice"]["always"], *(rules["notice"]["if_sensitive"] if sensitive else [])]


@transaction.atomic
def publish_notice(*, by: Actor, purpose: ConsentPurpose, says: Mapping[str, str], plain: str = "") -> PrivacyNotice:
    """The next version of what people are told for a purpose; from now on everyone is asked anew (CON-4)."""
    must_publish_notices(by)
    wanted = {name: tidy(says.get(name, "")) for name in parts_of_notice(purpose)}
    empty = [name for name, text in wanted.items() if not text]
    if empty:
        words = _("A notice says who asks, for what, for how long and which rights there are. Something is missing.")
        raise RuleBroken("people.notice_incomplete", words, field=empty[0], rule="CON-4")
    text = json.dumps({"says": wanted, "plain": tidy(plain)}, ensure_ascii=False, sort_keys=True)
    last = PrivacyNotice.objects.filter(purpose=purpose).aggregate(n=Max("version"))["n"] or 0
    notice = PrivacyNotice.objects.create(
        purpose=purpose,
        version=last + 1,
        says=wanted,
        plain=tidy(plain),
        text_hash=sha256(text.encode()).hexdigest(),
        published_by=by.user,
    )
    happened("people.notice.published", notice, by_id=by.id, purpose=purpose, version=notice.version)
    return notice


@dataclass(kw_only=True)
class Given:
    """How an answer was given: by whom (None: the person), what a child says, on which paper (the bytes of its picture),
    before which witness, within which limits."""

    by: Person | None = None
    relation: Relation | None = None
    assent: Assent | None = None
    paper: bytes = b""
    witness: str = ""
    recipients: str = ""
    limits: str = ""
    reason: str = ""
    withhold_from: str = ""
    withhold_why: Withhold | None = None


@transaction.atomic
def note_consent(
    *,
    by: Actor,
    person: Person,
    purpose: ConsentPurpose,
    state: ConsentState,
    way: ConsentWay | None,
    at: datetime,
    expires_on: date | None = None,
    given: Given | None = None,
) -> Consent:
    """Write down what someone answered for one purpose, to the text that stands now. The latest answer of each counts."""
    given = given or Given()
    must_work_with(by, person, section=Section.CONSENT)
    must_be_an_answer(person, purpose, state, given, local(at).date())
    notice = PrivacyNotice.objects.filter(purpose=purpose).order_by("-version").first()
    consent = Consent(
        person=person,
        purpose=purpose,
        state=state,
        way=way or "",
        at=at,
        expires_on=expires_on,
        notice=notice,
        text_hash=notice.text_hash if notice else "",
        given_by=given.by or person,
        relation=given.relation or (Relation.GUARDIAN if given.by else Relation.SELF),
        child_assent=given.assent or "",
        witness=tidy(given.witness),
        recipients=tidy(given.recipients),
        limits=given.limits.strip(),
        refused_reason=given.reason.strip(),
        withhold_from=tidy(given.withhold_from),
        withhold_why=given.withhold_why or "",
        recorded_by=by.user,
    )
    if given.paper:
        _keep_paper(consent, given.paper)
    with opened("people.Consent", why="the actor works with the person and notes their answer"):
        consent.save()
    happened("people.consent.noted", person, by_id=by.id, purpose=purpose, state=state)
    return consent


def _keep_paper(consent: Consent, paper: bytes) -> None:
    kept, consent.content_type = kept_form(paper)
    consent.sha256 = sha256(kept).hexdigest()
    consent.evidence.save(consent.sha256, ContentFile(kept), save=False)


def must_be_an_answer(person: Person, purpose: ConsentPurpose, state: ConsentState, given: Given, on: date) -> None:
    """Raises RuleBroken for an answer nobody gave, one given by someone who cannot, and for asking again too soon."""
    if state == ConsentState.NOT_ASKED:
        raise RuleBroken("people.consent_needs_an_answer", _("Choose what the person answered."), field="state")
    again = may_ask_again(person, purpose, on) if state == ConsentState.ASKED else None
    if again is not None:
        words = _("They said no not long ago. Ask again from %(day)s on, or when they come by themselves.")
        raise RuleBroken("people.asked_too_soon", words % {"day": again.isoformat()}, field="state", rule="CON-4")
    if state == ConsentState.GIVEN and restricted_on(person, on):
        words = _("The record of %(person)s rests, so nothing new is agreed to. End the rest first, with the person.")
        raise RuleBroken("people.record_rests", words % {"person": person}, field="state")
    if given.withhold_from.strip() and not given.withhold_why:
        words = _("Write why they may not be told.")
        raise RuleBroken("people.withholding_needs_a_reason", words, field="withhold_why")
    if given.paper and not given.witness.strip():
        words = _("Write who was there when the paper was signed.")
        raise RuleBroken("people.paper_needs_a_witness", words, field="witness")
    if given.by is not None and given.by != person:
        _must_be_guardian(person, given.by, on)
    elif state == ConsentState.GIVEN and not needed(person, purpose, on, bool(guardians_on(person, on))).own:
        words = _("%(person)s cannot agree alone: a guardian decides. Write down the guardian's answer.")
        raise RuleBroken("people.guardian_decides", words % {"person": person}, field="given_by", rule="CON-2")


def _must_be_guardian(person: Person, giver: Person, on: date) -> None:
    if giver.pk not in guardians_on(person, on):
        words = _("%(giver)s is not written down as guardian of %(person)s. Write that down first, with its basis.")
        raise RuleBroken("people.not_a_guardian", words % {"giver": giver, "person": person}, field="given_by")


def note_reads(*, by: Actor, people: Iterable[Person], what: str) -> None:
    """The same for a page that shows several people: one line in each one's log."""
    ReadLog.objects.bulk_create([ReadLog(person=person, user=by.user, what=what) for person in people])


def note_read(*, by: Actor, person: Person, what: str) -> None:
    """Write down that the actor opened `what` of this person (CHD-3); the page leaves only after this."""
    ReadLog.objects.create(person=person, user=by.user, what=what)


@transaction.atomic
def end_withholding(*, by: Actor, consent: Consent, on: date) -> Consent:
    """A supervisor says that whoever could not be told may be told from `on`; what was asked stays in the history."""
    must_supervise(by)
    must_work_with(by, consent.person, section=Section.CONSENT)
    if consent.withhold_ended_on is None:
        consent.withhold_ended_on = on
        with opened("people.Consent", why="a supervisor works with the person"):
            consent.save(update_fields=["withhold_ended_on"])
        happened("people.withholding.ended", consent.person, by_id=by.id, consent=consent.pk)
    return consent
