"""Old sheets become people, households and services."""

import pytest

from tests.exchange.books import ACTIVITIES, CHILDREN, ledger, register
from tests.exchange.conftest import taken_in, understood
from tests.factories.cast import Cast
from tests.factories.facts import answers_open
from xiezuo.common.errors import NotAllowed
from xiezuo.exchange.access import batch_for, batches_for
from xiezuo.exchange.actions.applying import apply_batch, begin_apply
from xiezuo.exchange.actions.centres import centres_in
from xiezuo.exchange.models import ImportBatch
from xiezuo.exchange.vocab import BatchState
from xiezuo.orgs.access import actor_for
from xiezuo.orgs.models import Membership, Site
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.access import people_for
from xiezuo.people.models import Consent, Household, Person
from xiezuo.people.vocab import CameFrom, Relation
from xiezuo.service.access import records_for
from xiezuo.service.indicators import counted, values
from xiezuo.service.models import ServiceRecord

NUMBERS = ("headcount", "person_times", "stated_heads", "event_count")


def numbers(cast: Cast) -> list[int]:
    return list(values(counted(records_for(cast.chenli)), NUMBERS).values())


def test_activities_arrive_with_heads_and_person_times_apart(cast: Cast) -> None:
    batch = taken_in(cast.chenli, ledger())
    assert batch.state == BatchState.APPLIED
    assert (batch.summary["services"], batch.summary["people"], batch.summary["kept_aside"]) == (5, 0, 0)
    assert numbers(cast) == [0, 110, 97, 4]


def test_activities_stand_at_the_sites_their_centres_mean(cast: Cast) -> None:
    taken_in(cast.chenli, ledger())
    assert {r.title: str(r.site) if r.site else "" for r in ServiceRecord.objects.all()} == {
        "亲子阅读": "东区童缘",
        "职业安全讲堂": "东区童缘",
        "厨房里的科学": "西区童缘",
        "劳动法律咨询": "西区童缘",
        "平安返乡行动": "",
    }


def test_a_date_stays_as_exact_as_the_sheet_has_it(cast: Cast) -> None:
    rows = [*ACTIVITIES, (6, "", "东区", "社区照护", "亲子", "没有日期的活动", 3, 3, "")]
    taken_in(cast.chenli, ledger(rows))
    dated = {r.title: (str(r.service_date), r.date_precision) for r in ServiceRecord.objects.all()}
    assert dated["亲子阅读"] == ("2023-03-04", "day")
    assert dated["劳动法律咨询"] == ("2023-04-01", "month")
    assert dated["没有日期的活动"] == ("2023-01-01", "year")


def test_a_centre_may_become_a_new_site_of_its_own(cast: Cast) -> None:
    batch = understood(cast.chenli, ledger())
    assert [(c.core, c.spellings, c.rows, str(c.site)) for c in centres_in(batch)] == [
        ("东区", ["东区童缘", "东区中心"], 2, "东区童缘"),
        ("西区", ["西区童缘", "西区"], 2, "西区童缘"),
        ("南区", ["南区童缘"], 1, "None"),
    ]
    begin_apply(by=cast.chenli, batch=batch, site=None, centres={"东区": cast.east, "西区": None, "南区": "南区童缘"})
    apply_batch(batch.pk)
    assert ServiceRecord.objects.get(title="平安返乡行动").site == Site.objects.get(name="南区童缘")
    assert ServiceRecord.objects.get(title="厨房里的科学").site is None


def test_families_arrive_as_people_and_households(cast: Cast) -> None:
    batch = taken_in(cast.xiaomei, register(), site=cast.east)
    assert (batch.summary["people"], batch.summary["households"]) == (5, 3)
    yu = Person.objects.get(full_name="付小雨")
    father = Person.objects.get(full_name="付国强")
    assert (father.phone, father.came_from) == ("15412340001", CameFrom.IMPORTED)
    assert [(tie.person, tie.relation) for tie in yu.relationships_to.all()] == [(father, Relation.PARENT)]
    assert {member.person for member in Household.objects.get(head=father).members.all()} == {father, yu}
    assert yu.address == "皮村12号"
    assert yu.legal_basis == "从“表.xlsx”导入"


