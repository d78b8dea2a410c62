"""`xiezuo reindex`: make what people are found by anew."""

import click

from xiezuo.config.cli import django
from xiezuo.config.cli.words import _


@click.command(
    help=_("Make anew what people are found by (names, pinyin, phones, families, places); the records stay untouched."),
    epilog=_(
        "Example: xiezuo reindex (when xiezuo check says that people are not found; a minute for a million people)"
    ),
)
def command() -> None:
    django.start()
    click.echo(reindex())


def reindex() -> str:
    """Everyone, in one transaction; what to say of it."""
    from xiezuo.people.finding.index import index_everyone

    return _("%(n)s people are findable.") % {"n": f"{index_everyone():,}"}
