"""Who sees which part of a file: the decision table, written out."""

from datetime import date

import pytest

from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.models import Person
from xiezuo.people.sections import decide, is_minor, sections
from xiezuo.people.vocab import BornPrecision, Section, TiedBy

W, V, P, C, D, K, A = (
    StaffRole.SOCIAL_WORKER,
    StaffRole.SUPERVISOR,
    StaffRole.PLACEMENT_STUDENT,
    StaffRole.VOLUNTEER_COORDINATOR,
    StaffRole.DIRECTOR,
    StaffRole.DATA_STEWARD,
    StaffRole.SYSADMIN,
)
HOUSE, SITE, ASSIGNED, GRANTED, VOLUNTEER = TiedBy
ALL = "name contact sensitive family services case growth consent volunteering readers"
BY_SITE = "name contact family services growth consent volunteering readers"
PLACED = "name contact family services case growth volunteering"
NOTHING = ""
# role, tie → what is open of an adult's file, and of a child's
TABLE = {
    (W, HOUSE): (BY_SITE, "name"),
    (W, SITE): (BY_SITE, "name"),
    (W, ASSIGNED): (ALL, ALL),
    (W, GRANTED): (ALL, ALL),
    (W, VOLUNTEER): (NOTHING, NOTHING),
    (V, HOUSE): (ALL, ALL),
    (V, SITE): (ALL, ALL),
    (V, ASSIGNED): (ALL, ALL),
    (V, GRANTED): (ALL, ALL),
    (V, VOLUNTEER): (NOTHING, NOTHING),
    (P, HOUSE): (NOTHING, NOTHING),
    (P, SITE): (NOTHING, NOTHING),
    (P, ASSIGNED): (PLACED, PLACED),
    (P, GRANTED): (PLACED, PLACED),
    (P, VOLUNTEER): (NOTHING, NOTHING),
    (C, HOUSE): (NOTHING, NOTHING),
    (C, SITE): (NOTHING, NOTHING),
    (C, ASSIGNED): (NOTHING, NOTHING),
    (C, GRANTED): (NOTHING, NOTHING),
    (C, VOLUNTEER): ("name contact volunteering", "name"),
    **{(D, tie): (ALL, ALL) if tie == GRANTED else (NOTHING, NOTHING) for tie in TiedBy},
    **{(K, tie): (ALL, ALL) if tie == GRANTED else (NOTHING, NOTHING) for tie in TiedBy},
    **{(A, tie): (NOTHING, NOTHING) for tie in TiedBy},
}


def test_the_table_names_every_role_with_every_tie() -> None:
    assert set(TABLE) == {(role, tie) for role in StaffRole for tie in TiedBy}


@pytest.mark.parametrize(("pair", "opens"), TABLE.items())
def test_what_is_open_of_a_file(pair: tuple[StaffRole, TiedBy], opens: tuple[str, str]) -> None:
    assert [sections([pair], minor).open for minor in (False, True)] == [{*words.split()} for words in opens]


@pytest.mark.parametrize(
    ("held", "minor", "section", "code"),
    [
        ([], False, Section.NAME, "not_tied"),
        ([(W, SITE)], False, Section.SENSITIVE, "not_your_part"),
        ([(W, SITE)], True, Section.CONTACT, "minor"),
        ([(C, VOLUNTEER)], False, Section.CASE, "not_your_part"),
        ([(W, SITE), (W, ASSIGNED)], True, Section.SENSITIVE, ""),
        ([(C, VOLUNTEER), (W, SITE)], False, Section.CASE, "not_your_part"),
    ],
)
def test_a_no_says_what_is_missing(
    held: list[tuple[StaffRole, TiedBy]], minor: bool, section: Section, code: str
) -> None:
    assert decide(section, held, minor).code == code


@pytest.mark.parametrize(
    ("born", "precision", "grade", "minor"),
    [
        (date(2008, 3, 3), BornPrecision.DAY, "", True),
        (date(2008, 3, 2), BornPrecision.DAY, "", False),
        (date(2008, 1, 1), BornPrecision.YEAR, "", True),
        (date(2007, 1, 1), BornPrecision.YEAR, "", False),
        (None, "", "", False),
        (None, "", "三年级", True),
    ],
)
def test_who_is_a_minor_on_2_march_2026(born: date | None, precision: str, grade: str, minor: bool) -> None:
    person = Person(nickname="小宇", born_on=born, born_precision=precision, grade=grade)
    assert is_minor(person, date(2026, 3, 2)) is minor
