"""Destruction (F06): proposed by the data steward, approved by two others, carried out as approved, with a certificate."""

from datetime import date, timedelta

import pytest

from tests.factories.cast import Cast, login
from tests.people.merged import merge
from tests.people.test_retention import MET, TEN_YEARS, met, took_part
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import verify_chain
from xiezuo.common.models import Event
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.actions import declare_solo
from xiezuo.orgs.models import Membership
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.actions import (
    approve_destruction,
    begin_destruction,
    carry_out,
    drop_destruction,
    propose_destruction,
    propose_erasing,
    set_hold,
)
from xiezuo.people.models import Destruction, DestructionItem, Person, ReadLog
from xiezuo.people.vocab import DestroyWay, DestructionState
from xiezuo.service.models import ServiceRecord

WHY = "十年没有联系，不再需要。"


@pytest.fixture
def lan(cast: Cast) -> Actor:
    """The data steward."""
    return actor_for(login("lan", "蓝静", (StaffRole.DATA_STEWARD, None)))


@pytest.fixture
def fang(cast: Cast) -> Actor:
    """The director."""
    return actor_for(login("fang", "方明", (StaffRole.DIRECTOR, None)))


def proposed(lan: Actor, *people: Person, on: date = TEN_YEARS) -> Destruction:
    rows = [person.pk for person in people]
    return propose_destruction(by=lan, record_class="person", rows=rows, appraisal=WHY, way=DestroyWay.ANONYMISE, on=on)


def refused(code: str, act: object, **what: object) -> None:
    with pytest.raises(RuleBroken) as refusal:
        act(**what)  # type: ignore[operator]
    assert refusal.value.code == code


def approved(cast: Cast, fang: Actor, destruction: Destruction) -> Destruction:
    approve_destruction(by=cast.chenli, destruction=destruction)
    return approve_destruction(by=fang, destruction=destruction)


