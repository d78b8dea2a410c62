"""Whether a sheet is a form, of which kind, and whether anybody has filled it in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..grid import Grid
from ..text import squash
from ..vocabulary import table
from .find import Form, find_forms, looks_like_form
from .signin import find_signin, is_named

ENOUGH = 3.5
LABELLED = ("case_forms", "visit_list", "volunteer_list")
MEMBERS = table("kinds")["case_forms"]["members"]
CAME = 3.0  # a column that says who of those enrolled came speaks as a title does
DOUBTED = 0.5  # of the labels otherwise asked for, where the sheet is no table
FEW = 2  # filled answers that an empty form may carry: the name of the centre, the year


@dataclass
class RecognisedForm:
    """The kind, and each form on the sheet."""

    kind: str
    forms: list[Form]
    score: float


def recognise_forms(grid: Grid, names: list[str]) -> list[RecognisedForm]:
    """The kinds of form that a sheet may be, the likeliest first; none for tables. ``names``: the sheet's and the file's.

    What a file is called speaks less for sign-in sheets than a title; who is only enrolled was not there.
    """
    signin = _signin(grid, names)
    found = [signin] if signin else []
    if looks_like_form(grid):
        found += _by_labels(grid, names, no_names=signin is None)
        found.append(RecognisedForm("unknown", find_forms(grid, {}, MEMBERS), ENOUGH))
    return sorted(found, key=lambda one: -one.score)


def loosely_recognised(grid: Grid, names: list[str]) -> list[RecognisedForm]:
    """The same for a sheet that no reading of tables explains: fewer of its labels need be known."""
    return _by_labels(grid, names, no_names=True) if looks_like_form(grid, DOUBTED) else []


def _by_labels(grid: Grid, names: list[str], *, no_names: bool) -> list[RecognisedForm]:
    found = [_labelled(grid, kind, names) for kind in LABELLED]
    found.append(_activity(grid, names) if no_names else None)
    return [one for one in found if one]


def is_answered(grid: Grid, form: Form) -> bool:
    """Whether a form says something of its own."""
    return sum(pair.is_filled for pair in form.pairs) > FEW or is_named(grid, form)


def _signin(grid: Grid, names: list[str]) -> RecognisedForm | None:
    spec = table("kinds")["signin_sheets"]
    forms = find_signin(grid, spec["fields"], spec["facts"], spec["never"])
    if not forms:
        return None
    asked = {name for form in forms for name in form.by_field(spec["facts"])}
    score = sum(points for name, points in spec["fact_evidence"].items() if name in asked)
    titles = [names[0], *_titles(forms)]
    titled = _title_points(spec, titles) or _title_points(spec, names) / 2
    came = any("presence" in block.columns for form in forms for names in form.lists for block in names.blocks)
    titled = titled or CAME * came
    if not titled and _says(spec["announced"], titles):
        return None
    return RecognisedForm("signin_sheets", forms, score + titled) if score + titled >= ENOUGH else None


def _labelled(grid: Grid, kind: str, names: list[str]) -> RecognisedForm | None:
    spec = table("kinds")[kind]
    forms = find_forms(grid, spec["fields"], MEMBERS)
    asked = {spec["fields"][name] for form in forms for name in form.by_field(spec["fields"])}
    score = sum(points for concept, points in spec["evidence"].items() if concept in asked)
    score += _title_points(spec, [*names, *_titles(forms)])
    return RecognisedForm(kind, forms, score) if score > ENOUGH else None


def _activity(grid: Grid, names: list[str]) -> RecognisedForm | None:
    """The record of one activity without any names; plans and applications are of things to come."""
    spec = table("kinds")["signin_sheets"]
    forms = find_forms(grid, spec["facts"], MEMBERS)
    asked = [set(form.by_field(spec["facts"])) for form in forms]
    if not all({"name", "date"} <= one for one in asked) or _says(spec["to_come"], [*names, *_titles(forms)]):
        return None
    score = sum(points for name, points in spec["fact_evidence"].items() if name in set().union(*asked))
    return RecognisedForm("signin_sheets", forms, score)


def _title_points(spec: dict[str, Any], names: Iterable[str]) -> float:
    return float(spec["title_points"]) if _says(spec["title"], names) else 0.0


def _says(words: list[str], names: Iterable[str]) -> bool:
    return any(squash(word) in squash(name) for word in words for name in names)


def _titles(forms: list[Form]) -> list[str]:
    return [form.title[1] for form in forms if form.title]
