"""`xiezuo snapshot`: what counts, in columns, for a year report over very many rows."""

from pathlib import Path

import click

from xiezuo.config.cli import Stop, django
from xiezuo.config.cli.words import _


def must_have_analytics() -> None:
    """Raises Stop where the libraries of the extra are missing."""
    from importlib.util import find_spec

    if any(find_spec(name) is None for name in ("duckdb", "ibis", "pyarrow")):
        raise Stop(_("Columns need more libraries. Run: pip install xiezuo[analytics]"))


@click.command(
    help=_(
        "Write what counts into a folder of Parquet files, without names, numbers or texts; xiezuo report --snapshot "
        "counts from them."
    ),
    epilog=_("Examples: xiezuo snapshot columns · xiezuo report 2025 --snapshot columns"),
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def command(folder: Path) -> None:
    must_have_analytics()
    django.start()
    django.must_be_up_to_date()
    from xiezuo.insight.analytics.snapshot import write_snapshot

    rows = write_snapshot(folder)
    words = _("%(n)s rows are written into %(folder)s. Whoever gets them learns how much was done, not for whom.")
    click.echo(words % {"n": f"{sum(rows.values()):,}", "folder": folder})
