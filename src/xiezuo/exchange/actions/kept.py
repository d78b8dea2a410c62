"""Rows that register nobody; whoever they name is linked where that is certain."""

from collections.abc import Sequence

from xiezuo.exchange.actions.describing import describe
from xiezuo.exchange.actions.step import Step
from xiezuo.exchange.models import ImportedRow
from xiezuo.people.access import people_for
from xiezuo.people.matching import house_pool


def link_certain(step: Step, rows: Sequence[ImportedRow]) -> None:
    """Nobody is written down for these rows, and nobody is guessed."""
    described = describe(step, rows)
    pool = house_pool(people_for(step.by), [one.sketch for one in described])
    for one in described:
        certain = [alike for alike in pool.alike(one.sketch) if alike.certain]
        if certain:
            one.row.person_id = int(str(certain[0].ref))
