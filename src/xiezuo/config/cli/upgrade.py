"""`xiezuo upgrade`: bring the database of the house to the version of the program."""

from pathlib import Path

import click

from xiezuo.config import worker
from xiezuo.config.cli import Stop, django, engines
from xiezuo.config.cli.backup import make_backup
from xiezuo.config.cli.init import migrate
from xiezuo.config.cli.reindex import reindex
from xiezuo.config.cli.words import _


@click.command(
    help=_("Bring the house to the installed version: back it up, change the tables, and compare before and after."),
    epilog=_("Example: stop the house, install the new version, xiezuo upgrade, xiezuo serve"),
)
@click.option("--backup-to", type=click.Path(path_type=Path), help=_("Where the backup goes (default: house/backups)."))
def command(backup_to: Path | None) -> None:
    house = django.start()
    from xiezuo.config.health import pending_migrations

    if not pending_migrations():
        click.echo(_("The house is of this version already. Nothing was changed."))
        return
    if worker.is_alive(house.folder):
        raise Stop(_("This house is being served. Stop it first (Ctrl+C, or its service), then run this again."))
    before = engines.rows()
    if not before:
        raise Stop(_("This house has no tables yet. Make it with: xiezuo init"))
    kept = make_backup(house, backup_to or house.folder / "backups", with_keys=False)
    click.echo(_("Backed up to %(path)s.") % {"path": kept})
    migrate()
    click.echo(reindex())
    from xiezuo.forms.workshop.files import keep_shipped, write_missing

    write_missing()
    keep_shipped()
    after = engines.rows()
    fewer = [table for table, rows in before.items() if table in after and after[table] < rows]
    if fewer:
        words = _("Fewer rows than before in %(tables)s. Go back with: xiezuo restore %(path)s --force")
        raise Stop(words % {"tables": ", ".join(fewer), "path": kept})
    click.echo(_("The house is of this version now. Next: xiezuo check, then xiezuo serve"))
