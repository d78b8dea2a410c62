"""`xiezuo report`: the year's figures of the whole house, as the page of figures has them."""

from pathlib import Path

import click

from xiezuo.config.cli import django
from xiezuo.config.cli.words import _

CODES = ("headcount", "person_times", "event_count", "session_count", "service_hours", "volunteer_hours")
BESIDE = ("unnamed", "stated_heads", "group_count", "volunteer_count", "served_first")
MINUTES_AN_HOUR = 60


@click.command(
    help=_("The figures of a year: people, person-times, events, sessions and hours, each with how it is counted."),
    epilog=_("Examples: xiezuo report · xiezuo report 2025 --site 东区童缘"),
)
@click.argument("year", type=int, required=False)
@click.option("--site", default="", help=_("Only this site. Headcounts of sites are never added up."))
@click.option(
    "--snapshot",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help=_("Count from the files that xiezuo snapshot wrote into this folder."),
)
def command(year: int | None, site: str, snapshot: Path | None) -> None:
    django.start()
    django.must_be_up_to_date()
    from xiezuo.common.days import today
    from xiezuo.orgs.queries import house_name
    from xiezuo.service.indicators import IN_MINUTES, INDICATORS

    chosen = year or today().year
    numbers = _from_columns(snapshot, chosen, site) if snapshot else _from_rows(chosen, site)
    scope = site or _("the whole organisation")
    head = _("%(house)s, %(year)s, %(scope)s, as of %(day)s")
    click.echo(head % {"house": house_name(), "year": chosen, "scope": scope, "day": today().isoformat()})
    for code in (*CODES, *BESIDE):
        indicator, number = INDICATORS[code], numbers[code]
        # Hours are cut, not rounded, to one decimal (VOL-1).
        shown = f"{number * 10 // MINUTES_AN_HOUR / 10:,}" if code in IN_MINUTES else f"{number:,}"
        click.echo(f"  {shown:>12} {indicator.unit}  {indicator.label}: {indicator.rule}")


def _from_rows(year: int, site: str) -> dict[str, int]:
    from xiezuo.service.indicators import values
    from xiezuo.service.queries import records_of_year

    return values(records_of_year(year, site), (*CODES, *BESIDE), through=year)


def _from_columns(folder: Path, year: int, site: str) -> dict[str, int]:
    from xiezuo.config.cli.snapshot import must_have_analytics

    must_have_analytics()
    from xiezuo.insight.analytics.figures import Snapshot

    found = Snapshot(folder).year(year, "site" if site else "")
    return {code: answer.get(site, 0) for code, answer in found.items()}
