"""Files brought into the house, read and taken in."""

import pytest

from tests.factories.cast import Cast, make_cast
from tests.factories.lasting import lasting  # noqa: F401
from xiezuo.exchange.actions.applying import apply_batch, begin_apply
from xiezuo.exchange.actions.centres import Choices, centres_in
from xiezuo.exchange.actions.receiving import read_batch, receive_file
from xiezuo.exchange.models import ImportBatch
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site


@pytest.fixture
def cast(db: None, settings: object, tmp_path: object) -> Cast:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return make_cast()


def understood(by: Actor, content: bytes, name: str = "表.xlsx") -> ImportBatch:
    return read_batch(receive_file(by=by, content=content, file_name=name).pk)


def taken_in(
    by: Actor, content: bytes, *, name: str = "表.xlsx", site: Site | None = None, centres: Choices | None = None
) -> ImportBatch:
    """The whole way of a file; centres go to the sites they mean, as far as there are such sites."""
    batch = understood(by, content, name)
    known: Choices = {centre.core: centre.site for centre in centres_in(batch)}
    begin_apply(by=by, batch=batch, site=site, centres=known if centres is None else centres)
    return apply_batch(batch.pk)
