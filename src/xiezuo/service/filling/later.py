"""What became of a form after it was finished, where only rows beside it know: read with it, never typed into it."""

from collections.abc import Callable
from typing import Any

from xiezuo.orgs.access import Actor
from xiezuo.service.models import FilledForm

# Answers by key of the field, as far as the actor may know them.
Later = Callable[[Actor, FilledForm], dict[str, Any]]
_later: dict[str, Later] = {}


def tell_later(form: str, later: Later) -> None:
    """Raises ValueError for a form of which another part of the work told already."""
    if form in _later:
        raise ValueError(f"What became of {form} is told twice.")
    _later[form] = later


def later_answers(actor: Actor, filled: FilledForm) -> dict[str, Any]:
    tells = _later.get(filled.submission.form)
    return tells(actor, filled) if tells else {}
