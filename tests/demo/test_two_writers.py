"""The sample house is the same house, whether its story is written down by actions or in bulk."""

from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

from tests.demo.houses import everything
from xiezuo.config.cli import check
from xiezuo.config.house import House
from xiezuo.demo.story import tell
from xiezuo.service.indicators import INDICATORS, in_periods
from xiezuo.service.queries import records_of_year

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
UNTIL = date(2026, 11, 23)
MONTHS = in_periods([date(year, month, 1) for year in (2024, 2025, 2026) for month in range(1, 13)])


def figures() -> dict[str, object]:
    """Every indicator of every year, by month and by site and line."""
    return {
        f"{code} {year}": (
            indicator.value(records_of_year(year)),
            sorted(indicator.by(records_of_year(year), MONTHS).items()),
            sorted(indicator.by(records_of_year(year), "site__name", "service_line").items(), key=str),
        )
        for year in (2024, 2025, 2026)
        for code, indicator in INDICATORS.items()
    }


def house_told(*, in_bulk: bool, folder: Path) -> tuple[dict[str, list[dict[str, object]]], dict[str, object]]:
    """Tell the story, look at everything, check the house, and leave the database as it was."""
    with transaction.atomic():
        tell(until=UNTIL, progress=lambda done, of: None, in_bulk=in_bulk)
        found = everything(), figures()
        looks = [look(House(folder=folder)) for look in check.LOOKS if look is not check._database]
        transaction.set_rollback(True)
    assert [look.words for look in looks if not look.well] == []
    return found


def test_the_house_written_in_bulk_is_the_house_written_by_actions(tmp_path: Path) -> None:
    by_actions, told = house_told(in_bulk=False, folder=tmp_path)
    in_bulk, told_in_bulk = house_told(in_bulk=True, folder=tmp_path)
    assert {name: len(rows) for name, rows in in_bulk.items()} == {name: len(rows) for name, rows in by_actions.items()}
    for table, rows in by_actions.items():
        assert in_bulk[table] == rows, table
    assert told_in_bulk == told
    assert len(by_actions["service.Participation"]) > 10_000
