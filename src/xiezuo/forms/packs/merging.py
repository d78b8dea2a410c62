"""Two versions made from one: what each changed, and both put together. Pure; knows no kind of pack and no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from xiezuo.forms.packs.trees import NOTHING, ORDER, Path, branches, is_ordered, made_of, same


@dataclass(frozen=True, eq=False)
class Change:
    """At `path` stood `before` and stands `after`; NOTHING for what came or went. With ORDER last: keys in their order."""

    path: Path
    before: Any
    after: Any


def changes(base: Any, now: Any, path: Path = ()) -> list[Change]:
    """What is different in `now`. What came or went is told whole; what only moved as a change of order."""
    name = path[-1] if path else ""
    if same(base, now, name):
        return []
    before, after = branches(base), branches(now)
    if before is None or after is None or isinstance(base, list) != isinstance(now, list):
        return [Change(path, base, now)]
    found = [
        change
        for key in [*before, *(key for key in after if key not in before)]
        for change in changes(before.get(key, NOTHING), after.get(key, NOTHING), (*path, key))
    ]
    if is_ordered(base, name) and _moved(list(before), list(after)):
        found.append(Change((*path, ORDER), list(before), list(after)))
    return found


def _moved(before: list[str], after: list[str]) -> bool:
    """Whether what stands in both stands in another order."""
    return [key for key in before if key in after] != [key for key in after if key in before]


class Side(StrEnum):
    """Whose word counts where both changed the same."""

    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True)
class Anew:
    """Neither side's word, but this."""

    value: Any


Choice = Side | Anew


@dataclass
class Merged:
    """`body`: both put together; where they clash and nobody chose, ours. `clashes`: the paths of these."""

    body: Any = None
    clashes: list[Path] = field(default_factory=list)


def merge(base: Any, ours: Any, theirs: Any, chosen: Mapping[Path, Choice] | None = None) -> Merged:
    """What both changed of `base`, in one. `chosen`: whose word counts at a path, also where nothing clashes."""
    merged = Merged()
    merged.body = _Merge(dict(chosen or {}), merged.clashes).at(base, ours, theirs, ())
    return merged


@dataclass
class _Merge:
    chosen: dict[Path, Choice]
    clashes: list[Path]

    def at(self, base: Any, ours: Any, theirs: Any, path: Path) -> Any:
        if path in self.chosen:
            return self._picked(self.chosen[path], ours, theirs)
        name = path[-1] if path else ""
        if not any(one[: len(path)] == path for one in self.chosen):  # nobody chose anything further down
            if same(ours, theirs, name) or same(base, theirs, name):
                return ours
            if same(base, ours, name):
                return theirs
        inner = _branches_of_all(base, ours, theirs)
        if inner is None:
            return self._one_of(base, ours, theirs, path)
        before, mine, other = inner
        keys = _all_keys(inner)
        below = {
            key: self.at(before.get(key, NOTHING), mine.get(key, NOTHING), other.get(key, NOTHING), (*path, key))
            for key in keys
        }
        order = self._order(list(before), list(mine), list(other), path) if is_ordered(ours, name) else keys
        return made_of([(key, below[key]) for key in order if below[key] is not NOTHING], ours)

    def _one_of(self, base: Any, ours: Any, theirs: Any, path: Path) -> Any:
        if same(ours, theirs) or same(base, theirs):
            return ours
        if same(base, ours):
            return theirs
        self.clashes.append(path)
        return ours

    @staticmethod
    def _picked(choice: Choice, ours: Any, theirs: Any) -> Any:
        if isinstance(choice, Anew):
            return choice.value
        return ours if choice == Side.OURS else theirs

    def _order(self, base: list[str], ours: list[str], theirs: list[str], path: Path) -> list[str]:
        """The keys of both in one order: of the side that moved something, the other's new ones after their neighbours."""
        chosen = self.chosen.get((*path, ORDER))
        if isinstance(chosen, Anew):
            first, then = list(chosen.value), [ours, theirs]
        elif chosen == Side.THEIRS or (chosen is None and not _moved(base, ours)):
            first, then = theirs, [ours]
        else:
            if chosen is None and _moved(base, theirs) and _moved(ours, theirs):
                self.clashes.append((*path, ORDER))
            first, then = ours, [theirs]
        order = list(first)
        for other in then:
            _weave(order, other)
        return order


def _weave(order: list[str], other: list[str]) -> None:
    """Put what `order` lacks of `other` after the one it follows there."""
    for place, key in enumerate(other):
        if key not in order:
            before = next((one for one in reversed(other[:place]) if one in order), None)
            order.insert(order.index(before) + 1 if before else 0, key)


def _branches_of_all(base: Any, ours: Any, theirs: Any) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]] | None:
    """The branches of the three, where all have some; what both added anew has none in common."""
    mine, other = branches(ours), branches(theirs)
    if mine is None or other is None or isinstance(ours, list) != isinstance(theirs, list):
        return None
    common = branches(base) if isinstance(base, list) == isinstance(ours, list) else None
    return common or {}, mine, other


def _all_keys(inner: tuple[dict[str, Any], dict[str, Any], dict[str, Any]]) -> list[str]:
    base, ours, theirs = inner
    return [*dict.fromkeys([*ours, *theirs, *base])]
