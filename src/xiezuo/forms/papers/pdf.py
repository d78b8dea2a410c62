"""The paper as PDF, drawn by typst from data; the same content gives the same bytes. Needs extra `papers`."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from xiezuo.forms.papers.content import Bundle, Cover, PaperContent
from xiezuo.forms.papers.glyphs import FAMILY, FONTS, missing, missing_words, needs_rare, rare_font
from xiezuo.forms.papers.libraries import must_be_there
from xiezuo.forms.papers.values import day_room

SOURCE = Path(__file__).parent / "paper.typ"
AT_LAST = ("Noto Sans CJK SC", "Libertinus Serif")


def as_pdf(paper: PaperContent) -> bytes:
    """One paper. Raises RuleBroken where the libraries are missing."""
    return _drawn([paper], title=paper.title, organisation=paper.organisation, about=paper.about, printed=paper.printed)


def bundle_as_pdf(bundle: Bundle) -> bytes:
    """Several papers bound behind a cover and a page of contents. Raises as `as_pdf`."""
    cover, first = bundle.cover, bundle.papers[0]
    title = f"{cover.title} {cover.name}"
    return _drawn(
        bundle.papers,
        title=title,
        organisation=cover.organisation,
        about=title,
        printed=first.printed,
        cover=cover,
    )


def _drawn(papers: Sequence[PaperContent], *, cover: Cover | None = None, **head: str) -> bytes:
    must_be_there()
    import typst

    english = (get_language() or "").startswith("en")
    told = {
        **head,
        "cover": asdict(cover) if cover else None,
        "papers": [_told(paper) for paper in papers],
        "fonts": [FAMILY, *AT_LAST],
        "lang": "en" if english else "zh",
        "region": "gb" if english else "cn",
        "words": _words(),
    }
    folders = [FONTS, *([path.parent] if needs_rare(papers, cover) and (path := rare_font()) else [])]
    source: Any = {
        "main": SOURCE.read_bytes(),
        "data.json": json.dumps(told, ensure_ascii=False).encode(),
    }
    drawn = typst.compile(source, font_paths=folders, ignore_system_fonts=True, timestamp=0, pdf_tags=False)
    return bytes(drawn)


def _told(paper: PaperContent) -> dict[str, Any]:
    """The paper as data; pictures as numbers, since typst takes no other file than text from memory."""
    return {
        "pictures": {name: list(content) for name, content in paper.pictures.items()},
        "title": paper.title,
        "unit": paper.unit,
        "serial": paper.serial,
        "lines": [asdict(line) for line in paper.lines],
        "unprintable": missing_words(missing(paper), on_screen=False),
    }


def _words() -> dict[str, str]:
    return {
        "page": _("Page {n} of {all}"),
        "unit": pgettext("above a form on paper", "Filled in at: "),
        "serial": pgettext("above a form on paper", "Serial number: "),
        "signature": pgettext("on a paper", "Signature: "),
        "day": day_room(),
        "contents": pgettext("of a bound file", "Contents"),
    }
