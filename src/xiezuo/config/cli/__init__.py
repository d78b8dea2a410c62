"""The `xiezuo` command. Each command is one file here, loaded when it is asked for."""

import os
import sys
import traceback
from importlib import import_module
from pathlib import Path

import click

from xiezuo import __version__
from xiezuo.config.cli.words import _

COMMANDS = {
    "init": "init",
    "serve": "serve",
    "demo": "demo",
    "import": "importing",
    "people": "people",
    "report": "report",
    "snapshot": "snapshot",
    "backup": "backup",
    "restore": "restore",
    "upgrade": "upgrade",
    "user": "user",
    "check": "check",
    "packs": "packs",
    "keys": "keys",
    "reindex": "reindex",
    "bench": "bench",
    "worker": "worker",
}
DONE, REFUSED, WRONG_USE, BROKEN, INTERRUPTED = 0, 1, 2, 3, 130


class Stop(Exception):
    """The command cannot go on; the text is the sentence to print: what happened, what was kept, what to do next."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"xiezuo.config.cli.{COMMANDS[cmd_name]}")
        command: click.Command = module.command
        return command


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_("Run the house of a social-work organisation: its records, its backups, its accounts."),
    epilog=_("Begin with: xiezuo init, then xiezuo serve. To look around first: xiezuo demo."),
)
@click.option("--house", type=click.Path(file_okay=False), help=_("The folder of the house (default: ./house)."))
@click.option("--debug", is_flag=True, help=_("Show where in the program an error arose."))
@click.version_option(__version__, prog_name="xiezuo", message="%(prog)s %(version)s")
def cli(house: str | None, debug: bool) -> None:
    if house:
        os.environ["XIEZUO_HOUSE"] = str(Path(house).absolute())


def sentence_for(error: BaseException) -> tuple[str, int]:
    """What to tell someone who sees this error, and the exit code."""
    from xiezuo.config.house import BadSetting

    if isinstance(error, Stop):
        return str(error), REFUSED
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message(), WRONG_USE
    if isinstance(error, click.UsageError):
        return _("This is not how the command is used: %(why)s") % {"why": error.format_message()}, WRONG_USE
    if isinstance(error, click.ClickException):
        return error.format_message(), REFUSED
    if isinstance(error, click.Abort | KeyboardInterrupt):
        return _("Stopped. What was finished before is kept."), INTERRUPTED
    if isinstance(error, BadSetting):
        return _("A setting cannot be used: %(why)s. Correct it and run this again.") % {"why": error}, REFUSED
    if isinstance(error, PermissionError):
        words = _("%(path)s may not be read or written by this account. Change its permissions, or use another folder.")
        return words % {"path": error.filename}, REFUSED
    if isinstance(error, OSError):
        return _("The system refused: %(why)s.") % {"why": error}, REFUSED
    return _sentence_of_django(error)


def _sentence_of_django(error: BaseException) -> tuple[str, int]:
    if "django" in sys.modules:
        from django.db import OperationalError, ProgrammingError

        from xiezuo.common.crypto import Unreadable
        from xiezuo.common.errors import Refusal

        if isinstance(error, Refusal):
            return str(error), REFUSED
        if isinstance(error, Unreadable):
            words = _(
                "A value in %(place)s was sealed with a key that keys.toml does not hold. Put its line back from a copy of "
                "the file; until then it cannot be read. Nothing was changed."
            )
            return words % {"place": error}, REFUSED
        if isinstance(error, OperationalError):
            words = _("The database cannot be reached: %(why)s. Nothing was changed. Start it, or correct its address.")
            return words % {"why": str(error).strip().splitlines()[0]}, REFUSED
        if isinstance(error, ProgrammingError):
            return _("The database lacks tables this version needs. Run: xiezuo upgrade"), REFUSED
    words = _("Something broke in the program (%(kind)s). Run it again with --debug and send us what it says.")
    return words % {"kind": type(error).__name__}, BROKEN


def main() -> None:
    """Run the command; whatever goes wrong becomes a sentence and an exit code."""
    try:
        cli.main(standalone_mode=False, prog_name="xiezuo")
    except BaseException as error:
        if isinstance(error, SystemExit):
            raise
        if "--debug" in sys.argv:
            traceback.print_exc()
        words, code = sentence_for(error)
        click.echo(words, err=True)
        sys.exit(code)
