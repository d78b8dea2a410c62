"""`xiezuo bench`: how fast the house is on this machine, measured on a sample house made for it and thrown away."""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from xiezuo.config.cli import Stop
from xiezuo.config.cli.words import _

PARTICIPANTS = 60
START_PATIENCE = 30.0  # seconds


@dataclass(frozen=True)
class Measure:
    """`found` and `aim` in `unit`; `found` is None where this system does not tell."""

    what: str
    found: float | None
    aim: float
    unit: str

    @property
    def missed(self) -> bool:
        return self.found is not None and self.found > self.aim

    def row(self) -> str:
        found = "-" if self.found is None else f"{self.found:.1f}"
        mark = "✗" if self.missed else "✓"
        return f"{mark} {found:>8} {self.unit:<8} ≤ {self.aim:g}  {self.what}"


def median_ms(call: Callable[[], object], times: int) -> float:
    """Median milliseconds of `times` calls, after two that warm up."""
    call(), call()
    taken = []
    for _n in range(times):
        began = time.perf_counter()
        call()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def _someone_at_work() -> Any:
    """Someone of the sample house who works with people everywhere, else at a site."""
    from xiezuo.orgs.access import actor_for
    from xiezuo.orgs.models import User

    actors = [actor_for(user) for user in User.objects.filter(is_active=True)]
    return max((actor for actor in actors if actor.does_casework), key=lambda actor: (actor.everywhere, actor.roles))


def measure_person_page(times: int) -> list[Measure]:
    """The page of the person with the longest history, as a member of staff gets it."""
    from django.db import connection
    from django.db.models import Count
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from xiezuo.people.access import people_for

    actor = _someone_at_work()
    person = people_for(actor).annotate(n=Count("participations")).order_by("-n", "pk").first()
    if person is None:
        raise Stop(_("The sample house has no people to measure with."))
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(actor.user)
    address = reverse("person", args=[person.pk])

    def open_page() -> None:
        answer = browser.get(address)
        if answer.status_code != 200:
            raise Stop(_("The person page answered %(code)s instead of 200.") % {"code": answer.status_code})

    taken = median_ms(open_page, times)
    with CaptureQueriesContext(connection) as queries:
        open_page()
    return [
        Measure(_("open a person's page"), taken, 40, "ms"),
        Measure(_("queries for it"), len(queries), 15, _("queries")),
    ]


def measure_saving(times: int) -> list[Measure]:
    """Writing down one activity with sixty people who are known by name."""
    from xiezuo.common.days import today
    from xiezuo.orgs.access import sites_for
    from xiezuo.people.access import people_for
    from xiezuo.people.actions import PersonFacts, register_person
    from xiezuo.service.actions import ServiceFacts, Taking, record_service
    from xiezuo.service.vocab import Method, ParticipationMode

    actor = _someone_at_work()
    place = sites_for(actor).first()
    for n in range(max(PARTICIPANTS - people_for(actor).count(), 0)):
        register_person(by=actor, facts=PersonFacts(nickname=f"{n}"), on=today(), site=place)
    people = list(people_for(actor).values_list("pk", flat=True)[:PARTICIPANTS])
    taking = [Taking(mode=ParticipationMode.NAMED, person=pk) for pk in people]
    facts = ServiceFacts(method=Method.ACTIVITY, service_date=today(), site=place, title="60", taking=taking)

    taken = median_ms(lambda: record_service(by=actor, facts=facts, on=today()), times)
    return [Measure(_("save a service with %(n)s people") % {"n": PARTICIPANTS}, taken, 100, "ms")]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _memory(of: int) -> float | None:
    """Megabytes the largest process below `of` holds; None where there is no /proc to ask."""
    sizes = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue  # it ended meanwhile
        if int(lines.get("PPid", 0)) == of and "VmRSS" in lines:
            sizes.append(int(lines["VmRSS"].split()[0]) / 1024)
    return max(sizes, default=None)


def measure_server(folder: Path) -> list[Measure]:
    """Start the house for real, wait until it is well, open a page often, and look at its memory."""
    port = _free_port()
    command = [sys.executable, "-m", "xiezuo.config.cli", "serve", "--port", str(port)]
    began = time.monotonic()
    server = subprocess.Popen(command, env=os.environ | {"XIEZUO_HOUSE": str(folder)}, stdout=subprocess.DEVNULL)
    try:
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/login/", timeout=2).read()
                break
            except OSError as error:
                if time.monotonic() - began > START_PATIENCE or server.poll() is not None:
                    raise Stop(_("The sample house did not start.")) from error
                time.sleep(0.02)
        started = time.monotonic() - began
        for _n in range(50):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/login/", timeout=5).read()
        memory = _memory(server.pid)
    finally:
        server.terminate()
        server.wait(30)
    return [
        Measure(_("from the command to the first page"), started, 5, "s"),
        Measure(_("memory of the serving process"), memory, 200, "MB"),
    ]


@click.command(
    help=_("Measure this version on this machine, on a sample house that is thrown away afterwards."),
    epilog=_("Example: xiezuo bench (ends with 1 when an aim is missed)"),
)
@click.option("--times", default=20, show_default=True, help=_("How often each thing is done; the median counts."))
def command(times: int) -> None:
    from xiezuo.config.cli.demo import prepare

    with tempfile.TemporaryDirectory(prefix="xiezuo-bench-", ignore_cleanup_errors=True) as outside:
        folder = Path(outside, "demo-house")
        prepare(folder)
        measures = [*measure_person_page(times), *measure_saving(times)]
        from django.db import connections

        connections.close_all()
        measures += measure_server(folder)
    for measure in measures:
        click.echo(measure.row())
    if any(measure.missed for measure in measures):
        raise Stop(_("An aim was missed."))
