"""What packs of the other kinds tell: code lists, rules, ladders, calendars, checklists; and what holds in every pack."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

from xiezuo.forms.packs.verifying.head import name_of
from xiezuo.forms.packs.verifying.problems import Problem, at
from xiezuo.forms.packs.versions import HEAD, day
from xiezuo.forms.vocab import PackKind

IN_A_LIST = ("key", "code", "id")
RISING = ("from", "at_least", "hours", "minutes", "points", "threshold")


def told_of(body: dict[str, Any]) -> dict[str, Any]:
    """What a pack tells beside its head. A ledger tells its columns under `parts`."""
    return {name: value for name, value in body.items() if name not in HEAD or name == "parts"}


def content_problems(body: dict[str, Any]) -> Iterator[Problem]:
    """What holds whatever the kind: something is told, and nothing in a list is called like another."""
    if not any(told_of(body).values()):
        yield Problem("no_content", "", {"what": str(body.get("kind"))})
    yield from _once(told_of(body), ())
    if looked := KINDS.get(str(body.get("kind"))):
        yield from looked(body)


def _once(thing: Any, path: tuple[str, ...]) -> Iterator[Problem]:
    if isinstance(thing, dict):
        for name, value in thing.items():
            yield from _once(value, (*path, str(name)))
    elif isinstance(thing, list):
        met: set[str] = set()
        for number, value in enumerate(thing, 1):
            key = next((str(value[k]) for k in IN_A_LIST if k in value), "") if isinstance(value, dict) else ""
            if key and key in met:
                yield Problem("twice", at(*path), {"what": key})
            met.add(key)
            yield from _once(value, (*path, name_of(value, number)))


def codes_problems(body: dict[str, Any]) -> Iterator[Problem]:
    for name, told in (body.get("codes") or {}).items():
        values = told.get("values") if isinstance(told, dict) else None
        if not isinstance(values, dict) or not values:
            yield Problem("no_content", at("codes", name), {"what": "values"})
            continue
        for code, words in values.items():
            if not (isinstance(words, dict) and words.get("zh") and words.get("en")):
                yield Problem("one_language", at("codes", name, code))


def rules_problems(body: dict[str, Any]) -> Iterator[Problem]:
    """A rule that stands in the table of rules has its own source and mark."""
    rules = body.get("rules")
    for name, rule in rules.items() if isinstance(rules, dict) else ():
        if isinstance(rule, dict) and is_rule(rule):
            for needed in ("source", "mark"):
                if not rule.get(needed):
                    yield Problem("lacks", at("rules", name), {"what": needed})


def is_rule(rule: dict[str, Any]) -> bool:
    """A rule says what it does; tables of numbers that someone named `rules` do not."""
    return bool({"act", "mark", "source"} & rule.keys())


def ladder_problems(body: dict[str, Any]) -> Iterator[Problem]:
    """Steps rise. Where they are told as a list, or as a table of lists."""
    for name, told in told_of(body).items():
        for inner, steps in told.items() if isinstance(told, dict) else [("", told)]:
            if isinstance(steps, dict):
                steps = next((one for one in steps.values() if _are_steps(one)), None)
            if _are_steps(steps):
                yield from _rising(steps, at(name, inner))


def _are_steps(told: Any) -> bool:
    return isinstance(told, list) and all(isinstance(one, dict) for one in told)


def _rising(steps: list[dict[str, Any]], path: str) -> Iterator[Problem]:
    for name in RISING:
        values = [step[name] for step in steps if isinstance(step.get(name), int | float)]
        for before, now in itertools.pairwise(values):
            if now <= before:
                yield Problem("not_ascending", path, {"before": str(before), "now": str(now)})


def calendar_problems(body: dict[str, Any]) -> Iterator[Problem]:
    """Every year names its days off and its days of work, by dates that the year has."""
    years = body.get("years")
    for year, told in years.items() if isinstance(years, dict) else ():
        for name in ("off", "work"):
            days = told.get(name) if isinstance(told, dict) else None
            if not isinstance(days, dict):
                yield Problem("lacks", at("years", year), {"what": name})
                continue
            yield from (_no_day(year, name, written) for written in days if not _is_day(f"{year}-{written}"))


def _no_day(year: str, name: str, written: str) -> Problem:
    return Problem("not_a_day", at("years", year, name), {"what": f"{year}-{written}"})


def _is_day(written: str) -> bool:
    try:
        return day(written) is not None
    except ValueError:
        return False


def checklist_problems(body: dict[str, Any]) -> Iterator[Problem]:
    """Every line of a checklist has a code of its own and is told in both languages."""
    for path, line in lines_of(told_of(body), ()):
        if not code_of(line):
            yield Problem("lacks", at(*path), {"what": "code"})
        if not (line.get("zh") and line.get("en")):
            yield Problem("one_language", at(*path, code_of(line)))


def code_of(line: dict[str, Any]) -> str:
    """By what a line of a checklist is known."""
    return str(line.get("code") or line.get("key") or "")


def lines_of(thing: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Every line of the lists called `items`, with where it stands."""
    if isinstance(thing, dict):
        for name, value in thing.items():
            if name == "items" and isinstance(value, list):
                yield from (((*path, name), line) for line in value if isinstance(line, dict))
            yield from lines_of(value, (*path, str(name)))
    elif isinstance(thing, list):
        for number, value in enumerate(thing, 1):
            yield from lines_of(value, (*path, name_of(value, number)))


KINDS: dict[str, Callable[[dict[str, Any]], Iterator[Problem]]] = {
    PackKind.CODES: codes_problems,
    PackKind.RULES: rules_problems,
    PackKind.LADDER: ladder_problems,
    PackKind.CALENDAR: calendar_problems,
    PackKind.CHECKLIST: checklist_problems,
}
