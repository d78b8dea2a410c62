"""A person's own copy: every column that points at a person says whether it goes into it, and into which part."""

from dataclasses import fields

from tests.architecture.test_following import pointing_at_people
from xiezuo.exchange.own_copy import OwnRecord
from xiezuo.exchange.own_tables import COLUMNS, FOLLOWS, NOT_THEIRS
from xiezuo.people.own.labels import WITHHELD


def test_every_column_that_points_at_a_person_says_whether_it_goes_into_their_copy() -> None:
    assert ("service.case", "person") in pointing_at_people()
    assert set(COLUMNS) == pointing_at_people()


def test_what_goes_into_the_copy_names_a_part_and_what_does_not_a_reason() -> None:
    parts = {field.name for field in fields(OwnRecord)}
    known = parts | set(WITHHELD) | {FOLLOWS, NOT_THEIRS}
    assert {column: told for column, told in COLUMNS.items() if told not in known} == {}


def test_that_somebody_was_worried_stands_in_no_copy() -> None:
    assert COLUMNS["service.riskreport", "person"] in WITHHELD
