"""`xiezuo report`: the year's figures of the whole house, as the page of figures has them."""

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
def command(year: int | None, site: str) -> None:
    django.start()
    django.must_be_up_to_date()
    from xiezuo.common.days import today
    from xiezuo.orgs.queries import house_name
    from xiezuo.service.indicators import IN_MINUTES, INDICATORS, values
    from xiezuo.service.queries import records_of_year

    chosen = year or today().year
    records = records_of_year(chosen, site)
    numbers = values(records, (*CODES, *BESIDE))
    scope = site or _("the whole organisation")
    head = _("%(house)s, %(year)s, %(scope)s, as of %(day)s")
    click.echo(head % {"house": house_name(), "year": chosen, "scope": scope, "day": today().isoformat()})
    for code in (*CODES, *BESIDE):
        indicator, number = INDICATORS[code], numbers[code]
        # Hours are cut, not rounded, to one decimal (VOL-1).
        shown = f"{number * 10 // MINUTES_AN_HOUR / 10:,}" if code in IN_MINUTES else f"{number:,}"
        click.echo(f"  {shown:>12} {indicator.unit}  {indicator.label}: {indicator.rule}")
