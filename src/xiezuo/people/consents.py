"""Whether someone's data may be used for a purpose, and if not, who has to be asked what (CON-1 to CON-4).

The law's numbers stand in pack consent-core. Everything here asks; what people answer is written in actions.consent.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import age_on, local
from xiezuo.common.errors import RuleBroken
from xiezuo.common.walls import opened
from xiezuo.forms.packs import pack
from xiezuo.orgs.access import Actor
from xiezuo.people.access import among, people_for, sections_of
from xiezuo.people.models import Consent, Guardianship, Person, PrivacyNotice
from xiezuo.people.rights import resting
from xiezuo.people.vocab import Assent, ConsentPurpose, ConsentState, Section


def _rules() -> dict[str, Any]:
    return pack("consent-core")


def guardian_decides(person: Person, on: date) -> bool:
    """Under 14 as far as is known, the birthday itself included (CON-2, CON-3)."""
    if person.born_on is None:
        return False
    years, below = age_on(person.born_on, on), _rules()["age"]["guardian_below"]
    return years < below or (years == below and (person.born_on.month, person.born_on.day) == (on.month, on.day))


def is_young(person: Person, on: date) -> bool:
    """From 14 to 17: decides for themselves, for some purposes together with the guardian."""
    if person.born_on is None or guardian_decides(person, on):
        return False
    return age_on(person.born_on, on) < _rules()["age"]["adult_from"]


@dataclass(frozen=True)
class Needed:
    """Whose yes a purpose needs: the person's own, a guardian's, or both."""

    own: bool
    guardian: bool


def needed(person: Person, purpose: ConsentPurpose, on: date, guarded: bool = False) -> Needed:
    """`guarded`: the person is an adult who has a guardian by law, and so cannot decide alone."""
    if guardian_decides(person, on):
        return Needed(own=False, guardian=True)
    if is_young(person, on):
        return Needed(own=True, guardian=purpose in _rules()["guardian_too"]["purposes"])
    return Needed(own=not guarded, guardian=guarded)


def guardians_on(person: Person, on: date) -> set[int]:
    """Ids of those who answer for the person by law on that day."""
    open_ones = Guardianship.objects.filter(ward=person).filter(Q(from_on__isnull=True) | Q(from_on__lte=on))
    return set(open_ones.filter(Q(to_on__isnull=True) | Q(to_on__gte=on)).values_list("guardian_id", flat=True))


@dataclass(frozen=True)
class Standing:
    """Whether a purpose is open; `code` and `why` say what is missing where it is not."""

    purpose: ConsentPurpose
    is_open: bool
    code: str = ""
    why: str | Promise = ""


WHY: dict[str, Promise] = {
    "not_asked": _("nobody has asked the person yet"),
    "guardian_not_asked": _("the guardian has not been asked yet"),
    "no_answer": _("asked, and no answer yet"),
    "refused": _("the answer was no"),
    "withdrawn": _("the yes was taken back"),
    "expired": _("the yes has run out; ask again"),
    "new_text": _("the text has changed since; ask again"),
    "child_says_no": _("the child does not want it"),
    "guardian_only": _("a guardian said yes, and the person decides for themselves now; ask them"),
    "resting": _("the person asked that their record rest"),
}


def standing(person: Person, purpose: ConsentPurpose, on: date) -> Standing:
    """Whether the person's data may be used for the purpose on that day."""
    return standings([person], [purpose], on)[person.pk][0]


def standings(people: Iterable[Person], purposes: Iterable[ConsentPurpose], on: date) -> dict[int, list[Standing]]:
    """The same for several people and purposes, in four queries; person id → standings in the order of `purposes`."""
    everyone, asked = list(people), list(purposes)
    answers = _latest(everyone, asked)
    guardians = _guardians(everyone, on)
    current = dict(PrivacyNotice.objects.order_by("version").values_list("purpose", "pk"))
    at_rest = resting(everyone, on)
    return {
        person.pk: [
            Standing(purpose, False, "resting", WHY["resting"])
            if person.pk in at_rest
            else _standing(
                person, purpose, on, answers.get((person.pk, purpose), {}), guardians.get(person.pk, set()), current
            )
            for purpose in asked
        ]
        for person in everyone
    }


def _latest(people: list[Person], purposes: list[ConsentPurpose]) -> dict[tuple[int, str], dict[int | None, Consent]]:
    """(person, purpose) → the latest answer of each who answered; who answered for themselves stands under their id."""
    found: dict[tuple[int, str], dict[int | None, Consent]] = {}
    with opened("people.Consent", why="whether a purpose is open is asked of the answers"):
        rows = list(Consent.objects.filter(person__in=people, purpose__in=purposes).order_by("at", "id"))
    for row in rows:
        found.setdefault((row.person_id, row.purpose), {})[row.given_by_id or row.person_id] = row
    return found


