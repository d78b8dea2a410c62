"""What an indicator is: a code, a unit, a counting rule (CNT-1 to CNT-9), and the rows behind the number."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from django.db.models import Count, F, Max, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise

from xiezuo.service import cells, heads
from xiezuo.service.kept import kept, known
from xiezuo.service.keys import TEXT, Key, expression, on_record
from xiezuo.service.models import ServiceRecord

Values = dict[Any, int]
Rows = Callable[[QuerySet[ServiceRecord]], QuerySet[Any]]
Only = Iterable[tuple[Key, Any]]
CELLS, HEADS = "in cells", "in heads"
CASE = "filled_form__case"
# Whoever got aid: of an old ledger each line without a household is one.
HOME = Coalesce(F("aid__household"), F("aid__pk") * -1)


class Shows(StrEnum):
    """What stands behind a number: a list of people, of records, of groups, of cases, or of households that got aid."""

    PEOPLE = "people"
    RECORDS = "records"
    GROUPS = "groups"
    CASES = "cases"
    HOMES = "homes"


@dataclass(frozen=True)
class Indicator:
    """`adds` over `rows` is the number. Hours are counted in minutes and shown as hours.

    `label` names it, `unit` is the word behind the number, `rule` the counting rule for people. `once` names what
    the number counts once however often it occurs ("who", "person"); it is empty where rows are simply added up.
    `of_people` says that sex and age of those counted are known. `in_cells`: it adds up over records and its rows are
    many, so that its breakdowns are folded from one pass over them (service/cells.py); `in_heads`: likewise, for
    different people (service/heads.py).
    """

    code: str
    label: str | Promise
    unit: str | Promise
    rule: str | Promise
    rows: Rows
    adds: Combinable
    shows: Shows = Shows.RECORDS
    once: str = ""
    of_people: bool = False
    in_cells: bool = False
    in_heads: bool = False

    def value(self, records: QuerySet[ServiceRecord], only: Only = (), *, through: int | None = None) -> int:
        """The number for all of `records` together, or for those of its rows that `only` leaves. `through`: see `by`."""
        rows = self._rows(records, only)

        def count() -> int:
            return int(rows.aggregate(n=Coalesce(self.adds, 0))["n"])

        if not only and self.in_heads and (people := known(HEADS, records)) is not None:
            return heads.how_many(people)
        if not only and self.in_cells and (sums := known(CELLS, records)) is not None:
            return cells.total(sums, self.code)
        return kept(self.code, rows, count, through=through)

    def by(self, records: QuerySet[ServiceRecord], *keys: Key, through: int | None = None) -> Values:
        """The number for each value of a key: a field of the record, or one of `service.keys` and `service.periods`;
        for several keys, for each tuple of values.

        Answers are kept while they hold. `through` promises that none of `records` is dated after that year: then
        what is written about later years leaves the answer as it is.
        """
        what = f"{self.code} by {keys}"
        if self.in_cells and cells.can_fold(keys):
            fold = partial(self._fold_cells, records, keys, through)
        elif self.in_heads and heads.can_fold(keys):
            fold = partial(self._fold_heads, records, keys, through)
        else:
            found = self._grouped(records, keys)
            return dict(kept(self.code, found, lambda: _by_key(found), through=through))
        return dict(kept(what, records.order_by(), fold, through=through))

    def whole(self, records: QuerySet[ServiceRecord], *, through: int | None = None) -> int:
        """The same number as `value`, from the pass over the rows that breakdowns of `records` are folded from."""
        if self.in_heads:
            count = partial(self._how_many, records, through)
        elif self.in_cells:
            count = partial(self._total, records, through)
        else:
            return self.value(records, through=through)
        return kept(f"{self.code} whole", records.order_by(), count, through=through)

    def several(self, records: QuerySet[ServiceRecord], key: Key, *, through: int | None = None) -> int:
        """How many of those counted once stand under more than one value of `key` (CNT-5, CNT-7)."""
        if self.in_heads and heads.can_fold([key]):
            what = f"{self.code} several {key}"
            count = partial(self._several_heads, records, key, through)
            return kept(what, records.order_by(), count, through=through)
        rows = self.rows(records)
        # Without a value (no site) is a value of its own; a count leaves out nulls.
        value = Coalesce(Cast(expression(rows.model, key), TEXT), Value(""))
        each = rows.annotate(key0=value).order_by().values(self.once)
        found = each.annotate(n=Count("key0", distinct=True)).filter(n__gt=1)
        return kept(f"{self.code} several", found, found.count, through=through)

    def _fold_cells(self, records: QuerySet[ServiceRecord], keys: Sequence[Key], through: int | None) -> Values:
        return cells.fold(self._cells(records, through), self.code, keys)

    def _fold_heads(self, records: QuerySet[ServiceRecord], keys: Sequence[Key], through: int | None) -> Values:
        return heads.fold(self._heads(records, through), keys)

    def _several_heads(self, records: QuerySet[ServiceRecord], key: Key, through: int | None) -> int:
        return heads.several(self._heads(records, through), key)

    def _how_many(self, records: QuerySet[ServiceRecord], through: int | None) -> int:
        return heads.how_many(self._heads(records, through))

    def _total(self, records: QuerySet[ServiceRecord], through: int | None) -> int:
        return cells.total(self._cells(records, through), self.code)

    def _cells(self, records: QuerySet[ServiceRecord], through: int | None) -> cells.Cells:
        return kept(CELLS, records.order_by(), lambda: cells.cells_of(records), through=through)

    def _heads(self, records: QuerySet[ServiceRecord], through: int | None) -> heads.Cells:
        return kept(HEADS, records.order_by(), lambda: heads.cells_of(records), through=through)

    def _grouped(self, records: QuerySet[ServiceRecord], keys: Sequence[Key]) -> QuerySet[Any, tuple[Any, ...]]:
        rows = self.rows(records)
        named = {f"key{n}": expression(rows.model, key) for n, key in enumerate(keys)}
        told = rows.annotate(**named).order_by().values(*named).annotate(n=Coalesce(self.adds, 0))
        return told.values_list(*named, "n")

    def behind(self, records: QuerySet[ServiceRecord], only: Only = ()) -> QuerySet[Any]:
        """What the number counts, as dicts: people (`who`, `person`, `label`, `times`…), groups, cases (`case`, `times`), households
        (`aid`, `times`), or
        records (`of`, `part`), whose parts add up to the number."""
        rows = self._rows(records, only).order_by()
        if self.shows is Shows.PEOPLE:
            return _people(rows)
        if self.shows is Shows.GROUPS:
            groups = rows.values("series").annotate(name=F("series__name"), times=Count("pk", distinct=True))
            return groups.order_by("-times", "series")
        if self.shows is Shows.CASES:
            cases = rows.values(case=F(CASE)).annotate(times=Count("pk", distinct=True))
            return cases.order_by("-times", "case")
        if self.shows is Shows.HOMES:
            homes = rows.values("home").annotate(aid=Max("aid__pk"), times=Count("pk", distinct=True))
            return homes.order_by("-times", "-aid")
        record = on_record(rows.model, "pk")
        parts = rows.values(of=F(record)).annotate(part=self.adds, on=Max(on_record(rows.model, "service_date")))
        return parts.filter(part__gt=0).order_by("-on", "-of")

    def _rows(self, records: QuerySet[ServiceRecord], only: Only) -> QuerySet[Any]:
        rows = self.rows(records)
        for n, (key, value) in enumerate(only):
            rows = rows.alias(**{f"only{n}": expression(rows.model, key)}).filter(**{f"only{n}": value})
        return rows


def _by_key(found: QuerySet[Any, tuple[Any, ...]]) -> Values:
    return {row[0] if len(row) == 2 else row[:-1]: row[-1] for row in found}


def _people(rows: QuerySet[Any]) -> QuerySet[Any]:
    people = rows.values("who").annotate(
        person=Max("person_id"),
        label=Max("label"),
        series=Max("record__series__name"),
        site=Max("record__site__name"),
        times=Count("record", distinct=True),
    )
    return people.order_by("-times", "who")
