"""Writes the story down through the actions that people use."""

from xiezuo.common.days import now
from xiezuo.demo.house import DemoHouse
from xiezuo.demo.plan.deeds import Arrivals, Deed, Family, Return, Someone, Work
from xiezuo.demo.telling.services import ServiceWords
from xiezuo.people.actions import assign, found_household, note_consent, register_people, take_step
from xiezuo.people.checks import check_in_force
from xiezuo.people.models import Person
from xiezuo.people.vocab import AssignedFor, ConsentPurpose, ConsentState, ConsentWay, JourneyStep, Relation, Role
from xiezuo.service.actions import record_services


class ByActions:
    """Knows who has been written down, and asks the actions for everything else."""

    def __init__(self, house: DemoHouse) -> None:
        self.house = house
        self.known: dict[Someone, Person] = {}
        self.ids: dict[Someone, int] = {}
        self.words = ServiceWords(house)

    def write(self, deed: Deed) -> None:
        if isinstance(deed, Family):
            self._family(deed)
        elif isinstance(deed, Arrivals):
            self._register(deed.site, deed.people, deed.role)
        elif isinstance(deed, Return):
            by = self.house.workers[deed.site]
            words = {"own_words": deed.own_words, "note": deed.note}
            who, begins = self.known[deed.someone], JourneyStep.BEGINS
            take_step(by=by, person=who, role=Role.VOLUNTEER, step=begins, on=deed.began, **words)
        else:
            self._work(deed)

    def finish(self) -> None:
        """Nothing waits: every action wrote at once."""

    def _register(self, site: int, people: list[Someone], role: Role) -> list[Person]:
        new = register_people(
            by=self.house.workers[site],
            everyone=[(someone.facts, someone.came) for someone in people],
            site=self.house.sites[site],
            role=role,
        )
        self.known |= dict(zip(people, new, strict=True))
        self.ids |= {someone: person.pk for someone, person in zip(people, new, strict=True)}
        return new

    def _family(self, family: Family) -> None:
        by, on = self.house.workers[family.site], family.on
        children = self._register(family.site, family.children, Role.PARTICIPANT)
        mother, *others = self._register(family.site, family.adults, Role.SERVICE_USER)
        if family.cared_for:
            looks_after = children if check_in_force(on=on, user=by.user) else []
            for person in (mother, *looks_after):
                assign(by=self.house.supervisor, person=person, why=AssignedFor.CASE_TEAM, on=on, user=by.user)
        yes, signed = ConsentState.GIVEN, ConsentWay.SIGNED
        note_consent(by=by, person=mother, purpose=ConsentPurpose.SERVICE, state=yes, way=signed, at=now())
        members = [(child, Relation.CHILD) for child in children] + [(adult, Relation.SPOUSE) for adult in others]
        found_household(by=by, head=mother, members=members, on=on, address=mother.address)

    def _work(self, work: Work) -> None:
        by = self.house.second if work.by_second else self.house.workers[work.site]
        everything = [self.words.facts(service, work.site, self.ids) for service in work.services]
        record_services(by=by, everything=everything, on=work.on)
