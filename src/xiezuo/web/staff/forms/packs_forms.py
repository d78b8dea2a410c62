"""What someone types about a part of a pack: the attributes of one thing, read as values of the pack's own types."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.common.errors import RuleBroken
from xiezuo.common.privacy import Privacy
from xiezuo.forms.packs.telling import ACTS, CLASSES, label_of, name_in
from xiezuo.forms.packs.trees import NOTHING, Path, branches, find
from xiezuo.forms.vocab import FieldType, Mark

# Attributes that may be given to what does not have them yet, by the list in which it stands.
OFFERED: dict[str, tuple[str, ...]] = {
    "forms": ("zh", "en", "hidden"),
    "sections": ("zh", "en", "help_zh", "help_en", "folded"),
    "fields": ("zh", "en", "help_zh", "help_en", "required", "hidden", "class"),
    "rows": ("zh", "en", "help_zh", "help_en", "required", "hidden", "class"),
    "values": ("zh", "en", "retired"),
    "items": ("zh", "en", "at_least", "source", "retired"),
}
FIXED = {
    "key",
    "code",
    "id",
    "role",
    "no",
    "type",
    "core",
    "floor",
    "list",
    "of",
    "block",
    "part",
    "part_en",
    "method",
    "valid_from",
}
TICKS = {"required", "hidden", "folded", "retired"}
LONG = {"help_zh", "help_en", "source", "source_en", "zh", "en"}
CHOICES: dict[str, Mapping[str, Any]] = {
    "act": ACTS,
    "class": CLASSES,
    "mark": {mark.value: mark.label for mark in Mark},
}
NUMBERS = {"at_least", "from"}


@dataclass(frozen=True)
class Input:
    """One attribute as a field of the page. `kind`: tick, choice, number, lines, long or text."""

    name: str
    label: str
    kind: str
    value: Any
    options: list[tuple[str, Any]]
    path: Path


def inputs_for(body: Any, path: Path) -> list[Input]:
    """The attributes of what stands at a path; of a table in it, those too."""
    thing = find(body, path)
    if not isinstance(thing, dict):
        return [_input(path[-1], thing, path, "value")]
    offered = OFFERED.get(path[-2] if len(path) > 1 else "", ())
    found = [_input(name, thing.get(name, NOTHING), (*path, name), name) for name in offered]
    for name, value in thing.items():
        if name in offered or name in FIXED:
            continue
        if isinstance(value, dict) and "in" not in value:
            inner = value.items()
            found += [_input(f, v, (*path, name, f), f"{name}.{f}") for f, v in inner if not isinstance(v, dict | list)]
        elif (not isinstance(value, list) or all(isinstance(one, str) for one in value)) and not isinstance(
            value, dict
        ):
            found.append(_input(name, value, (*path, name), name))
    return found


def _input(name: str, value: Any, path: Path, html: str) -> Input:
    if name in TICKS or isinstance(value, bool):
        kind = "tick"
    elif name in CHOICES:
        kind = "choice"
    elif name in NUMBERS or isinstance(value, int | float):
        kind = "number"
    elif isinstance(value, list):
        kind = "lines"
    else:
        kind = "long" if name in LONG and len(str(value)) > 40 else "text"
    shown = "\n".join(value) if isinstance(value, list) else "" if value is NOTHING else value
    options = [(key, words) for key, words in CHOICES.get(name, {}).items()] if kind == "choice" else []
    return Input(
        html,
        label_of(name),
        kind,
        shown,
        [("", _("as the whole form")), *options] if name == "class" else options,
        path,
    )


def values_typed(inputs: list[Input], body: Any, typed: Mapping[str, str]) -> dict[Path, Any]:
    """What was typed, as values of the pack; an empty attribute that was not there stays away. Raises RuleBroken."""
    found: dict[Path, Any] = {}
    for one in inputs:
        before = find(body, one.path)
        value = _value(one, typed.get(f"v.{one.name}", ""), before)
        if not (value is NOTHING and before is NOTHING):
            found[one.path] = value
    return found


def _value(one: Input, text: str, before: Any) -> Any:
    text = text.strip()
    if one.kind == "tick":
        return True if text else (False if before is not NOTHING else NOTHING)
    if one.kind == "lines":
        return [line.strip() for line in text.splitlines() if line.strip()]
    if not text:
        return "" if isinstance(before, str) and one.path[-1] not in OFFERED["fields"] else NOTHING
    if one.kind == "number":
        return number(text, one.label)
    return text


def number(text: str, label: str) -> int | float:
    try:
        return int(text) if re.fullmatch(r"-?\d+", text) else float(text)
    except ValueError as error:
        words = _("“%(what)s” is a number. Write it in digits.")
        raise RuleBroken("forms.pack.no_number", words % {"what": label}) from error


OWN_TYPES = [
    *(
        FieldType.TEXT,
        FieldType.LONG,
        FieldType.INTEGER,
        FieldType.DECIMAL,
        FieldType.YUAN,
        FieldType.DATE,
        FieldType.TIME,
    ),
    *(FieldType.YES_NO, FieldType.CHOICE, FieldType.CHOICES, FieldType.RATING),
]
OWN_CLASSES = [Privacy.INTERNAL, Privacy.PERSONAL, Privacy.SENSITIVE]
CODE_HELP = gettext_lazy("Small letters, digits and _: it stays for good, so that records find it again.")


def new_member(container: str, typed: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    """The key and content of something new in a list of fields, values, lines or steps. Raises RuleBroken."""
    code, zh, en = (typed.get(name, "").strip() for name in ("code", "zh", "en"))
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,59}", code):
        raise RuleBroken("forms.pack.code", str(CODE_HELP), field="code")
    if not zh or not en:
        words = _("Give it a name in Chinese and in English: both are shown, to whoever reads in that language.")
        raise RuleBroken("forms.pack.one_language", words, field="zh" if not zh else "en")
    words_told = {"zh": zh, "en": en}
    if container == "values":
        return code, words_told
    if container != "fields":
        return code, {"code": code, **words_told}
    told: dict[str, Any] = {"key": code, **words_told, "type": typed.get("type", ""), "core": False}
    for name, part in (("class", "class"), ("list", "list")):
        if typed.get(name):
            told[part] = typed[name]
    if typed.get("required"):
        told["required"] = True
    if typed.get("when_field") and typed.get("when_in", "").strip():
        told["when"] = {"field": typed["when_field"], "in": re.split(r"[,,、\s]+", typed["when_in"].strip())}
    return code, told


def siblings(body: Any, path: Path) -> list[tuple[str, str]]:
    """Fields that a new one in this list may depend on."""
    below = branches(find(body, path)) or {}
    return [(key, name_in(one, key)) for key, one in below.items() if isinstance(one, dict)]


def neighbours_of(body: Any, path: Path) -> list[str]:
    """The keys beside something, in order; none where order says nothing."""
    holder = find(body, path[:-1])
    below = branches(holder)
    return list(below) if below is not None and (isinstance(holder, list) or path[-2:-1] == ("values",)) else []
