"""Makes the font of the papers out of the many small ones in npm package @fontsource/noto-sans-sc (SIL Open Font License).

    python scripts/paper_font.py FOLDER        the folder `files` of the unpacked package

One TrueType file with every character of GB 2312 that the package has, then those of names, then the rest, as far as five
megabytes go; ☑ and ☐, which it lacks, are drawn from □ and ✓. Beside it `coverage.txt` says which characters are in it, so
that nothing has to open the font to know. Needs fontTools; only whoever makes the font anew does.
"""

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from fontTools.merge import Merger, Options
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options as Kept
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont

INTO = Path(__file__).resolve().parent.parent / "src" / "xiezuo" / "forms" / "papers" / "fonts"
FAMILY = "Xiezuo Paper"
MOST_BYTES = 5_000_000
EMPTY_BOX, TICKED_BOX, BOX, TICK = 0x2610, 0x2611, 0x25A1, 0x2713
LAYOUT = ["GPOS", "GSUB", "STAT", "gasp", "vhea", "vmtx", "GDEF", "BASE", "VORG"]


def parts(folder: Path) -> list[Path]:
    return sorted(folder.glob("noto-sans-sc-[0-9]*-400-normal.woff")) + [
        folder / f"noto-sans-sc-{name}-400-normal.woff" for name in ("latin", "latin-ext")
    ]


def plain(path: Path, into: Path) -> str:
    """The part as TrueType without its layout tables: a table form sets neither ligatures nor vertical lines."""
    font = TTFont(path)
    for name in LAYOUT:
        if name in font:
            del font[name]
    font.flavor = None
    target = into / f"{path.stem}.ttf"
    font.save(target)
    return str(target)


def merged(folder: Path) -> TTFont:
    with tempfile.TemporaryDirectory() as there:
        files = [plain(path, Path(there)) for path in parts(folder) if path.exists()]
        return Merger(options=Options(drop_tables=LAYOUT)).merge(files)


def gb2312() -> set[int]:
    found = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes([high, low]).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return found


def draw_boxes(font: TTFont) -> None:
    """☐ is □; ☑ is □ with ✓ in it."""
    names, glyphs = font.getBestCmap(), font.getGlyphSet()
    pen = TTGlyphPen(None)
    for code, shape in ((BOX, (1, 0, 0, 1, 0, 0)), (TICK, (0.78, 0, 0, 0.78, 110, 90))):
        recorded = DecomposingRecordingPen(glyphs)
        glyphs[names[code]].draw(recorded)
        recorded.replay(TransformPen(pen, shape))
    font["glyf"]["ticked"] = pen.glyph()
    font["hmtx"]["ticked"] = font["hmtx"][names[BOX]]
    font.setGlyphOrder([*font.getGlyphOrder(), *([] if "ticked" in font.getGlyphOrder() else ["ticked"])])
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap |= {EMPTY_BOX: names[BOX], TICKED_BOX: "ticked"}


def cut(font: TTFont, codes: Iterable[int], target: Path) -> int:
    """Write the font with these characters alone; its size in bytes."""
    options = Kept()
    options.hinting, options.glyph_names, options.notdef_outline = False, False, True
    options.name_IDs, options.drop_tables = ["*"], [*options.drop_tables, *LAYOUT]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    font.save(target)
    return target.stat().st_size


def named(font: TTFont) -> None:
    about = {1: FAMILY, 2: "Regular", 3: f"{FAMILY} from Noto Sans SC", 4: FAMILY, 6: FAMILY.replace(" ", "")}
    about |= {13: "SIL Open Font License, Version 1.1", 14: "https://openfontlicense.org"}
    font["name"].names = [name for name in font["name"].names if name.nameID == 0]
    for number, words in about.items():
        font["name"].setName(words, number, 3, 1, 0x409)


def ranges(codes: Iterable[int]) -> str:
    """`4e00-9fa5` one to a line."""
    lines: list[list[int]] = []
    for code in sorted(codes):
        if lines and lines[-1][1] == code - 1:
            lines[-1][1] = code
        else:
            lines.append([code, code])
    return "".join(f"{first:x}-{last:x}\n" if last > first else f"{first:x}\n" for first, last in lines)


def main(folder: Path) -> int:
    whole = merged(folder)
    draw_boxes(whole)
    named(whole)
    first = gb2312() | set(range(0x20, 0x250)) | set(range(0x2000, 0x2800)) | set(range(0x3000, 0x3400))
    have = set(whole.getBestCmap())
    rest = sorted(have - first, key=lambda code: (not 0x4E00 <= code <= 0x9FFF, code))
    target, take = INTO / "XiezuoPaper-Regular.ttf", len(rest)
    with tempfile.TemporaryDirectory() as there:
        kept = Path(there) / "whole.ttf"
        whole.save(kept)
        while (size := cut(TTFont(kept), (have & first) | set(rest[:take]), target)) > MOST_BYTES:
            take = int(take * MOST_BYTES / size * 0.97) if take > 500 else take - 100
    codes = set(TTFont(target).getBestCmap())
    (INTO / "coverage.txt").write_text(ranges(codes), encoding="ascii")
    print(f"{target.name}: {size} bytes, {len(codes)} characters")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
