"""`xiezuo check`: is the house whole and well?"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import click

from xiezuo.config import worker
from xiezuo.config.cli import Stop, django
from xiezuo.config.cli.words import _
from xiezuo.config.house import House

LEAST_SPACE = 1_000_000_000  # bytes; below it a backup may not fit


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is well, and a sentence that says what to do when not."""

    well: bool
    words: str


def _database(house: House) -> Finding:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("SHOW server_version_num")
            number = int(cursor.fetchone()[0])
            if number < 150000:
                return Finding(False, _("PostgreSQL is older than 15. Move to a newer server."))
            return Finding(True, _("PostgreSQL answers."))
        cursor.execute("PRAGMA journal_mode")
        wal = cursor.fetchone()[0] == "wal"
        cursor.execute("PRAGMA quick_check")
        whole = cursor.fetchone()[0] == "ok"
    if not whole:
        return Finding(False, _("The database file is damaged. Restore the last good backup: xiezuo restore --help"))
    if not wal:
        return Finding(
            False, _("The database is not in WAL mode: this file system does not support it. Move the house.")
        )
    return Finding(True, _("The database file is whole."))


def _tables(house: House) -> Finding:
    from xiezuo.config.health import pending_migrations

    if pending_migrations():
        return Finding(False, _("The tables are from an older version. Run: xiezuo upgrade"))
    return Finding(True, _("The tables fit this version."))


def _events(house: House) -> Finding:
    from xiezuo.common.events import verify_chain
    from xiezuo.common.models import Event

    with click.progressbar(length=Event.objects.count(), label=_("Reading the event log")) as bar:
        breaks = sum(1 for _break in verify_chain(progress=lambda done: bar.update(done - bar.pos)))
        bar.update((bar.length or 0) - bar.pos)
    if breaks:
        return Finding(False, _("The event log was altered or cut in %(n)s places.") % {"n": breaks})
    return Finding(True, _("The event log is whole."))


def _findable(house: House) -> Finding:
    from xiezuo.people.finding.index import astray

    missing, differ = astray()
    if missing or differ:
        words = _("%(n)s people are not found by what stands on their record. Run: xiezuo reindex")
        return Finding(False, words % {"n": missing + differ})
    return Finding(True, _("People are found by what stands on their records."))


def _erased(house: House) -> Finding:
    """The list of who was erased knows everyone, and nobody of it is here again."""
    from xiezuo.people.erased import erased_here, list_path, not_erased_yet, read_list

    try:
        told = read_list(list_path())
    except ValueError:
        return Finding(
            False, _("The list of erased people cannot be read. Put a good copy of erased.list in its place.")
        )
    here = erased_here().people
    back = sum(1 for _pk in not_erased_yet(told)) if told.people else 0
    if back:
        words = _("%(n)s people who were erased are here again. Run: xiezuo people erased")
        return Finding(False, words % {"n": back})
    if told.gaps:
        words = _(
            "This house came back from a backup of %(day)s without a list of who was erased after it. "
            "Find that list and run: xiezuo people erased erased.list"
        )
        return Finding(False, words % {"day": min(told.gaps).isoformat()})
    if here.keys() - told.people.keys():
        words = _("The list of erased people lacks %(n)s of them. Run: xiezuo people erased")
        return Finding(False, words % {"n": len(here.keys() - told.people.keys())})
    return Finding(True, _("The list of erased people is complete (%(n)s).") % {"n": len(here)})


def _encrypted_fields() -> Iterator[tuple[type, str]]:
    from django.apps import apps

    from xiezuo.common.crypto import EncryptedTextField

    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedTextField):
                yield model, field.name


def _keys(house: House) -> Finding:
    """Opens the newest value of every encrypted column."""
    from xiezuo.common.crypto import Unreadable
    from xiezuo.common.walls import all_opened

    opened = 0
    for model, name in _encrypted_fields():
        rows = model._base_manager.filter(**{f"{name}__isnull": False}).order_by("-pk")  # type: ignore[attr-defined]
        try:
            with all_opened(why="the operator looks whether the key fits"):
                opened += rows.values_list(name, flat=True).first() is not None
        except Unreadable:
            words = _("The key file does not open what is stored. Put back the copy that belongs to this house.")
            return Finding(False, words)
    if not opened:
        return Finding(True, _("The key file is readable; nothing encrypted is stored yet."))
    return Finding(True, _("The key file opens what is stored."))


def _packs(house: House) -> Finding:
    """Reads the house's own packs, and the growth path, whose stages must be roles."""
    from xiezuo.forms.packs import PackBroken, own_packs, pack
    from xiezuo.forms.packs.finding import said_of_use
    from xiezuo.people.journey import LADDER, stages

    try:
        own = [pack(path.stem.partition("@")[0])["id"] for path in own_packs()]
        said_of_use()
        stages()
    except PackBroken as broken:
        words = {"path": broken.path, "why": broken.why}
        return Finding(False, _("The pack %(path)s cannot be read: %(why)s. Correct it or take it away.") % words)
    except (KeyError, ValueError) as error:
        words = {"pack": LADDER, "why": error}
        return Finding(False, _("The pack %(pack)s names something that is no role: %(why)s.") % words)
    if not own:
        return Finding(True, _("The packs are those shipped with this version."))
    names = ", ".join(dict.fromkeys(own))
    return Finding(True, _("The house has packs of its own: %(packs)s.") % {"packs": names})


def _published_packs(house: House) -> Finding:
    """What was published lies in the folder as it was published, and nothing else."""
    from xiezuo.forms.workshop.files import MISSING, UNKNOWN, differences

    words = {
        MISSING: _("%(path)s is missing: run xiezuo serve, which writes it again"),
        UNKNOWN: _("%(path)s was published by nobody here: take it away, or bring it in on the page of packs"),
    }
    altered = _("%(path)s was changed by hand: take it away, and it is written again as it was published")
    said = [words.get(one.kind, altered) % {"path": one.path} for one in differences()]
    if said:
        return Finding(False, _("Packs in the folder differ from what was published.") + " " + "; ".join(said))
    return Finding(True, _("The packs in the folder are as they were published."))


def _space(house: House) -> Finding:
    free = shutil.disk_usage(house.folder).free
    words = _("%(free)s GB are free on the disk.") % {"free": f"{free / 1e9:.1f}"}
    if free < LEAST_SPACE:
        return Finding(False, words + " " + _("Make room, or backups will fail."))
    return Finding(True, words)


def _worker(house: House) -> Finding:
    if worker.is_alive(house.folder):
        return Finding(True, _("The background worker is alive."))
    if worker.silent_for(house.folder) is None:
        return Finding(True, _("The house is not being served, so no background worker runs."))
    return Finding(False, _("The background worker is silent. Restart the house; the reason is in logs/web.log."))


LOOKS: list[Callable[[House], Finding]] = [
    _database,
    _tables,
    _keys,
    _events,
    _findable,
    _erased,
    _packs,
    _published_packs,
    _space,
    _worker,
]


@click.command(
    help=_("Look whether the house is whole: keys, database, tables, event log, search, disk, background worker."),
    epilog=_("Example: xiezuo check (ends with 1 when something is wrong, for use by a timer)"),
)
def command() -> None:
    house = django.start()
    wrong = 0
    for look in LOOKS:
        finding = look(house)
        wrong += not finding.well
        click.echo(f"{'✓' if finding.well else '✗'} {finding.words}")
        if look is _tables and not finding.well:
            break  # the rest reads these tables
    if wrong:
        raise Stop(_("%(n)s things need attention.") % {"n": wrong})
