"""How a form stands on paper, as packs of kind `documents` tell it: title, order, what stands together, who signs.

A pack's `layouts` maps the form's identifier to `{"zh", "en", "lines": […]}`. Each line is one of
`["key", "key"]` (short answers beside each other), `{"band": …}`, `{"wide": key, "lines": n}`,
`{"rows": key, "blank": n, "widths": {key: share}, "only": [key]}`, `{"list": [key], "blank": n, "widths": …}`
(a sheet on which the form is one row), `{"sign": "SIGN" | key | "", "zh", "en", "lines": n}`.
What the layout does not name and the form asks for follows at the end, so that no answer is lost; what it names under
`omit` only where it was answered.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from xiezuo.forms.definitions import FormDefinition, Words, words
from xiezuo.forms.packs.finding import item
from xiezuo.forms.vocab import Mark, PackKind


@dataclass(frozen=True)
class Layout:
    """`mark` and `source`: where the order of the paper comes from."""

    title: Words
    lines: tuple[Any, ...]
    omit: frozenset[str]
    mark: Mark | None
    source: str

    def named(self) -> Iterator[str]:
        """Keys of the fields (and blocks) that the layout places."""
        for line in self.lines:
            if isinstance(line, list):
                yield from line
            else:
                yield from line.get("list", ())
                yield from filter(None, (line.get(name) for name in ("wide", "rows", "sign")))


def layout_of(form: FormDefinition, on: date | None = None) -> Layout | None:
    """The layout of the form on a day (today); None for the general one."""
    try:
        found = item(PackKind.DOCUMENTS, "layouts", form.key, on)
    except KeyError:
        return None
    told, body = found.value, found.edition.body
    mark = Mark(told.get("mark") or body["mark"])
    return Layout(
        words(told),
        tuple(told["lines"]),
        frozenset(told.get("omit", ())),
        mark,
        str(told.get("source") or body["source"]),
    )
