"""A pack held against what it was changed from, or against the shipped forms it replaces: nothing may be lost by it."""

from collections.abc import Iterator
from typing import Any

from xiezuo.common.privacy import Privacy
from xiezuo.forms.packs.verifying.contents import code_of, is_rule, lines_of, told_of
from xiezuo.forms.packs.verifying.problems import Problem, at
from xiezuo.forms.vocab import Mark, PackKind

CLOSED = [Privacy.PUBLIC, Privacy.INTERNAL, Privacy.PERSONAL, Privacy.SENSITIVE, Privacy.AUTHOR_ONLY]
SAME = ("type", "list", "of")  # what an answer written before is read by
NUMBERS = ("values", "values_from")
ACTS = ["inform", "remind", "warn", "refuse"]  # from the softest


def loss_problems(body: dict[str, Any], base: dict[str, Any]) -> Iterator[Problem]:
    """What `body` loses of the version it was made from."""
    if body.get("kind") == PackKind.FORMS:
        for key in base.get("forms", {}).keys() - body.get("forms", {}).keys():
            yield Problem("form_lost", at("forms", key), {"what": key})
    for name, told in (base.get("codes") or {}).items():
        now = ((body.get("codes") or {}).get(name) or {}).get("values") or {}
        for code in (told.get("values") or {}).keys() - now.keys():
            yield Problem("code_lost", at("codes", name), {"what": str(code)})
    if body.get("kind") == PackKind.CHECKLIST:
        here = {(*path, code_of(line)) for path, line in lines_of(told_of(body), ())}
        for path, line in lines_of(told_of(base), ()):
            if (*path, code_of(line)) not in here:
                yield Problem("item_lost", at(*path), {"what": code_of(line)})
    yield from _rules(body.get("rules"), base.get("rules"))


def _rules(now: Any, before: Any) -> Iterator[Problem]:
    """A rule that was read in the law cannot be left out, softened, or called less sure; nor can a number read there change."""
    for name, rule in before.items() if isinstance(before, dict) else ():
        if not (isinstance(rule, dict) and is_rule(rule)):
            continue
        held = now.get(name) if isinstance(now, dict) else None
        told = held if isinstance(held, dict) else {}
        if _mark(rule, "duty_mark") == Mark.VERIFIED:
            less_sure = _mark(told, "duty_mark") != Mark.VERIFIED
            if not told or _softness(told) < _softness(rule) or less_sure:
                yield Problem("law_softened", at("rules", name))
                continue
        if told and _mark(rule, "number_mark") == Mark.VERIFIED and any(told.get(n) != rule.get(n) for n in NUMBERS):
            yield Problem("law_numbers", at("rules", name))


def _mark(rule: dict[str, Any], name: str) -> str:
    """How far the duty, or the numbers, of a rule were looked up: its own mark where it says nothing apart."""
    return str(rule.get(name) or rule.get("mark") or "")


def _softness(rule: dict[str, Any]) -> int:
    act = str(rule.get("act", ""))
    return ACTS.index(act) if act in ACTS else len(ACTS)


def core_problems(body: dict[str, Any], shipped: dict[str, Any], blocks: dict[str, Any]) -> Iterator[Problem]:
    """What the forms of `body` lose of the shipped forms of the same name (with the shipped blocks)."""
    own_blocks = blocks | (body.get("blocks") or {})
    for key, told in (body.get("forms") or {}).items():
        if key in shipped and isinstance(told, dict):
            yield from _form(key, told, shipped[key], own_blocks, blocks)


def _form(
    key: str, told: dict[str, Any], core: dict[str, Any], own_blocks: dict[str, Any], blocks: dict[str, Any]
) -> Iterator[Problem]:
    now = {one["key"]: (one, shared) for one, shared in fields_of(told, own_blocks)}
    for one, shared in fields_of(core, blocks):
        if not one.get("core", True):
            continue
        name, where = str(one["key"]), at("forms", key)
        if name not in now:
            yield Problem("core_lost", where, {"what": name})
            continue
        yield from _field(one, now[name][0], at(where, name))
        before, after = _class(one, shared), _class(*now[name])
        if CLOSED.index(after) < CLOSED.index(before):
            yield Problem("core_opened", at(where, name), {"what": name, "before": str(before), "now": str(after)})


def _class(one: dict[str, Any], shared: str) -> Privacy:
    return Privacy(one.get("class", shared))


def _field(core: dict[str, Any], now: dict[str, Any], where: str) -> Iterator[Problem]:
    name = str(core["key"])
    for part in SAME:
        if (core.get(part) or "") != (now.get(part) or ""):
            yield Problem("core_changed", where, {"what": name, "how": f"{core.get(part)} → {now.get(part)}"})
    if core.get("required") and not now.get("required"):
        yield Problem("core_looser", where, {"what": name})
    rows = {one["key"]: one for one in now.get("rows") or () if isinstance(one, dict) and "key" in one}
    for one in core.get("rows") or ():
        if "key" in one and one.get("core", True):
            if one["key"] in rows:
                yield from _field(one, rows[one["key"]], at(where, one["key"]))
            else:
                yield Problem("core_lost", where, {"what": str(one["key"])})


def fields_of(form: dict[str, Any], blocks: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """The fields of a form with the class that holds where they say none; those of its blocks too, by block and key."""
    for section in form.get("sections") or ():
        name = section.get("block")
        block = blocks.get(name, {}) if name else {}
        shared = str(block.get("class") or form.get("class") or Privacy.INTERNAL)
        for one in (block if name else section).get("fields") or ():
            if isinstance(one, dict) and "key" in one:
                must = {"required": True} if name and section.get("required") and one.get("type") != "computed" else {}
                yield ({**one, **must, "key": f"{name}.{one['key']}"} if name else one), shared
