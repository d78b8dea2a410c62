"""家庭结构图: squares men, circles women, bold the person the page is about, dashed who lives together."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from xiezuo.web.base.shapes import Words

SLOT, ROW, SIZE, PAD = 132, 116, 17, 12  # px: width of a person, height of a generation, half a symbol, margin
LINE = 20  # label width in half characters (a Chinese character takes two)


@dataclass(frozen=True)
class Kin:
    """`generation` counts downwards from 0, the eldest."""

    id: int
    label: Words
    generation: int
    sex: Literal["male", "female", "unknown"] = "unknown"
    about: Words = ""
    is_self: bool = False
    lives_here: bool = False


@dataclass(frozen=True)
class Family:
    """`couples` are pairs of ids; `children` say (ids of one or two parents, id of the child)."""

    people: list[Kin]
    couples: list[tuple[int, int]] = field(default_factory=list)
    children: list[tuple[tuple[int, ...], int]] = field(default_factory=list)


@dataclass
class Unit:
    """A couple, or someone alone, with the units that descend from it."""

    members: list[Kin]
    below: list["Unit"] = field(default_factory=list)

    @property
    def wide(self) -> int:
        return max(len(self.members), sum(unit.wide for unit in self.below))


def _stand_beside(unit_of: dict[int, Unit], by_id: dict[int, Kin], there: int, comes: int) -> None:
    """Another spouse of someone stands on their other side, where there is room."""
    unit = unit_of[there]
    ends = [kin.id for kin in unit.members]
    if there == ends[0]:
        unit.members.insert(0, by_id[comes])
    elif there == ends[-1]:
        unit.members.append(by_id[comes])
    else:
        return
    unit_of[comes] = unit


def _units(family: Family) -> list[Unit]:
    """The family as a forest; whoever married in stands beside, not below, their own parents."""
    by_id = {kin.id: kin for kin in family.people}
    unit_of: dict[int, Unit] = {}
    for pair in family.couples:
        placed_already = unit_of.keys() & set(pair)
        if not placed_already:
            unit_of |= dict.fromkeys(pair, Unit([by_id[i] for i in pair]))
        elif len(placed_already) == 1:
            _stand_beside(unit_of, by_id, *placed_already, *(set(pair) - placed_already))
    for kin in family.people:
        unit_of.setdefault(kin.id, Unit([kin]))
    placed: list[int] = []
    for parents, child in family.children:
        above, below = unit_of[parents[0]], unit_of[child]
        if id(below) not in placed and above is not below:
            above.below.append(below)
            placed.append(id(below))
    every = {id(unit): unit for unit in unit_of.values()}
    return [unit for key, unit in every.items() if key not in placed]


def places(family: Family) -> dict[int, tuple[float, int]]:
    """Where each person stands: (slots from the left, generation). Parents stand over the middle of their children."""
    found: dict[int, tuple[float, int]] = {}

    def put(unit: Unit, left: float) -> None:
        start = left + (unit.wide - sum(below.wide for below in unit.below)) / 2
        for below in unit.below:
            put(below, start)
            start += below.wide
        for i, kin in enumerate(unit.members):
            found[kin.id] = (left + (unit.wide - len(unit.members)) / 2 + i, kin.generation)

    left = 0.0
    for unit in _units(family):
        put(unit, left)
        left += unit.wide
    return found


def xy(place: tuple[float, int]) -> tuple[float, float]:
    return PAD + (place[0] + 0.5) * SLOT, PAD + 16 + SIZE + place[1] * ROW


def home(family: Family, at: dict[int, tuple[float, int]]) -> str:
    """The outline around everyone who lives here, as one path; a person living elsewhere is left outside."""
    cells: set[tuple[int, int]] = set()
    rows = {place[1] for place in at.values()}
    for row in rows:
        here = sorted((at[kin.id][0], kin.lives_here) for kin in family.people if at[kin.id][1] == row)
        for i, (slot, lives_here) in enumerate(here):
            if lives_here:
                left, right = round(slot * 2), round(slot * 2) + 2
                if i + 1 < len(here) and here[i + 1][1]:
                    right = round(here[i + 1][0] * 2)
                cells |= {(column, row) for column in range(left, right)}
    half = SLOT / 2

    def side(column: int, row: int) -> Iterable[str]:
        x, y = PAD + column * half, PAD + row * ROW
        if (column, row - 1) not in cells:
            yield f"M{x:g} {y:g}h{half:g}"
        if (column, row + 1) not in cells:
            yield f"M{x:g} {y + ROW:g}h{half:g}"
        if (column - 1, row) not in cells:
            yield f"M{x:g} {y:g}v{ROW:g}"
        if (column + 1, row) not in cells:
            yield f"M{x + half:g} {y:g}v{ROW:g}"

    return "".join(stroke for column, row in sorted(cells) for stroke in side(column, row))


def foot(family: Family, parents: tuple[int, ...], at: dict[int, tuple[float, int]]) -> tuple[float, float]:
    """Where the line to the children starts: between a couple, on the side of the one who lives here."""
    x = sum(xy(at[parent])[0] for parent in parents) / len(parents)
    y = xy(at[parents[0]])[1]
    if len(parents) == 1:
        return x, y + SIZE
    here = [kin.id for kin in family.people if kin.lives_here and kin.id in parents]
    return (x + (14 if xy(at[here[0]])[0] > x else -14), y) if len(here) == 1 else (x, y)


def _lines(family: Family, at: dict[int, tuple[float, int]]) -> str:
    strokes = []
    for a, b in family.couples:
        (ax, y), (bx, _y) = sorted((xy(at[a]), xy(at[b])))
        strokes.append(f"M{ax + SIZE:g} {y:g}H{bx - SIZE:g}")
    for parents, child in family.children:
        (x, y), (cx, cy) = foot(family, parents, at), xy(at[child])
        strokes.append(f"M{x:g} {y:g}V{cy - SIZE - 12:g}H{cx:g}V{cy - SIZE:g}")
    return "".join(strokes)


def wrapped(words: str) -> list[str]:
    """At most two lines of a label; what is longer ends in an ellipsis."""
    lines, wide = [""], 0
    for letter in words:
        wide += 2 if ord(letter) > 0x2E7F else 1
        if wide > LINE:
            lines.append("")
            wide = 2
        lines[-1] += letter
    return lines if len(lines) < 3 else [lines[0], lines[1][:-1] + "…"]


def _person(kin: Kin, place: tuple[float, int]) -> SafeString:
    x, y = xy(place)
    css = "ln bg self" if kin.is_self else "ln bg"
    if kin.sex == "male":
        shape = format_html('<rect class="{}" x="{}" y="{}" width="34" height="34"/>', css, x - SIZE, y - SIZE)
    elif kin.sex == "female":
        shape = format_html('<circle class="{}" cx="{}" cy="{}" r="17"/>', css, x, y)
    else:
        shape = format_html('<path class="{}" d="M{} {}l18 18-18 18-18-18z"/>', css, x, y - 18)
    said = [(line, "strong" if kin.is_self else "") for line in wrapped(str(kin.label))]
    said += [(line, "sub") for line in wrapped(str(kin.about))[:1] if line]
    lines = ((x, y + SIZE + 17 + i * 17, css, line) for i, (line, css) in enumerate(said))
    return shape + format_html_join("", '<text x="{}" y="{}" class="{}">{}</text>', lines)


def in_words(family: Family) -> str:
    return ", ".join(f"{kin.label} {kin.about}".strip() for kin in family.people)


def svg(family: Family) -> SafeString:
    at = places(family)
    wide = 2 * PAD + SLOT * (max((place[0] for place in at.values()), default=0) + 1)
    tall = 2 * PAD + ROW * (max((place[1] for place in at.values()), default=0) + 1)
    return format_html(
        '<svg class="tree" viewBox="0 0 {} {}" width="{}" role="img" aria-label="{}"><path class="home" d="{}"/>'
        '<path class="ln" d="{}"/>{}</svg>',
        f"{wide:g}",
        f"{tall:g}",
        f"{wide / 16:g}rem",  # grows with the size of print
        in_words(family),
        home(family, at),
        _lines(family, at),
        format_html_join("", "{}", ((_person(kin, at[kin.id]),) for kin in family.people)),
    )
