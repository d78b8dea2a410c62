"""Which version follows."""

from typing import Any

from xiezuo.forms.packs.merging import changes
from xiezuo.forms.packs.versions import numbers

MEANING = {"type", "list", "of"}  # what an answer is read by


def changed_here(shipped: str, taken: list[str]) -> str:
    """The next version of what the house changes in a shipped one: 1.2 → 1.2.1, then 1.2.2."""
    whole = shipped.split(".")[:2]
    used = [numbers(one)[2] for one in taken if one.split(".")[:2] == whole and len(numbers(one)) > 2]
    return ".".join([*whole, str(max(used, default=0) + 1)])


def own_next(version: str, taken: list[str]) -> str:
    """The next version of a pack of one's own: 1.2 → 1.3."""
    major = numbers(version)[0]
    minors = [numbers(one)[1] for one in [version, *taken] if numbers(one)[0] == major]
    return f"{major}.{max(minors) + 1}"


def own_other_meaning(taken: list[str]) -> str:
    """The next version of a pack of one's own in which stored answers mean something else: 1.2 → 2.0."""
    return f"{max(numbers(one)[0] for one in taken) + 1}.0"


def means_else(base: dict[str, Any], body: dict[str, Any]) -> bool:
    """Whether what was answered before would be read differently."""
    return any(change.path[-1] in MEANING for change in changes(base, body) if change.path)
