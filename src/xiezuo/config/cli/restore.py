"""`xiezuo restore`: a house as it was when a backup was made."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from xiezuo.config import worker
from xiezuo.config.cli import Stop, archive, django, engines
from xiezuo.config.cli.backup import key_name
from xiezuo.config.cli.init import migrate
from xiezuo.config.cli.words import _
from xiezuo.config.house import SETTINGS_FILE, House, read_house

ERASED = "erased.list"
KEPT = "keys.toml", SETTINGS_FILE, ERASED  # a folder with only these is still empty


def _is_empty(folder: Path) -> bool:
    return not folder.exists() or all(path.name in KEPT for path in folder.iterdir())


def _bring_keys(inside: Path, named: Path | None, house: Path) -> None:
    """The key file that was named, else the one in the backup, else the one in the house."""
    from xiezuo.common.keys import KEY_FILE

    target = inside / KEY_FILE
    source = named if named else house / KEY_FILE
    if (named or not target.exists()) and source.exists():
        shutil.copyfile(source, target)
    if target.exists():
        target.chmod(0o600)


def _must_fit(inside: Path, manifest: archive.Manifest) -> None:
    """Raises Stop unless the key file in `inside` is the one the backup was made with."""
    from xiezuo.common.keys import KeysMissing, read_keys

    try:
        fits = key_name(read_keys(inside)) == manifest.keys
    except KeysMissing as error:
        raise Stop(_("The backup holds no keys. Name your copy of the key file: --keys keys.toml")) from error
    if not fits:
        raise Stop(_("This key file is not the one the backup was made with. Name the right one with --keys."))


@contextmanager
def _room_in_postgres(*, force: bool) -> Iterator[None]:
    """An empty schema `public`. Tables that are there are refused, or with `force` kept as a schema of their own.

    Whatever goes wrong inside brings them back.
    """
    from django.db import connection

    aside = f"before_{datetime.now():%Y%m%d_%H%M%S}"
    if not engines.rows():
        yield
        return
    if not force:
        raise Stop(_("The PostgreSQL database holds tables. To put them aside and go on, add --force."))
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER SCHEMA public RENAME TO "{aside}"')
        cursor.execute("CREATE SCHEMA public")
        try:
            yield
        except BaseException:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute(f'ALTER SCHEMA "{aside}" RENAME TO public')
            raise


def _compare(manifest: archive.Manifest) -> None:
    here = engines.rows()
    missing = [table for table, n in manifest.counts.items() if here.get(table) != n]
    if missing:
        raise Stop(
            _("The counts differ from the backup's in %(tables)s. Use another.") % {"tables": ", ".join(missing)}
        )


def _erase_again(manifest: archive.Manifest, outside: list[Path]) -> None:
    """Whoever was erased after the backup is erased again before anybody opens the house, and it is said.

    `outside`: where a list may lie that knows more than the one in the backup.
    """
    from xiezuo.people.actions import erase_again
    from xiezuo.people.erased import ErasedList, keep_list, list_path, read_list

    made_at = datetime.fromisoformat(manifest.made_at)
    found = []
    for path in outside:
        try:
            found.append(read_list(path))
        except ValueError as error:
            words = _(
                "The list of erased people %(path)s cannot be read. Nothing was changed. Bring a good copy: --erased"
            )
            raise Stop(words % {"path": path}) from error
    lists = [told for told in found if told.as_of is not None and told.as_of >= made_at]
    told = ErasedList()
    for one in (read_list(list_path()), *lists):
        told |= one
    if not lists:
        told.gaps.add(made_at.date())
    again = erase_again(told)
    keep_list(told)
    if again.people:
        words = _("%(n)s people who were erased since then have been erased again.")
        click.echo(words % {"n": again.people})
    if again.texts:
        words = _("Records of several people that name them came back as they were; go through them: %(texts)s")
        click.echo(words % {"texts": ", ".join(again.texts)})
    if not lists:
        words = _(
            "No list of erased people from after this backup was found. Whoever was erased after %(day)s is in this house "
            "again. Find the list (erased.list, beside your latest backup) and run: xiezuo people erased erased.list"
        )
        click.echo(words % {"day": manifest.made_at[:10]})


def _fill(inside: Path, manifest: archive.Manifest, *, force: bool, outside: list[Path]) -> None:
    """Open the database, compare its counts with the manifest, bring it to this version, and erase who was erased."""
    from django.conf import settings
    from django.db import connections

    os.environ["XIEZUO_HOUSE"] = str(inside)
    django.start()
    if manifest.engine == engines.SQLITE:
        _compare(manifest)
        migrate()
        _erase_again(manifest, outside)
    else:
        dump = inside / engines.POSTGRES
        with _room_in_postgres(force=force):
            engines.load_postgres(settings.DATABASES["default"], dump)
            _compare(manifest)
            migrate()
            _erase_again(manifest, outside)
        dump.unlink()
    connections.close_all()


def _must_be_possible(house: House, manifest: archive.Manifest, *, force: bool) -> None:
    if worker.is_alive(house.folder):
        raise Stop(_("This house is being served. Stop it first (Ctrl+C, or its service), then run this again."))
    if not _is_empty(house.folder) and not force:
        words = _("There is a house at %(folder)s. Nothing was changed. To put it aside and go on, add --force.")
        raise Stop(words % {"folder": house.folder})
    if (house.database == "sqlite") != (manifest.engine == engines.SQLITE):
        raise Stop(_("The backup is of another kind of database than this house is set to. Correct the settings."))


@click.command(
    help=_(
        "Bring back a house from a backup. The backup is checked first; a house that is there is never overwritten: "
        "with --force it is put aside, whole."
    ),
    epilog=_(
        "Examples: xiezuo --house new-house restore backup.zip --keys keys.toml · xiezuo restore backup.zip --force"
    ),
)
@click.argument("backup", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--keys", type=click.Path(exists=True, dir_okay=False, path_type=Path), help=_("Your copy of keys.toml."))
@click.option(
    "--erased",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("The latest list of erased people (erased.list), where it lies neither here nor beside the backup."),
)
@click.option("--force", is_flag=True, help=_("Put the house that is here aside and take its place."))
def command(backup: Path, keys: Path | None, erased: Path | None, force: bool) -> None:
    house = read_house()
    manifest = archive.verify(backup)
    _must_be_possible(house, manifest, force=force)
    house.folder.parent.mkdir(parents=True, exist_ok=True)
    aside: Path | None = None
    # The house is built whole beside its place, so that whatever goes wrong leaves the old one as it was.
    with tempfile.TemporaryDirectory(dir=house.folder.parent, prefix=".restoring-") as beside:
        inside = Path(beside, "house")
        inside.mkdir(mode=0o700)
        archive.unpack(backup, inside)
        _bring_keys(inside, keys, house.folder)
        if (house.folder / SETTINGS_FILE).exists():  # the place decides which database is meant, not the backup
            shutil.copyfile(house.folder / SETTINGS_FILE, inside / SETTINGS_FILE)
        _must_fit(inside, manifest)
        lists = [path for path in (erased, house.folder / ERASED, backup.parent / ERASED) if path and path.exists()]
        _fill(inside, manifest, force=force, outside=lists)
        if house.folder.exists():
            aside = house.folder.with_name(f"{house.folder.name}-before-{datetime.now():%Y%m%d-%H%M%S}")
            house.folder.rename(aside)
        inside.rename(house.folder)
    click.echo(
        _("The house of %(day)s is back at %(folder)s.") % {"day": manifest.made_at[:10], "folder": house.folder}
    )
    if aside:
        click.echo(_("What was here before is kept at %(folder)s.") % {"folder": aside})
