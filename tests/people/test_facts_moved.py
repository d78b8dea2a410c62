"""Sensitive facts move into their own table and back with everything that stood in them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from xiezuo.common.walls import all_opened

BEFORE = ("people", "0008_people_found_by_what_they_are_called")
AFTER = ("people", "0009_sensitive_facts")
NUMBER = "11010519491231002X"
FACTS: dict[str, Any] = {
    "id_type": "resident_id",
    "id_number": NUMBER,
    "ethnic_group": "15",
    "political_status": "13",
    "economic_state": "低保",
    "health_note": "腰不好",
    "disability_kind": ["body"],
    "disability_grade": 2,
    "tags": ["流动", "单亲"],
    "note": "怕狗",
}


def moved_to(*targets: tuple[str, str]) -> Any:
    """The tables as they are there, with everything above them."""
    with all_opened(why="a test moves the tables"):
        executor = MigrationExecutor(connection)
        executor.migrate(list(targets))
    return MigrationExecutor(connection).loader.project_state(list(targets)).apps


@pytest.fixture
def newest() -> Iterator[None]:
    """Whatever happens, the tables are of this version afterwards."""
    yield
    moved_to(*MigrationExecutor(connection).loader.graph.leaf_nodes())


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("newest")
def test_facts_are_the_same_after_the_way_there_and_back_and_a_row_is_only_where_something_is_known() -> None:
    state = moved_to(BEFORE)
    user = state.get_model("orgs", "User").objects.create(username="chenli", name="陈立")
    people = state.get_model("people", "Person").objects
    full = people.create(nickname="赵桂芝", recorded_by=user, **FACTS)
    plain = people.create(nickname="李建国", recorded_by=user)
    noted = people.create(nickname="王素芬", recorded_by=user, note="夜班")
    with all_opened(why="a test looks at what was moved"):
        facts = moved_to(AFTER).get_model("people", "SensitiveFacts").objects
        assert sorted(facts.values_list("pk", flat=True)) == [full.pk, noted.pk]
        assert facts.values(*FACTS).get(pk=full.pk) == FACTS
        facts.filter(pk=noted.pk).update(note="白班", tags=["新来的"])
    people = moved_to(BEFORE).get_model("people", "Person").objects
    assert people.values(*FACTS).get(pk=full.pk) == FACTS
    nothing = {**dict.fromkeys(FACTS, ""), "disability_kind": [], "tags": [], "disability_grade": None}
    assert people.values(*FACTS).get(pk=plain.pk) == nothing
    assert people.values(*FACTS).get(pk=noted.pk) == {**nothing, "note": "白班", "tags": ["新来的"]}
