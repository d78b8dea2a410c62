"""Forms of the desk and the hotline from before enquiries and calls had rows of their own get them, each once."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from tests.factories.cast import DAY, Cast, make_cast
from xiezuo.common.walls import all_opened
from xiezuo.forms.definitions import form_definition
from xiezuo.people.models import Person
from xiezuo.service.access.enquiries import calls_for, enquiries_for
from xiezuo.service.actions import Filling, cancel_service, submit_form
from xiezuo.service.models import Enquiry, FilledForm, HotlineCall, ServiceRecord
from xiezuo.service.vocab import EnquiryState, Triage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("newest")]
BEFORE = ("service", "0017_day_helpers")
AFTER = ("service", "0018_old_enquiries_and_calls")


def moved_to(*targets: tuple[str, str]) -> None:
    with all_opened(why="a test moves the tables"):
        MigrationExecutor(connection).migrate(list(targets))


@pytest.fixture
def newest() -> Iterator[None]:
    """Whatever happens, the tables are of this version afterwards."""
    yield
    moved_to(*MigrationExecutor(connection).loader.graph.leaf_nodes())


def written(cast: Cast, form: str, person: Person | None = None, **answers: Any) -> FilledForm:
    filling = Filling(form=form_definition(form), answers=answers, person=person, site=cast.east)
    return submit_form(by=cast.xiaomei, filling=filling, on=DAY, key=uuid.uuid4())


def asked(cast: Cast, visitor: str, **answers: Any) -> FilledForm:
    return written(cast, "enquiry", visitor=visitor, channel="desk", question="怎么办居住证", **answers)


def called(cast: Cast, at: str, **answers: Any) -> FilledForm:
    told = {"direction": "inbound", "at": at, "minutes": 9, "problem": "wages", "triage": "red", "action": "安抚"}
    return written(cast, "hotline_call", **(told | answers))


def promoted() -> None:
    """As if the forms came from before: their rows are not there, and the tables are brought up to date."""
    Enquiry.objects.all().delete()
    HotlineCall.objects.all().delete()
    moved_to(BEFORE)
    moved_to(AFTER)


def test_an_enquiry_that_says_what_came_of_it_is_closed_and_another_waits() -> None:
    cast = make_cast()
    done = asked(cast, "  小红 ", answer="带上合同", became="answered")
    waits = asked(cast, "阿涛")
    promoted()
    rows = {row.filled_id: row for row in Enquiry.objects.all()}
    assert (rows[done.pk].visitor, rows[done.pk].state, rows[done.pk].closed_on) == ("小红", EnquiryState.CLOSED, DAY)
    assert (rows[waits.pk].state, rows[waits.pk].channel, rows[waits.pk].received_on) == ("received", "desk", DAY)
    assert [row.filled_id for row in enquiries_for(cast.xiaomei)] == [waits.pk]
    assert [row.filled_id for row in enquiries_for(cast.xiaomei, closed=True)] == [done.pk]


def test_a_call_is_as_its_form_says() -> None:
    cast = make_cast()
    open_one = called(cast, "2026-03-02T21:10", dispatched_to=cast.xiaomei.id)
    done = called(cast, "2026-03-01T09:00", done_at="2026-03-01T09:20", triage="green")
    promoted()
    rows = {row.filled_id: row for row in HotlineCall.objects.all()}
    found = rows[open_one.pk]
    assert found.called_at == timezone.make_aware(datetime(2026, 3, 2, 21, 10))
    assert (found.triage, found.problem, found.dispatched_to, found.due_on, found.done_at) == (
        Triage.RED,
        "wages",
        cast.xiaomei.user,
        DAY,
        None,
    )
    assert rows[done.pk].done_at == timezone.make_aware(datetime(2026, 3, 1, 9, 20))
    assert [call.filled_id for call in calls_for(cast.xiaomei)] == [open_one.pk]


def test_what_has_a_row_keeps_it_and_what_was_cancelled_gets_none() -> None:
    cast = make_cast()
    kept, cancelled = asked(cast, "小红"), asked(cast, "误填")
    row = Enquiry.objects.get(filled=kept)
    assert cancelled.record_id is not None
    cancel_service(by=cast.xiaomei, record=ServiceRecord.objects.get(pk=cancelled.record_id), why="写错了")
    Enquiry.objects.filter(filled=cancelled).delete()
    for _again in range(2):
        moved_to(BEFORE)
        moved_to(AFTER)
    assert list(Enquiry.objects.values_list("pk", "received_on")) == [(row.pk, date(2026, 3, 2))]
