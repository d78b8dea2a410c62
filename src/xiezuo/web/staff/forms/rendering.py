"""A form as a page, from its definition and what was typed. `form_page_context` also shows one that is not published yet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext

from xiezuo.forms.definitions import FieldDef, FormDefinition, SectionDef, Words
from xiezuo.forms.filling import Typed, fits, is_must, row_ids
from xiezuo.forms.filling.reading import UNANSWERED
from xiezuo.forms.filling.values import NO, UNREGISTERED, YES, codes_of
from xiezuo.forms.vocab import FieldType
from xiezuo.service.filling.things import is_searched
from xiezuo.web.staff.forms.sheet import Data, left_out
from xiezuo.web.staff.forms.views_of_fields import (
    AT_ONCE,
    INPUTS,
    LISTED,
    NUMBERS,
    RATINGS,
    FieldView,
    Named,
    Option,
    RowView,
)

VISIBLE = 8  # fields before the first fold
PLAIN = {FieldType.TEXT: "line", FieldType.LONG: "long", FieldType.FILE: "file", FieldType.SIGNATURE: "sign"}
PLAIN |= dict.fromkeys(INPUTS, "line") | dict.fromkeys(NUMBERS, "line")


@dataclass
class SectionView:
    """`fields` are seen, `more` is folded below them; `is_open`: the section itself. `missing`: what still has to be
    answered; `last_on`: the day of the form from which it can be taken over."""

    key: str
    label: Words
    help: Words
    block: str
    fields: list[FieldView]
    more: list[FieldView]
    is_open: bool
    folds: bool
    missing: int
    last_on: str = ""

    @property
    def everything(self) -> list[FieldView]:
        return [*self.fields, *self.more]

    @property
    def more_open(self) -> bool:
        return any(one.is_filled or one.errors for one in self.more)


def form_page_context(form: FormDefinition, data: Data, *, about: Iterable[FieldView] = ()) -> dict[str, Any]:
    """What template `staff/forms/parts/body.html` needs."""
    return {"form": form, "key": data.key, "sections": _sections(form, data), "data": data, "about": list(about)}


def preview(form: FormDefinition, typed: Typed, on: date) -> dict[str, Any]:
    """The same for a form that is only tried out: nothing of it is kept, nobody is found."""
    return form_page_context(form, Data(on=on, typed=typed))


def _sections(form: FormDefinition, data: Data) -> list[SectionView]:
    room = VISIBLE
    found: list[SectionView] = []
    for section in form.sections:
        if section.block in left_out(form):
            continue
        views = [view for one in section.fields if (view := _shown(one, section.fields, form, data))]
        if not views:
            continue
        found.append(_section(section, views, room if not section.folded else 0, bool(found), data))
        room = max(room - len(views), 0)
    return found


def _shown(one: FieldDef, beside: tuple[FieldDef, ...], form: FormDefinition, data: Data) -> FieldView | None:
    if one.type == FieldType.COMPUTED:
        value = data.computed.get(one.key)
        return None if value is None else FieldView(one, one.key, "computed", required=False, computed=str(value))
    return None if one.hidden else field_view(one, tuple(form.fields()), data, "")


def _section(section: SectionDef, views: list[FieldView], room: int, later: bool, data: Data) -> SectionView:
    seen = _cut(views, room) if room else []
    folds = not seen
    fields, more = (views, []) if folds else (seen, views[len(seen) :])
    return SectionView(
        key=section.key,
        label=section.label,
        help=section.help,
        block=section.block,
        fields=fields,
        more=more,
        is_open=not folds or any(one.is_filled or one.errors for one in views),
        folds=folds and later,
        missing=sum(1 for one in views if one.required and one.shown and not one.is_filled),
        last_on=data.last_on.get(section.key, ""),
    )


def _cut(views: list[FieldView], room: int) -> list[FieldView]:
    """As many as there is room for; a section that is only a little longer is seen whole."""
    return views if len(views) <= room + 2 else views[:room]


def field_view(one: FieldDef, beside: tuple[FieldDef, ...], data: Data, before: str) -> FieldView:
    name = f"{before}{one.key}"
    view = FieldView(
        one,
        name,
        widget=_widget(one, data),
        required=is_must(one),
        shown=fits(one, beside, data.typed, before),
        values=data.typed.get(name, []),
        errors=data.errors.get(name, []),
        extra=dict(_extra(name, data.typed)),
    )
    if one.when is not None:
        in_row = any(other.key == one.when.field for other in beside)
        view.when, view.when_in = f"{before if in_row else ''}{one.when.field}", "|".join(one.when.values)
    _fill(view, data)
    return view


def _extra(name: str, typed: Typed) -> Iterator[tuple[str, str]]:
    for part in (UNANSWERED, "verbal", "witness", "q"):
        if texts := typed.get(f"{name}.{part}"):
            yield part, texts[0]


def _widget(one: FieldDef, data: Data) -> str:
    if one.type == FieldType.ROWS:
        return "rows"
    if one.type in {FieldType.YES_NO, FieldType.CHOICES}:
        return "pick"
    if one.type == FieldType.RATING:
        return "rating"
    if one.type == FieldType.CHOICE:
        many = len(codes_of(one.code_list, data.on))
        return "pick" if many <= AT_ONCE else "select" if many <= LISTED else "datalist"
    if one.type in {FieldType.REFERENCE, FieldType.REFERENCES}:
        return _naming(one, data)
    return PLAIN[one.type]


def _naming(one: FieldDef, data: Data) -> str:
    several = one.type == FieldType.REFERENCES
    if one.of not in data.kinds:
        return "lines" if several else "line"
    if is_searched(one.of):
        return "people"
    return "pick" if several else "select"


def _fill(view: FieldView, data: Data) -> None:
    if view.widget == "rows":
        view.rows = _rows(view, data)
    elif view.widget == "people":
        view.searched = True
        view.named, view.q = _named(view, data), view.extra.get("q", "")
        view.found = data.search(view.asked.of, view.q) if view.q else []
    elif view.widget in {"file", "sign"}:
        view.files = [data.files[key] for key in view.values if key in data.files]
    elif view.asked.type in {FieldType.REFERENCE, FieldType.REFERENCES} and view.asked.of not in data.kinds:
        view.values = [text.removeprefix(UNREGISTERED) for text in view.values]
    else:
        view.options = [
            Option(value, label, value in view.values or str(label) in view.values)
            for value, label in _options(view, data)
        ]


def _rows(view: FieldView, data: Data) -> list[RowView]:
    return [
        RowView(
            number,
            place,
            [
                field_view(inside, view.asked.rows, data, f"{view.name}.{number}.")
                for inside in view.asked.rows
                if inside.is_asked
            ],
        )
        for place, number in enumerate(row_ids(data.typed, view.name), start=1)
    ]


def _named(view: FieldView, data: Data) -> list[Named]:
    ids = {int(text) for text in view.values if text.isdecimal()}
    called = data.names(view.asked.of, ids)
    found = []
    for text in filter(None, view.values):
        if text.startswith(UNREGISTERED):
            found.append(Named(text, text[1:], known=False))
        elif text.isdecimal():
            label = called[int(text)].label if int(text) in called else gettext("someone not open to you")
            found.append(Named(text, label, known=int(text) in called))
    return found


def _options(view: FieldView, data: Data) -> Iterator[tuple[str, Any]]:
    kind = view.asked.type
    if kind == FieldType.YES_NO:
        yield from ((YES, gettext("Yes")), (NO, gettext("No")))
    elif kind == FieldType.RATING:
        yield from ((str(number), words) for number, words in enumerate(RATINGS))
    elif kind in {FieldType.REFERENCE, FieldType.REFERENCES}:
        yield from ((str(thing.pk), _thing_words(thing)) for thing in data.choices(view.asked.of))
    elif kind in {FieldType.CHOICE, FieldType.CHOICES}:
        told = codes_of(view.asked.code_list, data.on)
        yield from ((code, code_words(words)) for code, words in told.items())
        yield from ((text, text) for text in view.values if text and text not in told and not _says(text, told))


def _says(text: str, told: dict[str, dict[str, str]]) -> bool:
    return any(text in words.values() for words in told.values())


def _thing_words(thing: Any) -> str:
    return f"{thing.label} {thing.meta}".strip()


def code_words(words: dict[str, str]) -> str:
    """A value of a list in the language of the page."""
    chinese = (get_language() or "zh").startswith("zh")
    return words.get("zh", "") if chinese else words.get("en") or words.get("zh", "")
