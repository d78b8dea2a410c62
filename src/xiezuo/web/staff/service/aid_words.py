"""Aid in rows and sentences: where each stands, and who must do what next. For every page that lists it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from xiezuo.common.days import today
from xiezuo.orgs.access import Actor
from xiezuo.service.access.aids import can_answer
from xiezuo.service.aid.balance import kind_words
from xiezuo.service.aid.due_here import names_known
from xiezuo.service.models import Aid
from xiezuo.service.vocab import AidAnswer, AidState, RecordState
from xiezuo.web.base.words import day_words

Kind = Literal["", "wait", "late", "ok"]
S = AidState
KINDS: dict[AidState, Kind] = {S.REJECTED: "late", S.WITHDRAWN: "", S.FOLLOWED_UP: "ok", S.REPORTED: "ok"}


@dataclass(frozen=True)
class AidRow:
    """`who`: the applicant, or the number where the name is not for whoever looks; `amount`: what it is about now."""

    aid: Aid
    who: str
    what: str
    amount: Decimal | None
    kind: Kind
    words: str
    is_mine: bool = False


def rows_of(actor: Actor, aids: Iterable[Aid]) -> list[AidRow]:
    found = list(aids)
    known = names_known(actor, found)
    return [row_of(actor, aid, known) for aid in found]


def row_of(actor: Actor, aid: Aid, known: Collection[int]) -> AidRow:
    kind, words = stands(aid, mine=can_answer(actor, aid))
    return AidRow(
        aid=aid,
        who=str(aid.applicant) if aid.applicant_id in known else aid.number,
        what=kind_words(aid.kind),
        amount=latest_amount(aid),
        kind=kind,
        words=words,
        is_mine=can_answer(actor, aid),
    )


def latest_amount(aid: Aid) -> Decimal | None:
    told = (aid.amount_paid, aid.amount_approved, aid.amount_proposed, aid.amount_asked)
    return next((amount for amount in told if amount is not None), None)


def _day(on: date | None) -> str:
    return str(day_words(on, "day", get_language())) if on else ""


def _names(names: Iterable[str]) -> str:
    return pgettext("between the items of a list", ", ").join(names)


def stands(aid: Aid, *, mine: bool = False) -> tuple[Kind, str]:
    """A sentence that says who does what next."""
    state = AidState(aid.state)
    if aid.record is not None and aid.record.state == RecordState.CANCELLED:
        return "late", _(
            "The record of the hand-over is cancelled: it counts nowhere, and the gift has its money back."
        )
    late = aid.was_given and aid.followed_up_on is None and aid.follow_up_on is not None and aid.follow_up_on <= today()
    kind: Kind = "late" if late else KINDS.get(state, "wait")
    return kind, _sentence(aid, state, mine=mine)


def _sentence(aid: Aid, state: AidState, *, mine: bool) -> str:
    if state == S.ASSESSED:
        return _assessed(aid, mine=mine)
    told = {
        "who": aid.asked_by.name,
        "day": _day(aid.handed_on if aid.was_given else aid.ended_on),
        "later": _day(aid.follow_up_on),
        "done": _day(aid.followed_up_on),
        "number": aid.report_no,
    }
    if aid.imported:
        return _("From an old ledger: given on %(day)s.") % told
    if state == S.HANDED_OVER and aid.follow_up_on is None:
        return _("Handed over on %(day)s.") % told
    words = {
        S.APPLIED: _("Waits to be assessed: two go on a visit."),
        S.APPROVED: _("Approved and promised. %(who)s hands it over and lets them sign."),
        S.HANDED_OVER: _("Handed over on %(day)s. Ask how it went by %(later)s."),
        S.FOLLOWED_UP: _("Handed over on %(day)s; asked on %(done)s how it went. Told to the donor next."),
        S.REPORTED: _("Handed over on %(day)s; the donor was told in report %(number)s."),
        S.REJECTED: _("Not approved on %(day)s. Nothing is promised any more."),
        S.WITHDRAWN: _("Withdrawn on %(day)s. Nothing is promised any more."),
    }
    return words[state] % told


def _assessed(aid: Aid, *, mine: bool) -> str:
    if mine:
        return _("Waits for you: do you approve it?")
    waiting = [row.approver.name for row in aid.approvals.all() if row.answer == AidAnswer.ASKED]
    if not waiting:
        return _("Everyone who was asked answered, and it is not enough: ask somebody else, or assess it anew.")
    return _("Waits for %(who)s to approve it.") % {"who": _names(waiting)}
