"""家谱图: men are squares, women circles, others diamonds; ages stand inside, who died is crossed, the person it is about has a
double line, and a dashed line holds who lives together. One stroke across a couple's line: separated; two: divorced."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from django.utils.safestring import SafeString

from xiezuo.web.base.pictures.marks import Mark, alone, on_page, path, text
from xiezuo.web.base.pictures.tree import PAD, ROW, SIZE, SLOT, Family, Kin, foot, home, places, wrapped, xy

Parting = Literal["", "separated", "divorced"]
INNER = 4  # px between the two lines of the person it is about
CROSS = SIZE + 3


@dataclass(frozen=True)
class Member(Kin):
    age: str = ""
    died: bool = False


@dataclass(frozen=True)
class Genogram:
    """`partings`: by couple what became of it. `siblings`: pairs whose parents nobody wrote down."""

    family: Family
    partings: dict[tuple[int, int], Parting] = field(default_factory=dict)
    siblings: list[tuple[int, int]] = field(default_factory=list)

    @property
    def members(self) -> list[Member]:
        return [kin for kin in self.family.people if isinstance(kin, Member)]


def _symbol(kin: Member, x: float, y: float, half: float, css: str) -> Mark:
    if kin.sex == "male":
        return Mark("rect", {"x": x - half, "y": y - half, "width": 2 * half, "height": 2 * half}, css)
    if kin.sex == "female":
        return Mark("circle", {"cx": x, "cy": y, "r": half}, css)
    return path(f"M{x:g} {y - half:g}l{half:g} {half:g}-{half:g} {half:g}-{half:g}-{half:g}z", css)


def _person(kin: Member, place: tuple[float, int]) -> Iterable[Mark]:
    x, y = xy(place)
    if kin.is_self:
        yield _symbol(kin, x, y, SIZE + INNER, "ln bg")
    yield _symbol(kin, x, y, SIZE, "ln bg")
    if kin.age:
        yield text(x, y + 4.5, kin.age, "strong" if kin.is_self else "")
    if kin.died:
        yield path(
            f"M{x - CROSS:g} {y - CROSS:g}L{x + CROSS:g} {y + CROSS:g}M{x + CROSS:g} {y - CROSS:g}L{x - CROSS:g} {y + CROSS:g}"
        )
    below = y + SIZE + 20
    said = [(line, "strong" if kin.is_self else "") for line in wrapped(str(kin.label))]
    said += [(line, "sub") for line in wrapped(str(kin.about))[:1] if line]
    for n, (line, css) in enumerate(said):
        yield text(x, below + n * 17, line, css)


def _couples(drawn: Genogram, at: dict[int, tuple[float, int]]) -> Iterable[Mark]:
    for pair in drawn.family.couples:
        (ax, y), (bx, _y) = sorted(xy(at[one]) for one in pair)
        yield path(f"M{ax + SIZE:g} {y:g}H{bx - SIZE:g}")
        strokes = {"separated": 1, "divorced": 2}.get(drawn.partings.get(pair, ""), 0)
        middle = (ax + bx) / 2 + (22 if strokes else 0)
        for n in range(strokes):
            start = middle - 4 + n * 7
            yield path(f"M{start:g} {y + 8:g}l8-16")


def _children(family: Family, at: dict[int, tuple[float, int]]) -> Iterable[Mark]:
    for parents, child in family.children:
        (x, y), (cx, cy) = foot(family, parents, at), xy(at[child])
        yield path(f"M{x:g} {y:g}V{cy - SIZE - 14:g}H{cx:g}V{cy - SIZE:g}")


def _siblings(drawn: Genogram, at: dict[int, tuple[float, int]]) -> Iterable[Mark]:
    for one, other in drawn.siblings:
        (x, y), (ox, oy) = xy(at[one]), xy(at[other])
        top = min(y, oy) - SIZE - 9
        yield path(f"M{x:g} {y - SIZE:g}V{top:g}H{ox:g}V{oy - SIZE:g}")


def marks(drawn: Genogram) -> tuple[list[Mark], float, float]:
    """Everything that is drawn, and how wide and tall it is."""
    at = places(drawn.family)
    wide = 2 * PAD + SLOT * (max((place[0] for place in at.values()), default=0) + 1)
    tall = 2 * PAD + ROW * (max((place[1] for place in at.values()), default=0) + 1) + 8
    found = [path(home(drawn.family, at), "home")]
    found += [*_couples(drawn, at), *_children(drawn.family, at), *_siblings(drawn, at)]
    for kin in drawn.members:
        found += _person(kin, at[kin.id])
    return found, wide, tall


def svg(drawn: Genogram, label: str) -> SafeString:
    found, wide, tall = marks(drawn)
    return on_page(found, wide, tall, label, "tree genogram")


def picture(drawn: Genogram) -> SafeString:
    """As a picture of its own."""
    return alone(*marks(drawn))
