"""The whole way of a file in one call, for the command line and for measuring: kept, read, confirmed, taken in."""

from collections.abc import Callable

from xiezuo.exchange.actions.applying import begin_apply, finish, one_step
from xiezuo.exchange.actions.centres import centres_in
from xiezuo.exchange.actions.receiving import keep_file, read_batch
from xiezuo.exchange.models import ImportBatch
from xiezuo.exchange.vocab import BatchState
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site


def take_in_at_once(
    *,
    by: Actor,
    content: bytes,
    file_name: str,
    site: Site | None = None,
    told: Callable[[ImportBatch], object] = lambda batch: None,
) -> tuple[ImportBatch, bool]:
    """The import of the file, and whether this call took it in; it did not if the file was here or cannot be read.

    Unknown centres become new sites where the actor may open them; nobody is asked whether two people are one, so
    that only who is certainly here is linked. `told` hears of the batch after each step.
    """
    batch, _new = keep_file(by=by, content=content, file_name=file_name)
    if batch.state == BatchState.APPLIED:
        return batch, False
    batch = read_batch(batch.pk)
    if batch.state == BatchState.UNREADABLE:
        return batch, False
    may_open = by.supervises or by.runs_the_house
    centres = {c.core: c.site or (c.name if may_open else None) for c in centres_in(batch)}
    batch = begin_apply(by=by, batch=batch, site=site, centres=centres)
    while one_step(batch.pk):
        batch.refresh_from_db()
        told(batch)
    return finish(batch.pk), True