@pytest.fixture(autouse=True)
def _inside_a_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests run inside one transaction, where no database can be written anew; test_nothing_left sweeps for real."""
    monkeypatch.setattr("xiezuo.people.actions.ending.clean_up", lambda: None)


def done(lan: Actor, destruction: Destruction, on: date = TEN_YEARS) -> Destruction:
    return carry_out(destruction=begin_destruction(by=lan, destruction=destruction), on=on)


def test_from_the_list_to_the_certificate(cast: Cast, lan: Actor, fang: Actor) -> None:
    one, other, stays = met(cast, MET), met(cast, MET), met(cast, MET)
    destruction = proposed(lan, one, other)
    assert (destruction.state, destruction.needs_two, destruction.source) == (
        DestructionState.PROPOSED,
        True,
        "没有找到规定；默认末次联系后保存 10 年",
    )
    approve_destruction(by=cast.chenli, destruction=destruction)
    destruction.refresh_from_db()
    assert (destruction.state, destruction.approver_1) == (DestructionState.PROPOSED, cast.chenli.user)
    approve_destruction(by=fang, destruction=destruction)
    finished = done(lan, destruction)
    assert (finished.state, finished.done_on, finished.approver_2) == (DestructionState.DONE, TEN_YEARS, fang.user)
    assert list(finished.items.values_list("row_id", "since", "over_on", "outcome")) == [
        (one.pk, MET, TEN_YEARS, "done"),
        (other.pk, MET, TEN_YEARS, "done"),
    ]
    erased = Person.objects.filter(erased_on=TEN_YEARS).order_by("pk")
    assert ([row.pk for row in erased], Person.objects.get(pk=stays.pk).nickname) == ([one.pk, other.pk], "老赵")


def test_events_hold_class_counts_and_hash_only(cast: Cast, lan: Actor, fang: Actor) -> None:
    destruction = approved(cast, fang, proposed(lan, met(cast, MET)))
    done(lan, destruction)
    told = [
        (row.code, sorted(row.facts))
        for row in Event.objects.filter(code__startswith="people.destruction").order_by("pk")
    ]
    always = ["list_hash", "record_class"]
    assert told == [
        ("people.destruction.proposed", [*always[:1], "n", *always[1:], "why"]),
        ("people.destruction.approved", [*always, "signature"]),
        ("people.destruction.approved", [*always, "signature"]),
        ("people.destruction.begun", always),
        ("people.destruction.done", ["left_out", *always[:1], "n", *always[1:], "rows"]),
    ]
    erased = Event.objects.get(code="people.person.erased")
    assert (erased.by_id, erased.facts["destruction"]) == (lan.id, destruction.pk)
    assert "老赵" not in str(list(Event.objects.values()))
    assert list(verify_chain()) == []


@pytest.mark.parametrize(
    ("role", "proposes", "signs", "holds"),
    [
        (StaffRole.DATA_STEWARD, True, False, True),
        (StaffRole.DIRECTOR, False, True, True),
        (StaffRole.SUPERVISOR, False, True, False),
        (StaffRole.SOCIAL_WORKER, False, False, False),
        (StaffRole.SYSADMIN, False, False, False),
        (StaffRole.VOLUNTEER_COORDINATOR, False, False, False),
        (StaffRole.PLACEMENT_STUDENT, False, False, False),
    ],
)
def test_who_may_do_what(cast: Cast, lan: Actor, role: StaffRole, proposes: bool, signs: bool, holds: bool) -> None:
    actor = actor_for(login("someone", "某人", (role, None)))
    person, waiting = met(cast, MET), met(cast, MET)
    destruction = proposed(lan, waiting)

    def may(act: object, **what: object) -> bool:
        try:
            act(by=actor, **what)  # type: ignore[operator]
        except NotAllowed:
            return False
        return True

    told = {
        "rows": [person.pk],
        "record_class": "person",
        "appraisal": WHY,
        "way": DestroyWay.ANONYMISE,
        "on": TEN_YEARS,
    }
    assert may(propose_destruction, **told) is proposes
    assert may(approve_destruction, destruction=destruction) is signs
    assert may(set_hold, person=waiting, why="仲裁", from_on=TEN_YEARS) is holds


def test_two_others_sign_not_the_proposer_and_not_one_of_them_twice(cast: Cast, lan: Actor) -> None:
    Membership.objects.create(user=lan.user, role=StaffRole.DIRECTOR, from_on=MET)
    both = actor_for(lan.user)
    destruction = proposed(both, met(cast, MET))
    refused("people.own_destruction", approve_destruction, by=both, destruction=destruction)
    approve_destruction(by=cast.chenli, destruction=destruction)
    refused("people.approved_already", approve_destruction, by=cast.chenli, destruction=destruction)
    refused("people.destruction_moved_on", begin_destruction, by=both, destruction=destruction)


def test_a_proposal_says_why_and_names_somebody(cast: Cast, lan: Actor) -> None:
    told = {"by": lan, "record_class": "person", "way": DestroyWay.ANONYMISE, "on": TEN_YEARS}
    refused("people.nothing_to_destroy", propose_destruction, rows=[], appraisal=WHY, **told)
    refused("people.appraisal_missing", propose_destruction, rows=[met(cast, MET).pk], appraisal=" ", **told)


def test_nobody_stands_in_two_proposals_at_once(cast: Cast, lan: Actor) -> None:
    person = met(cast, MET)
    first = proposed(lan, person)
    with pytest.raises(RuleBroken) as refusal:
        proposed(lan, person)
    assert refusal.value.code == "people.proposed_already"
    drop_destruction(by=cast.chenli, destruction=first, why="先问问家人")
    assert proposed(lan, person).state == DestructionState.PROPOSED


def test_whoever_is_put_on_hold_meanwhile_drops_out(cast: Cast, lan: Actor, fang: Actor) -> None:
    held, goes = met(cast, MET), met(cast, MET)
    destruction = approved(cast, fang, proposed(lan, held, goes))
    set_hold(by=fang, person=held, why="仲裁未结", from_on=MET)
    finished = done(lan, destruction)
    assert list(finished.items.values_list("row_id", "outcome")) == [(held.pk, "held"), (goes.pk, "done")]
    assert Person.objects.get(pk=held.pk).nickname == "老赵"
    event = Event.objects.get(code="people.destruction.done")
    assert (event.facts["n"], event.facts["left_out"]) == (1, 1)


def test_whoever_came_again_meanwhile_drops_out(cast: Cast, lan: Actor, fang: Actor) -> None:
    person = met(cast, MET)
    destruction = approved(cast, fang, proposed(lan, person))
    took_part(cast, person, TEN_YEARS)
    finished = done(lan, destruction, TEN_YEARS + timedelta(days=1))
    assert list(finished.items.values_list("outcome", flat=True)) == ["returned"]
    assert Person.objects.get(pk=person.pk).nickname == "老赵"


def test_whoever_was_merged_into_another_meanwhile_drops_out(cast: Cast, lan: Actor, fang: Actor) -> None:
    person, other = met(cast, MET), met(cast, date(2020, 1, 1))
    destruction = approved(cast, fang, proposed(lan, person))
    merge(cast, other, person)
    assert list(done(lan, destruction).items.values_list("outcome", flat=True)) == ["returned"]


def test_a_list_that_was_altered_is_not_carried_out(cast: Cast, lan: Actor, fang: Actor) -> None:
    destruction = approved(cast, fang, proposed(lan, met(cast, MET)))
    other = met(cast, MET)
    DestructionItem.objects.create(destruction=destruction, table="people.person", row_id=other.pk)
    refused("people.list_altered", begin_destruction, by=lan, destruction=destruction)
    assert Person.objects.filter(erased_on__isnull=False).count() == 0


def test_after_a_break_it_goes_on_where_it_stopped(
    cast: Cast, lan: Actor, fang: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = met(cast, MET), met(cast, MET)
    destruction = begin_destruction(by=lan, destruction=approved(cast, fang, proposed(lan, one, other)))
    from xiezuo.people.actions import ending

    whole = ending.erase_person

    def breaks(**what: object) -> int:
        if what["person"] == other.pk:
            raise OSError("the power went")
        return whole(**what)  # type: ignore[arg-type]

    monkeypatch.setattr(ending, "erase_person", breaks)
    with pytest.raises(OSError, match="power"):
        carry_out(destruction=destruction, on=TEN_YEARS)
    assert list(destruction.items.values_list("outcome", flat=True)) == ["done", "waiting"]
    monkeypatch.undo()
    monkeypatch.setattr(ending, "clean_up", lambda: None)
    assert carry_out(destruction=destruction, on=TEN_YEARS).state == DestructionState.DONE
    assert list(destruction.items.values_list("outcome", flat=True)) == ["done", "done"]


def test_a_proposal_that_was_dropped_says_why_and_touches_nothing(cast: Cast, lan: Actor) -> None:
    person = met(cast, MET)
    destruction = proposed(lan, person)
    refused("people.refusal_needs_a_reason", drop_destruction, by=cast.chenli, destruction=destruction, why=" ")
    drop_destruction(by=cast.chenli, destruction=destruction, why="先问问家人")
    destruction.refresh_from_db()
    assert (destruction.state, destruction.dropped_why, destruction.ended_by) == (
        DestructionState.DROPPED,
        "先问问家人",
        cast.chenli.user,
    )
    assert Person.objects.get(pk=person.pk).nickname == "老赵"
    refused("people.destruction_moved_on", approve_destruction, by=cast.chenli, destruction=destruction)


def test_a_name_in_the_appraisal_goes_with_the_person(cast: Cast, lan: Actor, fang: Actor) -> None:
    person = met(cast, MET)
    destruction = propose_destruction(
        by=lan, record_class="person", rows=[person.pk], appraisal="老赵已搬走", way=DestroyWay.ANONYMISE, on=TEN_YEARS
    )
    assert done(lan, approved(cast, fang, destruction)).appraisal == "—已搬走"


def test_whoever_asks_is_erased_before_the_default_period(cast: Cast, lan: Actor, fang: Actor) -> None:
    person = cast.person("王姐", cast.east)
    destruction = propose_erasing(by=lan, person=person, appraisal="本人要求删除", on=date(2026, 3, 20))
    assert (destruction.why, destruction.record_class) == ("asked", "person")
    done(lan, approved(cast, fang, destruction), date(2026, 3, 25))
    assert Person.objects.get(pk=person.pk).erased_on == date(2026, 3, 25)


def test_volunteer_hours_four_years_old_are_stored_only(cast: Cast, lan: Actor) -> None:
    """DAT-7, and GB/T 40143: whoever helped in 2022 is kept until 2032, whatever they ask."""
    from xiezuo.service.actions import Helping, ServiceFacts, record_service
    from xiezuo.service.vocab import Method

    person = cast.person("王姐", cast.east)
    helping = [Helping(person=person.pk, minutes=60)]
    facts = ServiceFacts(method=Method.ACTIVITY, service_date=date(2022, 3, 2), site=cast.east, helping=helping)
    record_service(by=cast.chenli, facts=facts, on=date(2026, 3, 2))
    with pytest.raises(RuleBroken) as refusal:
        propose_erasing(by=lan, person=person, appraisal="本人要求删除", on=date(2026, 3, 20))
    assert (refusal.value.code, refusal.value.facts) == (
        "people.kept_by_law",
        {"record_class": "volunteer", "over_on": "2032-03-02"},
    )


def test_whoever_asks_and_is_on_hold_waits(cast: Cast, lan: Actor, fang: Actor) -> None:
    person = cast.person("王姐", cast.east)
    destruction = approved(cast, fang, propose_erasing(by=lan, person=person, appraisal="本人要求", on=TEN_YEARS))
    set_hold(by=fang, person=person, why="仲裁未结", from_on=MET)
    assert list(done(lan, destruction).items.values_list("outcome", flat=True)) == ["held"]
    refused("people.on_hold", propose_erasing, by=lan, person=person, appraisal="本人要求", on=TEN_YEARS)


def alone(cast: Cast) -> Actor:
    """One person runs the house: supervisor, data steward and system administrator in one."""
    for actor in (cast.xiaomei, cast.haiyan, cast.zhiyuan):
        actor.user.is_active = False
        actor.user.save()
    for role in (StaffRole.DATA_STEWARD, StaffRole.SYSADMIN):
        Membership.objects.create(user=cast.chenli.user, role=role, from_on=MET)
    return actor_for(cast.chenli.user)


def test_in_a_house_of_one_a_default_needs_one_signature(cast: Cast) -> None:
    person = met(cast, MET)
    chenli = alone(cast)
    declare_solo(by=chenli, solo=True)
    destruction = proposed(chenli, person)
    assert destruction.needs_two is False
    assert approve_destruction(by=chenli, destruction=destruction).state == DestructionState.APPROVED


def test_what_the_law_keeps_needs_two_also_in_a_house_of_one(cast: Cast) -> None:
    from datetime import datetime

    from django.utils import timezone

    person = met(cast, MET)
    chenli = alone(cast)
    declare_solo(by=chenli, solo=True)
    at = timezone.make_aware(datetime(2025, 8, 3, 12))
    ReadLog.objects.create(person=person, user=chenli.user, at=at, what="person")
    destruction = propose_destruction(
        by=chenli, record_class="log", rows=[202508], appraisal=WHY, way=DestroyWay.ERASE, on=date(2026, 3, 1)
    )
    assert destruction.needs_two is True
    refused("people.own_destruction", approve_destruction, by=chenli, destruction=destruction)


def test_a_month_of_the_log_goes_and_the_rest_stays(cast: Cast, lan: Actor, fang: Actor) -> None:
    from datetime import datetime

    from django.utils import timezone

    person = met(cast, MET)
    for month in (8, 9):
        at = timezone.make_aware(datetime(2025, month, 3, 12))
        ReadLog.objects.create(person=person, user=lan.user, at=at, what="person")
    day = date(2026, 3, 1)
    destruction = propose_destruction(
        by=lan, record_class="log", rows=[202508], appraisal=WHY, way=DestroyWay.ERASE, on=day
    )
    finished = done(lan, approved(cast, fang, destruction), day)
    assert list(finished.items.values_list("outcome", "rows")) == [("done", 1)]
    assert [log.at.month for log in ReadLog.objects.all()] == [9]


def test_a_house_with_three_people_is_not_solo(cast: Cast) -> None:
    refused("orgs.not_solo", declare_solo, by=cast.zhiyuan, solo=True)
    with pytest.raises(NotAllowed):
        declare_solo(by=cast.xiaomei, solo=False)


def test_the_dry_run_and_the_records_stay_as_they_were_until_it_is_carried_out(
    cast: Cast, lan: Actor, fang: Actor
) -> None:
    person = met(cast, MET)
    before = list(Person.objects.values()), list(ServiceRecord.objects.values())
    approved(cast, fang, proposed(lan, person))
    assert (list(Person.objects.values()), list(ServiceRecord.objects.values())) == before
