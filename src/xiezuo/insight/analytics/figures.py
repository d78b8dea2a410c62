"""The year's figures from a snapshot, as Ibis expressions: the rules of `service.indicators`, read from columns."""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import ibis
from ibis.expr.types import IntegerScalar, Table

from xiezuo.insight.analytics.columns import FILES
from xiezuo.service.counting import methods_counting_as
from xiezuo.service.vocab import Method

By = Literal["", "month", "site", "line"]
Answer = dict[Any, int]
Adds = Callable[[Table], IntegerScalar]


class Snapshot:
    """Figures of a folder that `write_snapshot` filled; the numbers are those of the indicators of the same name."""

    def __init__(self, folder: Path) -> None:
        self.connection = ibis.duckdb.connect()
        self.tables = {
            name: self.connection.read_parquet(folder / f"{name}.parquet", table_name=name) for name in FILES
        }

    def year(self, year: int, by: By = "") -> dict[str, Answer]:
        """Every indicator of a year: the whole under "", or by month (1 to 12, where the month is known), site (name,
        None for none) or service line ("" for not stated)."""
        return {code: self._answer(self._in(rows(self), year, by), adds, by) for code, (rows, adds) in RULES.items()}

    def _in(self, rows: Table, year: int, by: By) -> Table:
        rows = rows.filter(rows.on >= date(year, 1, 1), rows.on <= date(year, 12, 31))
        if by != "month":
            return rows
        return rows.filter(rows.precision != "year").mutate(month=rows.on.month())

    def _answer(self, rows: Table, adds: Adds, by: By) -> Answer:
        number = ibis.coalesce(adds(rows), 0).cast("int64")
        if not by:
            return {"": int(rows.aggregate(n=number).to_pyarrow()["n"][0].as_py())}
        found = rows.group_by(by).aggregate(n=number).to_pyarrow().to_pydict()
        return dict(zip(found[by], found["n"], strict=True))

    def records(self) -> Table:
        return self.tables["records"]

    def takings(self) -> Table:
        rows = self.tables["takings"]
        return rows.filter(~rows.invented)

    def helpings(self) -> Table:
        return self.tables["helpings"]

    def counting_as(self, what: str) -> Table:
        rows = self.records()
        return rows.filter(rows.method.isin(methods_counting_as(what)))

    def group_meetings(self) -> Table:
        rows = self.records()
        return rows.filter(rows.method == Method.GROUP.value, rows.series.notnull())

    def of_cases(self) -> Table:
        rows = self.records()
        return rows.filter(rows.case.notnull())

    def intakes(self) -> Table:
        rows = self.of_cases()
        return rows.filter(rows.begins)

    def given(self) -> Table:
        """Records by which aid was handed over."""
        rows = self.records()
        return rows.filter(rows.home.notnull())

    def known_helpings(self) -> Table:
        rows = self.helpings()
        return rows.filter(rows.who.notnull())

    @cached_property
    def _first_served(self) -> Table:
        """For each person the first service with a whole date, with a month only, with a year only; not as a helper."""
        rows = self.tables["takings"]
        rows = rows.filter(rows.named, ~rows.helping)
        firsts = {precision: rows.on.min(where=rows.precision == precision) for precision in ("day", "month", "year")}
        return rows.group_by("who").aggregate(**firsts)

    def helpings_after_being_served(self) -> Table:
        rows = self.known_helpings()
        both = rows.inner_join(self._first_served, "who")
        earlier = (both.day < both.on) | (both.month < both.on.truncate("M")) | (both.year < both.on.truncate("Y"))
        return both.filter(earlier).select(*rows.columns)


RULES: dict[str, tuple[Callable[[Snapshot], Table], Adds]] = {
    "headcount": (Snapshot.takings, lambda rows: rows.who.nunique()),
    "person_times": (Snapshot.takings, lambda rows: rows["count"].sum()),
    "event_count": (lambda snapshot: snapshot.counting_as("event"), lambda rows: rows.count()),
    "session_count": (lambda snapshot: snapshot.counting_as("session"), lambda rows: rows.count()),
    "service_count": (Snapshot.records, lambda rows: rows.count()),
    "case_count": (Snapshot.of_cases, lambda rows: rows.case.nunique()),
    "case_begun": (Snapshot.intakes, lambda rows: rows.case.nunique()),
    "service_hours": (Snapshot.records, lambda rows: rows.minutes.sum()),
    "volunteer_hours": (Snapshot.helpings, lambda rows: rows.minutes.sum()),
    "unnamed": (Snapshot.takings, lambda rows: rows["count"].sum(where=rows.who.isnull())),
    "stated_heads": (Snapshot.takings, lambda rows: rows.stated_heads.sum()),
    "group_count": (Snapshot.group_meetings, lambda rows: rows.series.nunique()),
    "volunteer_count": (Snapshot.known_helpings, lambda rows: rows.who.nunique()),
    "volunteer_times": (Snapshot.helpings, lambda rows: rows["count"].sum()),
    "aid_times": (Snapshot.given, lambda rows: rows.count()),
    "aid_households": (Snapshot.given, lambda rows: rows.home.nunique()),
    "aid_amount": (Snapshot.given, lambda rows: rows.fen.sum()),
    "served_first": (Snapshot.helpings_after_being_served, lambda rows: rows.who.nunique()),
}
