"""Kinds of tasks and series of steps, as packs of timelines tell them (shipped: timelines-default)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xiezuo.forms.calendar import Day, Unknown
from xiezuo.forms.deadlines import Span, after, in_language
from xiezuo.forms.packs import pack
from xiezuo.forms.packs.finding import all_items
from xiezuo.forms.vocab import PackKind
from xiezuo.people.vocab import Section

PACK = "timelines-default"
ANCHOR, PREVIOUS = "anchor", "previous"


@dataclass(frozen=True)
class Step:
    """One step: from when it counts (`anchor`, or `previous` done), how long, how many days before it is reminded of,
    and how often it comes back."""

    code: str
    label: str
    kind: str
    after: str
    span: Span
    remind: int
    again: dict[str, Any] = field(default_factory=dict)
    labels: frozenset[str] = frozenset()  # in every language


@dataclass(frozen=True)
class Plan:
    """`by_hand` false: not offered, for it begins with something else; and it may go on once for each of those."""

    code: str
    label: str
    anchor: str
    section: Section
    steps: list[Step]
    source: str
    mark: str
    version: str
    by_hand: bool = True

    def next_of(self, code: str) -> Step | None:
        """The step that begins when the step `code` is done."""
        codes = [step.code for step in self.steps]
        n = codes.index(code) + 1 if code in codes else len(codes)
        return self.steps[n] if n < len(codes) and self.steps[n].after == PREVIOUS else None


def _step(told: dict[str, Any]) -> Step:
    return Step(
        code=told["code"],
        label=in_language(told),
        kind=told["kind"],
        after=told["after"],
        span=Span.of(told),
        remind=told["remind"],
        again=told.get("again", {}),
        labels=frozenset({told["zh"], told["en"]}),
    )


def plan(code: str) -> Plan | None:
    """The series with this code; None when no pack has it any more."""
    found = all_items(PackKind.TIMELINE, "timelines").get(code)
    if found is None:
        return None
    told = found.value
    return Plan(
        code=code,
        label=in_language(told),
        anchor=in_language(told["anchor"]),
        section=Section(told["section"]),
        steps=[_step(step) for step in told["steps"]],
        source=told["source"],
        mark=told["mark"],
        version=found.edition.version,
        by_hand=bool(told.get("by_hand", True)),
    )


def plans() -> list[Plan]:
    """Every series that can be begun for a person, in the order of the packs."""
    known = (plan(code) for code in all_items(PackKind.TIMELINE, "timelines"))
    return [found for found in known if found and found.by_hand]


def kind_label(code: str) -> str:
    found = all_items(PackKind.TIMELINE, "kinds").get(code)
    return in_language(found.value) if found else code


def title_of(title: str, code: str, step: str) -> str:
    """The title of a step in the language of whoever reads, as long as the pack still calls it so."""
    found = plan(code) if code else None
    named = (one.label for one in found.steps if one.code == step and title in one.labels) if found else ()
    return next(iter(named), title)


def own_kinds() -> list[str]:
    """Kinds that someone may choose for a task they write themselves."""
    return list(pack(PACK)["own"]["kinds"])


def own_remind_days() -> int:
    return int(pack(PACK)["own"]["remind_days"])


def reckoning(start: date, span: Span) -> dict[str, Any]:
    """How a day is counted, to be counted again when a year is announced."""
    return {"from": start.isoformat(), "add": span.add, "unit": span.unit.value, "roll": span.roll.value}


def reckoned_day(told: dict[str, Any]) -> Day:
    return after(date.fromisoformat(told["from"]), Span.of(told))


def day_or_year(day: Day) -> tuple[date | None, int | None]:
    """The day, or the year whose working days are missing: one of the two."""
    return (None, day.year) if isinstance(day, Unknown) else (day, None)
