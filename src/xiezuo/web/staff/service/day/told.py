"""The work of a day in the words of a page: each service with who came, and the numbers by method."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.orgs.access import Actor
from xiezuo.people.models import Person
from xiezuo.service.indicators import INDICATORS
from xiezuo.service.models import ServiceRecord
from xiezuo.service.workday import ByMethod, Numbers, people_named
from xiezuo.web.base.words import number_words
from xiezuo.web.staff.service.figures_told import figure_words

SHOWN = ("headcount", "person_times", "unnamed", "event_count", "session_count")
NAMES = 4  # on one line; the rest is a number


@dataclass(frozen=True)
class Line:
    """One service. `names` are those the reader may know, `more` how many others came; `first` of its method on the page."""

    record: ServiceRecord
    names: list[Person]
    more: int
    first: bool


def lines_of(actor: Actor, records: list[ServiceRecord]) -> list[Line]:
    named = people_named(records, actor)
    methods = [record.method for record in records]
    return [
        _line(record, named.get(record.pk, []), methods.index(record.method) == n) for n, record in enumerate(records)
    ]


def _line(record: ServiceRecord, names: list[Person], first: bool) -> Line:
    times = getattr(record, "times", 0) or 0
    shown = names[:NAMES]
    return Line(record, shown, 0 if record.is_closed else max(times - len(shown), 0), first)


@dataclass(frozen=True)
class Cell:
    """A number with its unit. `url`: its rows, where they stand on another page."""

    words: str
    unit: str | Promise
    label: str | Promise
    url: str = ""

    @property
    def is_zero(self) -> bool:
        return self.words in {"0", "0.0"}


def cells_of(numbers: Numbers) -> list[Cell]:
    """Of a day the duration is told in minutes."""
    found = [
        Cell(figure_words(code, getattr(numbers, code)), INDICATORS[code].unit, INDICATORS[code].label)
        for code in SHOWN
    ]
    duration = Cell(number_words(numbers.service_hours), pgettext("unit", "minutes"), _("duration of the services"))
    return [*found, duration]


@dataclass(frozen=True)
class MethodRow:
    """`anchor`: where on the page the services of the method begin."""

    label: str | Promise
    anchor: str
    services: str
    cells: list[Cell]


def method_rows(found: list[ByMethod]) -> list[MethodRow]:
    return [
        MethodRow(one.method.label, str(one.method), number_words(one.numbers.services), cells_of(one.numbers))
        for one in found
    ]
