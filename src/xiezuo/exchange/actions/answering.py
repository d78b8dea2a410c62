"""What someone says of rows that may stand for a person who is here already."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xiezuo.common.bulk import save_columns
from xiezuo.common.days import now
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.exchange.access import batch_for, matches_for, only_matches_for
from xiezuo.exchange.models import ImportBatch, PossibleMatch
from xiezuo.exchange.vocab import BatchState, MatchAnswer
from xiezuo.orgs.access import Actor

ANSWERED_WHEN = {BatchState.UNDERSTOOD, BatchState.APPLIED}


@transaction.atomic
def answer_match(*, by: Actor, match: PossibleMatch, answer: MatchAnswer) -> PossibleMatch:
    """Say of one row whether it is the person proposed. Saying "the same" of one is "another person" of the others.

    Raises RuleBroken while the file is taken in, and for "the same" afterwards: two records are not merged here.
    """
    batch = batch_for(by, match.row.sheet.batch_id)
    seen = matches_for(by, batch).filter(pk=match.pk).first()
    if seen is None:
        raise NotAllowed(_("You do not work with the person proposed here. A supervisor can answer."))
    _must_be_open(batch, answer)
    told = {"answered_by": by.user, "answered_at": now()}
    others = PossibleMatch.objects.filter(row=seen.row_id).exclude(pk=seen.pk)
    if answer == MatchAnswer.SAME:
        others.update(answer=MatchAnswer.DIFFERENT, **told)
    PossibleMatch.objects.filter(pk=seen.pk).update(answer=answer, **told)
    happened("exchange.match.answered", batch, by_id=by.id, row=seen.row_id, answer=answer)
    seen.refresh_from_db()
    return seen


@transaction.atomic
def answer_group(*, by: Actor, batch: ImportBatch, reason: str, answer: MatchAnswer) -> int:
    """The same answer for every row with these reasons that has only one person proposed; how many those are.

    Rows with several people proposed, and rows answered before, wait for an answer of their own.
    """
    batch = batch_for(by, batch.pk)
    _must_be_open(batch, answer)
    alone = list(only_matches_for(by, batch).filter(answer="", reason=reason).values_list("pk", flat=True))
    PossibleMatch.objects.filter(pk__in=alone).update(answer=answer, answered_by=by.user, answered_at=now())
    happened("exchange.match.answered", batch, by_id=by.id, rows=len(alone), answer=answer)
    return len(alone)


def _must_be_open(batch: ImportBatch, answer: MatchAnswer) -> None:
    if batch.state not in ANSWERED_WHEN:
        raise RuleBroken("exchange.match_closed", _("This import is under way. Answer when it is done."))
    if batch.state == BatchState.APPLIED and answer == MatchAnswer.SAME:
        raise RuleBroken(
            "exchange.match_too_late",
            _(
                "Both are written down now, and an import merges nobody. Leave the row on this list, or say that they are two."
            ),
        )


# Fingerprint of the row, and whom it may be: the id of a person, or the fingerprint of an earlier row.
Pair = tuple[str, int | str | None]


def _pair(match: PossibleMatch) -> Pair:
    return match.row.fingerprint, match.person_id or (match.earlier.fingerprint if match.earlier else None)


def _matches(batch: ImportBatch) -> QuerySet[PossibleMatch]:
    rows = PossibleMatch.objects.filter(row__sheet__batch=batch).select_related("row", "earlier")
    return rows.defer("row__values", "row__problems", "earlier__values", "earlier__problems")


def what_was_answered(batch: ImportBatch) -> dict[Pair, PossibleMatch]:
    """What someone said of the people of a file that is about to be read again."""
    return {_pair(match): match for match in _matches(batch).exclude(answer="")}


def answer_again(batch: ImportBatch, said: dict[Pair, PossibleMatch]) -> None:
    """The same answers for the same rows and people. Part of reading a file again."""
    found = [match for match in _matches(batch) if _pair(match) in said] if said else []
    for match in found:
        before = said[_pair(match)]
        match.answer, match.answered_by_id = before.answer, before.answered_by_id
        match.answered_at = before.answered_at
    save_columns(found, ["answer", "answered_by", "answered_at"])
