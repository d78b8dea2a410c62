"""Two rows turn out to be one human: what follows, what is asked, what is refused."""

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories.cast import DAY, Cast, login
from tests.factories.facts import answers_open, known
from tests.factories.growth import begins
from tests.people.merged import LATER, merge, refused, served, value
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.models import Event
from xiezuo.orgs.access import Actor
from xiezuo.people.access import MergedAway, people_for, person_for
from xiezuo.people.actions import (
    assign,
    found_household,
    merge_people,
    note_consent,
    relate,
    unmerge_people,
)
from xiezuo.people.actions.joining import Choice, differences
from xiezuo.people.models import (
    Assignment,
    Consent,
    HouseholdMember,
    MergedRow,
    Person,
    Relationship,
    RolePeriod,
)
from xiezuo.people.queries import consent_answers
from xiezuo.people.search import matching
from xiezuo.people.vocab import AssignedFor, ConsentPurpose, ConsentState, Relation, Role
from xiezuo.service.models import Participation

pytestmark = pytest.mark.django_db


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
    with answers_open():
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
    assert known(wang).note == "怕狗\n\n夜班"
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
        person_for(Actor(login("new", "新人"), frozenset({("social_worker", 0)})), fen.pk)
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
