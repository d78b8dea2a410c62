"""Looking up who the people of a file may be, before anything is written: in the house, and in the file itself."""

from collections.abc import Iterable

from django.db.models import Min

from xiezuo.exchange.actions.describing import describe
from xiezuo.exchange.actions.step import Step
from xiezuo.exchange.kinds import MENTIONED, REGISTERED
from xiezuo.exchange.models import ImportBatch, ImportedRow, PossibleMatch
from xiezuo.people.access import people_for
from xiezuo.people.matching import Alike, Pool
from xiezuo.people.matching.house import add_from_house
from xiezuo.people.matching.reasons import AGREES

AT_ONCE = 1000  # rows compared together


def find_matches(batch: ImportBatch) -> int:
    """Write down who the people of an understood file may be; how many rows have someone. Call in its transaction.

    Compared with the people whom the one who brought the file works with, and with earlier rows of the file.
    """
    step = Step.of(batch)
    people = people_for(step.by)
    pool = Pool(size=people.count())
    rows_found = 0
    PossibleMatch.objects.filter(row__sheet__batch=batch).delete()
    for rows in _in_parts(_whose(batch)):
        described = describe(step, rows)
        add_from_house(pool, people, [one.sketch for one in described])
        found = []
        for one in described:
            alike = pool.alike(one.sketch)
            found += matches_of(one.row, alike)
            rows_found += bool(alike)
            pool.add(f"row {one.row.pk}", one.sketch)
        PossibleMatch.objects.bulk_create(found)
    return rows_found


def matches_of(row: ImportedRow, alike: Iterable[Alike]) -> list[PossibleMatch]:
    """`ref` of each: a person's id, or `row ` and the id of an earlier row."""
    return [
        PossibleMatch(
            row=row,
            person_id=one.ref if isinstance(one.ref, int) else None,
            earlier_id=None if isinstance(one.ref, int) else int(str(one.ref).removeprefix("row ")),
            certain=one.certain,
            weight=one.weight,
            evidence=list(one.evidence),
            reason=",".join(code for code in AGREES if code in one.evidence),
        )
        for one in alike
    ]


def _whose(batch: ImportBatch) -> Iterable[ImportedRow]:
    """Rows with a person of their own, and the first mention of each who is only mentioned, in the order of the file.

    Hours in a grid stand under a volunteer, who has a row."""
    rows = ImportedRow.objects.filter(sheet__batch=batch)
    mentions = rows.filter(record_type__in=MENTIONED).exclude(who="")
    first = mentions.values("who").annotate(first=Min("id")).values("first")
    own = rows.filter(record_type__in=REGISTERED) | rows.filter(pk__in=first)
    return own.order_by("id").iterator(chunk_size=AT_ONCE)


def _in_parts(rows: Iterable[ImportedRow]) -> Iterable[list[ImportedRow]]:
    part: list[ImportedRow] = []
    for row in rows:
        part.append(row)
        if len(part) == AT_ONCE:
            yield part
            part = []
    if part:
        yield part
