"""Handings-out of an old ledger become lines of the aid ledger, and go again with the import that brought them."""

from decimal import Decimal

from tests.exchange.rows import imported, record
from tests.factories.cast import Cast
from xiezuo.exchange.actions.undoing import undo_import
from xiezuo.people.models import Person
from xiezuo.service.access import records_for
from xiezuo.service.access.aids import aids_for, handover_of
from xiezuo.service.indicators import counted, values
from xiezuo.service.models import Aid, ServiceRecord
from xiezuo.service.vocab import AidState

NUMBER = "11010519491231002X"
SHEET = [
    record("aid", 3, recipient="王桂花", id_number=NUMBER, item="大米", quantity=2, unit="袋", date="2018-01-20"),
    record("aid", 3, recipient="王桂花", id_number=NUMBER, amount=430.16, date="2018-01-20"),
    record("aid", 4, recipient="付小雨家", amount=430.16, date="2018-01-20", handler="周晓梅"),
    record("aid", 5, recipient="没有日子的", amount=100),
]


def numbers(cast: Cast) -> dict[str, int]:
    asked = ("aid_times", "aid_households", "aid_amount", "person_times")
    return values(counted(records_for(cast.chenli)), asked)


def test_a_row_of_a_ledger_is_one_line_given_and_signed_for_on_paper(cast: Cast) -> None:
    here = cast.person("王桂花", cast.east, full_name="王桂花", id_number=NUMBER, id_type="resident_id")
    batch = imported(cast.xiaomei, SHEET, site=cast.east)
    assert batch.summary["kinds"] == {"aid": {"arrived": 3, "kept_aside": 1}}
    first, second = Aid.objects.order_by("pk")
    assert (first.applicant, first.kind, first.amount_paid) == (here, "goods", Decimal("430.16"))
    assert (second.applicant, second.kind, second.amount_paid) == (None, "cash", Decimal("430.16"))
    assert {(row.state, row.imported, row.funding_id) for row in (first, second)} == {
        (AidState.HANDED_OVER, True, None)
    }
    shown = aids_for(cast.chenli)
    kept = handover_of(cast.chenli, shown[0])
    assert kept is not None
    assert (str(kept.goods), kept.signed) == ("大米 × 2袋", False)
    assert numbers(cast) == {"aid_times": 2, "aid_households": 2, "aid_amount": 86032, "person_times": 2}


def test_undoing_the_import_takes_the_lines_out_and_leaves_whoever_was_here(cast: Cast) -> None:
    here = cast.person("王桂花", cast.east, full_name="王桂花", id_number=NUMBER, id_type="resident_id")
    batch = imported(cast.xiaomei, SHEET, site=cast.east)
    undo_import(by=cast.xiaomei, batch=batch)
    assert (Aid.objects.count(), ServiceRecord.objects.count(), Person.objects.get()) == (0, 0, here)
    assert numbers(cast) == {"aid_times": 0, "aid_households": 0, "aid_amount": 0, "person_times": 0}
