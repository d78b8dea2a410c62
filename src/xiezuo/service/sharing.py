"""Whether something about someone may be passed on to another organisation (CAS-8): a live consent to it that names the
organisation, or a supervisor's written decision. What is missing is said in a sentence."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import RuleBroken
from xiezuo.people.consents import standing, yes_of
from xiezuo.people.models import Consent, Person
from xiezuo.people.vocab import ConsentPurpose

RULE = "CAS-8"
PURPOSE = ConsentPurpose.SHARE_ORG
BETWEEN = re.compile(r"[、，,;；/\n]|\band\b|和|及")
SHORTEST = 2  # letters by which an organisation is told from others


@dataclass(frozen=True)
class Sharing:
    """`consents`: what it rests on. Where it may not be, `code` and `why` say what is missing; `limits` is what whoever
    agreed wants to be kept to."""

    consents: tuple[Consent, ...] = ()
    code: str = ""
    why: str | Promise = ""

    @property
    def is_open(self) -> bool:
        return bool(self.consents)

    @property
    def consent(self) -> Consent | None:
        return self.consents[0] if self.consents else None

    @property
    def limits(self) -> str:
        return "\n".join(filter(None, (row.limits.strip() for row in self.consents)))


def _plain(words: str) -> str:
    return "".join(words.split()).casefold()


def names(recipients: str, organisation: str) -> bool:
    """Whether an organisation is one of the recipients that a consent names: in full or in part, never the other way."""
    wanted = _plain(organisation)
    told = [_plain(part) for part in BETWEEN.split(recipients)]
    return any(len(part) >= SHORTEST and (part in wanted or wanted in part) for part in told) and bool(wanted)


def sharing(person: Person, organisation: str, on: date) -> Sharing:
    """Whether the person's consent lets something about them go to the organisation on that day (PIPL 23: agreed to
    separately, knowing the recipient)."""
    found = standing(person, PURPOSE, on)
    if not found.is_open:
        return Sharing(code=found.code, why=found.why)
    naming = [[row for row in rows if names(row.recipients, organisation)] for rows in yes_of(person, PURPOSE, on)]
    if not all(naming):
        return Sharing(code="other_recipient", why=_("what was agreed to names another organisation, or none"))
    return Sharing(tuple(rows[0] for rows in naming))


def must_share(person: Person, organisation: str, on: date, field: str = "") -> Sharing:
    """Raises RuleBroken with what is missing and what to do next, unless a consent lets it go."""
    found = sharing(person, organisation, on)
    if not found.is_open:
        words = _(
            "Nothing may be passed on to %(to)s yet: %(why)s. Nothing was sent. Ask for consent to “%(purpose)s” with this "
            "organisation as recipient, or let a supervisor write why danger or the law asks for it."
        )
        told = {"to": organisation, "why": found.why, "purpose": PURPOSE.label}
        raise RuleBroken("service.sharing_not_open", words % told, field=field, rule=RULE)
    return found
