"""What a form of a kind means beyond being kept: the state it moves, the rows it writes. Each part of the work tells it of its
own forms when the floor starts; whoever submits, corrects or decides about a form carries it out in the same transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from xiezuo.orgs.access import Actor
from xiezuo.service.actions.facts import ServiceFacts
from xiezuo.service.actions.form_facts import Filling
from xiezuo.service.models import FilledForm

Answers = Mapping[str, Any]


def _nothing(*_told: object) -> None:
    return None


def _as_told(by: Actor, filling: Filling, facts: ServiceFacts, on: date) -> ServiceFacts:
    return facts


def _no_figures(filling: Filling) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Sequel:
    """`check` and `check_decision` refuse before anything is written (RuleBroken or NotAllowed); the others write what follows.

    `check_decision` and `decided` are given the decision (`approved`, `returned`, `rejected`) and the answers of the form;
    `corrected` the form as it was filled in now. `followed` is told of the form that goes on from this one. `facts`: the
    service record that the form is, with what else belongs on it (its series, who was missing); it may refuse. `figures`:
    answers to computed questions that only the records know.
    """

    check: Callable[[Actor, Filling, date], None] = _nothing
    submitted: Callable[[Actor, FilledForm, Filling, date], None] = _nothing
    corrected: Callable[[Actor, FilledForm, Filling, date], None] = _nothing
    check_decision: Callable[[Actor, FilledForm, str, Answers, date], None] = _nothing
    decided: Callable[[Actor, FilledForm, str, Answers, date], None] = _nothing
    followed: Callable[[Actor, FilledForm, FilledForm, date], None] = _nothing
    facts: Callable[[Actor, Filling, ServiceFacts, date], ServiceFacts] = _as_told
    figures: Callable[[Filling], dict[str, Any]] = _no_figures


NONE = Sequel()
_sequels: dict[str, Sequel] = {}


def tell_sequel(form: str, sequel: Sequel) -> None:
    """Raises ValueError for a form of which another part of the work told already."""
    if form in _sequels:
        raise ValueError(f"What follows on {form} is told twice.")
    _sequels[form] = sequel


def sequel_of(form: str) -> Sequel:
    return _sequels.get(form, NONE)
