"""Writing a snapshot: the rows that count, of the whole house, as Parquet files in a folder."""

import secrets
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.db.models import Case, CharField, Q, Value, When

from xiezuo.insight.analytics.columns import FILES
from xiezuo.people.models import Person
from xiezuo.service.counting import HELPING, counted, helpings, listed_key, person_key
from xiezuo.service.indicating import HOME
from xiezuo.service.models import Participation, ServiceRecord
from xiezuo.service.vocab import ParticipationMode

AT_ONCE = 50_000  # rows
OF_RECORD = ("service_date", "date_precision", "site__name", "service_line", "method")


class Numbers:
    """A number for everything that must be told apart, drawn at random and forgotten with this object."""

    def __init__(self) -> None:
        self._given: dict[Any, int] = {}
        self._used: set[int] = set()

    def of(self, thing: Any) -> int | None:
        if thing is None:
            return None
        if thing not in self._given:
            number = secrets.randbits(62)
            while number in self._used:
                number = secrets.randbits(62)
            self._given[thing] = number
            self._used.add(number)
        return self._given[thing]


def write_snapshot(folder: Path) -> dict[str, int]:
    """Write the files into `folder`; gives the number of rows of each. Replaces what an earlier one left there."""
    folder.mkdir(parents=True, exist_ok=True)
    records = counted(ServiceRecord.objects.all())
    people = Numbers()
    return {
        "records": _write(folder, "records", _records(records)),
        "takings": _write(folder, "takings", _takings(people)),
        "helpings": _write(folder, "helpings", _helpings(people, records)),
    }


def _records(records: Any) -> Iterator[tuple[Any, ...]]:
    series, cases, homes = Numbers(), Numbers(), Numbers()
    names = ("series_id", "minutes", "filled_form__case_id", "begins_case", "home", "aid__amount_paid")
    told = records.order_by().annotate(home=HOME).values_list(*OF_RECORD, *names)
    for *head, group, minutes, case, begins, home, paid in told.iterator(AT_ONCE):
        fen = int(paid * 100) if paid is not None else None
        yield *head, series.of(group), minutes, cases.of(case), begins is not None, homes.of(home), fen


def _takings(people: Numbers) -> Iterator[tuple[Any, ...]]:
    """Everyone who came. What invented people took part in counts only towards what came before their help."""
    who = Case(
        When(mode=ParticipationMode.NAMED, then=person_key()),
        When(mode=ParticipationMode.LISTED, then=listed_key()),
        default=Value(None),
        output_field=CharField(null=True),
    )
    rows = Participation.objects.filter(record__state="recorded", record__for_testing=False, came=True)
    invented = set(Person.objects.filter(for_testing=True).values_list("pk", flat=True))
    found = (
        rows.annotate(who=who)
        .order_by()
        .values_list(*(f"record__{name}" for name in OF_RECORD), "who", "person_id", "as_role", "count", "stated_heads")
    )
    for *head, key, person, role, count, heads in found.iterator(AT_ONCE):
        named = person is not None
        yield *head, people.of(key or None), named, role in HELPING, person in invented, count, heads


def _helpings(people: Numbers, records: Any) -> Iterator[tuple[Any, ...]]:
    who = Case(When(Q(person__isnull=False), then=person_key()), default=Value(None), output_field=CharField(null=True))
    found = helpings(records).annotate(who=who).order_by()
    fields = (*(f"record__{name}" for name in OF_RECORD), "who", "count", "minutes")
    for *head, key, count, minutes in found.values_list(*fields).iterator(AT_ONCE):
        yield *head, people.of(key or None), count, minutes


def _write(folder: Path, name: str, rows: Iterable[tuple[Any, ...]]) -> int:
    schema, written, waiting = FILES[name], 0, iter(rows)
    with pq.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd") as file:
        while part := list(islice(waiting, AT_ONCE)):
            columns = [
                pa.array(values, kind) for values, kind in zip(zip(*part, strict=True), schema.types, strict=True)
            ]
            file.write_table(pa.Table.from_arrays(columns, schema=schema))
            written += len(part)
    return written
