"""A person is erased: every column that points at one, and every table with personal text, says what becomes of it."""

from tests.architecture.test_following import pointing_at_people
from tests.architecture.test_models import own_models
from xiezuo.common.privacy import privacy_of
from xiezuo.people.actions.erasing import STAY
from xiezuo.people.erasing import PERSONAL, ends
from xiezuo.people.models import Person


def personal_tables() -> set[str]:
    return {
        model._meta.label_lower
        for model in own_models()
        if any(privacy in PERSONAL for privacy in getattr(model, "privacy", {}).values())
    }


def test_every_column_that_points_at_a_person_says_what_erasing_does() -> None:
    assert ("people.consent", "person") in pointing_at_people()
    assert {(way.table, column) for way in ends() for column in way.columns} == pointing_at_people()


def test_every_table_with_personal_text_says_what_erasing_does() -> None:
    """An account of the staff is no record of a person served: closing it is the system administrator's."""
    assert "service.evidence" in personal_tables()
    of_accounts = {"authenticator", "calendaraddress", "invitation", "loginsession", "passkey", "programkey"}
    of_accounts |= {"recoverycode", "user"}
    assert personal_tables() - {way.table for way in ends()} == {f"orgs.{table}" for table in of_accounts}


def test_an_erased_row_keeps_nothing_that_is_declared_personal() -> None:
    assert [name for name in STAY if name in Person.privacy and privacy_of(Person, name) in PERSONAL] == []


def test_upper_floors_are_asked_before_lower_ones_forget() -> None:
    tables = [way.table.partition(".")[0] for way in ends()]
    assert list(dict.fromkeys(tables)) == ["exchange", "service", "forms", "people"]
