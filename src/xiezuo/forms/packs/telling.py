"""A change of a pack in words: what it is about, what it was, what it is. People read these, not paths."""

import re
from contextlib import suppress
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from xiezuo.common.privacy import Privacy
from xiezuo.forms.packs.finding import all_items
from xiezuo.forms.packs.merging import Change
from xiezuo.forms.packs.pointing import pointed
from xiezuo.forms.packs.trees import NOTHING, ORDER, Path, branches
from xiezuo.forms.vocab import FieldType, Mark, PackKind

# What the members of a table of this name are.
MEMBERS: dict[str, Promise] = {
    "forms": gettext_lazy("form “%(name)s”"),
    "blocks": gettext_lazy("shared part “%(name)s”"),
    "sections": gettext_lazy("section “%(name)s”"),
    "fields": gettext_lazy("field “%(name)s”"),
    "rows": gettext_lazy("column “%(name)s”"),
    "codes": gettext_lazy("list “%(name)s”"),
    "values": gettext_lazy("value “%(name)s”"),
    "rules": gettext_lazy("rule “%(name)s”"),
    "items": gettext_lazy("line “%(name)s”"),
    "checklists": gettext_lazy("checklist “%(name)s”"),
    "stages": gettext_lazy("stage “%(name)s”"),
    "steps": gettext_lazy("step “%(name)s”"),
}
PARTS: dict[str, Promise] = {
    "zh": gettext_lazy("Chinese name"),
    "en": gettext_lazy("English name"),
    "help_zh": gettext_lazy("help in Chinese"),
    "help_en": gettext_lazy("help in English"),
    "title": gettext_lazy("title"),
    "title_en": gettext_lazy("English title"),
    "required": gettext_lazy("must be filled in"),
    "hidden": gettext_lazy("hidden"),
    "folded": gettext_lazy("folded away"),
    "retired": gettext_lazy("no longer offered"),
    "type": gettext_lazy("type"),
    "class": gettext_lazy("for whose eyes"),
    "list": gettext_lazy("code list"),
    "when": gettext_lazy("asked for only if"),
    "act": gettext_lazy("what the system does"),
    "source": gettext_lazy("source"),
    "source_en": gettext_lazy("source in English"),
    "mark": gettext_lazy("how far it was looked up"),
    "verified_on": gettext_lazy("looked up on"),
    "verified_by": gettext_lazy("looked up by"),
    "licence": gettext_lazy("licence"),
    "valid_from": gettext_lazy("holds from"),
    "valid_to": gettext_lazy("holds until"),
    "place": pgettext_lazy("of a pack", "place"),
    ORDER: pgettext_lazy("of lines", "order"),
}
ACTS: dict[str, Promise] = {
    "refuse": pgettext_lazy("what a rule does", "refuses"),
    "warn": pgettext_lazy("what a rule does", "warns"),
    "remind": pgettext_lazy("what a rule does", "reminds"),
    "inform": pgettext_lazy("what a rule does", "tells"),
}
CLASSES: dict[str, Promise] = {
    Privacy.PUBLIC: gettext_lazy("public"),
    Privacy.INTERNAL: gettext_lazy("internal"),
    Privacy.PERSONAL: gettext_lazy("personal"),
    Privacy.SENSITIVE: gettext_lazy("sensitive"),
    Privacy.AUTHOR_ONLY: gettext_lazy("author only"),
}
LONGEST = 120


def name_in(thing: Any, otherwise: str) -> str:
    """What something is called in the language of whoever looks; its key where it has no name."""
    if not isinstance(thing, dict):
        return otherwise
    zh, en = _filled(thing, "zh", "title"), _filled(thing, "en", "title_en")
    return (zh or en if (get_language() or "zh").startswith("zh") else en or zh) or otherwise


def _filled(thing: dict[str, Any], *names: str) -> str:
    """The words under one of these names, with the numbers that stand beside them put in."""
    said = next((str(thing[name]) for name in names if thing.get(name)), "")
    numbers = _numbers(thing) if "{" in said else {}
    return re.sub(r"\{(\w+)\}", lambda name: str(numbers.get(name[1], name[0])), said)


def _numbers(thing: dict[str, Any]) -> dict[str, Any]:
    """What stands under `values`, and what `values_from` points to in other packs; one that leads nowhere is left out."""
    here, pointers = thing.get("values"), thing.get("values_from")
    found = dict(here) if isinstance(here, dict) else {}
    for name, pointer in pointers.items() if isinstance(pointers, dict) else ():
        with suppress(KeyError):
            found[name] = pointed(str(pointer))
    return found


def names() -> dict[str, dict[str, str]]:
    """What the packs of names call the parts of packs, and words that stand in them."""
    found = all_items(PackKind.CODES, "codes").get("pack_names")
    return dict(found.value["values"]) if found else {}


def label_of(name: str) -> str:
    """What a name in a pack is called on the screen: by a pack of names, else as it stands there."""
    if name in PARTS:
        return str(PARTS[name])
    return name_in(names().get(name), name.replace("_", " "))


def place_words(path: Path, *bodies: Any) -> str:
    """What a path is about. `bodies`: packs in which it may stand, the first that knows a name counts."""
    said: list[str] = []
    for number, name in enumerate(path):
        container = path[number - 1] if number else ""
        if name in MEMBERS and container not in MEMBERS:
            continue
        if container in MEMBERS and name != ORDER:
            called = next((found for body in bodies if (found := _called(body, path[: number + 1]))), name)
            said.append(str(MEMBERS[container]) % {"name": called})
        else:
            said.append(label_of(name))
    return " › ".join(said)


def _called(body: Any, path: Path) -> str:
    here = body
    for name in path:
        here = (branches(here) or {}).get(name, NOTHING)
    return name_in(here, "")


def value_words(value: Any, name: str = "") -> str:
    """A value in words, short enough for a line."""
    if value is NOTHING or value in (None, ""):
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return (_condition(value) if "in" in value else name_in(value, _pairs(value)))[:LONGEST]
    if isinstance(value, list):
        return pgettext("between the items of a list", ", ").join(value_words(one) for one in value)[:LONGEST]
    return _known(str(value), name)[:LONGEST]


def _pairs(told: dict[str, Any]) -> str:
    """A small table as one line."""
    between = pgettext("between the items of a list", ", ")
    return between.join(f"{label_of(name)} {value_words(value, name)}" for name, value in told.items())


def _condition(when: dict[str, Any]) -> str:
    return f"{when.get('field')} = {' / '.join(map(str, when['in']))}"


def _known(value: str, name: str) -> str:
    """Stored words in the language of people."""
    if name == "act" and value in ACTS:
        return str(ACTS[value])
    if name == "class" and value in CLASSES:
        return str(CLASSES[value])
    if name == "type" and value in FieldType.values:
        return str(FieldType(value).label)
    if value in Mark.values:
        return str(Mark(value).label)
    return name_in(names().get(value), value)


def change_words(change: Change, *bodies: Any) -> str:
    """A change as one line: where, what it was, what it is."""
    where, name = place_words(change.path, *bodies), change.path[-1] if change.path else ""
    if name == ORDER:
        return _("%(where)s changed") % {"where": where}
    if change.before is NOTHING and isinstance(change.after, dict):
        return _("%(where)s added") % {"where": where}
    if change.after is NOTHING and isinstance(change.before, dict):
        return _("%(where)s left out") % {"where": where}
    said = {"where": where, "before": value_words(change.before, name), "after": value_words(change.after, name)}
    return _("%(where)s: %(before)s → %(after)s") % said
