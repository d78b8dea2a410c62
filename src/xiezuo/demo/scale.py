"""How large the sample house is, from scales.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

SMALL, FULL = "small", "full"


@dataclass(frozen=True)
class Again:
    """How often what the story tells of one worker is told again of each: `more_notes` for each case still open."""

    closed_cases: int = 0
    open_cases: int = 0
    more_notes: int = 0
    groups: int = 0
    activities: int = 0


@dataclass(frozen=True)
class Scale:
    """`founded`, `told`, `stay` and the ends of the `came` spans are days; the first end lies further back."""

    founded: int
    told: int
    households: int
    volunteers: int
    services: int
    families_came: tuple[int, int]
    volunteers_came: tuple[int, int]
    stay: int
    again: Again

    @property
    def steps(self) -> int:
        return self.households + self.volunteers + self.services


@cache
def scale(name: str) -> Scale:
    text = (files(__name__.rpartition(".")[0]) / "scales.toml").read_text(encoding="utf-8")
    row = tomllib.loads(text)[name]
    again = Again(**row.pop("again", {}))
    spans: dict[str, Any] = {key: tuple(value) for key, value in row.items() if isinstance(value, list)}
    return Scale(**{**row, **spans}, again=again)
