"""A whole import is taken back; what people wrote on it since stays."""

from datetime import date

import pytest
from django.utils import timezone

from tests.exchange.books import ledger, register
from tests.exchange.conftest import taken_in
from tests.factories.cast import Cast, login
from tests.factories.growth import begins
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.walls import all_opened
from xiezuo.exchange.actions.exporting import Wanted, ask_export, decide_export, write_export
from xiezuo.exchange.actions.undoing import discard_import, undo_import, what_undoing_means
from xiezuo.exchange.exports.rows import Chosen
from xiezuo.exchange.models import ImportBatch, ImportedRow
from xiezuo.exchange.vocab import BatchState, ExportKind, RowState
from xiezuo.orgs.access import actor_for
from xiezuo.orgs.models import Site
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.actions import (
    PersonFacts,
    add_to_household,
    merge_people,
    register_person,
    unmerge_people,
)
from xiezuo.people.models import Assignment, Household, HouseholdMember, Person, Relationship
from xiezuo.people.vocab import Relation, Role
from xiezuo.service.actions import ServiceFacts, Taking, cancel_service, record_service
from xiezuo.service.actions.risks import flag_risk
from xiezuo.service.models import PlannedVisit, ServiceRecord
from xiezuo.service.vocab import Method, ParticipationMode

TODAY = date(2026, 3, 31)


def test_undoing_takes_everything_back(cast: Cast) -> None:
    sheets = [
        taken_in(cast.chenli, ledger(), centres={"南区": "南区童缘"}),
        taken_in(cast.chenli, register(), site=cast.east),
    ]
    for batch in sheets:
        assert undo_import(by=cast.chenli, batch=batch).state == BatchState.UNDONE
    left = (Person, Household, HouseholdMember, Relationship, Assignment, ServiceRecord)
    assert [model.objects.count() for model in left] == [0, 0, 0, 0, 0, 0]  # type: ignore[attr-defined]
    assert not Site.objects.filter(name="南区童缘").exists()
    assert {row.state for row in ImportedRow.objects.all()} == {RowState.UNDONE}


def test_people_with_whom_someone_worked_since_stay_and_the_summary_says_so(cast: Cast) -> None:
    batch = taken_in(cast.xiaomei, register(), site=cast.east)
    yu, hao = Person.objects.get(full_name="付小雨"), Person.objects.get(full_name="王浩然")
    visit = ServiceFacts(
        method=Method.VISIT,
        service_date=date(2026, 3, 2),
        taking=[Taking(mode=ParticipationMode.NAMED, person=yu.pk)],
        site=cast.east,
    )
    record_service(by=cast.xiaomei, facts=visit, on=TODAY)
    begins(cast.chenli, hao, Role.MEMBER, TODAY)
    assert what_undoing_means(batch).kept_people == {yu.pk, hao.pk}
    batch = undo_import(by=cast.xiaomei, batch=batch)
    assert set(Person.objects.values_list("full_name", flat=True)) == {"付小雨", "王浩然"}
    assert (batch.summary["kept_people"], batch.summary["kept_households"], Household.objects.count()) == (2, 0, 0)


def test_someone_for_whom_a_colleague_was_afraid_stays_and_so_does_their_home(cast: Cast) -> None:
    batch = taken_in(cast.xiaomei, register(), site=cast.east)
    yu = Person.objects.get(full_name="付小雨")
    moment = timezone.now()
    flag_risk(by=cast.xiaomei, facts="手臂有伤", found_at=moment, at=moment, person=yu.pk)
    home = HouseholdMember.objects.get(person=yu).household
    with all_opened(why="a test writes a visit down"):
        PlannedVisit.objects.create(
            household=home,
            planned_on=TODAY,
            visitor_1=cast.xiaomei.user,
            companion="志愿者",
            written_by=cast.xiaomei.user,
        )
    undo_import(by=cast.xiaomei, batch=batch)
    assert {str(person) for person in Person.objects.all()} == {"付小雨", "付国强"}  # who heads the home stays in it
    assert list(Household.objects.all()) == [home]


def test_who_stood_in_a_list_that_left_stays_and_who_was_only_asked_for_does_not(cast: Cast) -> None:
    director = actor_for(login("fang", "方主任", (StaffRole.DIRECTOR, None)))
    batch = taken_in(cast.chenli, register(), site=cast.east)
    yu = Person.objects.get(full_name="付小雨")
    for name in ("付小雨", "王浩然"):
        wanted = Wanted(ExportKind.PEOPLE, "statutory", "核对", ["name"], chosen=Chosen(q=name))
        export = ask_export(by=cast.chenli, wanted=wanted, at=timezone.now())
        if name == yu.full_name:
            decide_export(by=director, export=export, approved=True, words="", at=timezone.now())
            write_export(by=cast.chenli, export=export, at=timezone.now())
    assert what_undoing_means(batch).kept_people == {yu.pk}
    undo_import(by=cast.chenli, batch=batch)
    assert list(Person.objects.values_list("full_name", flat=True)) == ["付小雨"]


