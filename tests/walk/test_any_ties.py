"""Whatever ties a colleague to someone: each page of the file is open exactly where the decision table opens it."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.factories.cast import LONG_AGO, login
from tests.walk.test_walk import text_of
from xiezuo.orgs.access import actor_for
from xiezuo.orgs.actions import found_house, open_site
from xiezuo.orgs.models import Membership, Site
from xiezuo.orgs.vocab import OrgKind, StaffRole
from xiezuo.people.actions import PersonFacts, register_person
from xiezuo.people.models import AccessRequest, Assignment, Person, RolePeriod
from xiezuo.people.sections import sections
from xiezuo.people.vocab import AccessState, AssignedFor, Role, Section, TiedBy

PAGES = {
    "": Section.NAME,
    "services/": Section.SERVICES,
    "journey/": Section.GROWTH,
    "family/": Section.FAMILY,
    "consents/": Section.CONSENT,
    "readers/": Section.READERS,
    "correct/?draft=7d2b0e4e-0000-4000-8000-00000000000d": Section.CONTACT,
}
SAID = {"健康如此": Section.SENSITIVE, "巷子如此": Section.CONTACT}
MAY_BE_GRANTED = {
    StaffRole.SOCIAL_WORKER,
    StaffRole.SUPERVISOR,
    StaffRole.PLACEMENT_STUDENT,
    StaffRole.DIRECTOR,
    StaffRole.DATA_STEWARD,
}
BY_SITE = {StaffRole.SOCIAL_WORKER, StaffRole.SUPERVISOR}
CASEWORK = {*BY_SITE, StaffRole.PLACEMENT_STUDENT}
PLACES = ("everywhere", "east", "west")


@dataclass(frozen=True)
class Case:
    """Roles with their places, and what stands between that colleague and one person of the East."""

    held: frozenset[tuple[StaffRole, str]]
    child: bool
    assigned: bool
    granted: str  # "", "live" or "over"
    volunteer: bool

    def ties(self) -> list[tuple[str, TiedBy]]:
        """Told a second time, in the plainest way."""
        found: list[tuple[str, TiedBy]] = []
        for role, place in self.held:
            if role in BY_SITE and place == "everywhere":
                found.append((role, TiedBy.HOUSE))
            if role in BY_SITE and place == "east":
                found.append((role, TiedBy.SITE))
            if role in CASEWORK and self.assigned:
                found.append((role, TiedBy.ASSIGNED))
            if role in MAY_BE_GRANTED and self.granted == "live":
                found.append((role, TiedBy.GRANTED))
            if role == StaffRole.VOLUNTEER_COORDINATOR and self.volunteer and place != "west":
                found.append((role, TiedBy.VOLUNTEER))
        return found


cases = st.builds(
    Case,
    held=st.frozensets(st.tuples(st.sampled_from(StaffRole), st.sampled_from(PLACES)), min_size=1, max_size=2),
    child=st.booleans(),
    assigned=st.booleans(),
    granted=st.sampled_from(["", "live", "over"]),
    volunteer=st.booleans(),
)
W, C = StaffRole.SOCIAL_WORKER, StaffRole.VOLUNTEER_COORDINATOR


@pytest.fixture
def sites(db: None) -> dict[str, Site | None]:
    found_house(name="协作者", short_name="协作者", org_kind=OrgKind.SOCIAL_SERVICE, on=LONG_AGO)
    boss = login("boss", "老板", (StaffRole.SUPERVISOR, None))
    named = {name: open_site(by=actor_for(boss), name=name, on=LONG_AGO) for name in ("east", "west")}
    return {"everywhere": None, **named}


def build(case: Case, sites: dict[str, Site | None]) -> tuple[Client, Person]:
    boss = actor_for(Membership.objects.get(user__username="boss").user)
    today, now = timezone.localdate(), timezone.now()
    years = 9 if case.child else 40
    facts = PersonFacts(
        nickname="名字如此",
        health_note="健康如此",
        address="巷子如此",
        born_on=today.replace(year=today.year - years, month=1, day=1),
    )
    person = register_person(by=boss, facts=facts, on=today, site=sites["east"], with_user=False)
    user = login("someone", "某人")
    for role, place in case.held:
        Membership.objects.create(user=user, role=role, site=sites[place], from_on=LONG_AGO)
    if case.assigned:
        Assignment.objects.create(person=person, user=user, why=AssignedFor.CASE_TEAM, from_on=today)
    if case.granted:
        until = now + timedelta(hours=1 if case.granted == "live" else -1)
        AccessRequest.objects.create(
            asker=user,
            person=person,
            why="家访",
            state=AccessState.APPROVED,
            until=until,
            decided_by=boss.user,
            decided_at=now,
        )
    if case.volunteer:
        RolePeriod.objects.create(person=person, role=Role.VOLUNTEER, from_on=today)
    client = Client()
    client.force_login(user)
    return client, person


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(Case(frozenset({(W, "east")}), child=True, assigned=False, granted="", volunteer=True))
@example(Case(frozenset({(W, "west")}), child=True, assigned=False, granted="live", volunteer=False))
@example(Case(frozenset({(C, "everywhere")}), child=False, assigned=True, granted="live", volunteer=True))
@example(Case(frozenset({(C, "east"), (W, "west")}), child=False, assigned=False, granted="", volunteer=True))
@given(cases)
def test_each_page_of_a_file_is_open_exactly_where_the_table_opens_it(
    sites: dict[str, Site | None], case: Case
) -> None:
    with transaction.atomic():
        client, person = build(case, sites)
        opened = sections(case.ties(), case.child).open
        # The volunteer's side has pages of its own; these are the pages of the file.
        in_the_file = bool([tie for _role, tie in case.ties() if tie != TiedBy.VOLUNTEER])
        for page, section in PAGES.items():
            response = client.get(f"/people/{person.pk}/{page}")
            text = text_of(response)
            expected = 200 if in_the_file and section in opened else 403
            assert response.status_code == expected, (case, page)
            assert ("名字如此" in text) == in_the_file, (case, page)
            for words, needs in SAID.items():
                assert needs in opened or words not in text, (case, page, words)
        transaction.set_rollback(True)
