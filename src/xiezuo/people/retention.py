"""How long records are kept (rule RET): the classes of pack retention-default, and what each floor tells of them.

A floor tells when it starts (`ready` of its AppConfig) by what people are in contact, who belongs to a class, and which
rows of its own end by themselves. Nothing here looks at a table.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, Model, Q
from django.utils.translation import get_language

from xiezuo.forms.packs import pack
from xiezuo.forms.packs.deriving import derived
from xiezuo.people.vocab import RetentionStart

PACK = "retention-default"
PERSON = "people.person"  # as a list of what ends names a person
CHILD, EVERYONE = "child", "person"
FULL_AGE = 18
BY_LAW = frozenset({"verified", "secondary"})  # a period that also stands against a person's wish
LAW = "verified"


def _chinese() -> bool:
    return (get_language() or "").startswith("zh")


@dataclass(frozen=True)
class RecordClass:
    """One class of records: from when its period counts, how long it is, where that stands written.

    `of`: "people", "rows", "none". `least`: the rule names the least that is allowed.
    """

    code: str
    zh: str
    en: str
    of: str
    counted_from: RetentionStart
    years: int
    months: int
    source: str
    source_en: str
    mark: str
    least: bool = False
    methods: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return self.zh if _chinese() else self.en

    @property
    def source_words(self) -> str:
        """Where the rule stands, in the language of the page."""
        return self.source if _chinese() else self.source_en

    def over_on(self, since: date) -> date:
        """The first day on which the period has passed: whoever began on 2 March 2016 is over on 2 March 2026."""
        return later(since, years=self.years, months=self.months)


def later(day: date, *, years: int = 0, months: int = 0) -> date:
    """The same day so much later; where there is none, the day after: 29 February and ten years are 1 March (TIM-5)."""
    whole = day.month - 1 + months
    year, month = day.year + years + whole // 12, whole % 12 + 1
    try:
        return date(year, month, day.day)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)


def earlier(day: date, *, years: int = 0, months: int = 0) -> date:
    """No day that lies after this one is over on `day`; a day earlier may be."""
    whole = day.month - 1 - months
    year, month = day.year - years + whole // 12, whole % 12 + 1
    return date(year, month, min(day.day, 28)) + timedelta(days=max(day.day - 28, 0))


@derived
def classes() -> dict[str, RecordClass]:
    """Every class by its code, in the order of the pack: of classes that end on one day the first gives the reason."""
    return {
        row["code"]: RecordClass(
            code=row["code"],
            zh=row["zh"],
            en=row["en"],
            of=row["of"],
            counted_from=RetentionStart(row["counted_from"]),
            years=row.get("years", 0),
            months=row.get("months", 0),
            source=row["source"],
            source_en=row.get("source_en", row["source"]),
            mark=row["mark"],
            least=row.get("at_least", False),
            methods=tuple(row.get("methods", ())),
        )
        for row in pack(PACK)["classes"]
    }


@dataclass(frozen=True)
class Over:
    """One line of what has passed its period: a row of `table`, of which class, since when it counted, since when over.

    `held`: a legal hold stops it. `rows`: how many rows stand behind the line.
    """

    table: str
    pk: int
    code: str
    since: date
    over_on: date
    held: bool = False
    rows: int = 1


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Rows of `model` whose `column` points at a person tell of a contact on `day` (the path of a date); `precision`: the path of
    how much of the day is known; `only`: which rows do."""

    model: type[Model]
    column: str
    day: str
    precision: str = ""
    only: Q = field(default_factory=Q)


@dataclass(frozen=True, kw_only=True)
class Rows:
    """A class whose rows end by themselves. `over` lists them on a day; `destroy` does away with those behind one line and
    says how many they were; what a hold stops is left out of both."""

    code: str
    table: str
    over: Callable[[RecordClass, date], list[Over]]
    destroy: Callable[[int], int]


Belongs = Callable[[RecordClass], Exists]
_contacts: list[Contact] = []
_belongs: dict[str, Belongs] = {}
_rows: dict[str, Rows] = {}


def tell_contacts(*told: Contact) -> None:
    _contacts.extend(told)


def tell_class(code: str, belongs: Belongs) -> None:
    """Whose records are of a class: `belongs` is asked of the people (OuterRef "pk")."""
    _belongs[code] = belongs


def tell_rows(told: Rows) -> None:
    _rows[told.code] = told


def contacts() -> list[Contact]:
    return list(_contacts)


def belongs(code: str) -> Belongs | None:
    return _belongs.get(code)


def rows_of_class(code: str) -> Rows | None:
    return _rows.get(code)


def end_of(day: date, precision: str) -> date:
    """The last day that a date known to the month or year may be."""
    if precision == "year":
        return date(day.year, 12, 31)
    if precision == "month":
        return later(date(day.year, day.month, 1), months=1) - timedelta(days=1)
    return day
