"""What an indicator can be told apart by: the record's own fields, its month, and of people sex and age.

A key gives, for the rows an indicator adds up, the expression whose value they are told apart by.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Expression, F, IntegerField, Model, Q, Value, When
from django.db.models.functions import Cast, Coalesce, Replace, Substr
from django.db.models.lookups import Exact, GreaterThanOrEqual, In, LessThan

from xiezuo.common.days import Precision
from xiezuo.forms.packs import pack
from xiezuo.forms.packs.deriving import derived
from xiezuo.people.vocab import BornPrecision, Sex
from xiezuo.service.models import Participation, ServiceRecord
from xiezuo.service.periods import Period, in_periods
from xiezuo.service.vocab import AgeGroup, ParticipationMode

MakesKey = Callable[[type[Model]], Expression]
Key = str | Period | MakesKey
TEXT = CharField()
NAMED = "@"  # no group is called like that
DIMENSION_OF_RECORD = "series__activity__dimensions__code"  # of the activity whose day it is; several count in each
NO_MONTH = -1  # only the year is known
YEAR = 10_000  # between two days written as YYYYMMDD; completed years are what is left of a division by it
NOT_BORN = 200  # years that a service can lie before the birth of someone who, as written down, came to it
ADULT = 18  # full age by law, not a threshold of ours (未成年人保护法第二条)
# The widest that a day can lie behind the first one it may be, as YYYYMMDD: the 31st, 31 December.
LATER = {Precision.MONTH: 30, Precision.YEAR: 1130}


def on_record(model: type[Model], field: str) -> str:
    """The path of a record's field from the rows that an indicator adds up."""
    return field if model is ServiceRecord else f"record__{field}"


def expression(model: type[Model], key: Key) -> Expression | F:
    if isinstance(key, Period):
        return key(on_record(model, "service_date"))
    return F(on_record(model, key)) if isinstance(key, str) else key(model)


@dataclass(frozen=True)
class Months:
    """As `within`, the first days of months; NO_MONTH for records of which only the year is known."""

    within: Period

    def __call__(self, model: type[Model]) -> Case:
        unknown = When(**{on_record(model, "date_precision"): Precision.YEAR}, then=Value(NO_MONTH))
        return Case(unknown, default=expression(model, self.within), output_field=IntegerField())

    def of(self, day: date | None, precision: str) -> int | None:
        return NO_MONTH if precision == Precision.YEAR else self.within.of(day)


def in_months(starts: Sequence[date]) -> Months:
    return Months(in_periods(starts))


def sex(model: type[Model]) -> Expression:
    """Of a named person as registered; of everyone else as guessed. Values of `Sex`."""
    if model is not Participation:
        return Coalesce(F("person__sex"), Value(Sex.UNKNOWN), output_field=TEXT)
    return Case(When(mode=ParticipationMode.NAMED, then=F("person__sex")), default=F("sex_guess"), output_field=TEXT)


@dataclass(frozen=True)
class Band:
    """An age band of pack age-bands-core, or one of the rows for those whose age is known less well.

    `sign` is the one letter that `age` gives; `first` and `last` are completed years, None where not known.
    """

    code: str
    sign: str
    first: int | None = None
    last: int | None = None

    @property
    def below_18(self) -> bool | None:
        if self.first is not None:
            return self.first < ADULT
        return {CHILD.code: True, GROWN.code: False}.get(self.code)


CHILD, GROWN, UNKNOWN = Band("child", "y"), Band("adult", "z"), Band("unknown", "?")


@derived
def bands() -> tuple[Band, ...]:
    """The bands of the pack from young to old, then under 18, 18 or older, and not known at all."""
    told = pack("age-bands-core")["bands"]
    signs = "abcdefghijklmnopqrstuvwx"
    known = [Band(row["code"], sign, row["from"], row["to"]) for row, sign in zip(told, signs, strict=False)]
    return (*known, CHILD, GROWN, UNKNOWN)


def _signs() -> str:
    """One sign for each completed year from 0 on."""
    by_year = {year: band.sign for band in bands() if band.first is not None for year in _years(band)}
    return "".join(by_year.get(year, UNKNOWN.sign) for year in range(max(by_year) + 1))


def _years(band: Band) -> range:
    return range(band.first or 0, (band.last or 0) + 1)


def _number(path: str) -> Cast:
    """A date as the number YYYYMMDD; plain text work, for taking dates apart is slow on SQLite."""
    return Cast(Replace(Cast(path, TEXT), Value("-"), Value("")), IntegerField())


def _later(path: str) -> Case:
    return Case(*(When(**{path: p}, then=Value(n)) for p, n in LATER.items()), default=Value(0))


def age(model: type[Model]) -> Expression:
    """The sign of the age band on the service date (TIM-5): of a named person as registered, else as guessed."""
    if model is not Participation:
        return registered_age(model)
    return Case(
        When(mode=ParticipationMode.NAMED, then=registered_age(model)), default=guessed_age(), output_field=TEXT
    )


def registered_age(model: type[Model]) -> Expression:
    """Of a person of the house: a birthday or a service known only to the month or year gives a band where every day
    it may be gives the same one; else under 18 or 18 and older where that is certain; else not known."""
    served, born = _number(on_record(model, "service_date")), _number("person__born_on")
    # Nearly always both days are known, so that this is asked first; someone who, as it is written, came before they
    # were born finds a sign in front of those of the years.
    to_the_day = Q(person__born_precision=BornPrecision.DAY, **{on_record(model, "date_precision"): Precision.DAY})
    exactly = Substr(Value(UNKNOWN.sign * NOT_BORN + _signs()), 1 + (served - born + NOT_BORN * YEAR) / YEAR, 1)
    oldest: Any = served + _later(on_record(model, "date_precision")) - born
    youngest: Any = served - born - _later("person__born_precision")
    first, last = (Substr(Value(_signs()), 1 + days / YEAR, 1) for days in (youngest, oldest))
    return Case(
        When(to_the_day, then=exactly),
        When(Q(person__born_on__isnull=True) | Q(LessThan(oldest, 0)), then=Value(UNKNOWN.sign)),
        When(Exact(first, last), then=last),
        When(LessThan(oldest, ADULT * YEAR), then=Value(CHILD.sign)),
        When(GreaterThanOrEqual(youngest, ADULT * YEAR), then=Value(GROWN.sign)),
        default=Value(UNKNOWN.sign),
        output_field=TEXT,
    )


def guessed_age() -> Expression:
    """Of those who took part without being known, as someone guessed."""
    return Case(
        When(age_guess=AgeGroup.CHILD, then=Value(CHILD.sign)),
        When(age_guess=AgeGroup.ADULT, then=Value(GROWN.sign)),
        default=Value(UNKNOWN.sign),
        output_field=TEXT,
    )


def grown(model: type[Model]) -> Expression:
    """ "child", "adult" or "unknown": the age band on the service date as counting sheets have it."""
    signs = {True: [], False: []}  # type: dict[bool, list[Value]]
    for band in bands():
        if band.below_18 is not None:
            signs[band.below_18].append(Value(band.sign))
    sign = age(model)
    return Case(
        When(In(sign, signs[True]), then=Value(CHILD.code)),
        When(In(sign, signs[False]), then=Value(GROWN.code)),
        default=Value(UNKNOWN.code),
        output_field=TEXT,
    )


def helper_group(model: type[Model]) -> Expression:
    """Of helpers: NAMED for a person of the house, else the group they were counted in ("" where none is given)."""
    return Case(When(person__isnull=False, then=Value(NAMED)), default=F("label"), output_field=TEXT)
