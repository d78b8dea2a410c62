"""Referrals as rows and sentences: where each stands, and who must do what next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xiezuo.common.days import today
from xiezuo.orgs.access import Actor
from xiezuo.people.access import sections_of
from xiezuo.people.models import Person
from xiezuo.people.vocab import Section
from xiezuo.service.access.referrals import referrals_of, referrals_of_case
from xiezuo.service.models import Case, Referral
from xiezuo.service.vocab import ReferralState, Served
from xiezuo.web.base.words import day_words

Kind = Literal["", "wait", "late", "ok"]
S = ReferralState


@dataclass(frozen=True)
class ReferralRow:
    """`kind` and `words`: how it stands; `due` where something is waited for."""

    referral: Referral
    kind: Kind
    words: str
    due: date | None

    @property
    def late(self) -> bool:
        return self.due is not None and self.due < today()


def row_of(referral: Referral) -> ReferralRow:
    due = {S.SENT: referral.answer_due_on, S.ACCEPTED: referral.outcome_due_on}.get(ReferralState(referral.state))
    kind: Kind = {S.REVOKED: "", S.CLOSED: "", S.REJECTED: "late", S.SERVED: "ok", S.NOT_SERVED: "late"}.get(  # type: ignore[assignment]
        ReferralState(referral.state), "wait"
    )
    if due is not None and due < today():
        kind = "late"
    return ReferralRow(referral, kind, _words(referral), due)


def _day(on: date | None) -> str:
    return str(day_words(on, "day", get_language())) if on else ""


def _words(row: Referral) -> str:
    told = {
        "answer": _day(row.answer_due_on),
        "outcome": _day(row.outcome_due_on),
        "on": _day(row.closed_on),
    }
    words = {
        S.DRAFTED: _("Waits for the person's consent, or for a supervisor's decision."),
        S.CONSENTED: _("The person agreed. Say that it is sent once it goes out."),
        S.OVERRIDDEN: _("A supervisor decided. Say that it is sent once it goes out."),
        S.SENT: _("Sent; an answer is expected by %(answer)s."),
        S.ACCEPTED: _("Taken on. Ask what became of it by %(outcome)s."),
        S.REJECTED: _("Not taken on. Tell the person, look for another way, and close it."),
        S.SERVED: _("They were served. Close it, or go on together."),
        S.NOT_SERVED: _("They were not served. Talk with the person about another way, then close it."),
        S.REVOKED: _("Taken back on %(on)s."),
        S.CLOSED: _("Closed."),
    }[ReferralState(row.state)]
    if row.state == S.ACCEPTED and row.served == Served.UNKNOWN:
        words = _("Taken on; not known yet what became of it. Ask again by %(outcome)s.")
    return words % told


def rows_of(referrals: Iterable[Referral]) -> list[ReferralRow]:
    return [row_of(referral) for referral in referrals]


def referral_rows(actor: Actor, case: Case) -> list[ReferralRow]:
    """Rows for template part `staff/service/parts/referrals.html` on the page of a case the actor may read."""
    return rows_of(referrals_of_case(actor, case))


def referral_rows_of_person(actor: Actor, person: Person) -> list[ReferralRow]:
    """The same of a person; none where the case part is closed to the actor."""
    is_open = Section.CASE in sections_of(actor, [person])[person.pk]
    return rows_of(referrals_of(actor, person)) if is_open else []
