"""Which answers a kind of problem allows, from answers.toml."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _kinds() -> dict[str, dict[str, object]]:
    return tomllib.loads((files("xiezuo.exchange") / "answers.toml").read_text(encoding="utf-8"))


def kinds_with_answers() -> list[str]:
    return list(_kinds())


def allowed(kind: str) -> list[str]:
    """The answers to a kind of problem, first what happens when nobody answers; none where there is no choice."""
    answers = _kinds().get(kind, {}).get("answers", [])
    return [str(answer) for answer in answers] if isinstance(answers, list) else []


def field_of(kind: str) -> str:
    """The value that problems of this kind concern, where the kind tells it."""
    return str(_kinds().get(kind, {}).get("field", ""))
