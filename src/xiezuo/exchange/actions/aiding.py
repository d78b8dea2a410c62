"""Handings-out of an old ledger become lines of the aid ledger, each with the service record that it was. It was asked for and
approved on paper, so nobody is asked again."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from xiezuo.exchange.actions.kept import link_certain
from xiezuo.exchange.actions.step import Step
from xiezuo.exchange.actions.working import write_groups
from xiezuo.exchange.models import ImportedRow
from xiezuo.exchange.promote.activities import service_day
from xiezuo.exchange.promote.kept import kept_lines
from xiezuo.exchange.promote.mentions import came
from xiezuo.exchange.rows import candidates_of
from xiezuo.exchange.vocab import RowState
from xiezuo.orgs.models import Site
from xiezuo.service.actions import ServiceFacts
from xiezuo.service.actions.aid.taking_in import AidBrought, take_in_aid
from xiezuo.service.vocab import Method

Line = list[ImportedRow]
CASH, GOODS = "cash", "goods"


def take_aid(step: Step, rows: Sequence[ImportedRow]) -> None:
    """One line for each row of the sheet, with everything that was handed out in it. One without a day is kept aside."""
    rows = [*rows, *_rest_of_the_last(step, rows)]
    link_certain(step, rows)
    dated = []
    for line in _lines(rows):
        if _day(step, line) is None:
            for row in line:
                row.state = RowState.KEPT_ASIDE
        else:
            dated.append(line)
    write_groups(step, dated, lambda line, site: _facts(step, line, site))
    take_in_aid(by=step.by, brought=[_brought(step, line) for line in dated])


def _rest_of_the_last(step: Step, rows: Sequence[ImportedRow]) -> Line:
    """What was handed out in the last row of a step and would come with the next one."""
    last = rows[-1]
    more = ImportedRow.objects.filter(sheet=last.sheet_id, row=last.row, record_type="aid", state=RowState.WAITING)
    found = list(more.exclude(pk__in=[row.pk for row in rows]).order_by("id"))
    step.also(found)
    return found


def _lines(rows: Sequence[ImportedRow]) -> list[Line]:
    found: dict[tuple[int, int], Line] = {}
    for row in rows:
        found.setdefault((row.sheet_id, row.row), []).append(row)
    return list(found.values())


def _told(step: Step, line: Sequence[ImportedRow]) -> dict[str, Any]:
    return step.around(line[0]) | step.values(line[0])


def _day(step: Step, line: Sequence[ImportedRow]) -> date | None:
    return service_day(_told(step, line), candidates_of(line[0]))[0]


def _facts(step: Step, line: Sequence[ImportedRow], site: Site | None) -> ServiceFacts:
    told = _told(step, line)
    day, precision = service_day(told, candidates_of(line[0]))
    named = {**told, "name": told.get("recipient", "")}
    return ServiceFacts(
        method=Method.AID,
        service_date=day,
        precision=precision,
        site=site,
        place_text=str(told.get("address", ""))[:200],
        note="\n".join(kept_lines(told, "kept_of_aid")),
        taking=came([(named, line[0].person_id)]),
    )


def _brought(step: Step, line: Line) -> AidBrought:
    told = [step.values(row) for row in line]
    record = line[0].record
    assert record is not None  # written just now
    amounts = [Decimal(str(one["amount"])) for one in told if one.get("amount") is not None]
    goods = [_goods(one) for one in told if one.get("item")]
    return AidBrought(
        record=record,
        person=line[0].person_id,
        kind=GOODS if goods else CASH,
        amount=max(sum(amounts, Decimal(0)), Decimal(0)),
        goods="、".join(goods),
    )


def _goods(told: dict[str, Any]) -> str:
    number = told.get("quantity")
    return (
        f"{told['item']} × {number:g}{told.get('unit', '')}" if isinstance(number, int | float) else str(told["item"])
    )
