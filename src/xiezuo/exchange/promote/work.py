"""Rows that tell of work with people they name: hours of volunteers, home visits, contacts in the street."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from xiezuo.exchange.promote.activities import method_of, service_day
from xiezuo.exchange.promote.kept import kept_lines
from xiezuo.exchange.promote.mentions import Named, came, helped
from xiezuo.exchange.words import words
from xiezuo.orgs.models import Site, User
from xiezuo.service.actions import ServiceFacts

Values = dict[str, Any]


def hours_of_day(rows: Sequence[Named], *, site: Site | None, around: Values) -> ServiceFacts:
    """The hours that several people gave to one thing on one day. `around`: year and month of the sheet."""
    values = around | rows[0][0]
    day, precision = service_day(values, [])
    activity = str(values.get("activity", ""))
    comments = [
        f"{row.get('name') or row.get('nickname') or ''}：{row['comment']}" for row, _p in rows if row.get("comment")
    ]
    times = {(row.get("start"), row.get("end")) for row, _person in rows}
    starts, ends = times.pop() if len(times) == 1 else (None, None)
    return ServiceFacts(
        method=method_of("service_hours", activity),
        service_date=day,
        precision=precision,
        site=site,
        title=activity[:200],
        starts_at=_clock(starts),
        ends_at=_clock(ends),
        note="\n".join([*kept_lines(values, "kept_of_service"), *(line.lstrip("：") for line in comments)]),
        helping=helped(rows),
    )


def _clock(written: Any) -> time | None:
    try:
        return time.fromisoformat(str(written)) if written else None
    except ValueError:
        return None


def visitors_of(values: Values) -> list[str]:
    """Names of those who went."""
    told = values.get("visitors") or [values.get("visitor_1"), values.get("visitor_2")]
    return [str(name) for name in (told if isinstance(told, list) else [told]) if name]


def visit_facts(
    named: Named, *, site: Site | None, around: Values, staff: Mapping[str, User], on: date
) -> ServiceFacts:
    """One home visit. Whoever went and has a login is on the record; the others stand in its note."""
    values, _person = named
    values = around | values
    day, precision = service_day(values, [])
    went = visitors_of(values)
    others = [name for name in went if name not in staff]
    step, due = _next_step(values, on)
    told = {name: value for name, value in values.items() if name not in {"visitors"}} | (
        {"visitors": others} if others else {}
    )
    return ServiceFacts(
        method=method_of("visit", ""),
        service_date=day,
        precision=precision,
        site=site,
        place_text=str(values.get("address", ""))[:200],
        note="\n".join(kept_lines(told, "kept_of_visit")),
        next_step=step,
        next_on=due,
        staff=list({staff[name].pk: staff[name] for name in went if name in staff}.values()),
        taking=came([named]),
    )


def _next_step(values: Values, on: date) -> tuple[str, date | None]:
    """What is still to be done. What was due before `on` is history and stays in the note, or old sheets would fill
    everyone's day with work that was done years ago."""
    steps = words("next_step")
    for name, what in (("next_visit", steps["next_visit"]), ("follow_up_on", steps["follow_up"])):
        day = _day(values.get(name))
        if day is not None and day >= on:
            return str(values.get("plan") or what)[:200], day
    return "", None


def _day(written: Any) -> date | None:
    try:
        return date.fromisoformat(str(written)) if written else None
    except ValueError:
        return None


def contact_facts(rows: Sequence[Values], *, site: Site | None, around: Values) -> ServiceFacts:
    """One round in the street: everyone met at one place on one day, by what they are called."""
    values = around | rows[0]
    day, precision = service_day(values, [])
    talks = [
        f"{row.get('called', '')}：{'；'.join(str(row[name]) for name in ('job', 'talk', 'lead') if row.get(name))}"
        for row in rows
        if any(row.get(name) for name in ("job", "talk", "lead"))
    ]
    return ServiceFacts(
        method=method_of("contact", ""),
        service_date=day,
        precision=precision,
        site=site,
        place_text=str(values.get("place", ""))[:200],
        note="\n".join([line.lstrip("：") for line in talks]),
        taking=came([(row, None) for row in rows]),
    )
