"""What tests about merging do again and again."""

from datetime import date, timedelta

import pytest

from tests.factories.cast import DAY, Cast
from xiezuo.common.errors import RuleBroken
from xiezuo.common.models import Event
from xiezuo.people.actions import (
    merge_people,
)
from xiezuo.people.models import (
    Merge,
    Person,
)
from xiezuo.service.actions import Helping, ServiceFacts, Taking, record_service
from xiezuo.service.indicators import INDICATORS
from xiezuo.service.models import ServiceRecord
from xiezuo.service.vocab import Method, ParticipationMode

LATER = DAY + timedelta(days=30)


def served(cast: Cast, *people: Person, helping: dict[int, int | None] | None = None, on: date = DAY) -> ServiceRecord:
    facts = ServiceFacts(
        method=Method.ACTIVITY,
        service_date=on,
        site=cast.east,
        taking=[Taking(mode=ParticipationMode.NAMED, person=person.pk) for person in people],
        helping=[Helping(person=pk, minutes=minutes) for pk, minutes in (helping or {}).items()],
    )
    return record_service(by=cast.chenli, facts=facts, on=LATER)


def value(code: str) -> int:
    return INDICATORS[code].value(ServiceRecord.objects.all())


def merge(cast: Cast, kept: Person, other: Person, **choices: str) -> Merge:
    return merge_people(by=cast.chenli, kept=kept, other=other, choices=choices)


def refused(code: str, cast: Cast, kept: Person, other: Person) -> None:
    before = Event.objects.count()
    with pytest.raises(RuleBroken) as refusal:
        merge_people(by=cast.chenli, kept=kept, other=other)
    assert (refusal.value.code, Event.objects.count()) == (code, before)
