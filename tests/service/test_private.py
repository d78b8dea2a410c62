"""A note for nobody but its author."""

from datetime import date

import pytest
from django.utils import timezone

from tests.factories.cast import Cast, make_cast
from xiezuo.common.models import Event
from xiezuo.common.walls import BehindTheWall
from xiezuo.service.actions import ServiceFacts, record_service
from xiezuo.service.models import PrivateNote, ServiceRecord
from xiezuo.service.private import private_note_of, write_private_note
from xiezuo.service.vocab import Method

DAY = date(2026, 3, 2)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def visit(cast: Cast) -> ServiceRecord:
    return record_service(
        by=cast.xiaomei, facts=ServiceFacts(method=Method.VISIT, service_date=DAY, site=cast.east), on=DAY
    )


def test_the_author_reads_it_and_the_supervisor_does_not(cast: Cast, visit: ServiceRecord) -> None:
    write_private_note(by=cast.xiaomei, record=visit, text="我有点怕那条狗。", at=timezone.now())
    assert private_note_of(cast.xiaomei, visit) == "我有点怕那条狗。"
    assert private_note_of(cast.chenli, visit) == ""


def test_nothing_reaches_past_the_wall(cast: Cast, visit: ServiceRecord) -> None:
    write_private_note(by=cast.xiaomei, record=visit, text="只给自己", at=timezone.now())
    with pytest.raises(BehindTheWall):
        list(PrivateNote.objects.values("text"))
    with pytest.raises(BehindTheWall):
        list(visit.private_notes.all())


def test_writing_again_replaces_and_writing_nothing_takes_it_away(cast: Cast, visit: ServiceRecord) -> None:
    for text in ("一", "二", " "):
        write_private_note(by=cast.xiaomei, record=visit, text=text, at=timezone.now())
    assert private_note_of(cast.xiaomei, visit) == ""


def test_the_history_of_the_record_does_not_tell_of_it(cast: Cast, visit: ServiceRecord) -> None:
    write_private_note(by=cast.xiaomei, record=visit, text="只给自己", at=timezone.now())
    told = Event.objects.filter(subject="service.servicerecord", subject_id=visit.pk)
    assert list(told.values_list("code", flat=True)) == ["service.record.written"]
