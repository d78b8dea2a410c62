"""Fields that the system works out. A function for `form.field`, or for a field of the same key in every form; a field for
which there is none stays empty here and is filled by the floor that knows more."""

from collections.abc import Callable, Mapping
from datetime import time
from typing import Any

from xiezuo.forms.definitions import FormDefinition
from xiezuo.forms.vocab import FieldType

Answers = Mapping[str, Any]
DAY_MINUTES = 24 * 60


def _minutes(form: FormDefinition, answers: Answers) -> int | None:
    """An end before the start lies on the next day (TIM-4)."""
    start, end = answers.get("starts_at"), answers.get("ends_at")
    if not isinstance(start, str) or not isinstance(end, str):
        return None
    first, last = time.fromisoformat(start), time.fromisoformat(end)
    return (last.hour * 60 + last.minute - first.hour * 60 - first.minute) % DAY_MINUTES


def _ratings(form: FormDefinition, answers: Answers) -> int | None:
    """The sum of what was rated; what was not rated adds nothing."""
    rated = [answers[one.key] for one in form.fields() if one.type == FieldType.RATING and one.key in answers]
    return sum(value for value in rated if isinstance(value, int)) if rated else None


def _filled(key: str, inside: str) -> Callable[[FormDefinition, Answers], int]:
    """In how many rows of `key` the field `inside` is filled in."""
    return lambda form, answers: sum(1 for row in answers.get(key, ()) if inside in row)


COMPUTED: dict[str, Callable[[FormDefinition, Answers], Any]] = {
    "minutes": _minutes,
    "assessment.score_total": _ratings,
    "centre_day.in_count": _filled("attendance", "in_at"),
    "centre_day.out_count": _filled("attendance", "out_at"),
}


def with_computed(form: FormDefinition, answers: Answers) -> dict[str, Any]:
    """The answers with what follows from them; what was worked out before is worked out anew. What the floor that knows more
    filled in stays."""
    computed = [one.key for one in form.fields() if one.type == FieldType.COMPUTED]
    ways = {key: COMPUTED.get(f"{form.key}.{key}") or COMPUTED.get(key) for key in computed}
    found = {key: value for key, value in answers.items() if ways.get(key) is None}
    for key, works_out in ways.items():
        value = works_out(form, found) if works_out else None
        if value is not None:
            found[key] = value
    return found