def test_imported_people_belong_to_the_site_that_was_chosen_and_were_asked_nothing(cast: Cast) -> None:
    taken_in(cast.xiaomei, register(), site=cast.east)
    assert people_for(cast.xiaomei).count() == 5
    assert people_for(cast.haiyan).count() == 0
    with answers_open():
        assert Consent.objects.count() == 0


def test_without_a_site_only_the_one_who_brought_them_works_with_them(cast: Cast) -> None:
    taken_in(cast.xiaomei, register())
    assert (people_for(cast.xiaomei).count(), people_for(cast.haiyan).count()) == (5, 0)


def test_the_same_file_again_adds_nothing(cast: Cast) -> None:
    first = taken_in(cast.chenli, ledger())
    assert understood(cast.chenli, ledger(), "别的名字.xlsx") == first
    assert ImportBatch.objects.count() == 1
    assert numbers(cast) == [0, 110, 97, 4]


def test_the_same_rows_in_another_file_add_nothing_and_new_rows_do(cast: Cast) -> None:
    taken_in(cast.chenli, ledger())
    more = [*ACTIVITIES, (6, "2023-06-01", "东区", "社区照护", "亲子", "六一游园会", 50, 50, "")]
    second = taken_in(cast.chenli, ledger(more, author="陈立"))
    assert (second.summary["services"], second.summary["already_here"]) == (1, 5)
    assert numbers(cast) == [0, 160, 147, 5]


def test_people_of_another_file_with_the_same_rows_are_not_doubled(cast: Cast) -> None:
    taken_in(cast.xiaomei, register(), site=cast.east)
    second = taken_in(cast.xiaomei, register(author="周晓梅"), site=cast.east)
    assert (second.summary["people"], second.summary["households"], second.summary["already_here"]) == (0, 0, 8)
    assert (Person.objects.count(), Household.objects.count()) == (5, 3)


def test_an_import_that_has_begun_counts_nowhere_until_it_is_whole(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xiezuo.exchange.actions.applying.STEP_ROWS", 2)
    batch = understood(cast.chenli, ledger())
    begin_apply(by=cast.chenli, batch=batch, site=None, centres={})
    from xiezuo.exchange.actions.applying import one_step

    assert one_step(batch.pk) is True
    assert one_step(batch.pk) is True
    assert ImportBatch.objects.get().rows_done == 4
    assert (ServiceRecord.objects.count(), records_for(cast.chenli).count(), numbers(cast)) == (4, 0, [0, 0, 0, 0])
    apply_batch(batch.pk)
    assert numbers(cast) == [0, 110, 97, 4]


def test_a_worker_does_not_see_what_a_colleague_brought(cast: Cast) -> None:
    batch = understood(cast.xiaomei, register())
    assert list(batches_for(cast.xiaomei)) == [batch]
    assert list(batches_for(cast.chenli)) == [batch]
    assert list(batches_for(cast.haiyan)) == []
    assert list(batches_for(cast.zhiyuan)) == []
    with pytest.raises(NotAllowed):
        batch_for(cast.haiyan, batch.pk)


def test_who_runs_the_system_brings_no_sheets(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        understood(cast.zhiyuan, register())


def test_nobody_brings_records_of_a_site_where_they_do_not_work(cast: Cast) -> None:
    batch = understood(cast.xiaomei, ledger())
    with pytest.raises(NotAllowed):
        begin_apply(by=cast.xiaomei, batch=batch, site=None, centres={"西区": cast.west})
    with pytest.raises(NotAllowed):
        begin_apply(by=cast.xiaomei, batch=batch, site=cast.west, centres={})
    with pytest.raises(NotAllowed):
        begin_apply(by=cast.xiaomei, batch=batch, site=None, centres={"南区": "南区童缘"})
    assert (ImportBatch.objects.get().state, Site.objects.count()) == (BatchState.UNDERSTOOD, 2)


def test_an_administrator_who_also_works_with_people_opens_new_sites(cast: Cast) -> None:
    Membership.objects.create(user=cast.xiaomei.user, role=StaffRole.SYSADMIN, from_on="2020-01-01")
    both = actor_for(cast.xiaomei.user)
    taken_in(both, ledger(), centres={"南区": "南区童缘"})
    assert Site.objects.filter(name="南区童缘").exists()


def test_every_child_of_the_example_stands_in_the_register() -> None:
    assert [row[1] for row in CHILDREN] == ["付小雨", "迪丽拜尔·吐尔逊江", "王浩然"]
