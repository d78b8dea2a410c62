"""Whoever forgets to ask is refused by the database layer: through the model, through SQL, and below Django."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Exists, OuterRef

from tests.factories.cast import Cast, make_cast
from xiezuo.common.walls import BehindTheWall, all_opened, check, is_open, opened, protected
from xiezuo.people.models import Consent, Person, SensitiveFacts
from xiezuo.people.sensitive import keep_sensitive, sensitive_of

FACTS, ANSWERS = "people_sensitivefacts", "people_consent"
WHY = "a test goes through the wall"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def wang(cast: Cast) -> Person:
    return Person.objects.get(pk=cast.person("王姐", cast.east, health_note="腰不好", tags=["低保"]).pk)


def run(sql: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall()) if cursor.description else []


def many(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(sql, [("x", 1), ("y", 2)])


def noted() -> Any:
    return Person.objects.annotate(noted=Exists(SensitiveFacts.objects.filter(person=OuterRef("pk"))))


def row_of(person: Person) -> SensitiveFacts:
    return SensitiveFacts(person_id=person.pk, health_note="")


# Everything by which someone may reach a table; all of it runs without an error once the wall is open.
WAYS: dict[str, Callable[[Person], object]] = {
    "raw SQL": lambda p: run(f"SELECT health_note FROM {FACTS}"),
    "raw SQL, quoted": lambda p: run(f'SELECT "health_note" FROM "{FACTS}"'),
    "a comment beside it": lambda p: run(f"SELECT 1 FROM/* of */{FACTS}/**/-- all\n"),
    "large letters": lambda p: run(f"SELECT health_note FROM {FACTS.upper()}"),
    "a join": lambda p: run(f"SELECT 1 FROM people_person p JOIN {FACTS} s ON s.person_id = p.id"),
    "a subquery": lambda p: run(f"SELECT 1 FROM people_person WHERE id IN (SELECT person_id FROM {FACTS})"),
    "an update": lambda p: run(f"UPDATE {FACTS} SET note = %s", "x"),
    "a removal": lambda p: run(f"DELETE FROM {FACTS} WHERE person_id = %s", p.pk),
    "executemany": lambda p: many(f"UPDATE {FACTS} SET note = %s WHERE person_id = %s"),
    "objects": lambda p: list(SensitiveFacts.objects.all()),
    "the base manager": lambda p: list(SensitiveFacts._base_manager.all()),
    "a join of the model layer": lambda p: list(Person.objects.filter(sensitive__health_note="x")),
    "an order": lambda p: list(Person.objects.order_by("sensitive__note")),
    "values": lambda p: list(Person.objects.values("sensitive__health_note")),
    "values_list": lambda p: list(Person.objects.values_list("sensitive__tags", flat=True)),
    "the relation": lambda p: p.sensitive,
    "a fact read as if it stood on the person": lambda p: p.health_note,
    "select_related": lambda p: list(Person.objects.select_related("sensitive")),
    "prefetch_related": lambda p: list(Person.objects.prefetch_related("consents")),
    "annotate": lambda p: list(noted()),
    "a count": lambda p: noted().filter(noted=True).count(),
    "refresh_from_db": lambda p: row_of(p).refresh_from_db(),
    "save": lambda p: row_of(p).save(),
    "save of one column": lambda p: row_of(p).save(update_fields=["note"]),
    "bulk_update": lambda p: SensitiveFacts.objects.bulk_update([row_of(p)], ["note"]),
    "bulk_create": lambda p: SensitiveFacts.objects.bulk_create([row_of(p)], ignore_conflicts=True),
    "raw": lambda p: list(SensitiveFacts.objects.raw(f"SELECT * FROM {FACTS}")),
    "explain": lambda p: SensitiveFacts.objects.all().explain(),
    "an iterator of the server": lambda p: list(SensitiveFacts.objects.iterator(chunk_size=1)),
    "a union": lambda p: list(Person.objects.values_list("pk").union(SensitiveFacts.objects.values_list("pk"))),
    "aggregate": lambda p: list(Consent.objects.filter(person=p).values("purpose").distinct()),
    "exists": lambda p: p.consents.exists(),
    "removal of the person": lambda p: Person.objects.filter(pk=-1, sensitive__isnull=True).delete(),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_a_protected_table_is_refused_until_someone_has_decided(wang: Person, way: str) -> None:
    with pytest.raises(BehindTheWall) as refusal, transaction.atomic():
        WAYS[way](wang)
    assert refusal.value.table in {FACTS, ANSWERS}
    with opened("people.SensitiveFacts", "people.Consent", why=WHY):
        WAYS[way](Person.objects.get(pk=wang.pk))


def test_a_table_whose_name_only_begins_or_ends_alike_is_none_of_the_walls_business() -> None:
    check("SELECT 1 FROM people_consents, old_people_consent, people_consent2, people_consent_way")
    check("SELECT person_id FROM people_findable")
    with pytest.raises(BehindTheWall):
        check("SELECT 1 FROM main.people_consent")
    with pytest.raises(BehindTheWall):
        check("SELECT 1 FROM [people_consent]")


def test_a_name_in_escapes_is_refused_for_nobody_can_tell_what_it_names() -> None:
    with pytest.raises(BehindTheWall):
        check('SELECT 1 FROM U&"people\\005fconsent"')


def test_what_is_opened_is_only_what_was_named_and_only_for_its_block(wang: Person) -> None:
    with opened("people.Consent", why=WHY):
        assert is_open(ANSWERS) and not is_open(FACTS)
        with opened("people.SensitiveFacts", why=WHY):
            assert is_open(ANSWERS) and is_open(FACTS)
        assert not is_open(FACTS)
        with pytest.raises(BehindTheWall):
            list(SensitiveFacts.objects.all())
    assert not is_open(ANSWERS)
    with all_opened(why=WHY):
        assert all(is_open(table) for table in protected().values())


def test_an_error_inside_closes_the_wall_and_nobody_opens_it_without_saying_why(db: None) -> None:
    with pytest.raises(ZeroDivisionError), opened("people.Consent", why=WHY):
        _ = 1 / 0
    assert not is_open(ANSWERS)
    with pytest.raises(ValueError, match="why"), opened("people.Consent", why=""):
        pass
    with pytest.raises(KeyError), opened("people.Person", why=WHY):
        pass


def test_another_thread_stands_outside(db: None) -> None:
    told = []
    with opened("people.Consent", why=WHY):
        other = threading.Thread(target=lambda: told.append(is_open(ANSWERS)))
        other.start()
        other.join()
    assert told == [False]


def test_a_query_that_is_evaluated_later_is_refused(wang: Person) -> None:
    with opened("people.SensitiveFacts", why=WHY):
        later = SensitiveFacts.objects.all()
    with pytest.raises(BehindTheWall):
        list(later)


def test_what_is_written_past_the_fetching_cannot_empty_what_stands_there(cast: Cast, wang: Person) -> None:
    with pytest.raises(BehindTheWall):
        keep_sensitive([wang])
    sensitive_of(cast.xiaomei, wang)
    assert (wang.health_note, wang.tags, wang.note) == ("腰不好", ["低保"], "")


def test_only_who_works_with_someone_is_given_their_facts(cast: Cast, wang: Person) -> None:
    assert sensitive_of(cast.haiyan, wang) is None
    assert sensitive_of(cast.zhiyuan, wang) is None
    with pytest.raises(BehindTheWall):
        _ = wang.health_note
    told = sensitive_of(cast.chenli, wang)
    assert told is not None and told.health_note == "腰不好"


def test_a_row_exists_only_where_something_is_known(cast: Cast, wang: Person) -> None:
    plain = cast.person("李姐", cast.east)
    with opened("people.SensitiveFacts", why=WHY):
        assert [*SensitiveFacts.objects.values_list("pk", flat=True)] == [wang.pk]
    assert sensitive_of(cast.xiaomei, plain) is not None
    sensitive_of(cast.xiaomei, wang)
    wang.health_note, wang.tags = "", []
    keep_sensitive([wang])
    with opened("people.SensitiveFacts", why=WHY):
        assert not SensitiveFacts.objects.exists()


def below(sql: str) -> list[Any]:
    """By a cursor of the driver, of which Django knows nothing."""
    with closing(connection.connection.cursor()) as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall()) if cursor.description else []


BELOW = {
    "a column": f"SELECT health_note FROM {FACTS}",
    "large letters": f'SELECT "HEALTH_NOTE" FROM "{FACTS.upper()}"' if connection.vendor == "sqlite" else "",
    "a count": f"SELECT COUNT(*) FROM {FACTS}",
    "an update": f"UPDATE {FACTS} SET note = NULL",
    "a removal": f"DELETE FROM {FACTS}",
    "an answer": f"SELECT state FROM {ANSWERS}",
    "a new row": f"INSERT INTO {FACTS} (person_id) VALUES (1)",
}


@pytest.mark.parametrize("sql", list(filter(None, BELOW.values())), ids=[name for name, sql in BELOW.items() if sql])
def test_below_django_the_driver_refuses_as_well(wang: Person, sql: str) -> None:
    refusal = sqlite3.DatabaseError if connection.vendor == "sqlite" else BehindTheWall
    with pytest.raises(refusal), transaction.atomic():
        below(sql)
    with all_opened(why=WHY):
        assert below(f"SELECT health_note FROM {FACTS}") == [("腰不好",)]


def test_a_statement_prepared_inside_is_not_used_again_outside(wang: Person) -> None:
    sql = f"SELECT note FROM {FACTS}"
    with opened("people.SensitiveFacts", why=WHY):
        below(sql)
        below(sql)
    with pytest.raises((sqlite3.DatabaseError, BehindTheWall)):
        below(sql)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's driver reads the text, not the plan")
def test_a_view_hides_no_table_from_sqlite(wang: Person) -> None:
    with all_opened(why=WHY):
        run(f"CREATE TEMP VIEW harmless AS SELECT note FROM {FACTS}")
    try:
        with pytest.raises(DatabaseError, match="prohibited"):
            run("SELECT note FROM harmless")
    finally:
        with all_opened(why=WHY):
            run("DROP VIEW harmless")