def yes_of(person: Person, purpose: ConsentPurpose, on: date) -> list[list[Consent]]:
    """The answers on which an open purpose rests: the person's own, the guardians', or both, each with those that hold. Any
    one of a list is enough for it; every list is needed. Empty where the purpose is not open."""
    if not standing(person, purpose, on).is_open:
        return []
    guardians, current = (
        _guardians([person], on).get(person.pk, set()),
        dict(PrivacyNotice.objects.order_by("version").values_list("purpose", "pk")),
    )
    answers = _latest([person], [purpose]).get((person.pk, purpose), {})
    holding = {giver: row for giver, row in answers.items() if not _missing(row, on, current)}
    wanted = needed(person, purpose, on, guarded=bool(guardians))
    own = [row for giver, row in holding.items() if giver == person.pk]
    theirs = [row for giver, row in holding.items() if giver in guardians]
    return [rows for rows, asked in ((own, wanted.own), (theirs, wanted.guardian)) if asked]


def _guardians(people: list[Person], on: date) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    rows = Guardianship.objects.filter(ward__in=people).filter(Q(from_on__isnull=True) | Q(from_on__lte=on))
    for ward, guardian in rows.filter(Q(to_on__isnull=True) | Q(to_on__gte=on)).values_list("ward_id", "guardian_id"):
        found.setdefault(ward, set()).add(guardian)
    return found


def _standing(
    person: Person,
    purpose: ConsentPurpose,
    on: date,
    answers: dict[int | None, Consent],
    guardians: set[int],
    current: dict[str, int],
) -> Standing:
    wanted = needed(person, purpose, on, guarded=bool(guardians))
    own, theirs = answers.get(person.pk), [row for giver, row in answers.items() if giver in guardians]
    if wanted.guardian:
        codes = [_missing(row, on, current) for row in theirs]
        # One guardian's no outweighs another's yes; where nobody said no, one yes that holds is enough.
        noes = [code for code in codes if code in {"refused", "withdrawn"}]
        code = noes[0] if noes else min(codes, key=bool, default="guardian_not_asked")
        if not code and any(row.child_assent == Assent.NO for row in theirs):
            code = "child_says_no"
        if code:
            return Standing(purpose, False, code, WHY[code])
    if wanted.own:
        code = _missing(own, on, current) if own else "not_asked"
        if code == "not_asked" and answers:
            code = "guardian_only"
        if code:
            return Standing(purpose, False, code, WHY[code])
    return Standing(purpose, True)


def _missing(answer: Consent, on: date, current: dict[str, int]) -> str:
    """What is missing in one answer; empty when it is a yes that holds."""
    if answer.state != ConsentState.GIVEN:
        return {
            ConsentState.REFUSED: "refused",
            ConsentState.WITHDRAWN: "withdrawn",
        }.get(ConsentState(answer.state), "no_answer")
    if answer.expires_on and answer.expires_on < on:
        return "expired"
    if current.get(answer.purpose, answer.notice_id) != answer.notice_id:
        return "new_text"
    return ""


def must_agree(people: Iterable[Person], purpose: ConsentPurpose, on: date) -> None:
    """Raises RuleBroken naming everyone who is missing, and why, unless all of them agreed to the purpose (CON-1, CON-5)."""
    everyone = {person.pk: person for person in people}
    closed = [(everyone[pk], found[0]) for pk, found in standings(everyone.values(), [purpose], on).items()]
    missing = [f"{person}: {found.why}" for person, found in closed if not found.is_open]
    if missing:
        words = {"purpose": purpose.label, "who": "; ".join(missing)}
        told = _("Not everyone agreed to “%(purpose)s”. %(who)s.")
        raise RuleBroken("people.consent_missing", told % words, rule="CON-1")


def may_ask_again(person: Person, purpose: ConsentPurpose, on: date) -> date | None:
    """The first day on which someone who said no may be asked again; None when they may be asked today (CON-4)."""
    with opened("people.Consent", why="when someone may be asked again depends on their last answer"):
        last = Consent.objects.filter(person=person, purpose=purpose).order_by("-at", "-id").first()
    if last is None or last.state not in {ConsentState.REFUSED, ConsentState.WITHDRAWN}:
        return None
    day = local(last.at).date() + timedelta(days=_rules()["asking"]["again_after_days"])
    return day if day > on else None


def given_answers(actor: Actor, *, about: Person | None = None, ids: Collection[int] = ()) -> list[Consent]:
    """Answers that were a yes, the latest of each who gave one for each purpose; of people whose consents are open to the
    actor. `about`: of one person; `ids`: of these answers."""
    with opened("people.Consent", why="the consent part of the file is open to the actor, asked just below"):
        rows = Consent.objects.filter(among(people_for(actor)))
        rows = rows.filter(person=about) if about is not None else rows.filter(pk__in=ids)
        found = list(rows.select_related("person").order_by("-at", "-id"))
    seen = sections_of(actor, {row.person for row in found})
    latest: dict[tuple[int, str, int | None], Consent] = {}
    for row in found:
        latest.setdefault((row.person_id, row.purpose, row.given_by_id), row)
    told = latest.values() if about is not None else found
    return [row for row in told if row.state == ConsentState.GIVEN and Section.CONSENT in seen[row.person_id]]


def answers_of(actor: Actor, person: Person) -> list[Consent]:
    """Every answer that was written down for a person with whom the actor works, the latest first."""
    with opened("people.Consent", why="the actor works with the person"):
        rows = Consent.objects.filter(among(people_for(actor)), person=person.pk)
        return list(rows.select_related("recorded_by", "given_by", "notice"))
