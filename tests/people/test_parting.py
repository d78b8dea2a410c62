"""A merge is taken back: what goes where it was, what stays, and what comes off first."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.cast import DAY, Cast
from tests.factories.facts import answers_open, facts_of
from tests.factories.growth import begins, rests
from tests.people.merged import LATER, merge, served
from xiezuo.people.access import people_for
from xiezuo.people.actions import (
    PersonFacts,
    add_to_household,
    correct_person,
    found_household,
    name_collector,
    note_consent,
    note_guardianship,
    relate,
    unmerge_people,
    write_growth_note,
)
from xiezuo.people.actions.joining import Choice, differences
from xiezuo.people.models import (
    Collector,
    Consent,
    EarlierFact,
    Findable,
    GrowthNote,
    Guardianship,
    JourneyEntry,
    Person,
    Relationship,
    RolePeriod,
)
from xiezuo.people.search import found
from xiezuo.people.since import blocked_by, said_of, written_since
from xiezuo.people.vocab import ConsentPurpose, ConsentState, GuardianBasis, Relation, Role
from xiezuo.service.actions import ServiceFacts, Taking, correct_service
from xiezuo.service.models import VolunteerPart
from xiezuo.service.vocab import Method, ParticipationMode

pytestmark = pytest.mark.django_db


def test_a_later_merge_of_whom_they_are_tied_to_comes_off_first(cast: Cast, wang: Person, fen: Person) -> None:
    """Both are parents of a child who is there twice, too: the ties of all four hang together."""
    child, kid = cast.person("小宇", cast.east), cast.person("王小宇", cast.east)
    relate(by=cast.chenli, person=wang, other=child, relation=Relation.PARENT)
    relate(by=cast.chenli, person=fen, other=kid, relation=Relation.PARENT)
    of_mother, of_child = merge(cast, wang, fen), merge(cast, child, kid)
    assert [(tie.person, tie.other) for tie in Relationship.objects.all()] == [(wang, child)]
    assert (blocked_by(of_mother), blocked_by(of_child)) == (of_child, None)
    unmerge_people(by=cast.chenli, merge=of_child)
    unmerge_people(by=cast.chenli, merge=of_mother)
    assert {(tie.person, tie.other) for tie in Relationship.objects.all()} == {(wang, child), (fen, kid)}


def test_a_merge_of_one_whom_a_removed_tie_names_comes_off_first(cast: Cast, wang: Person, fen: Person) -> None:
    child, kid = cast.person("小宇", cast.east), cast.person("王小宇", cast.east)
    for mother in (wang, fen):
        relate(by=cast.chenli, person=mother, other=kid, relation=Relation.PARENT)
    of_mother, of_child = merge(cast, wang, fen), merge(cast, child, kid)
    assert blocked_by(of_mother) == of_child
    unmerge_people(by=cast.chenli, merge=of_child)
    unmerge_people(by=cast.chenli, merge=of_mother)
    assert {(tie.person, tie.other) for tie in Relationship.objects.all()} == {(wang, kid), (fen, kid)}


def test_merges_that_have_nothing_in_common_come_off_in_any_order(cast: Cast, wang: Person, fen: Person) -> None:
    child, kid = cast.person("小宇", cast.east), cast.person("王小宇", cast.east)
    served(cast, wang, kid)
    first, second = merge(cast, wang, fen), merge(cast, child, kid)
    assert (blocked_by(first), blocked_by(second)) == (None, None)
    unmerge_people(by=cast.chenli, merge=first)
    unmerge_people(by=cast.chenli, merge=second)
    assert not Person.objects.filter(merged_into__isnull=False).exists()


def test_work_since_stays_and_what_is_said_to_be_hers_goes_along(cast: Cast, wang: Person, fen: Person) -> None:
    early = served(cast, fen)
    done = merge(cast, wang, fen)
    one, two = served(cast, wang, on=LATER), served(cast, wang, helping={wang.pk: 30}, on=LATER)
    note_consent(
        by=cast.chenli,
        person=wang,
        purpose=ConsentPurpose.STORY,
        state=ConsentState.GIVEN,
        way=None,
        at=timezone.now(),
    )
    rows = written_since(done)
    said = [(row.table, words.on) for row, words in said_of(cast.chenli, rows)]
    assert said == [
        ("people.consent", timezone.localdate()),
        ("service.participation", LATER),
        ("service.participation", LATER),
        ("service.volunteerpart", LATER),
    ]
    along = [row.value for row in rows if row.table == "people.consent" or row.pk == two.participations.get().pk]
    unmerge_people(by=cast.chenli, merge=done, along=along)
    people = {record.pk: record.participations.get().person for record in (early, one, two)}
    assert people == {early.pk: fen, one.pk: wang, two.pk: fen}
    with answers_open():
        assert (Consent.objects.get().person, VolunteerPart.objects.get().person) == (fen, wang)
    assert fen in people_for(cast.xiaomei)  # the site of the service that went along works with her now


def test_a_growth_note_written_since_goes_where_it_is_said_to_belong(cast: Cast, wang: Person, fen: Person) -> None:
    done = merge(cast, wang, fen)
    for what in ("第一次主持读书会", "女儿入学"):
        write_growth_note(by=cast.chenli, person=wang, on=LATER, what=what)
    told = {said.text: row.value for row, said in said_of(cast.chenli, written_since(done))}
    unmerge_people(by=cast.chenli, merge=done, along=[told["女儿入学"]])
    assert [note.what for note in fen.growth_notes.all()] == ["女儿入学"]
    assert [note.what for note in wang.growth_notes.all()] == ["第一次主持读书会"]


def test_nobody_sends_along_what_is_not_open_to_them(cast: Cast, wang: Person, fen: Person) -> None:
    done = merge(cast, wang, fen)
    record = served(cast, wang)  # in the East
    along = [row.value for row in written_since(done)]
    unmerge_people(by=cast.haiyan, merge=done, along=along)
    assert record.participations.get().person == wang


def test_facts_written_since_stay_and_those_of_the_merge_go_back(cast: Cast, wang: Person, fen: Person) -> None:
    done = merge(cast, wang, fen, phone=Choice.OTHER)
    facts = facts_of(Person.objects.get(pk=wang.pk))
    facts.school, facts.occupation = "第五小学", "保洁"
    correct_person(by=cast.chenli, person=wang, facts=facts, on=LATER)
    unmerge_people(by=cast.chenli, merge=done)
    wang.refresh_from_db()
    assert (wang.phone, wang.school, wang.occupation, wang.alias) == ("15412342764", "第五小学", "保洁", "")


def test_a_record_corrected_since_gives_each_her_place_again(cast: Cast, wang: Person, fen: Person) -> None:
    record, both = served(cast, fen), served(cast, wang, fen)
    done = merge(cast, wang, fen)
    for one in (record, both):
        facts = ServiceFacts(
            method=Method.ACTIVITY,
            service_date=DAY,
            site=cast.east,
            title="更正",
            taking=[Taking(mode=ParticipationMode.NAMED, person=wang.pk)],
        )
        correct_service(by=cast.chenli, record=one, facts=facts, on=LATER)
    unmerge_people(by=cast.chenli, merge=done)
    assert [row.person for row in record.participations.all()] == [fen]
    assert {row.person for row in both.participations.all()} == {wang, fen}


def test_a_record_from_which_she_was_taken_since_stays_without_her(cast: Cast, wang: Person, fen: Person) -> None:
    record, child = served(cast, wang, fen), cast.person("小宇", cast.east)
    done = merge(cast, wang, fen)
    facts = ServiceFacts(
        method=Method.ACTIVITY,
        service_date=DAY,
        site=cast.east,
        taking=[Taking(mode=ParticipationMode.NAMED, person=child.pk)],
    )
    correct_service(by=cast.chenli, record=record, facts=facts, on=LATER)
    unmerge_people(by=cast.chenli, merge=done)
    assert [row.person for row in record.participations.all()] == [child]


def test_a_role_that_ended_since_stays_ended(cast: Cast, wang: Person, fen: Person) -> None:
    mine = begins(cast.chenli, wang, Role.VOLUNTEER, LATER)
    begins(cast.chenli, fen, Role.VOLUNTEER, DAY)
    done = merge(cast, wang, fen)
    mine.refresh_from_db()
    rests(cast.chenli, wang, Role.VOLUNTEER, DAY + timedelta(days=3))
    unmerge_people(by=cast.chenli, merge=done)
    assert sorted(RolePeriod.objects.values_list("person", "from_on", "to_on"), key=str) == [
        (wang.pk, DAY, DAY + timedelta(days=3)),
        (fen.pk, DAY, None),
    ]


def test_a_household_joined_since_is_left_where_it_is(cast: Cast, wang: Person, fen: Person) -> None:
    head = cast.person("付国强", cast.east)
    home = found_household(by=cast.chenli, head=head, on=DAY)
    done = merge(cast, wang, fen)
    add_to_household(by=cast.chenli, household=home, person=wang, relation=Relation.SPOUSE, on=LATER)
    unmerge_people(by=cast.chenli, merge=done)
    assert {member.person for member in home.members.all()} == {head, wang}


def test_one_who_was_merged_twice_over_is_found_through_both(cast: Cast, wang: Person, fen: Person) -> None:
    third = cast.person("素芬", cast.east)
    first, second = merge(cast, wang, fen), merge(cast, third, wang)
    assert {row.pk for row in third.merged_rows.all()} == {wang.pk, fen.pk}
    assert (blocked_by(first), blocked_by(second)) == (second, None)
    unmerge_people(by=cast.chenli, merge=second)
    assert {row.pk for row in Person.objects.get(pk=wang.pk).merged_rows.all()} == {fen.pk}


def test_facts_of_a_person_written_down_once_more_are_kept(cast: Cast, wang: Person) -> None:
    twin = cast.person("王姐", cast.east, full_name="王素芬", phone="15412342764", note="怕狗")
    assert differences(wang, twin) == []
    before = facts_of(wang)
    merge(cast, wang, twin)
    assert facts_of(Person.objects.get(pk=wang.pk)) == before == PersonFacts(**vars(before))


def test_guardians_steps_notes_earlier_numbers_and_nicknames_follow_and_come_back(
    cast: Cast, wang: Person, fen: Person
) -> None:
    child = cast.person("小宇", cast.east)
    for guardian in (wang, fen):
        note_guardianship(by=cast.chenli, ward=child, guardian=guardian, basis=GuardianBasis.STATUTORY)
    name_collector(by=cast.chenli, child=child, name="王素芬", phone="1", relation=Relation.PARENT, person=fen)
    begins(cast.chenli, fen, Role.VOLUNTEER, DAY)
    write_growth_note(by=cast.chenli, person=fen, on=DAY, what="第一次上台")
    facts = replace(facts_of(fen), phone="15400000009")
    correct_person(by=cast.chenli, person=fen, facts=facts, on=DAY, changed_on=DAY)
    before = everything_of_people()
    done = merge(cast, wang, Person.objects.get(pk=fen.pk))
    assert list(child.guardianships.values_list("guardian", flat=True)) == [wang.pk]
    assert list(child.collectors.values_list("person", flat=True)) == [wang.pk]
    assert (wang.journey_entries.count(), wang.growth_notes.count(), wang.earlier_facts.count()) == (1, 1, 1)
    unmerge_people(by=cast.chenli, merge=done)
    assert everything_of_people() == before


def everything_of_people() -> dict[str, list[dict[str, object]]]:
    tables = (Person, Guardianship, Collector, JourneyEntry, GrowthNote, EarlierFact, RolePeriod, Findable)
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in tables}


def test_a_mother_who_turns_out_to_be_her_own_child_is_not_their_guardian(
    cast: Cast, wang: Person, fen: Person
) -> None:
    note_guardianship(by=cast.chenli, ward=wang, guardian=fen, basis=GuardianBasis.APPOINTED)
    done = merge(cast, wang, fen)
    assert Guardianship.objects.count() == 0
    unmerge_people(by=cast.chenli, merge=done)
    assert Guardianship.objects.values_list("ward", "guardian").get() == (wang.pk, fen.pk)


def test_the_number_and_home_of_the_other_record_find_the_one_that_was_kept(cast: Cast, wang: Person) -> None:
    twice = cast.person("小芬", cast.east, phone="15499998888", address="金盏乡")
    merge(cast, wang, twice)
    for scrap in ("99998888", "金盏", "小芬"):
        hits = found(cast.chenli, people_for(cast.chenli), scrap)
        assert [hit.person for hit in hits] == [wang]
