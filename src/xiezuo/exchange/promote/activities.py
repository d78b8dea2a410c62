"""A row of an activity ledger → a service record with its counts; heads and person-times stay apart (CNT-9)."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from xiezuo.common.days import Precision
from xiezuo.exchange.promote.kept import kept_lines
from xiezuo.exchange.words import words
from xiezuo.orgs.models import Site
from xiezuo.people.vocab import Sex
from xiezuo.service.actions import Helping, ServiceFacts, Taking
from xiezuo.service.vocab import AgeGroup, Method, ParticipationMode

COUNTED = ParticipationMode.COUNTED


@dataclass
class Signed:
    """The names of a sign-in list, and those it only counts."""

    taking: list[Taking] = field(default_factory=list)
    helping: list[Helping] = field(default_factory=list)


AGES = {"adult": AgeGroup.ADULT, "child": AgeGroup.CHILD}
MINUTES_AN_HOUR = 60


def service_day(values: dict[str, Any], candidates: list[str]) -> tuple[date | None, Precision]:
    """The day as far as the row tells it. A date with two readings in one month is known to the month."""
    if written := values.get("date"):
        return date.fromisoformat(written), Precision.DAY
    months = {candidate[:7] for candidate in candidates}
    if len(months) == 1:
        return date.fromisoformat(f"{months.pop()}-01"), Precision.MONTH
    year, month = values.get("year"), values.get("month")
    if year and month and 1 <= int(month) <= 12:
        return date(int(year), int(month), 1), Precision.MONTH
    if year:
        return date(int(year), 1, 1), Precision.YEAR
    return None, Precision.UNKNOWN


def _whole(values: dict[str, Any], field: str) -> int | None:
    """A count as a whole number of people; None where the sheet has none (0 typed is 0)."""
    number = values.get(field)
    return None if number is None else max(0, round(float(number)))


def _heads(values: dict[str, Any]) -> Iterator[Taking]:
    """Stated heads by age and sex. The parts go before a written sum, which may be wrong."""
    any_part = False
    for group, age in AGES.items():
        parts = {Sex.MALE: _whole(values, f"heads_{group}_m"), Sex.FEMALE: _whole(values, f"heads_{group}_f")}
        known = {sex: heads for sex, heads in parts.items() if heads is not None}
        whole = _whole(values, f"heads_{group}_total")
        if not known and whole is not None:
            known = {Sex.UNKNOWN: whole}
        for sex, heads in known.items():
            any_part = True
            if heads:
                yield Taking(mode=COUNTED, count=0, stated_heads=heads, age=age, sex=sex)
    total = _whole(values, "heads_total")
    if not any_part and total:
        yield Taking(mode=COUNTED, count=0, stated_heads=total)


def _times(values: dict[str, Any]) -> Iterator[Taking]:
    """Person-times by age; a total alone stays without age."""
    parts = {age: _whole(values, f"att_{group}") for group, age in AGES.items()}
    known = {age: times for age, times in parts.items() if times is not None}
    total = _whole(values, "att_total")
    if not known and total is not None:
        known = {AgeGroup.UNKNOWN: total}
    for age, times in known.items():
        if times:
            yield Taking(mode=COUNTED, count=times, age=age)


def who_came(values: dict[str, Any]) -> list[Taking]:
    """Heads and person-times of one row. A row that states only heads had each of them there once."""
    heads, times = list(_heads(values)), list(_times(values))
    says_times = any(values.get(f"att_{part}") is not None for part in ("adult", "child", "total"))
    if not says_times:
        for row in heads:
            row.count = row.stated_heads or 0
    return heads + times


def who_helped(values: dict[str, Any]) -> list[Helping]:
    """Volunteers by group, hours turned into minutes; a total counts only where no group is given."""

    def part(name: str, label: str) -> Helping | None:
        people, hours = _whole(values, f"vol_{name}_n"), values.get(f"vol_{name}_h")
        if not people and not hours:
            return None
        minutes = None if hours is None else round(float(hours) * MINUTES_AN_HOUR)
        return Helping(label=label, count=people, minutes=minutes)

    groups = [part(name, label) for name, label in words("volunteer_group").items()]
    return [row for row in groups if row] or [row for row in [part("total", "")] if row]


def note_of(values: dict[str, Any]) -> str:
    """What the row says besides: kept readable, in the sheet's own words."""
    return "\n".join([*kept_lines(values, "kept_of_service"), str(values.get("note", ""))]).strip()


def method_of(record_type: str, written: str) -> Method:
    """The method a word of the sheet names, else what such a row is."""
    return Method(words("method").get(written) or words("method_of_type")[record_type])


def activity_facts(
    values: dict[str, Any], *, site: Site | None, candidates: list[str], signed: Signed | None = None
) -> ServiceFacts:
    """The service record of one row. `candidates`: the ISO days an unclear date may mean; `signed`: its sign-in list.

    Where names were signed, they are the person-times; heads stated beside them stay beside them (CNT-9).
    """
    signed = signed or Signed()
    counts = who_came(values)
    if signed.taking:
        counts = [replace(row, count=0) for row in counts if row.stated_heads]
    day, precision = service_day(values, candidates)
    line = str(values.get("service_line", ""))
    kind = str(values.get("activity_type", ""))
    return ServiceFacts(
        method=method_of("activity", kind),
        service_date=day,
        precision=precision,
        service_line=words("service_line").get(line, ""),
        site=site,
        title=str(values.get("name") or kind)[:200],
        place_text=str(values.get("place", ""))[:200],
        note=note_of(values),
        taking=[*signed.taking, *counts],
        helping=[*signed.helping, *who_helped(values)],
    )


def hours_facts(values: dict[str, Any], *, site: Site | None) -> ServiceFacts:
    """A row that tells only of volunteers and their hours in a month."""
    day, precision = service_day(values, [])
    return ServiceFacts(
        method=method_of("volunteer_hours_row", ""),
        service_date=day,
        precision=precision,
        site=site,
        title=str(values.get("activity_type", ""))[:200],
        note=str(values.get("note", "")).strip(),
        helping=who_helped(values),
    )
