"""What changes over the years keeps its history; what has no answer says why; who answers for a child, from when."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.factories.cast import DAY, Cast, make_cast
from tests.factories.facts import facts_of
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.people.actions import (
    correct_person,
    end_collector,
    end_guardianship,
    found_household,
    leave_household,
    move_household,
    name_collector,
    note_guardianship,
)
from xiezuo.people.models import Collector, EarlierFact, Guardianship, Person
from xiezuo.people.queries import may_collect, since_when
from xiezuo.people.vocab import GuardianBasis, NoAnswer, Relation

pytestmark = pytest.mark.django_db
MARCH, MAY = date(2026, 3, 9), date(2026, 5, 4)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def wang(cast: Cast) -> Person:
    return cast.person("王姐", cast.east, full_name="王素芬", phone="15412342764", address="八村 12 号")


@pytest.fixture
def yu(cast: Cast) -> Person:
    return cast.person("小宇", cast.east, born_on=date(2015, 6, 1), address="八村 12 号")


def corrected(cast: Cast, person: Person, changed_on: date | None, **facts: object) -> Person:
    wanted = replace(facts_of(person), **facts)  # type: ignore[arg-type]
    return correct_person(by=cast.xiaomei, person=person, facts=wanted, on=DAY, changed_on=changed_on)


def history(person: Person) -> list[tuple[str, str, date | None, date]]:
    return list(person.earlier_facts.order_by("id").values_list("fact", "value", "from_on", "to_on"))


def test_a_new_number_keeps_the_old_one_with_its_days(cast: Cast, wang: Person) -> None:
    corrected(cast, wang, MARCH, phone="15499990001")
    wang.refresh_from_db()
    corrected(cast, wang, MAY, phone="15499990002")
    assert history(wang) == [("phone", "15412342764", None, MARCH), ("phone", "15499990001", MARCH, MAY)]
    assert since_when(wang) == {"phone": MAY}
    wang.refresh_from_db()
    assert wang.phone == "15499990002"


def test_a_slip_of_the_pen_leaves_no_history(cast: Cast, wang: Person) -> None:
    corrected(cast, wang, None, phone="15412342765")
    assert history(wang) == []


def test_what_was_empty_before_and_what_has_no_history_are_just_written(cast: Cast, wang: Person) -> None:
    corrected(cast, wang, MARCH, wechat="wang-jie", occupation="保洁")
    assert history(wang) == []


def test_a_change_before_a_later_one_is_refused_and_nothing_is_written(cast: Cast, wang: Person) -> None:
    corrected(cast, wang, MAY, phone="15499990001")
    wang.refresh_from_db()
    with pytest.raises(RuleBroken) as refusal:
        corrected(cast, wang, MARCH, phone="15499990002")
    assert (refusal.value.code, refusal.value.field) == ("people.changed_later_already", "changed_on")
    wang.refresh_from_db()
    assert (wang.phone, len(history(wang))) == ("15499990001", 1)


def test_asked_and_without_an_answer_is_not_the_same_as_not_asked(cast: Cast, wang: Person) -> None:
    told = {
        "health_note": NoAnswer.DECLINED.value,
        "education": NoAnswer.UNKNOWN.value,
        "phone": NoAnswer.UNKNOWN.value,
    }
    person = corrected(cast, wang, None, unanswered=told)
    # Her telephone stands there, so nothing has to be said of its absence.
    assert person.unanswered == {"education": "unknown", "health_note": "declined"}
    assert corrected(cast, person, None, education="70").unanswered == {"health_note": "declined"}


def test_a_family_that_moves_keeps_its_history_and_who_left_is_not_moved_along(
    cast: Cast, wang: Person, yu: Person
) -> None:
    brother = cast.person("小伟", cast.east, address="八村 12 号")
    away = cast.person("老张", cast.east, address="工地宿舍")
    members = [(yu, Relation.CHILD), (brother, Relation.SIBLING), (away, Relation.SPOUSE)]
    home = found_household(by=cast.xiaomei, head=wang, members=members, on=DAY)
    leave_household(by=cast.xiaomei, member=home.members.get(person=brother), on=MARCH)
    moved = move_household(by=cast.xiaomei, household=home, address="皮村 3 号院", on=MAY)
    assert {str(person) for person in moved} == {"王素芬", "小宇"}
    assert dict(Person.objects.values_list("nickname", "address")) == {
        "王姐": "皮村 3 号院",
        "小宇": "皮村 3 号院",
        "小伟": "八村 12 号",
        "老张": "工地宿舍",
    }
    assert history(yu) == [("address", "八村 12 号", None, MAY)]
    assert list(home.earlier_facts.values_list("value", "to_on")) == [("八村 12 号", MAY)]


@pytest.mark.parametrize(("address", "code"), [(" ", "people.new_home_missing"), ("八村 12 号", "people.same_home")])
def test_a_move_needs_another_address(cast: Cast, wang: Person, address: str, code: str) -> None:
    home = found_household(by=cast.xiaomei, head=wang, on=DAY)
    with pytest.raises(RuleBroken) as refusal:
        move_household(by=cast.xiaomei, household=home, address=address, on=MAY)
    assert refusal.value.code == code
    assert EarlierFact.objects.count() == 0


def test_a_guardianship_has_a_basis_and_days_and_stays_when_it_ends(cast: Cast, wang: Person, yu: Person) -> None:
    row = note_guardianship(
        by=cast.xiaomei, ward=yu, guardian=wang, basis=GuardianBasis.STATUTORY, on=MARCH, paper="出生医学证明"
    )
    again = note_guardianship(by=cast.xiaomei, ward=yu, guardian=wang, basis=GuardianBasis.APPOINTED)
    assert (again, again.basis) == (row, "statutory")
    end_guardianship(by=cast.xiaomei, guardianship=row, on=MAY)
    assert Guardianship.objects.values_list("ward", "guardian", "from_on", "to_on").get() == (
        yu.pk,
        wang.pk,
        MARCH,
        MAY,
    )


def test_nobody_is_their_own_guardian_and_two_are_not_each_others(cast: Cast, wang: Person, yu: Person) -> None:
    with pytest.raises(RuleBroken) as refusal:
        note_guardianship(by=cast.xiaomei, ward=yu, guardian=yu, basis=GuardianBasis.STATUTORY)
    assert refusal.value.code == "people.own_guardian"
    note_guardianship(by=cast.xiaomei, ward=yu, guardian=wang, basis=GuardianBasis.STATUTORY)
    with pytest.raises(RuleBroken) as refusal:
        note_guardianship(by=cast.xiaomei, ward=wang, guardian=yu, basis=GuardianBasis.STATUTORY)
    assert refusal.value.code == "people.guardians_of_each_other"
    with pytest.raises(IntegrityError), transaction.atomic():
        Guardianship.objects.create(ward=yu, guardian=yu, basis=GuardianBasis.WILL)


def test_who_may_take_a_child_home_depends_on_the_day(cast: Cast, yu: Person) -> None:
    aunt = name_collector(
        by=cast.xiaomei, child=yu, name="李芳", phone="15400000001", relation=Relation.OTHER, on=MARCH, until=MAY
    )
    name_collector(by=cast.xiaomei, child=yu, name="王奶奶", phone="15400000002", relation=Relation.GRANDPARENT)
    days = (date(2026, 3, 8), MARCH, MAY, date(2026, 5, 5))
    assert [sorted(may_collect(yu, day).values_list("name", flat=True)) for day in days] == [
        ["王奶奶"],
        ["李芳", "王奶奶"],
        ["李芳", "王奶奶"],
        ["王奶奶"],
    ]
    end_collector(by=cast.xiaomei, collector=aunt, on=MARCH)
    assert list(may_collect(yu, MAY).values_list("name", flat=True)) == ["王奶奶"]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"name": "", "phone": "154"}, "people.collector_needs_name_and_phone"),
        ({"name": "李芳", "phone": " "}, "people.collector_needs_name_and_phone"),
        ({"name": "李芳", "phone": "154", "on": MAY, "until": MARCH}, "people.ends_before_it_began"),
    ],
)
def test_a_collector_who_cannot_be_is_refused(cast: Cast, yu: Person, facts: dict[str, object], code: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        name_collector(by=cast.xiaomei, child=yu, relation=Relation.OTHER, **facts)  # type: ignore[arg-type]
    assert refusal.value.code == code
    assert Collector.objects.count() == 0


def test_all_of_this_is_for_those_who_work_with_the_child(cast: Cast, wang: Person, yu: Person) -> None:
    home = found_household(by=cast.xiaomei, head=wang, on=DAY)
    guardianship = note_guardianship(by=cast.xiaomei, ward=yu, guardian=wang, basis=GuardianBasis.STATUTORY)
    aunt = name_collector(by=cast.xiaomei, child=yu, name="李芳", phone="154", relation=Relation.OTHER)
    for deed in (
        lambda: move_household(by=cast.haiyan, household=home, address="别处", on=MAY),
        lambda: note_guardianship(by=cast.haiyan, ward=yu, guardian=wang, basis=GuardianBasis.WILL),
        lambda: end_guardianship(by=cast.haiyan, guardianship=guardianship, on=MAY),
        lambda: name_collector(by=cast.haiyan, child=yu, name="某", phone="1", relation=Relation.OTHER),
        lambda: end_collector(by=cast.haiyan, collector=aunt, on=MAY),
    ):
        with pytest.raises(NotAllowed):
            deed()
