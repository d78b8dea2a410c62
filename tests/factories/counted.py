"""Every figure of the house, to be compared before and after something that must not change any."""

from datetime import date
from typing import Any

from xiezuo.service.indicators import INDICATORS, counted
from xiezuo.service.keys import age, grown, helper_group, in_months, sex
from xiezuo.service.models import ServiceRecord


def figures() -> dict[tuple[str, str], Any]:
    """Every indicator over the whole house, by year, site, project, sex, age band and month, alone and together."""
    records = counted(ServiceRecord.objects.all())
    months = in_months([date(year, month, 1) for year in (2025, 2026) for month in range(1, 13)] + [date(2027, 1, 1)])
    keys: dict[str, list[Any]] = {
        "year": ["service_date__year"],
        "site": ["site"],
        "project": ["projects"],
        "month": [months],
        "line": ["service_line"],
        "method": ["method"],
        "day": ["service_date"],
    }
    people: dict[str, list[Any]] = {
        "sex": [sex],
        "age": [age],
        "grown": [grown],
        "sex and age": [sex, age],
        "site, sex and age": ["site", sex, age],
        "month and age": [months, age],
    }
    told: dict[tuple[str, str], Any] = {}
    for code, indicator in INDICATORS.items():
        told[code, "all"] = indicator.value(records)
        told[code, "whole"] = indicator.whole(records)
        for name, key in {**keys, **(people if indicator.of_people else {})}.items():
            told[code, name] = indicator.by(records, *key)
        if indicator.once:
            told[code, "several sites"] = indicator.several(records, "site")
    told["volunteer_hours", "groups"] = INDICATORS["volunteer_hours"].by(records, helper_group)
    return told