def test_a_household_that_someone_joined_since_stays_with_its_people(cast: Cast) -> None:
    batch = taken_in(cast.xiaomei, register(), site=cast.east)
    father = Person.objects.get(full_name="付国强")
    baby = register_person(by=cast.xiaomei, facts=PersonFacts(nickname="宝宝"), on=TODAY)
    home = Household.objects.get(head=father)
    add_to_household(by=cast.xiaomei, household=home, person=baby, relation=Relation.CHILD, on=TODAY)
    batch = undo_import(by=cast.xiaomei, batch=batch)
    assert (batch.summary["kept_households"], batch.summary["kept_people"]) == (1, 2)
    assert sorted(str(member.person) for member in home.members.all()) == ["付国强", "付小雨", "宝宝"]


def test_a_record_that_was_cancelled_since_stays(cast: Cast) -> None:
    batch = taken_in(cast.chenli, ledger())
    cancel_service(by=cast.chenli, record=ServiceRecord.objects.get(title="亲子阅读"), why="写了两遍")
    assert undo_import(by=cast.chenli, batch=batch).summary["kept_records"] == 1
    assert [record.title for record in ServiceRecord.objects.all()] == ["亲子阅读"]


def test_what_was_undone_can_be_brought_again_and_what_stayed_is_not_doubled(cast: Cast) -> None:
    batch = taken_in(cast.chenli, ledger())
    cancel_service(by=cast.chenli, record=ServiceRecord.objects.get(title="亲子阅读"), why="写了两遍")
    undo_import(by=cast.chenli, batch=batch)
    again = taken_in(cast.chenli, ledger())
    assert (again.summary["services"], again.summary["already_here"]) == (4, 1)
    assert ServiceRecord.objects.count() == 5


def test_only_a_finished_import_can_be_undone_and_only_by_those_who_see_it(cast: Cast) -> None:
    batch = taken_in(cast.xiaomei, register())
    with pytest.raises(NotAllowed):
        undo_import(by=cast.haiyan, batch=batch)
    undo_import(by=cast.xiaomei, batch=batch)
    with pytest.raises(RuleBroken):
        undo_import(by=cast.xiaomei, batch=batch)


def test_a_file_put_aside_leaves_nothing_of_its_rows(cast: Cast, django_capture_on_commit_callbacks: object) -> None:
    from tests.exchange.conftest import understood

    batch = understood(cast.xiaomei, register())
    path = batch.file.path
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        discard_import(by=cast.xiaomei, batch=batch)
    assert (ImportBatch.objects.get().state, ImportedRow.objects.count()) == (BatchState.DISCARDED, 0)
    assert not batch.file.storage.exists(path)


def test_an_import_whose_people_were_merged_since_says_so_and_is_undone_after_that(cast: Cast) -> None:
    before = register_person(by=cast.xiaomei, facts=PersonFacts(nickname="小雨"), on=TODAY, site=cast.east)
    batch = taken_in(cast.xiaomei, register(), site=cast.east)
    merge = merge_people(by=cast.chenli, kept=before, other=Person.objects.get(full_name="付小雨"))
    with pytest.raises(RuleBroken) as refusal:
        undo_import(by=cast.xiaomei, batch=batch)
    assert (refusal.value.code, refusal.value.facts) == ("exchange.merged_since", {"merges": [merge.pk]})
    unmerge_people(by=cast.chenli, merge=merge)
    assert undo_import(by=cast.xiaomei, batch=batch).summary["kept_people"] == 0
    assert list(Person.objects.all()) == [before]


def test_a_file_brought_again_finds_whom_its_people_were_merged_into(cast: Cast) -> None:
    before = register_person(by=cast.xiaomei, facts=PersonFacts(nickname="小雨"), on=TODAY, site=cast.east)
    taken_in(cast.xiaomei, register(), site=cast.east)
    yu = Person.objects.get(full_name="付小雨")
    merge_people(by=cast.chenli, kept=before, other=yu)
    assert not ImportedRow.objects.filter(person=yu).exists()
    assert ImportedRow.objects.filter(person=before).exists()
