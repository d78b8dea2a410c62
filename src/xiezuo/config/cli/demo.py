"""`xiezuo demo`: a sample organisation in a house of its own, filled and served."""

import hashlib
import os
import shutil
import time
from pathlib import Path

import click

from xiezuo.config.cli import Stop, django
from xiezuo.config.cli.words import _
from xiezuo.config.house import READERS

FOLDER = "demo-house"
FILLING = "being-made"  # there from the first moment until the house is filled
FINISHED = "made-from"  # what it was filled from; written last
SMALL, FULL = "small", "full"
FRESH = 7 * 24 * 60 * 60  # seconds; the story ends on the day it was told, so an old one has an empty week


def made_from(scale: str = SMALL) -> str:
    """Changes with the tables, with the story and with its scale."""
    house = Path(__file__).resolve().parents[2]
    sources = [*house.glob("*/migrations/*.py"), *house.glob("demo/**/*.py"), *house.glob("demo/*.toml")]
    told = b"".join(path.read_bytes() for path in sorted(sources))
    return f"{scale} {hashlib.sha256(told).hexdigest()}"


def _enter(folder: Path) -> None:
    """Point this process at the demo house and at no other, whatever the environment says."""
    for name in READERS:
        os.environ.pop(f"XIEZUO_{name.upper()}", None)
    os.environ["XIEZUO_HOUSE"] = str(folder)


def _must_be_empty() -> None:
    """A story is told into a database of its own. Raises Stop, and touches nothing, where there are tables."""
    from django.db import connection

    if connection.vendor == "postgresql" and connection.introspection.table_names():
        words = _("The database %(name)s is not empty, so it was left as it is. Make an empty one and name it.")
        raise Stop(words % {"name": connection.settings_dict["NAME"]})


def _fill(scale: str) -> None:
    from django.db import connection

    from xiezuo.common.days import today
    from xiezuo.config.cli.init import migrate
    from xiezuo.demo.story import tell

    _must_be_empty()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")  # a house cut off while it is filled is made anew anyway
            cursor.execute("PRAGMA cache_size=-400000")
    migrate()
    with click.progressbar(length=100, label=_("Telling the story of a sample organisation")) as bar:

        def progress(done: int, of: int) -> None:
            bar.update(int(done * 100 / max(of, 1)) - bar.pos)

        tell(until=today(), progress=progress, size=scale)
        progress(1, 1)
    with connection.cursor() as cursor:
        # What a server does by itself in the hours after so much was written, so that its indexes alone give answers.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    connection.close()


def prepare(folder: Path, scale: str = SMALL, postgres: str = "") -> None:
    """A whole demo house in `folder`, kept or made anew; Django is loaded afterwards. Raises Stop.

    `postgres` names an empty database that holds the rows of the house instead of a file in its folder.
    """
    from xiezuo.config.cli.init import prepare_folder

    filling, finished = folder / FILLING, folder / FINISHED
    if folder.exists() and any(folder.iterdir()):
        if not filling.exists() and not finished.exists():
            words = _("%(folder)s is not a demo house, so it was left as it is. Choose another folder with --into.")
            raise Stop(words % {"folder": folder})
        fresh = finished.exists() and time.time() - finished.stat().st_mtime < FRESH
        if filling.exists():
            click.echo(_("The demo house was not finished last time and is made anew."))
            shutil.rmtree(folder)
        elif not fresh or finished.read_text(encoding="utf-8") != made_from(scale):
            click.echo(_("The demo house is a week old or of another version and is made anew."))
            shutil.rmtree(folder)
    _enter(folder)
    if finished.exists():
        django.start()
        return
    folder.mkdir(parents=True, exist_ok=True)
    filling.touch()
    chosen: dict[str, str | bool] = {"database": postgres} if postgres else {}
    prepare_folder(folder, demo=True, **chosen)
    django.start()
    _fill(scale)
    finished.write_text(made_from(scale), encoding="utf-8")
    filling.unlink()


def _people() -> list[tuple[str, str, str]]:
    """User name, name and roles of everyone who can be tried out."""
    from xiezuo.orgs.access import actor_for
    from xiezuo.orgs.models import User
    from xiezuo.orgs.vocab import StaffRole

    return [
        (user.username, user.name, "、".join(str(StaffRole(role).label) for role in sorted(actor_for(user).roles)))
        for user in User.objects.filter(is_active=True).order_by("pk")
    ]


@click.command(
    help=_("Look around: a sample organisation, invented from beginning to end, at http://localhost:8000."),
    epilog=_(
        "Examples: xiezuo demo · xiezuo demo --port 8001 · xiezuo demo --scale full --into large-house. "
        "To begin anew, delete the folder demo-house."
    ),
)
@click.option("--port", default=8000, show_default=True, help=_("The port to listen on."))
@click.option("--into", default=FOLDER, type=click.Path(file_okay=False, path_type=Path), help=_("Its folder."))
@click.option(
    "--scale",
    type=click.Choice([SMALL, FULL]),
    default=SMALL,
    show_default=True,
    help=_("Two years of work, or eighteen with 40,000 people (a few minutes)."),
)
@click.option("--postgres", default="", help=_("postgresql://user@host:5432/name: an empty database for it."))
@click.option("--no-serve", is_flag=True, help=_("Only make it."))
def command(port: int, into: Path, scale: str, postgres: str, no_serve: bool) -> None:
    from xiezuo.config.cli.serve import collect_static, held_port, serve
    from xiezuo.config.logs import PROCESS

    os.environ[PROCESS] = "web"
    folder = into.absolute()
    if no_serve:
        prepare(folder, scale, postgres)
        return
    with held_port("127.0.0.1", port):
        prepare(folder, scale, postgres)
        (folder / "logs").mkdir(exist_ok=True)
        collect_static()
    click.echo()
    click.echo(_("The demo is open: http://localhost:%(port)s") % {"port": port})
    for username, name, roles in _people():
        click.echo(f"  {username:12} {name}  {roles}")
    click.echo(_("Choose one of them on the page; no password is needed. To stop: Ctrl+C."))
    serve("127.0.0.1", port, folder)
