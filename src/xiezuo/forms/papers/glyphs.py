"""Which characters the papers' font has, told by a table beside it; what it lacks is looked for in Noto CJK where installed."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.forms.papers.content import Band, Cover, Note, Pairs, PaperContent, Rows, Sign, Wide

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Xiezuo Paper"
SYSTEM = (
    Path("/usr/share/fonts/opentype/noto"),
    Path("/usr/share/fonts/noto-cjk"),
    Path("/usr/share/fonts/google-noto-cjk"),
    Path("/usr/local/share/fonts"),
)
RARE = "NotoSansCJK-Regular.ttc"
UNSEEN = {"\n", "\r", "\t", "\u3000", "\u00a0", "\u200b"}
NO_CHARACTER = "\U0010ffff"
DRAWN_AT = 24  # pixels; enough to tell a glyph from the box that stands for none


@cache
def _ranges() -> tuple[list[int], list[int]]:
    firsts, lasts = [], []
    for line in (FONTS / "coverage.txt").read_text(encoding="ascii").split():
        first, _dash, last = line.partition("-")
        firsts.append(int(first, 16))
        lasts.append(int(last or first, 16))
    return firsts, lasts


@cache
def has(character: str) -> bool:
    """Whether the papers' own font draws it."""
    firsts, lasts = _ranges()
    at = bisect_right(firsts, ord(character)) - 1
    return character in UNSEEN or (at >= 0 and ord(character) <= lasts[at])


@cache
def rare_font() -> Path | None:
    """Noto CJK, where it is installed."""
    return next((folder / RARE for folder in SYSTEM if (folder / RARE).exists()), None)


@cache
def _drawn_elsewhere(character: str) -> bool:
    from PIL import ImageFont

    path = rare_font()
    if path is None:
        return False
    font = ImageFont.truetype(str(path), DRAWN_AT, index=2)
    return bytes(font.getmask(character)) != bytes(font.getmask(NO_CHARACTER))


def rare(text: str) -> set[str]:
    """Characters that the own font lacks."""
    return {character for character in set(text) if not has(character)}


def texts(paper: PaperContent) -> Iterator[tuple[str, str]]:
    """(where it stands, text) of everything on the paper."""
    yield "", f"{paper.title}{paper.organisation}{paper.unit}{paper.serial}{paper.printed}{paper.about}"
    for line in paper.lines:
        if isinstance(line, Pairs):
            yield from ((cell.label, cell.label + cell.value) for cell in line.cells)
        elif isinstance(line, Wide):
            yield line.label, line.label + line.text
        elif isinstance(line, Rows):
            yield line.label, "".join((line.label, *line.heads, *(cell for row in line.rows for cell in row)))
        elif isinstance(line, Sign):
            yield line.label, f"{line.label}{line.text}{line.ticks}{line.name}{line.day}"
        elif isinstance(line, Band | Note):
            yield "", line.text


def needs_rare(papers: Iterable[PaperContent], cover: Cover | None) -> bool:
    """Whether the font for rare characters has to be at hand."""
    on_cover = cover and f"{cover.title}{cover.name}{''.join(one.label + one.value for one in cover.facts)}"
    return bool(on_cover and rare(on_cover)) or any(rare(text) for paper in papers for _where, text in texts(paper))


def missing(paper: PaperContent) -> dict[str, str]:
    """Characters for which no font is here, each with the label it stands beside first ("" for none)."""
    found: dict[str, str] = {}
    for where, text in texts(paper):
        for character in sorted(rare(text)):
            if not _drawn_elsewhere(character):
                found.setdefault(character, where)
    return found


def missing_words(found: dict[str, str], *, on_screen: bool) -> str:
    """The sentence that names them; on paper by their number, since they cannot be drawn there. "" for none."""
    if not found:
        return ""
    at = pgettext("a character and the field it stands in", "%(character)s (%(where)s)")
    named = []
    for character, where in found.items():
        shown = f"{character} U+{ord(character):04X}" if on_screen else f"U+{ord(character):04X}"
        named.append(at % {"character": shown, "where": where} if where else shown)
    words = _("These characters cannot be printed here: %(which)s. Write them in by hand.")
    return words % {"which": _(", ").join(named)}
