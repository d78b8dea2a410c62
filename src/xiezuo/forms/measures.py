"""量表: questionnaires as packs tell them, and what their answers add up to. A score is a hint for a talk (DAT-6): nothing
here decides anything.

The key belongs to the item's words, never to its number: items have names, and `reverse` stands with the words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiezuo.forms.definitions import Words, words
from xiezuo.forms.packs.finding import Found, all_items, item
from xiezuo.forms.vocab import Mark, PackKind

Answers = Mapping[str, int]


NO_WORDS = Words("", "")


class Scoring(StrEnum):
    GOALS = "goals"
    SCALE = "scale"
    MEAN = "mean"
    SUM = "sum"
    PROFILE = "profile"
    TOTAL_ONLY = "total_only"


class Direction(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    NONE = "none"


DIRECTION: dict[Direction, Promise | str] = {
    Direction.HIGHER: _("higher is better"),
    Direction.LOWER: _("lower is better"),
    Direction.NONE: "",
}


@dataclass(frozen=True)
class Item:
    """One statement or question. `private`: its answer is shown to whoever asked it, and in no list."""

    key: str
    label: Words
    reverse: bool = False
    private: bool = False
    group: Words = NO_WORDS


@dataclass(frozen=True)
class Option:
    value: int
    label: Words


@dataclass(frozen=True)
class Band:
    """Both ends belong to it."""

    least: int
    most: int
    label: Words


@dataclass(frozen=True)
class Prompt:
    """From this answer on something is to be done at once, whatever the sum is."""

    item: str
    least: int
    label: Words


@dataclass(frozen=True)
class Licence:
    """What the owner allows. `confirm`: someone of the house has to look it up before the measure is in use."""

    name: str
    terms: Words
    holder: str
    mark: Mark
    confirm: bool


@dataclass(frozen=True)
class Measure:
    """`of`: a person, a group whose sheets carry no names, or an organisation. `fewest`: a mean of fewer is not shown."""

    key: str
    label: Words
    about: Words
    trap: Words
    scoring: Scoring
    direction: Direction
    of: str
    least: int
    most: int
    factor: int
    fewest: int
    skips_missing: bool
    zero_first: bool
    key_confirmed: bool
    items: tuple[Item, ...]
    options: tuple[Option, ...]
    bands: tuple[Band, ...]
    prompts: tuple[Prompt, ...]
    licence: Licence | None
    pack_id: str
    version: str
    source: str
    mark: Mark
    wording_checked: bool

    @property
    def why_not(self) -> Promise | str:
        """Why it is not in use, or "" where it is: without a licence on record, or an unconfirmed key, nobody fills it in."""
        if self.licence is None:
            return _("There is no licence on record.")
        if self.licence.confirm:
            return _(
                "The licence is not confirmed. Someone of the house looks it up and writes down what the owner says."
            )
        if not self.key_confirmed:
            return _("Which items count the other way round is not confirmed. Compare with the owner's key first.")
        return ""

    @property
    def is_in_use(self) -> bool:
        return not self.why_not

    @property
    def direction_words(self) -> Promise | str:
        return DIRECTION[self.direction]

    def option(self, value: int) -> Words | str:
        return next((one.label for one in self.options if one.value == value), str(value))


@dataclass(frozen=True)
class Score:
    """What the answers add up to. `total` is None while something is missing; `missing` names the items (keys).

    `zeros`: fields with a 0, which are said before any sum.
    """

    total: Decimal | None
    band: Band | None
    prompts: tuple[Prompt, ...]
    zeros: tuple[Item, ...]
    missing: tuple[str, ...]


def measure(key: str, on: date | None = None) -> Measure:
    """Raises KeyError when no pack in use has it."""
    return _read(key, item(PackKind.MEASURES, "measures", key, on))


def measures(on: date | None = None) -> list[Measure]:
    """Every measure the packs tell of, those in use first."""
    found = [_read(key, one) for key, one in all_items(PackKind.MEASURES, "measures", on).items()]
    return sorted(found, key=lambda one: (not one.is_in_use, one.pack_id, one.key))


@lru_cache(maxsize=128)
def _read(key: str, found: Found) -> Measure:
    told, edition = found.value, found.edition
    return Measure(
        key=key,
        label=words(told),
        about=words(told, "about"),
        trap=words(told, "trap"),
        scoring=Scoring(told["scoring"]),
        direction=Direction(told["direction"]),
        of=told["of"],
        least=int(told.get("least", 0)),
        most=int(told.get("most", 0)),
        factor=int(told.get("factor", 1)),
        fewest=int(told.get("fewest", 1)),
        skips_missing=told["missing"] == "skip",
        zero_first=bool(told.get("zero_first")),
        key_confirmed=bool(told.get("key_confirmed", True)),
        items=tuple(_item(one) for one in told.get("items", ())),
        options=tuple(Option(int(one["value"]), words(one)) for one in told.get("answers", ())),
        bands=tuple(Band(int(one["from"]), int(one["to"]), words(one)) for one in told.get("bands", ())),
        prompts=tuple(Prompt(one["item"], int(one["least"]), words(one)) for one in told.get("prompts", ())),
        licence=_licence(told.get("licence")),
        pack_id=edition.pack_id,
        version=edition.version,
        source=str(edition.body["source"]),
        mark=Mark(edition.body["mark"]),
        wording_checked=told.get("wording", "verified") == "verified",
    )


def _item(told: dict[str, Any]) -> Item:
    return Item(told["key"], words(told), bool(told.get("reverse")), bool(told.get("private")), words(told, "group"))


def _licence(told: dict[str, Any] | None) -> Licence | None:
    if not told or not told.get("name"):
        return None
    return Licence(
        told["name"], words(told, "terms"), told.get("holder", ""), Mark(told["mark"]), bool(told.get("confirm"))
    )


def score(of: Measure, answers: Answers) -> Score:
    """Add up the answers (item key → value) as the measure says. Raises ValueError for a value that is no answer of it.

    Without a rule for missing answers there is no total: a half-filled sheet says nothing.
    """
    for key, value in answers.items():
        if not of.least <= value <= of.most:
            raise ValueError(f"{key}: {value}")
    missing = tuple(one.key for one in of.items if one.key not in answers)
    given = {one.key: _counted(of, one, answers[one.key]) for one in of.items if one.key in answers}
    total = None if (missing and not of.skips_missing) or not given else _total(of, [*given.values()])
    reached = tuple(prompt for prompt in of.prompts if answers.get(prompt.item, -1) >= prompt.least)
    zeros = tuple(one for one in of.items if of.zero_first and answers.get(one.key) == 0)
    return Score(total, band_of(of, total), reached, zeros, missing)


def _counted(of: Measure, one: Item, value: int) -> int:
    return of.least + of.most - value if one.reverse else value


def _total(of: Measure, values: Sequence[int]) -> Decimal:
    if of.scoring == Scoring.MEAN:
        return one_decimal(Decimal(sum(values)) / len(values))
    return Decimal(sum(values) * of.factor)


def one_decimal(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def band_of(of: Measure, total: Decimal | None) -> Band | None:
    if total is None:
        return None
    return next((band for band in of.bands if band.least <= total <= band.most), None)


@dataclass(frozen=True)
class Together:
    """What several sheets without names say: how many, and their mean where there are enough of them (SUP-1)."""

    sheets: int
    mean: Decimal | None


def together(of: Measure, sheets: Sequence[Answers]) -> Together:
    """The mean of complete sheets, to one decimal; None while they are fewer than the measure allows to show."""
    totals = [found.total for sheet in sheets if (found := score(of, sheet)).total is not None]
    enough = len(totals) >= of.fewest
    return Together(len(totals), one_decimal(sum(totals, Decimal(0)) / len(totals)) if enough and totals else None)


def attained(scores: Sequence[int]) -> Decimal | None:
    """The mean of goals scored −2…+2, to one decimal; each of them is shown beside it."""
    return one_decimal(Decimal(sum(scores)) / len(scores)) if scores else None
