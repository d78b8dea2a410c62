"""The message catalogues, one per package, without GNU gettext: `update`, `compile`, `missing`.

English is what stands in the source; `src/xiezuo/<package>/locale/zh_Hans/LC_MESSAGES/django.po` holds the Chinese.
Entries are sorted and carry no line numbers, so that two people's changes seldom touch the same line.
"""

import io
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "src" / "xiezuo"
CATALOGUE = Path("locale", "zh_Hans", "LC_MESSAGES", "django.po")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
HEADER = {
    "Project-Id-Version": "Xiezuo",
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
KEYWORDS: dict[str, object] = {
    name + lazy: spec
    for name, spec in {
        "gettext": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }.items()
    for lazy in ("", "_lazy")
} | {"_": None, "gettext_noop": None}


@dataclass(frozen=True, order=True)
class Message:
    """One string of the source. `plural` and `context` are empty where there is none."""

    text: str
    context: str = ""
    plural: str = ""


def packages() -> list[Path]:
    """Every package that may hold words for people."""
    return sorted(path.parent for path in PACKAGES.glob("*/__init__.py"))


def _messages_in(code: str) -> Iterator[Message]:
    from babel.messages.extract import extract

    for _line, found, _comments, context in extract("python", io.BytesIO(code.encode()), KEYWORDS):
        text, plural = found if isinstance(found, tuple) else (found, "")
        if text:
            yield Message(text, context or "", plural or "")


def _code_of(path: Path) -> str:
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return source
    from django.utils.translation.template import templatize

    # What is left of a template is no Python: without indentation the tokeniser still reads it.
    return "\n".join(line.lstrip() for line in templatize(source, origin=str(path)).splitlines())


def in_source(package: Path) -> set[Message]:
    """Every translatable string of a package: its code and its templates."""
    paths = [path for path in package.rglob("*.py") if "migrations" not in path.parts]
    paths += [path for suffix in ("html", "txt") for path in package.glob(f"templates/**/*.{suffix}")]
    return {message for path in paths for message in _messages_in(_code_of(path))}


def mended(text: str) -> str:
    """A catalogue as git's union merge may leave it, as whole entries again.

    Lines that both sides had in common are kept once, so that an original may have lost its translation to the next
    entry, or have two. Originals in a row share what follows; of two translations the last that is not empty stays.
    """
    entries: list[list[str]] = []  # each one: the lines before its translation, then the translation
    heads: list[list[str]] = [[]]
    said: list[str] = []

    def close() -> None:
        if said:
            translation = next((line for line in reversed(said) if not line.endswith(' ""')), said[-1])
            entries.extend([*head, translation] for head in heads)

    for line in text.splitlines():
        if line.startswith("msgstr"):
            said.append(line)
        elif line.startswith('"') and said:
            said[-1] += "\n" + line
        elif line.startswith(('"', "msgid_plural")):
            heads[-1].append(line)
        elif line.startswith(("msgctxt", "msgid")):
            if said:
                close()
                heads, said = [[]], []
            if heads[-1] and not heads[-1][-1].startswith("msgctxt"):
                heads.append([])
            heads[-1].append(line)
    close()
    return "\n\n".join("\n".join(entry) for entry in entries) + "\n"


def _read(path: Path) -> polib.POFile:
    return polib.pofile(mended(path.read_text(encoding="utf-8")), wrapwidth=0)


def _catalogue(package: Path) -> polib.POFile:
    path = package / CATALOGUE
    return _read(path) if path.exists() else polib.POFile(wrapwidth=0)


def _key(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgctxt or "", entry.msgid_plural or "")


def _words(entry: polib.POEntry) -> str:
    return str(entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr)


def _entry(message: Message, words: str) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.text, msgctxt=message.context or None)
    if message.plural:
        entry.msgid_plural, entry.msgstr_plural = message.plural, {0: words}
    else:
        entry.msgstr = words
    return entry


def update(package: Path) -> None:
    """Write the package's catalogue anew: new strings come in empty, unused ones go, translations stay."""
    known: dict[Message, str] = {}
    for entry in _catalogue(package):
        known[_key(entry)] = _words(entry) or known.get(_key(entry), "")
    wanted = sorted(in_source(package))
    path = package / CATALOGUE
    if not wanted:
        path.unlink(missing_ok=True)
        return
    fresh = polib.POFile(wrapwidth=0)
    fresh.metadata = HEADER
    fresh.extend(_entry(message, known.get(message, "")) for message in wanted)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(path), newline="\n")


def compile_stale() -> None:
    """Compile each catalogue that is newer than its compiled form; safe when several processes do it at once."""
    for source in sorted(PACKAGES.glob("*/locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
            draft = target.with_suffix(f".{os.getpid()}")
            _read(source).save_as_mofile(str(draft))
            draft.replace(target)


def problems() -> list[str]:
    """What keeps the Chinese from being complete and of one voice, as sentences; empty when all is well."""
    found: list[str] = []
    said: dict[Message, tuple[str, str]] = {}
    for package in packages():
        wanted, name = in_source(package), package.name
        catalogue = _catalogue(package)
        keys = [_key(entry) for entry in catalogue]
        found += [f"{name}: not in the catalogue: {message.text!r}" for message in sorted(wanted - set(keys))]
        found += [f"{name}: no longer used: {message.text!r}" for message in sorted(set(keys) - wanted)]
        found += [f"{name}: twice: {key.text!r}" for key in sorted(set(keys)) if keys.count(key) > 1]
        for entry in catalogue:
            message, words = _key(entry), _words(entry)
            if not words:
                found.append(f"{name}: no Chinese: {message.text!r}")
                continue
            if entry.fuzzy:
                found.append(f"{name}: fuzzy: {message.text!r}")
            originals = {frozenset(PLACEHOLDER.findall(text)) for text in (message.text, message.plural) if text}
            if frozenset(PLACEHOLDER.findall(words)) not in originals:
                found.append(f"{name}: other placeholders: {message.text!r}: {words!r}")
            where, before = said.setdefault(message, (name, words))
            if before != words:
                found.append(f"{message.text!r} is {before!r} in {where} and {words!r} in {name}")
    return found


def main(command: str) -> int:
    if command == "update":
        for package in packages():
            update(package)
    elif command == "compile":
        compile_stale()
    elif command == "missing":
        found = problems()
        print("\n".join(found) or "The Chinese is complete.")
        return 1 if found else 0
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
