"""`xiezuo serve`: the pages and the background worker."""

import hashlib
import ipaddress
import multiprocessing
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from xiezuo.config.cli import Stop, django
from xiezuo.config.cli.words import _
from xiezuo.config.logs import PROCESS
from xiezuo.config.worker import Keeper

THREADS = 4  # requests worked on at once; one house has a handful of people at a time
STAMP = "made-from"


@contextmanager
def held_port(host: str, port: int) -> Iterator[None]:
    """Keep the port for us while the house is made ready. Raises Stop when nothing can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as held:
        if os.name == "posix":  # a port just left is free; on Windows this option would hide a real neighbour
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            held.bind((host, port))
            held.listen()
        except PermissionError as error:
            words = _("Port %(port)s is kept for the system. Choose one above 1023, for example: --port 8001")
            raise Stop(words % {"port": port}) from error
        except OSError as error:
            words = _("Port %(port)s on %(host)s is in use. Close the other program, or choose: --port %(other)s")
            raise Stop(words % {"port": port, "host": host, "other": port + 1}) from error
        yield


def collect_static() -> None:
    """Collect, name by content and compress the static files; done once for each version of them."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    found = sorted(
        (name, Path(storage.path(name)).stat()) for finder in get_finders() for name, storage in finder.list([])
    )
    lines = [f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in found]
    stamp = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    folder = Path(str(settings.STATIC_ROOT))
    kept = folder / STAMP
    if kept.exists() and kept.read_text(encoding="utf-8") == stamp:
        return
    shutil.rmtree(folder, ignore_errors=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    kept.write_text(stamp, encoding="utf-8")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def load(_target: str) -> Any:
    """The application, inside the serving process; that one ends when the process that started it is gone."""
    keeper = multiprocessing.parent_process()
    if keeper is not None:

        def follow() -> None:
            keeper.join()
            os._exit(0)

        threading.Thread(target=follow, name="follow-keeper", daemon=True).start()
    from xiezuo.config.wsgi import application

    return application


def _write_packs() -> None:
    """What was published and is missing in the folder is written again; copies of the shipped packs are kept."""
    from xiezuo.forms.workshop.files import keep_shipped, write_missing

    for path in write_missing():
        click.echo(_("%(path)s was missing and was written again.") % {"path": path}, err=True)
    keep_shipped()


def serve(host: str, port: int, house: Path) -> None:
    """Serve until someone stops it; the worker ends with it. Django is loaded."""
    _write_packs()
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    # The serving process is started fresh on every system, as Windows does it: nothing is shared by accident.
    multiprocessing.set_start_method("spawn", force=True)
    connections.close_all()
    server = Granian(
        "xiezuo.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        websockets=False,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )
    keeper = Keeper(house)
    keeper.open()
    try:
        server.serve(target_loader=load)
    finally:
        keeper.close()


@click.command(
    help=_("Serve the house: its pages and its background work, in one program."),
    epilog=_(
        "Examples: xiezuo serve · xiezuo serve --port 8001 · for the phones of your own network: "
        "xiezuo serve --host 0.0.0.0 (read docs/deploy/lan.md first)"
    ),
)
@click.option("--host", default="127.0.0.1", show_default=True, help=_("The address to listen on."))
@click.option("--port", default=8000, show_default=True, help=_("The port to listen on."))
def command(host: str, port: int) -> None:
    os.environ[PROCESS] = "web"
    house = django.start()
    (house.folder / "logs").mkdir(exist_ok=True)
    with held_port(host, port):
        django.must_be_up_to_date()
        collect_static()
    click.echo(_("Open http://localhost:%(port)s in the browser. To stop: Ctrl+C.") % {"port": port})
    if not _is_loopback(host) and not house.https:
        click.echo(_("Without HTTPS everyone on this network can read along: read docs/deploy/https.md."), err=True)
    serve(host, port, house.folder)
