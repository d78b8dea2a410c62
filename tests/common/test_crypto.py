"""Fields that the database holds sealed."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.factories.cast import make_cast
from tests.factories.facts import known
from xiezuo.common.crypto import Unreadable, blind, decrypt, encrypt
from xiezuo.common.keys import KeysMissing, house_keys, read_keys, write_new_keys
from xiezuo.common.walls import opened
from xiezuo.people.models import Person

NUMBER = "11010519491231002X"


def test_what_was_sealed_for_one_place_opens_nowhere_else() -> None:
    sealed = encrypt(NUMBER, "people_person.id_number")
    assert decrypt(sealed, "people_person.id_number") == NUMBER
    with pytest.raises(Unreadable):
        decrypt(sealed, "forms_draft.answers")


def test_an_older_key_still_opens_what_it_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    old = house_keys()
    sealed = encrypt(NUMBER, "t.c")
    both = {**old.field_keys, "k2": b"2" * 32}
    monkeypatch.setattr(settings, "XIEZUO_KEYS", replace(old, current="k2", field_keys=both))
    assert decrypt(sealed, "t.c") == NUMBER
    assert encrypt(NUMBER, "t.c").startswith(b"k2:")
    monkeypatch.setattr(settings, "XIEZUO_KEYS", replace(old, current="k2", field_keys={"k2": b"2" * 32}))
    with pytest.raises(Unreadable):
        decrypt(sealed, "t.c")


def test_equal_numbers_are_found_without_being_read_and_an_empty_one_is_not() -> None:
    assert blind(NUMBER, "people.id_number") == blind(NUMBER, "people.id_number")
    assert blind(NUMBER, "people.id_number") != blind(NUMBER, "exchange.row")
    assert blind("", "people.id_number") == ""


@pytest.mark.django_db
def test_the_database_holds_no_readable_identity_number() -> None:
    cast = make_cast()
    person = cast.person("赵桂芝", cast.east, id_number=NUMBER)
    assert known(Person.objects.get(pk=person.pk)).id_number == NUMBER
    with opened("people.SensitiveFacts", why="a test looks at the bytes"), connection.cursor() as cursor:
        cursor.execute("SELECT id_number FROM people_sensitivefacts WHERE person_id = %s", [person.pk])
        (sealed,) = cursor.fetchone()
        cursor.execute("SELECT names, beside FROM people_findable WHERE person_id = %s", [person.pk])
        words = " ".join(cursor.fetchone())
    assert NUMBER.encode() not in bytes(sealed)
    # Keyed words are random signs, in which four digits in a row stand by chance one time in twenty.
    assert all(NUMBER[at : at + 8] not in words for at in range(len(NUMBER) - 7))


def test_a_key_file_is_never_written_over(tmp_path: Path) -> None:

    folder = tmp_path
    write_new_keys(folder)
    before = read_keys(folder)
    with pytest.raises(FileExistsError):
        write_new_keys(folder)
    assert read_keys(folder) == before


def test_a_house_without_its_key_file_says_so(tmp_path: Path) -> None:

    with pytest.raises(KeysMissing):
        read_keys(tmp_path)
