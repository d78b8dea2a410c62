"""What may be done with the record of a person, by whom, and what the chain of events keeps of it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from tests.factories.cast import DAY, Cast, make_cast
from tests.factories.facts import facts_of
from tests.factories.growth import begins
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import verify_chain
from xiezuo.common.models import Event
from xiezuo.orgs.access import Actor
from xiezuo.people.access import people_for, person_for
from xiezuo.people.actions import (
    PersonFacts,
    add_to_household,
    assign,
    correct_person,
    end_assignment,
    found_household,
    note_consent,
    register_person,
    relate,
)
from xiezuo.people.models import Assignment, Person
from xiezuo.people.vocab import AssignedFor, ConsentPurpose, ConsentState, Relation, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def wang(cast: Cast) -> Person:
    return cast.person("王姐", cast.east, full_name="王素芬", phone="15412342764")


Deed = Callable[[Actor, Person, Person], object]
DEEDS: dict[str, Deed] = {
    "begin a role": lambda by, one, _other: begins(by, one, Role.VOLUNTEER, DAY),
    "found a household": lambda by, one, _other: found_household(by=by, head=one, on=DAY),
    "name a member": lambda by, one, other: found_household(by=by, head=one, members=[(other, Relation.CHILD)], on=DAY),
    "relate two": lambda by, one, other: relate(by=by, person=one, other=other, relation=Relation.SIBLING),
    "note consent": lambda by, one, _other: note_consent(
        by=by, person=one, purpose=ConsentPurpose.SERVICE, state=ConsentState.GIVEN, way=None, at=timezone.now()
    ),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_nobody_writes_about_people_they_do_not_work_with(cast: Cast, wang: Person, deed: Deed) -> None:
    child = cast.person("小宇", cast.east)
    before = Event.objects.count()
    for by in (cast.haiyan, cast.zhiyuan):
        with pytest.raises(NotAllowed):
            deed(by, wang, child)
    assert Event.objects.count() == before
    deed(cast.xiaomei, wang, child)
    assert Event.objects.count() == before + 1
    assert list(verify_chain()) == []


def test_a_tie_needs_both_people_to_be_open(cast: Cast, wang: Person) -> None:
    wei = cast.person("小伟", cast.west)
    with pytest.raises(NotAllowed):
        relate(by=cast.xiaomei, person=wang, other=wei, relation=Relation.SIBLING)
    relate(by=cast.chenli, person=wang, other=wei, relation=Relation.SIBLING)


def test_a_correction_keeps_which_fields_changed_and_not_what_stood_in_them(cast: Cast, wang: Person) -> None:
    facts = facts_of(wang)
    facts.phone, facts.health_note = "15412340000", "腰不好"
    correct_person(by=cast.xiaomei, person=wang, facts=facts, on=DAY)
    event = Event.objects.order_by("-id")[0]
    assert (event.code, event.facts) == ("people.person.corrected", {"fields": ["health_note", "phone"]})
    assert correct_person(by=cast.xiaomei, person=wang, facts=facts, on=DAY) == wang
    assert Event.objects.order_by("-id")[0] == event


def test_a_person_belongs_to_the_site_and_to_who_wrote_them_down(cast: Cast) -> None:
    person = register_person(by=cast.xiaomei, facts=PersonFacts(nickname="王姐"), on=DAY, site=cast.east)
    rows = Assignment.objects.filter(person=person).order_by("site")
    assert {(row.site, row.user) for row in rows} == {(cast.east, None), (None, cast.xiaomei.user)}


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (PersonFacts(nickname="  "), "people.nickname_missing"),
        (PersonFacts(nickname="王姐", born_on=date(2026, 3, 3)), "people.born_in_future"),
        (PersonFacts(nickname="王姐", id_number="110105194912310021"), "people.id_number_checksum"),
        (PersonFacts(nickname="王姐", id_number="11010519900230001X"), "people.id_number_date"),
        (PersonFacts(nickname="王姐", id_number="110105209912310029"), "people.id_number_future"),
        (PersonFacts(nickname="王姐", id_number="123"), "people.id_number_length"),
    ],
)
def test_what_cannot_be_is_refused_by_its_code(cast: Cast, facts: PersonFacts, code: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        register_person(by=cast.xiaomei, facts=facts, on=DAY)
    assert refusal.value.code == code
    assert Person.objects.count() == 0


def test_only_a_supervisor_assigns_and_twice_is_once(cast: Cast, wang: Person) -> None:
    why = AssignedFor.CASE_TEAM
    with pytest.raises(NotAllowed):
        assign(by=cast.xiaomei, person=wang, why=why, on=DAY, user=cast.haiyan.user)
    first = assign(by=cast.chenli, person=wang, why=why, on=DAY, user=cast.haiyan.user)
    assert assign(by=cast.chenli, person=wang, why=why, on=DAY, user=cast.haiyan.user) == first
    assert person_for(cast.haiyan, wang.pk) == wang


def test_when_an_assignment_has_ended_the_person_is_closed_again(cast: Cast, wang: Person) -> None:
    row = assign(by=cast.chenli, person=wang, why=AssignedFor.CASE_TEAM, on=DAY, user=cast.haiyan.user)
    end_assignment(by=cast.chenli, assignment=row, on=DAY)
    assert list(people_for(cast.haiyan)) == []
    assert Event.objects.filter(code="people.person.unassigned").get().facts == {"user": cast.haiyan.id, "site": None}


def test_nobody_joins_a_household_twice(cast: Cast, wang: Person) -> None:
    home = found_household(by=cast.xiaomei, head=wang, on=DAY)
    with pytest.raises(RuleBroken) as refusal:
        add_to_household(by=cast.xiaomei, household=home, person=wang, relation=Relation.OTHER, on=DAY)
    assert refusal.value.code == "people.already_member"


@pytest.mark.parametrize("written", ["＊", "？", "---"])
def test_a_sign_in_place_of_a_name_is_refused_in_words(cast: Cast, written: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        register_person(by=cast.xiaomei, facts=PersonFacts(nickname=written), on=DAY)
    assert (refusal.value.code, refusal.value.field) == ("people.name_without_letters", "nickname")
    assert Person.objects.count() == 0


def test_a_name_is_kept_without_marks_that_nobody_sees_and_with_rare_characters(cast: Cast) -> None:
    person = register_person(by=cast.xiaomei, facts=PersonFacts(nickname="\u202e𠮷\u200b田\u202c"), on=DAY)
    assert person.nickname == "𠮷田"
