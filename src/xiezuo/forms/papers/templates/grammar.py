"""What may be said between {{ }} and {% %} in a template: names, one loop over rows, simple conditions. Nothing is called.

Read from the syntax tree, before anything of it runs: what is not named here is refused.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import RuleBroken

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import SandboxedEnvironment

FILTERS = frozenset({"default", "trim", "upper", "lower"})
OF_LOOP = frozenset({"index", "index0", "first", "last", "length"})
PLAIN = frozenset(
    {"Template", "Output", "TemplateData", "If", "Not", "And", "Or", "Compare", "Operand", "Const", "For", "Name"}
)
PARTS = frozenset({"Getattr", "Filter", "Test"})
MOST_LOOPS, MOST_ROWS, MOST_LETTERS = 40, 200, 20_000_000


@dataclass
class Names:
    """What a form offers: single names, names with parts (org → name, unit), rows with the names inside each."""

    single: frozenset[str]
    parts: Mapping[str, frozenset[str]]
    rows: Mapping[str, frozenset[str]]
    unknown: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    loops: int = 0
    letters: int = 0


def environment() -> "SandboxedEnvironment":
    """A sandbox in which nothing is there beside what is given to it."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    sandbox = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    sandbox.globals.clear()
    sandbox.filters = {name: sandbox.filters[name] for name in FILTERS}
    sandbox.tests = {name: sandbox.tests[name] for name in ("defined", "undefined")}
    return sandbox


def read(source: str, names: Names) -> None:
    """Read one part of a template; what it uses is added to `names`. Raises RuleBroken for what may not stand there."""
    from jinja2 import TemplateSyntaxError

    try:
        tree = environment().parse(source)
    except (TemplateSyntaxError, RecursionError) as error:
        words = _("A field of the template is not written rightly: %(what)s. Look for a missing bracket or “endfor”.")
        raise RuleBroken("forms.template_syntax", words % {"what": str(error)[:120]}) from error
    _walk(tree, names, {}, 1)


def _walk(node: "nodes.Node", names: Names, inside: Mapping[str, Collection[str]], times: int) -> None:
    kind = type(node).__name__
    if kind == "For":
        _loop(node, names, inside)
        return
    if kind == "Name":
        _single(node, names, inside)
    elif kind == "Getattr":
        _part(node, names, inside)
        return
    elif kind == "Filter":
        _must_be(node.name in FILTERS, f"|{node.name}")  # type: ignore[attr-defined]
    elif kind == "TemplateData":
        names.letters += len(node.data) * times  # type: ignore[attr-defined]
    elif kind not in PLAIN | PARTS:
        _must_be(False, _said(kind))
    for child in node.iter_child_nodes():
        _walk(child, names, inside, times)


def _loop(node: Any, names: Names, inside: Mapping[str, Collection[str]]) -> None:
    """One loop over the rows of a field; none inside another, none that calls itself."""
    if inside or node.recursive or node.test is not None:
        raise _bomb()
    names.loops += 1
    over = getattr(node.iter, "name", "") if type(node.iter).__name__ == "Name" else ""
    _must_be(type(node.target).__name__ == "Name" and bool(over), _said(type(node.iter).__name__))
    if over not in names.rows:
        names.unknown.add(over)
        return
    names.used.add(over)
    within = {node.target.name: names.rows[over], "loop": OF_LOOP}
    for child in node.body:
        _walk(child, names, within, MOST_ROWS)
    for child in node.else_:
        _walk(child, names, {}, 1)
    if names.loops > MOST_LOOPS or names.letters > MOST_LETTERS:
        raise _bomb()


def _single(node: Any, names: Names, inside: Mapping[str, Collection[str]]) -> None:
    if node.name in names.single or node.name in names.rows:
        names.used.add(node.name)
    elif node.name not in inside:
        names.unknown.add(node.name)


def _part(node: Any, names: Names, inside: Mapping[str, Collection[str]]) -> None:
    """`row.key` inside a loop, `org.name` everywhere; one dot and no more."""
    _must_be(type(node.node).__name__ == "Name" and not node.attr.startswith("_"), f".{node.attr}")
    owner = node.node.name
    known = inside.get(owner) if owner in inside else names.parts.get(owner)
    if known is None or node.attr not in known:
        names.unknown.add(f"{owner}.{node.attr}")
    else:
        names.used.add(f"{owner}.{node.attr}")


def _said(kind: str) -> str:
    return {"Call": "( )", "Getitem": "[ ]", "Include": "include", "Import": "import", "Extends": "extends"}.get(
        kind, kind.lower()
    )


def _must_be(holds: bool, what: str) -> None:
    if not holds:
        words = _(
            "“%(what)s” may not stand in a template: only names of fields, a loop over rows and a simple “if” may. "
            "The file was not kept; take it out and upload again."
        )
        raise RuleBroken("forms.template_not_allowed", words % {"what": what}, what=what)


def _bomb() -> RuleBroken:
    words = _(
        "This template repeats too much: a loop may go over rows once and not inside another one. The file was not "
        "kept; write the rows one below the other and upload again."
    )
    return RuleBroken("forms.template_repeats", words)
