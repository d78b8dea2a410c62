"""What the walls of the database layer cost a page: the same pages with them and without."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.signals import connection_created
from django.urls import reverse

from xiezuo.common.walls import build
from xiezuo.config.cli.measuring.measure import Measure, median
from xiezuo.config.cli.measuring.pages import colleagues, longest_known, opens
from xiezuo.config.cli.words import _

AIM = 1  # millisecond a page
ROUNDS = 5  # with and without in turns, so that a busy moment hits both


@contextmanager
def without_walls() -> Iterator[None]:
    """This process stands in a house without walls; only for measuring what they cost."""
    connection_created.disconnect(build, dispatch_uid="xiezuo.common.walls")
    connection.close()
    kept, connection.execute_wrappers[:] = list(connection.execute_wrappers), []
    try:
        yield
    finally:
        connection.close()
        connection.execute_wrappers[:] = kept
        connection_created.connect(build, dispatch_uid="xiezuo.common.walls")


def _compared(what: str, open_page: Callable[[], object], times: int) -> Measure:
    costs = []
    for _round in range(ROUNDS):
        walled = median(open_page, times)
        with without_walls():
            bare = median(open_page, times)
        costs.append((walled.cpu_ms - bare.cpu_ms, bare.cpu_ms))
    cost, bare_ms = sorted(costs)[ROUNDS // 2]
    words = _("walls: %(what)s (without them %(ms)s ms)") % {"what": what, "ms": f"{bare_ms:.1f}"}
    return Measure(words, max(cost, 0.0), AIM, "ms")


def measure(times: int) -> list[Measure]:
    actor = colleagues()[0]
    person = reverse("person", args=[longest_known(actor).pk])
    return [
        _compared(_("open a person's page"), opens(actor, person), times),
        _compared(_("open the list of people"), opens(actor, reverse("people")), times),
        _compared(_("open service records"), opens(actor, reverse("service_records")), times),
        _compared(
            _("the page to write down a service"),
            opens(actor, f"{reverse('record_service')}?draft={uuid.uuid4()}"),
            times,
        ),
    ]
