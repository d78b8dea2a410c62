"""One field of a form as the page shows it: which input it has, what stands in it, and whether it is asked for now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiezuo.forms.definitions import FieldDef, Words
from xiezuo.forms.models import SubmissionFile
from xiezuo.forms.vocab import FieldType, Unanswered
from xiezuo.service.filling.things import PEOPLE
from xiezuo.web.staff.service.beginning import ABOUT

AT_ONCE = 7  # so many answers are seen at once; more are chosen from a list
DRAWN = frozenset({"genogram", "ecomap"})  # fields for pictures of the family and of what stands around it
LISTED = 12  # more than so many are found by typing
RATINGS: tuple[str | Promise, ...] = (
    _("extremely poor"),
    _("very poor"),
    _("poor"),
    _("fair"),
    _("good"),
    _("very good"),
)
INPUTS = {FieldType.DATE: "date", FieldType.TIME: "time", FieldType.DATETIME: "datetime-local"}
NUMBERS = {FieldType.INTEGER: "numeric", FieldType.DECIMAL: "decimal", FieldType.YUAN: "decimal"}


def id_of(name: str) -> str:
    return f"id_{name.replace('.', '_')}"


@dataclass
class Option:
    value: str
    label: str | Promise
    chosen: bool = False


@dataclass
class Named:
    """Something an answer names: the value the form carries and what it is called; `known`: there is a row of it."""

    value: str
    label: str
    known: bool


@dataclass
class RowView:
    number: str
    place: int
    fields: list["FieldView"]


@dataclass
class FieldView:
    """`widget` names the template part; `when` and `when_in`: of which input it hangs on which values."""

    asked: FieldDef
    name: str
    widget: str
    required: bool
    shown: bool = True
    values: Sequence[str] = ()
    errors: Sequence[str] = ()
    options: Sequence[Option] = ()
    named: Sequence[Named] = ()
    found: Sequence[Any] = ()
    q: str = ""
    rows: Sequence[RowView] = ()
    files: Sequence[SubmissionFile] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    when: str = ""
    when_in: str = ""
    computed: str = ""
    searched: bool = False

    @property
    def id(self) -> str:
        return id_of(self.name)

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def text(self) -> str:
        """Everything that stands in it, one below the other."""
        return "\n".join(self.values)

    @property
    def is_short(self) -> bool:
        """Two of them fit beside each other on a phone."""
        return self.asked.type == FieldType.TIME or self.asked.type in NUMBERS

    @property
    def label(self) -> Words:
        return self.asked.label

    @property
    def can_be_drawn(self) -> bool:
        """A picture that the house draws from the record."""
        return self.asked.type == FieldType.FILE and self.name in DRAWN

    @property
    def is_filled(self) -> bool:
        return any(text.strip() for text in self.values) or bool(self.rows or self.extra.get("verbal"))

    @property
    def takes_names(self) -> bool:
        """Someone who is not registered can stand here by what they are called; not the person the form is about."""
        return self.asked.of in PEOPLE and self.name != ABOUT

    @property
    def is_group(self) -> bool:
        """Several inputs under one name: a fieldset with a legend instead of a label."""
        return self.widget in {"pick", "rating", "people", "rows", "sign", "file"}

    @property
    def unanswered(self) -> list[Option]:
        if not self.asked.unknown_allowed:
            return []
        chosen = self.extra.get("unanswered", "")
        return [Option(value, label, value == chosen) for value, label in Unanswered.choices]

    @property
    def described(self) -> str:
        told = [f"{self.id}_error"] if self.errors else []
        return " ".join(told + ([f"{self.id}_help"] if self.asked.help else []))

    @property
    def input_type(self) -> str:
        return INPUTS.get(self.asked.type, "text")

    @property
    def input_mode(self) -> str:
        return NUMBERS.get(self.asked.type, "")

    @property
    def is_wide(self) -> bool:
        """Needs the whole width; two of the others fit beside each other."""
        return self.is_group or self.widget in {"long", "lines"}
