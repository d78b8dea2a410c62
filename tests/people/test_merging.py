"""Two rows turn out to be one human: what follows, what is asked, what is refused, and what taking it back means."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories.cast import DAY, Cast, login, make_cast
from tests.factories.growth import begins, rests
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.models import Event
from xiezuo.orgs.access import Actor
from xiezuo.people.access import MergedAway, people_for, person_for
from xiezuo.people.actions import (
    PersonFacts,
    add_to_household,
    assign,
    correct_person,
    facts_of,
    found_household,
    merge_people,
    name_collector,
    note_consent,
    note_guardianship,
    relate,
    unmerge_people,
    write_growth_note,
)
from xiezuo.people.actions.joining import Choice, differences
from xiezuo.people.models import (
    Assignment,
    Collector,
    Consent,
    EarlierFact,
    Findable,
    GrowthNote,
    Guardianship,
    HouseholdMember,
    JourneyEntry,
    Merge,
    MergedRow,
    Person,
    Relationship,
    RolePeriod,
)
from xiezuo.people.queries import consent_answers
from xiezuo.people.search import found, matching
from xiezuo.people.since import blocked_by, said_of, written_since
from xiezuo.people.vocab import AssignedFor, ConsentPurpose, ConsentState, GuardianBasis, Relation, Role
from xiezuo.service.actions import Helping, ServiceFacts, Taking, correct_service, record_service
from xiezuo.service.indicators import INDICATORS
from xiezuo.service.models import Participation, ServiceRecord, VolunteerPart
from xiezuo.service.vocab import Method, ParticipationMode

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=30)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def wang(cast: Cast) -> Person:
    return cast.person("王姐", cast.east, full_name="王素芬", phone="15412342764", note="怕狗")


@pytest.fixture
def fen(cast: Cast) -> Person:
    """The same woman, written down again in the West."""
    return cast.person("阿芬", cast.west, full_name="王素芬", school="第三小学", note="夜班", phone="13900001111")


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


# What follows


def test_services_roles_consents_and_households_become_those_of_one(cast: Cast, wang: Person, fen: Person) -> None:
    served(cast, wang)
    served(cast, fen)
    begins(cast.chenli, fen, Role.VOLUNTEER, DAY)
    found_household(by=cast.chenli, head=fen, on=DAY)
    assert (value("headcount"), value("person_times")) == (2, 2)
    merge(cast, wang, fen)
    assert (value("headcount"), value("person_times")) == (1, 2)
    assert [period.role for period in wang.role_periods.all()] == [Role.VOLUNTEER]
    assert [home.head for home in wang.heads.all()] == [wang]


def test_who_stood_twice_on_one_record_was_there_once(cast: Cast, wang: Person, fen: Person) -> None:
    record = served(cast, wang, fen, helping={wang.pk: 60, fen.pk: 90})
    Participation.objects.filter(person=wang).update(came=False)
    done = merge(cast, wang, fen)
    assert [(row.person, row.came) for row in record.participations.all()] == [(wang, True)]
    assert [(part.person, part.minutes) for part in record.volunteer_parts.all()] == [(wang, 90)]
    unmerge_people(by=cast.chenli, merge=done)
    assert [(row.person, row.came) for row in record.participations.order_by("pk")] == [(wang, False), (fen, True)]
    assert sorted(record.volunteer_parts.values_list("person", "minutes")) == [(wang.pk, 60), (fen.pk, 90)]


def test_a_role_that_both_hold_began_when_the_earlier_did(cast: Cast, wang: Person, fen: Person) -> None:
    begins(cast.chenli, wang, Role.VOLUNTEER, LATER)
    begins(cast.chenli, fen, Role.VOLUNTEER, DAY)
    merge(cast, wang, fen)
    assert list(RolePeriod.objects.values_list("person", "from_on")) == [(wang.pk, DAY)]


def test_of_two_answers_to_one_purpose_both_stay_and_the_latest_counts(cast: Cast, wang: Person, fen: Person) -> None:
    for person, state in ((fen, ConsentState.GIVEN), (wang, ConsentState.REFUSED)):
        note_consent(
            by=cast.chenli, person=person, purpose=ConsentPurpose.STORY, state=state, way=None, at=timezone.now()
        )
    merge(cast, fen, wang)
    assert Consent.objects.filter(person=fen).count() == 2
    assert next(a.state for p, a in consent_answers(fen) if p == ConsentPurpose.STORY and a) == ConsentState.REFUSED


def test_colleagues_of_both_work_with_the_one_who_stays(cast: Cast, wang: Person, fen: Person) -> None:
    merge(cast, wang, fen)
    assert [list(people_for(by)) for by in (cast.xiaomei, cast.haiyan, cast.chenli)] == [[wang], [wang], [wang]]
    open_ones = Assignment.objects.filter(to_on__isnull=True).values_list("person", "user", "site")
    assert len(set(open_ones)) == len(open_ones) == 4


def test_nobody_is_her_own_sister_and_a_tie_written_twice_is_one(cast: Cast, wang: Person, fen: Person) -> None:
    child = cast.person("小宇", cast.east)
    relate(by=cast.chenli, person=wang, other=fen, relation=Relation.SIBLING)
    for mother in (wang, fen):
        relate(by=cast.chenli, person=mother, other=child, relation=Relation.PARENT)
    done = merge(cast, wang, fen)
    assert [(tie.person, tie.other) for tie in Relationship.objects.all()] == [(wang, child)]
    unmerge_people(by=cast.chenli, merge=done)
    ties = {(tie.person, tie.other, tie.relation) for tie in Relationship.objects.all()}
    assert ties == {(wang, fen, "sibling"), (wang, child, "parent"), (fen, child, "parent")}


def test_whoever_was_head_under_the_other_row_is_head_still(cast: Cast, wang: Person, fen: Person) -> None:
    home = found_household(by=cast.chenli, head=fen, members=[(wang, Relation.OTHER)], on=DAY)
    merge(cast, wang, fen)
    assert list(HouseholdMember.objects.values_list("household", "person", "relation")) == [(home.pk, wang.pk, "self")]


# What is known of both


def test_what_is_empty_is_filled_what_differs_is_asked_and_every_name_finds_her(
    cast: Cast, wang: Person, fen: Person
) -> None:
    asked = {d.name: d.suggested for d in differences(wang, fen)}
    assert asked == {"nickname": Choice.KEPT, "phone": Choice.KEPT, "note": Choice.BOTH}
    merge(cast, wang, fen, phone=Choice.OTHER)
    wang.refresh_from_db()
    assert (wang.nickname, wang.alias, wang.phone, wang.school) == ("王姐", "阿芬", "13900001111", "第三小学")
    assert wang.note == "怕狗\n\n夜班"
    assert list(matching(people_for(cast.chenli), "afen")) == [wang]


def test_messages_are_sent_only_where_both_rows_allow_it(cast: Cast) -> None:
    one = cast.person("小红", cast.east, safe_to_message=True)
    other = cast.person("红姐", cast.east)
    merge(cast, one, other)
    one.refresh_from_db()
    assert one.safe_to_message is False


def test_the_other_row_is_left_as_it_was_and_leads_to_the_kept_one(cast: Cast, wang: Person, fen: Person) -> None:
    merge(cast, wang, fen)
    row = Person.objects.get(pk=fen.pk)
    assert (row.nickname, row.phone, row.merged_into) == ("阿芬", "13900001111", wang)
    with pytest.raises(MergedAway) as away:
        person_for(cast.chenli, fen.pk)
    assert (away.value.kept, away.value.name) == (wang.pk, "王素芬")
    stranger = cast.person("阿强", cast.west)
    with pytest.raises(NotAllowed) as refusal:
        person_for(Actor(login("new", "新人"), frozenset({"social_worker"}), frozenset(), False), fen.pk)
    assert not isinstance(refusal.value, MergedAway)
    assert stranger in people_for(cast.haiyan)


# What is refused


def test_a_merge_with_herself_one_merged_already_and_a_circle_are_refused(
    cast: Cast, wang: Person, fen: Person
) -> None:
    third = cast.person("王素芬", cast.east)
    refused("people.merged_with_self", cast, wang, wang)
    merge(cast, wang, fen)
    refused("people.merged_already", cast, third, fen)
    refused("people.merged_already", cast, fen, third)
    refused("people.merged_already", cast, fen, wang)


def test_only_who_works_with_both_merges_them(cast: Cast, wang: Person, fen: Person) -> None:
    for by in (cast.xiaomei, cast.haiyan, cast.zhiyuan):
        with pytest.raises(NotAllowed):
            merge_people(by=by, kept=wang, other=fen)
    assign(by=cast.chenli, person=fen, user=cast.xiaomei.user, why=AssignedFor.CASE_TEAM, on=DAY)
    assert merge_people(by=cast.xiaomei, kept=wang, other=fen).by == cast.xiaomei.user


def test_two_logins_do_not_become_one_and_one_follows(cast: Cast, wang: Person, fen: Person) -> None:
    Person.objects.filter(pk=fen.pk).update(user=login("afen", "阿芬"))
    done = merge(cast, wang, fen)
    assert Person.objects.get(user__username="afen") == wang
    unmerge_people(by=cast.chenli, merge=done)
    assert Person.objects.get(user__username="afen") == fen
    Person.objects.filter(pk=wang.pk).update(user=login("wang", "王素芬"))
    refused("people.merge_of_two_logins", cast, wang, fen)


def test_what_stood_in_rows_is_sealed_and_not_kept_longer_than_needed(cast: Cast, wang: Person, fen: Person) -> None:
    done = merge(cast, wang, fen, phone=Choice.OTHER)
    table, column = MergedRow._meta.db_table, MergedRow._meta.get_field("before").column
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL")
        sealed = b"".join(bytes(row[0]) for row in cursor.fetchall())
    assert sealed
    assert b"15412342764" not in sealed
    unmerge_people(by=cast.chenli, merge=done)
    assert not MergedRow.objects.filter(before__isnull=False).exists()


def test_a_merge_is_taken_back_once(cast: Cast, wang: Person, fen: Person) -> None:
    done = merge(cast, wang, fen)
    unmerge_people(by=cast.chenli, merge=done)
    with pytest.raises(RuleBroken) as refusal:
        unmerge_people(by=cast.chenli, merge=done)
    assert refusal.value.code == "people.unmerged_already"
    assert [e.code for e in Event.objects.order_by("-id")[:2]] == ["people.person.unmerged", "people.person.merged"]


def test_a_guardian_of_oneself_is_refused_also_when_the_two_rows_became_one(
    cast: Cast, wang: Person, fen: Person
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        relate(by=cast.chenli, person=wang, other=wang, relation=Relation.GUARDIAN)
    assert refusal.value.code == "people.related_to_self"
    merge(cast, wang, fen)
    with pytest.raises(NotAllowed):
        relate(by=cast.chenli, person=wang, other=fen, relation=Relation.GUARDIAN)


# Taking it back


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
    assert (Consent.objects.get().person, VolunteerPart.objects.get().person) == (fen, wang)
    assert fen in people_for(cast.xiaomei)  # the site of the service that went along works with her now


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
