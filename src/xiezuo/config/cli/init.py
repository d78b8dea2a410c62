"""`xiezuo init`: a new house, its key file, its database, its organisation, its first account."""

from pathlib import Path
from typing import Any, cast

import click

from xiezuo.config.cli import Stop, django
from xiezuo.config.cli.words import LANGUAGE, _
from xiezuo.config.house import SETTINGS_FILE, read_house

KINDS = "association", "social_service", "foundation", "community_org", "sw_association", "other"
LEAST_PASSWORD = 10


def write_settings(folder: Path, **chosen: str | bool) -> None:
    """The house's settings file, with what was chosen; every other setting keeps its default."""
    lines = ["# 设置见 docs/deploy/settings.md。 Settings: docs/deploy/settings.md"]
    for name, value in chosen.items():
        lines.append(f"{name} = {str(value).lower()}" if isinstance(value, bool) else f'{name} = "{value}"')
    (folder / SETTINGS_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")


def prepare_folder(folder: Path, **chosen: str | bool) -> None:
    """Make the folder with its settings and a fresh key file. Raises Stop if a house is there already."""
    from xiezuo.common.keys import KEY_FILE, write_new_keys

    if (folder / KEY_FILE).exists():
        raise Stop(_("There is a house at %(folder)s already. Nothing was changed.") % {"folder": folder})
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if chosen and not (folder / SETTINGS_FILE).exists():
        write_settings(folder, **chosen)
    write_new_keys(folder)


def migrate() -> None:
    """Bring the tables to this version, with a bar."""
    from django.core.management.sql import emit_post_migrate_signal
    from django.db import DEFAULT_DB_ALIAS, connection
    from django.db.migrations.executor import MigrationExecutor

    from xiezuo.common.walls import all_opened

    def one_more(action: str, migration: Any = None, fake: bool = False) -> None:
        if action == "apply_success":
            bar.update(1)

    executor = MigrationExecutor(connection, cast(Any, one_more))
    targets = executor.loader.graph.leaf_nodes()
    plan = executor.migration_plan(targets)
    if plan:
        making = click.progressbar(length=len(plan), label=_("Making the tables"))
        with making as bar, all_opened(why="the operator brings the tables up to date"):
            executor.migrate(targets, plan)
        # Django's own follow-up, as `migrate` does it: content types and the like.
        emit_post_migrate_signal(verbosity=0, interactive=False, db=DEFAULT_DB_ALIAS)


def _ask(value: str | None, words: str, *, secret: bool = False) -> str:
    if value:
        return value
    try:
        return str(click.prompt(words, hide_input=secret, confirmation_prompt=secret)).strip()
    except click.Abort as error:
        raise Stop(
            _("An answer is missing: %(what)s. Answer at the terminal, or give it as an option (xiezuo init --help).")
            % {"what": words}
        ) from error


def _check_password(password: str) -> str:
    if len(password) < LEAST_PASSWORD:
        raise Stop(_("The password needs at least %(n)s characters. Nothing was made.") % {"n": LEAST_PASSWORD})
    return password


@click.command(
    help=_("Make a new house: folder, key file, database, organisation and the first account."),
    epilog=_(
        "Examples: xiezuo init (asks) · xiezuo --house /srv/xiezuo init --name 阳光社工中心 --username chenli "
        "--your-name 陈立, with the password in XIEZUO_ADMIN_PASSWORD"
    ),
)
@click.option("--name", help=_("Full name of the organisation."))
@click.option("--short-name", default="", help=_("What it is called every day."))
@click.option(
    "--kind", type=click.Choice(KINDS), default="social_service", show_default=True, help=_("Its legal form.")
)
@click.option("--username", help=_("User name of the first account."))
@click.option("--your-name", help=_("Name of its owner, as colleagues see it."))
@click.option("--password", envvar="XIEZUO_ADMIN_PASSWORD", help=_("Its password; safer in XIEZUO_ADMIN_PASSWORD."))
@click.option("--only-admin", is_flag=True, help=_("The first account runs the machine only and reads no case."))
@click.option("--database", default="", help=_("postgresql://user@host:5432/name instead of an SQLite file."))
def command(
    name: str | None,
    short_name: str,
    kind: str,
    username: str | None,
    your_name: str | None,
    password: str | None,
    only_admin: bool,
    database: str,
) -> None:
    from xiezuo.common.keys import KEY_FILE

    folder = read_house().folder
    if (folder / KEY_FILE).exists():
        raise Stop(_("There is a house at %(folder)s already. Nothing was changed.") % {"folder": folder})
    # Everything is asked before anything is made.
    name = _ask(name, _("Full name of the organisation"))
    your_name = _ask(your_name, _("Your name"))
    username = _ask(username, _("User name to log in with"))
    password = _check_password(_ask(password, _("Password (at least 10 characters)"), secret=True))
    chosen: dict[str, str | bool] = {"language": LANGUAGE}
    if database:
        chosen["database"] = database
    prepare_folder(folder, **chosen)
    django.start()
    migrate()

    from xiezuo.common.days import today
    from xiezuo.orgs.actions import first_account, found_house
    from xiezuo.orgs.vocab import OrgKind, StaffRole
    from xiezuo.people.erased import keep_list

    found_house(name=name, short_name=short_name, org_kind=OrgKind(kind), on=today())
    roles = (StaffRole.SYSADMIN,) if only_admin else (StaffRole.SYSADMIN, StaffRole.SUPERVISOR)
    first_account(username=username, name=your_name, password=password, on=today(), roles=roles)
    keep_list()
    click.echo(_("The house stands at %(folder)s.") % {"folder": folder})
    click.echo(
        _(
            "Its key file is %(path)s. Copy it now to a place of its own, for example a USB stick in a locked drawer. "
            "Whoever loses it keeps names, services and figures, and loses every identity number and draft for good. "
            "Backups do not contain it."
        )
        % {"path": folder / KEY_FILE}
    )
    click.echo(_("Next: xiezuo serve"))
