"""`xiezuo backup`: everything of the house in one checked file; the keys apart."""

import hmac
import tempfile
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import click

from xiezuo.common.keys import KEY_FILE, Keys, read_keys
from xiezuo.config.cli import Stop, archive, django, engines
from xiezuo.config.cli.words import _
from xiezuo.config.house import SETTINGS_FILE, House

FOLDERS = ("files", "packs")


def key_name(keys: Keys) -> str:
    """A name by which the key file is told from others, without saying anything about the keys."""
    return hmac.new(keys.index_key, b"the key file of this backup", sha256).hexdigest()[:16]


def _house_files(folder: Path) -> Iterator[tuple[str, Path]]:
    for name in FOLDERS:
        for path in sorted((folder / name).rglob("*")):
            if path.is_file():
                yield path.relative_to(folder).as_posix(), path


def make_backup(house: House, target: Path, *, with_keys: bool) -> Path:
    """Write a verified backup to `target` (a file, or a folder to put it in). Django is loaded. Raises Stop."""
    from django.conf import settings
    from django.utils import timezone

    from xiezuo import __version__
    from xiezuo.config.health import pending_migrations
    from xiezuo.people.erased import FILE, keep_list, read_list, write_list

    now: datetime = timezone.localtime()
    if target.suffix != ".zip":
        target = target / f"xiezuo-{now:%Y%m%d-%H%M%S}.zip"
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        raise Stop(_("%(path)s is there already and was left as it is. Choose another name.") % {"path": target})
    database = settings.DATABASES["default"]
    sqlite = database["ENGINE"].endswith("sqlite3")
    name = engines.SQLITE if sqlite else engines.POSTGRES
    manifest = archive.Manifest(
        __version__, now.isoformat(), name, key_name(read_keys(house.folder)), with_keys, engines.rows()
    )
    told = keep_list(ask=not pending_migrations())
    with tempfile.TemporaryDirectory(dir=target.parent) as beside:
        copied = Path(beside, name)
        if sqlite:
            engines.copy_sqlite(Path(database["NAME"]), copied)
        else:
            engines.dump_postgres(database, copied)
        files = [(name, copied), *_house_files(house.folder), (FILE, house.folder / FILE)]
        if with_keys:
            apart = [house.folder / part for part in (KEY_FILE, SETTINGS_FILE)]
            files += [(path.name, path) for path in apart if path.exists()]
        archive.pack(target, manifest, files)
    # Beside backups elsewhere lies the latest list: an older one that is brought back learns from it who was erased since.
    lying = target.parent / FILE
    if house.folder not in lying.absolute().parents:
        write_list(lying, read_list(lying) | told)
    return target


@click.command(
    short_help=_("Write the whole house into one file."),
    help=_(
        "Write the whole house into one file: database and files, checked after writing. The house may go on working "
        "meanwhile. The key file is not in it: keep that apart, so that whoever finds a backup cannot read the numbers."
    ),
    epilog=_("Examples: xiezuo backup · xiezuo backup /media/stick · xiezuo backup move.zip --with-keys"),
)
@click.argument("target", required=False, type=click.Path(path_type=Path))
@click.option("--with-keys", is_flag=True, help=_("Put the key file and the settings in too, to move the whole house."))
def command(target: Path | None, with_keys: bool) -> None:
    house = django.start()
    made = make_backup(house, target or house.folder / "backups", with_keys=with_keys)
    size = made.stat().st_size / 1_000_000
    click.echo(_("The backup is whole: %(path)s (%(size)s MB).") % {"path": made, "size": f"{size:.1f}"})
    if with_keys:
        click.echo(_("It holds the keys: whoever has this file can read everything in it. Lock it away."))
    else:
        click.echo(_("It does not hold the key file keys.toml. Make sure you have a copy of that elsewhere."))
