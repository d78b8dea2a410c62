"""Whatever was told of two people before they became one: taken back, the house is as it was, row for row."""

import random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.cast import Cast, make_cast
from tests.people.histories import the_house, told
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import verify_chain
from xiezuo.people.actions import merge_people, unmerge_people
from xiezuo.people.actions.joining import Choice
from xiezuo.people.models import Merge, Person
from xiezuo.people.since import blocked_by

pytestmark = pytest.mark.django_db

NUMBER = st.integers(0, 13)
PEOPLE = st.lists(st.tuples(NUMBER, NUMBER), min_size=2, max_size=5)
WORK = st.lists(st.tuples(NUMBER, NUMBER, NUMBER), max_size=14)
PAIRS = st.lists(st.tuples(NUMBER, NUMBER, st.sampled_from(Choice)), min_size=1, max_size=4)
MANY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def merged(cast: Cast, pairs: list[tuple[int, int, Choice]]) -> list[Merge]:
    merges = []
    for n, m, choice in pairs:
        living = list(Person.objects.filter(merged_into__isnull=True).order_by("pk"))
        kept, other = living[n % len(living)], living[m % len(living)]
        if kept != other:
            choices = dict.fromkeys(["full_name", "phone", "born_on", "note", "tags", "nickname"], choice)
            merges.append(merge_people(by=cast.chenli, kept=kept, other=other, choices=choices))
    return merges


@MANY
@given(people=PEOPLE, work=WORK, pairs=PAIRS, order=st.randoms(use_true_random=False))
def test_in_whatever_order_merges_are_taken_back_the_house_is_as_it_was(
    cast: Cast,
    people: list[tuple[int, int]],
    work: list[tuple[int, int, int]],
    pairs: list[tuple[int, int, Choice]],
    order: random.Random,
) -> None:
    with transaction.atomic():
        told(cast, people, work)
        before = the_house()
        standing = merged(cast, pairs)
        while standing:
            free = [merge for merge in standing if blocked_by(merge) is None]
            merge = order.choice(free)
            unmerge_people(by=cast.chenli, merge=merge)
            standing.remove(merge)
        assert the_house() == before
        assert list(verify_chain()) == []
        transaction.set_rollback(True)


@MANY
@given(people=PEOPLE, work=WORK, pairs=PAIRS)
def test_each_step_back_is_the_house_before_that_merge(
    cast: Cast, people: list[tuple[int, int]], work: list[tuple[int, int, int]], pairs: list[tuple[int, int, Choice]]
) -> None:
    with transaction.atomic():
        told(cast, people, work)
        steps = []
        for pair in pairs:
            before = the_house()
            steps += [(merge, before) for merge in merged(cast, [pair])]
        for merge, before in reversed(steps):
            unmerge_people(by=cast.chenli, merge=merge)
            assert the_house() == before
        transaction.set_rollback(True)


@MANY
@given(people=PEOPLE, work=WORK, pairs=PAIRS, since=WORK)
def test_work_written_since_stays_with_the_kept_one_and_nothing_is_lost(
    cast: Cast,
    people: list[tuple[int, int]],
    work: list[tuple[int, int, int]],
    pairs: list[tuple[int, int, Choice]],
    since: list[tuple[int, int, int]],
) -> None:
    with transaction.atomic():
        told(cast, people, work)
        merges = merged(cast, pairs)
        told(cast, [], since)
        rows = {name: {row["id"] for row in there if "id" in row} for name, there in the_house().items()}
        for merge in reversed(merges):
            unmerge_people(by=cast.chenli, merge=merge)
        after = {name: {row["id"] for row in there if "id" in row} for name, there in the_house().items()}
        assert {name: there - after[name] for name, there in rows.items() if there - after[name]} == {}
        assert not Person.objects.filter(merged_into__isnull=False).exists()
        transaction.set_rollback(True)


@MANY
@given(people=PEOPLE, work=WORK, pairs=PAIRS)
def test_a_merge_under_a_later_one_says_which_comes_first(
    cast: Cast, people: list[tuple[int, int]], work: list[tuple[int, int, int]], pairs: list[tuple[int, int, Choice]]
) -> None:
    with transaction.atomic():
        told(cast, people, work)
        for merge in merged(cast, pairs):
            later, before = blocked_by(merge), the_house()
            if later is None:
                continue
            with pytest.raises(RuleBroken) as refusal, transaction.atomic():
                unmerge_people(by=cast.chenli, merge=merge)
            assert (refusal.value.code, refusal.value.facts["merge"]) == ("people.unmerge_later_first", later.pk)
            assert the_house() == before
        transaction.set_rollback(True)
