"""What a pack tells, as people read it: headings, lines and what is said of each. No JSON on any screen."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiezuo.forms.definitions import Words
from xiezuo.forms.packs.telling import CLASSES, label_of, name_in, value_words
from xiezuo.forms.packs.trees import Path, as_line, branches, key_of
from xiezuo.forms.packs.versions import HEAD
from xiezuo.forms.vocab import FieldType, Mark, PackKind

PLAIN = (str, int, float, bool)
NAMES = {"zh", "en", "title", "title_en", *("key", "code", "id", "role")}
MOST_LINES = 400


@dataclass(frozen=True)
class Line:
    """One line: what it is called, what is said of it, words in badges, and where it stands."""

    name: str
    said: list[str]
    path: Path
    badges: list[tuple[str, str]] = field(default_factory=list)
    retired: bool = False
    opens: str = ""

    @property
    def at(self) -> str:
        return as_line(self.path)


@dataclass(frozen=True)
class Group:
    """Lines that stand together. `more` counts those that are not shown; `into`: where a new line would go."""

    name: str
    path: Path
    lines: list[Line]
    more: int = 0
    into: Path | None = None
    said: str = ""

    @property
    def at(self) -> str:
        return as_line(self.path)

    @property
    def adds(self) -> str:
        return as_line(self.into) if self.into is not None else ""


def groups_of(body: dict[str, Any], form: str = "") -> list[Group]:
    """The content of a pack; of one form where a form is named."""
    if body.get("kind") == PackKind.FORMS:
        return list(_form(body, form)) if form else [_forms(body)]
    if body.get("kind") == PackKind.CODES and isinstance(body.get("codes"), dict):
        return [_values(name, told) for name, told in body["codes"].items()]
    return list(_tables({k: v for k, v in body.items() if k not in HEAD or (k == "parts" and v)}, ()))


def _forms(body: dict[str, Any]) -> Group:
    lines = []
    for key, told in body["forms"].items():
        n = sum(len(section.get("fields") or ()) for section in told["sections"])
        counted = ngettext("%(n)s field", "%(n)s fields", n) % {"n": n}
        said = [str(told.get("no", "")), counted, *([_("hidden")] if told.get("hidden") else [])]
        lines.append(Line(name_in(told, key), said, ("forms", key), opens=key))
    return Group(_("Forms"), ("forms",), lines)


def _form(body: dict[str, Any], key: str) -> Iterator[Group]:
    told = body["forms"][key]
    for section in told["sections"]:
        path: Path = ("forms", key, "sections", key_of(section))
        if name := section.get("block"):
            block = (body.get("blocks") or {}).get(name, {})
            shared = _("shared by several forms")
            yield Group(
                name_in(section, "") or name_in(block, name),
                path,
                [_field(f, (), told) for f in block.get("fields", ())],
                said=shared,
            )
            continue
        lines = [_field(one, (*path, "fields", str(one["key"])), told) for one in section["fields"]]
        yield Group(name_in(section, _("Fields")), path, lines, into=(*path, "fields"))


def _field(told: dict[str, Any], path: Path, form: dict[str, Any]) -> Line:
    kind = told.get("type", "")
    said = [str(FieldType(kind).label) if kind in FieldType.values else kind]
    said += [_("must be filled in")] if told.get("required") else []
    said += [str(CLASSES.get(told["class"], told["class"]))] if told.get("class") else []
    said += [_("hidden")] if told.get("hidden") else []
    if when := told.get("when"):
        said.append(
            _("only if %(what)s") % {"what": f"{when.get('field')} = {' / '.join(map(str, when.get('in', ())))}"}
        )
    badges = [] if told.get("core", True) else [("", _("our own"))]
    return Line(name_in(told, str(told.get("key"))), said, path, badges, retired=bool(told.get("hidden")))


def _values(name: str, told: dict[str, Any]) -> Group:
    path: Path = ("codes", name, "values")
    values = list((told.get("values") or {}).items())
    lines = [
        Line(
            name_in(words, code),
            [f"{words.get('zh', '')} · {words.get('en', '')}", code],
            (*path, code),
            [("", _("no longer offered"))] if words.get("retired") else [],
            bool(words.get("retired")),
        )
        for code, words in values[:MOST_LINES]
    ]
    return Group(name_in(told, name.replace("_", " ")), path, lines, max(0, len(values) - MOST_LINES), path)


def _tables(told: dict[str, Any], path: Path) -> Iterator[Group]:
    """Tables of any kind: what has named lines becomes a group, what is a value a line of the group above."""
    single: list[Line] = []
    for name, value in told.items():
        here = (*path, name)
        below = branches(value)
        if below is None or not below:
            single.append(Line(label_of(name), [value_words(value, name)], here))
        elif all(isinstance(one, dict) for one in below.values()):
            lines = [_line(one, (*here, key)) for key, one in below.items()]
            into = here if isinstance(value, list) else None
            yield Group(label_of(name), here, lines[:MOST_LINES], max(0, len(lines) - MOST_LINES), into)
        else:
            yield Group(
                label_of(name),
                here,
                [_of_table(key, one, (*here, key)) for key, one in below.items()][:MOST_LINES],
                max(0, len(below) - MOST_LINES),
            )
    if single:
        yield Group(label_of(path[-1]) if path else _("Settings"), path, single)


def _of_table(key: str, value: Any, path: Path) -> Line:
    return _line(value, path) if isinstance(value, dict) else Line(label_of(key), [value_words(value, key)], path)


def _line(told: dict[str, Any], path: Path) -> Line:
    """One named thing with what is said of it."""
    said = [
        f"{label_of(name)}: {value_words(value, name)}" for name, value in _in_language(told) if _is_said(name, value)
    ]
    badges = []
    if told.get("mark") in Mark.values:
        badges.append(("ok" if told["mark"] == Mark.VERIFIED else "", str(Mark(told["mark"]).label)))
    if told.get("retired"):
        badges.append(("", _("no longer offered")))
    return Line(name_in(told, path[-1]), said, path, badges, bool(told.get("retired")))


def _in_language(told: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What is told in both languages once, in the one of whoever looks."""
    for name, value in told.items():
        base = name.removesuffix("_zh")
        other = told.get(f"{base}_en")
        if isinstance(value, str) and isinstance(other, str):
            yield base, str(Words(value, other))
        else:
            yield name, value


def _is_said(name: str, value: Any) -> bool:
    if (
        name in NAMES
        or name in {"mark", "retired", "values", "values_from"}
        or name.endswith("_en")
        or value in ("", None)
    ):
        return False
    return isinstance(value, PLAIN) or bool(value)
