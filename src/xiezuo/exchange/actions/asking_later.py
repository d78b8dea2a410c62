"""Possible matches of a file that nobody answered for go on waiting, as pairs of records of the house."""

from dataclasses import dataclass

from django.db.models.functions import Coalesce

from xiezuo.exchange.models import ImportBatch, PossibleMatch
from xiezuo.exchange.vocab import MatchAnswer
from xiezuo.orgs.access import actor_for
from xiezuo.people.actions import propose_duplicates


@dataclass(frozen=True)
class Perhaps:
    """A new person of the file who may be someone of the house."""

    one: int
    other: int
    weight: float
    evidence: list[str]


def ask_later(batch: ImportBatch) -> None:
    """New people who may be someone else and of whom nobody has said so wait beside each other for someone to look."""
    open_ones = PossibleMatch.objects.filter(row__sheet__batch=batch, row__person_created=True)
    open_ones = open_ones.filter(answer__in=["", MatchAnswer.LATER]).annotate(who=Coalesce("person", "earlier__person"))
    told = open_ones.values_list("row__person", "who", "weight", "evidence")
    perhaps = [Perhaps(new, known, weight, evidence) for new, known, weight, evidence in told if new and known]
    if perhaps:
        propose_duplicates(by=actor_for(batch.uploaded_by), proposals=perhaps)
