"""Whether a file is a plain Word document: no programs, nothing fetched from elsewhere, no field that runs something."""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.files import ZIP, kept_form

MOST_BYTES, MOST_PART = 5 * 1024 * 1024, 2 * 1024 * 1024
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PARTS = (".xml", ".rels", ".png", ".jpg", ".jpeg", ".gif", ".odttf")
# Parts that hold other files, or programs.
INSIDE = ("embeddings/", "activex/", "vba", "afchunk", "oleobject", "customui", "webextension", "attachedtoolbars")
LINKS = ("http://", "https://", "mailto:")
HYPERLINK = "relationships/hyperlink"
# Fields of Word that only count, date or refer to the document itself.
FIELDS = frozenset(["", "PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "DATE", "TIME", "SEQ", "STYLEREF", "FORMTEXT"])
FILLED = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
MARK = re.compile(r"\{[{%#]")


def must_be_plain(content: bytes) -> dict[str, str]:
    """The XML parts by name. Raises RuleBroken with what is wrong and what to do."""
    if not content.startswith(ZIP):
        raise _refused("not_word", _("This is no Word document (.docx). In Word choose “Save as” and the type .docx."))
    if len(content) > MOST_BYTES:
        raise _refused("too_large", _("A template may have 5 MB at most. Make its pictures smaller and upload again."))
    kept_form(content)
    with ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        _must_hold_parts(names, [part.file_size for part in archive.infolist()])
        texts = {name: archive.read(name).decode("utf-8", "replace") for name in names if _is_xml(name)}
    _must_be_a_document(texts)
    for name, text in texts.items():
        if name.endswith(".rels"):
            _must_stay_inside(text)
        elif "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise _strange(name)
        else:
            _must_not_run(text)
            if MARK.search(_letters(text)) and not FILLED.fullmatch(name):
                words = _("A field stands in %(part)s. Fields are filled in text, headers and footers alone; move it.")
                raise _refused("field_elsewhere", words % {"part": name})
    return texts


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _must_hold_parts(names: list[str], sizes: list[int]) -> None:
    for name, size in zip(names, sizes, strict=True):
        low = name.lower()
        if any(mark in low for mark in INSIDE) or low.endswith(".bin"):
            raise _refused(
                "holds_more",
                _(
                    "This document holds another file or a program (%(part)s), so it was not kept. Take it out in Word and "
                    "upload again."
                )
                % {"part": name},
            )
        if name.endswith("/"):
            continue
        if not low.endswith(PARTS) or ".." in name or (size > MOST_PART and _is_xml(name)):
            raise _strange(name)
    if len(set(names)) != len(names):
        raise _strange("zip")


def _must_be_a_document(texts: dict[str, str]) -> None:
    types = texts.get("[Content_Types].xml", "")
    if "macroEnabled" in types or "vbaProject" in types:
        words = _("This file holds a program (macros), so it is not kept. Save it without macros and send that.")
        raise _refused("macros", words)
    if MAIN not in types or "word/document.xml" not in texts:
        raise _refused("not_word", _("This is no Word document (.docx). In Word choose “Save as” and the type .docx."))


def _must_stay_inside(relations: str) -> None:
    for relation in RELATION.findall(relations):
        if "External" not in relation:
            continue
        target = re.search(r'Target\s*=\s*["\']([^"\']*)', relation)
        address = target.group(1) if target else ""
        if HYPERLINK in relation and address.lower().startswith(LINKS):
            continue
        words = _(
            "This document fetches something from elsewhere when it is opened (%(address)s), so it was not kept. Put the "
            "picture or the text itself into it, and set “Normal” as its template."
        )
        raise _refused("fetches", words % {"address": address[:80]})


def _must_not_run(text: str) -> None:
    for instruction in _instructions(text):
        code = instruction.strip().split(" ")[0].split("\\")[0].upper()
        if code not in FIELDS:
            words = _(
                "The document has a Word field “%(code)s”, which may fetch or run something, so it was not kept. In Word "
                "turn it into text (Ctrl+Shift+F9) and upload again."
            )
            raise _refused("word_field", words % {"code": code[:24]})


def _instructions(text: str) -> Iterator[str]:
    """What each field of Word is told to do, however many runs it is spread over."""
    yield from re.findall(r'w:instr\s*=\s*["\']([^"\']*)', text)
    told: list[str] = []
    for kind, written in re.findall(
        r'<w:fldChar\b[^>]*w:fldCharType\s*=\s*["\'](\w+)|<w:instrText\b[^>]*>([^<]*)', text
    ):
        if kind == "begin":
            told.append("")
        elif kind in {"separate", "end"}:
            yield told.pop() if told else ""
            if kind == "separate":
                told.append("")
        elif told:
            told[-1] += written
        else:
            yield written


def _letters(text: str) -> str:
    return re.sub(r"<[^>]+>", "", text)


def _strange(part: str) -> RuleBroken:
    words = _(
        "This document has a part that a plain one has not (%(part)s). Copy its content into a new one and save that."
    )
    return _refused("strange", words % {"part": part[:80]})


def _refused(code: str, words: object) -> RuleBroken:
    return RuleBroken(f"forms.template_{code}", words)  # type: ignore[arg-type]
