"""Rows for which the house has no place yet; whoever they name is linked where that is certain."""

from collections.abc import Sequence

from xiezuo.exchange.actions.describing import describe
from xiezuo.exchange.actions.step import Step
from xiezuo.exchange.models import ImportedRow
from xiezuo.exchange.vocab import RowState
from xiezuo.people.access import people_for
from xiezuo.people.matching import house_pool


def keep_aside(step: Step, rows: Sequence[ImportedRow]) -> None:
    """Keep the rows as they are. Nobody is written down for them, and nobody is guessed."""
    for row in rows:
        row.state = RowState.KEPT_ASIDE
    described = describe(step, rows)
    pool = house_pool(people_for(step.by), [one.sketch for one in described])
    for one in described:
        certain = [alike for alike in pool.alike(one.sketch) if alike.certain]
        if certain:
            one.row.person_id = int(str(certain[0].ref))
