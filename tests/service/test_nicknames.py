"""S09: a face of the street gets a name, says yes, and five entries become one person's history; or part again."""

from datetime import date

import pytest

from tests.factories.cast import Cast, make_cast
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.people.models import Person
from xiezuo.service.actions import ServiceFacts, Taking, link_nickname, part_nickname, record_service
from xiezuo.service.indicators import INDICATORS
from xiezuo.service.models import NicknameLink, Participation, Series, ServiceRecord
from xiezuo.service.queries import entry_for, nicknames_of, records_of_year
from xiezuo.service.vocab import Method, ParticipationMode, SeriesKind

pytestmark = pytest.mark.django_db
NAMED, LISTED, COUNTED = ParticipationMode.NAMED, ParticipationMode.LISTED, ParticipationMode.COUNTED
TODAY = date(2026, 3, 31)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def lane(cast: Cast) -> Series:
    return Series.objects.create(kind=SeriesKind.OUTREACH_AREA, name="宿舍巷", site=cast.east)


def night(cast: Cast, lane: Series, day: int, *labels: str, named: Person | None = None) -> ServiceRecord:
    """One outreach round with a thumb count of thirty and those talked to."""
    taking = [Taking(mode=LISTED, label=label) for label in labels] + [Taking(mode=COUNTED, count=30)]
    taking += [Taking(mode=NAMED, person=named.pk)] if named else []
    facts = ServiceFacts(
        method=Method.OUTREACH, service_date=date(2026, 3, day), site=cast.east, series=lane, taking=taking
    )
    return record_service(by=cast.xiaomei, facts=facts, on=TODAY)


def entry(record: ServiceRecord, label: str) -> Participation:
    return record.participations.get(label=label)


def figures() -> tuple[int, int]:
    year = records_of_year(2026)
    return INDICATORS["headcount"].value(year), INDICATORS["person_times"].value(year)


def test_five_entries_under_two_nicknames_become_one_persons_history(cast: Cast, lane: Series) -> None:
    first = night(cast, lane, 2, "戴帽子的四川小伙", "大个")
    rounds = [night(cast, lane, day, "阿涛") for day in (9, 16, 23, 30)]
    assert figures() == (3, 156)  # 阿涛 and the young man in a hat are still two
    tao = cast.person("阿涛", cast.east, phone="15412340009")
    for record, label in ((first, "戴帽子的四川小伙"), (rounds[0], "阿涛")):
        link_nickname(by=cast.xiaomei, entry=entry(record, label), person=tao, agreed=True, on=TODAY)
    assert figures() == (2, 156)
    assert list(tao.participations.order_by("record__service_date").values_list("label", flat=True)) == [
        "戴帽子的四川小伙",
        *["阿涛"] * 4,
    ]
    assert [(row.label, row.times) for row in nicknames_of(tao)] == [("戴帽子的四川小伙", 1), ("阿涛", 4)]  # type: ignore[attr-defined]


def test_parting_brings_back_exactly_what_was(cast: Cast, lane: Series) -> None:
    record = night(cast, lane, 2, "阿涛")
    night(cast, lane, 9, "阿涛")
    before = list(Participation.objects.order_by("pk").values())
    tao = cast.person("阿涛", cast.east)
    link = link_nickname(by=cast.xiaomei, entry=entry(record, "阿涛"), person=tao, agreed=True, on=TODAY)
    assert part_nickname(by=cast.xiaomei, link=link) == 2
    assert list(Participation.objects.order_by("pk").values()) == before
    assert list(nicknames_of(tao)) == []
    assert NicknameLink.objects.values_list("parted_by", flat=True).get() == cast.xiaomei.id


def test_without_a_yes_nothing_is_put_under_a_name(cast: Cast, lane: Series) -> None:
    record = night(cast, lane, 2, "阿涛")
    tao = cast.person("阿涛", cast.east)
    with pytest.raises(RuleBroken) as refusal:
        link_nickname(by=cast.xiaomei, entry=entry(record, "阿涛"), person=tao, agreed=False, on=TODAY)
    assert (refusal.value.code, refusal.value.field) == ("service.nickname_needs_a_yes", "agreed")
    assert tao.participations.count() == 0


def test_the_same_nickname_of_another_lane_is_someone_else(cast: Cast, lane: Series) -> None:
    record = night(cast, lane, 2, "阿强")
    other = Series.objects.create(kind=SeriesKind.OUTREACH_AREA, name="市场", site=cast.east)
    night(cast, other, 3, "阿强")
    qiang = cast.person("阿强", cast.east)
    link_nickname(by=cast.xiaomei, entry=entry(record, "阿强"), person=qiang, agreed=True, on=TODAY)
    assert qiang.participations.get().record == record
    assert figures() == (2, 62)


def test_where_the_person_stands_by_name_the_nickname_beside_it_stays(cast: Cast, lane: Series) -> None:
    tao = cast.person("阿涛", cast.east)
    both = night(cast, lane, 2, "阿涛", named=tao)
    alone = night(cast, lane, 9, "阿涛")
    link = link_nickname(by=cast.xiaomei, entry=entry(alone, "阿涛"), person=tao, agreed=True, on=TODAY)
    assert list(link.entries.values_list("record", flat=True)) == [alone.pk]
    with pytest.raises(RuleBroken) as refusal:
        link_nickname(by=cast.xiaomei, entry=entry(both, "阿涛"), person=tao, agreed=True, on=TODAY)
    assert refusal.value.code == "service.nothing_to_link"


def test_a_nickname_of_another_site_is_not_reached(cast: Cast, lane: Series) -> None:
    record = night(cast, lane, 2, "阿涛")
    with pytest.raises(NotAllowed):
        entry_for(cast.haiyan, entry(record, "阿涛").pk)
    tao = cast.person("阿涛", cast.east)
    with pytest.raises(NotAllowed):
        link_nickname(by=cast.haiyan, entry=entry(record, "阿涛"), person=tao, agreed=True, on=TODAY)
