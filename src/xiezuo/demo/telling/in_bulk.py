"""Writes the same story down in bulk: the rows and events that the actions would write, without asking first."""

from collections import defaultdict
from typing import Any

from django.db import models

from xiezuo.common.days import now
from xiezuo.common.events import START, link
from xiezuo.common.models import Event, EventHead
from xiezuo.demo.house import DemoHouse
from xiezuo.demo.plan.deeds import Arrivals, Deed, Family, Return, Someone, Work
from xiezuo.demo.telling.rows import Rows
from xiezuo.demo.telling.services import ServiceWords
from xiezuo.orgs.access import Actor
from xiezuo.people.actions import unsaved_person
from xiezuo.people.checks import check_in_force
from xiezuo.people.finding.index import index_everyone
from xiezuo.people.journey import ladder_name
from xiezuo.people.models import (
    Assignment,
    Consent,
    Household,
    HouseholdMember,
    JourneyEntry,
    Person,
    RolePeriod,
    SensitiveFacts,
)
from xiezuo.people.vocab import AssignedFor, ConsentPurpose, ConsentState, ConsentWay, JourneyStep, Relation, Role
from xiezuo.service.actions import ServiceFacts
from xiezuo.service.actions.writing import columns, helped, taken
from xiezuo.service.models import Participation, SerialCounter, ServiceRecord, VolunteerPart
from xiezuo.service.vocab import RecordState

FUNDED, JOINED = ServiceRecord.projects.through, ServiceRecord.staff.through
TABLES = (
    *(Event, Person, SensitiveFacts, Household, HouseholdMember, RolePeriod, JourneyEntry, Assignment, Consent),
    *(ServiceRecord, FUNDED, JOINED, Participation, VolunteerPart),
)


class InBulk:
    """Keeps what the actions would look up: who has which id, the end of the event chain, the last serial numbers."""

    def __init__(self, house: DemoHouse) -> None:
        self.house, self.words = house, ServiceWords(house)
        self.tables: dict[type[models.Model], Rows] = {model: Rows(model) for model in TABLES}
        self.head = EventHead.objects.get(pk=1)
        self.ids: dict[Someone, int] = {}
        self.serials: dict[int, int] = defaultdict(int)

    def write(self, deed: Deed) -> None:
        if isinstance(deed, Family):
            self._family(deed)
        elif isinstance(deed, Arrivals):
            self._register(deed.site, deed.people, deed.role)
        elif isinstance(deed, Return):
            self._return(deed)
        else:
            self._work(deed)

    def finish(self) -> None:
        for rows in self.tables.values():
            rows.finish()
        index_everyone()
        self.head.save(force_update=True)
        SerialCounter.objects.bulk_create([SerialCounter(year=year, last=n) for year, n in self.serials.items()])

    def _add(self, row: models.Model) -> int:
        return self.tables[type(row)].add(row)

    def _happened(self, code: str, thing: type[models.Model], pk: int, by: Actor, **facts: Any) -> None:
        event = Event(at=now(), by_id=by.id, code=code, subject=thing._meta.label_lower, subject_id=pk, facts=facts)
        self._chain(event)

    def _chain(self, event: Event) -> None:
        event.hash = link(event, self.head.hash or START)
        self.head.hash, self.head.length = event.hash, self.head.length + 1
        self._add(event)

    def _register(self, site: int, people: list[Someone], role: Role) -> list[Person]:
        by, new = self.house.workers[site], []
        for someone in people:
            person = unsaved_person(by, someone.facts)
            pk = self.ids[someone] = self._add(person)
            if person.behind.says_something():
                person.behind.person_id = pk
                self._add(person.behind)
            work = AssignedFor.REGISTERED
            self._add(Assignment(person_id=pk, site=self.house.sites[site], why=work, from_on=someone.came))
            self._add(RolePeriod(person_id=pk, role=role, from_on=someone.came))
            self._happened("people.person.registered", Person, pk, by)
            new.append(person)
        return new

    def _family(self, family: Family) -> None:
        by, on = self.house.workers[family.site], family.on
        children = self._register(family.site, family.children, Role.PARTICIPANT)
        mother, *others = self._register(family.site, family.adults, Role.SERVICE_USER)
        if family.cared_for:
            looks_after = children if check_in_force(on=on, user=by.user) else []
            for person in (mother, *looks_after):
                self._assign(person.pk, by, family)
        answer = {"purpose": ConsentPurpose.SERVICE, "state": ConsentState.GIVEN}
        told = {"given_by": mother, "relation": Relation.SELF, "way": ConsentWay.SIGNED, "at": now()}
        self._add(Consent(person=mother, recorded_by=by.user, **told, **answer))
        self._happened("people.consent.noted", Person, mother.pk, by, **answer)
        household = self._add(Household(head=mother, address=mother.address))
        members = [(mother, Relation.SELF), *((child, Relation.CHILD) for child in children)]
        members += [(adult, Relation.SPOUSE) for adult in others]
        for person, relation in members:
            self._add(HouseholdMember(household_id=household, person=person, relation=relation, from_on=on))
        together = [person.pk for person, _relation in members]
        self._happened("people.household.founded", Household, household, by, members=together)

    def _assign(self, person: int, to: Actor, family: Family) -> None:
        why = AssignedFor.CASE_TEAM
        self._add(Assignment(person_id=person, user=to.user, why=why, from_on=family.on))
        told = {"user": to.id, "site": None, "why": why}
        self._happened("people.person.assigned", Person, person, self.house.supervisor, **told)

    def _return(self, deed: Return) -> None:
        person, by, role = self.ids[deed.someone], self.house.workers[deed.site], Role.VOLUNTEER
        self._add(RolePeriod(person_id=person, role=role, from_on=deed.began))
        step = {"role": role, "step": JourneyStep.BEGINS, "on": deed.began, "ladder": ladder_name()}
        words = {"own_words": deed.own_words, "note": deed.note}
        self._add(JourneyEntry(person_id=person, recorded_by=by.user, recorded_at=now(), **step, **words))
        self._happened("people.role.began", Person, person, by, role=role, on=deed.began.isoformat())

    def _work(self, work: Work) -> None:
        """Everyone on these records was registered at this site: its assignment is there already."""
        by = self.house.second if work.by_second else self.house.workers[work.site]
        for service in work.services:
            facts = self.words.facts(service, work.site, self.ids)
            self._service(by, facts)

    def _service(self, by: Actor, facts: ServiceFacts) -> None:
        year = facts.service_date.year  # type: ignore[union-attr]
        self.serials[year] += 1
        record = ServiceRecord(
            **columns(facts),
            state=RecordState.RECORDED,
            serial_no=f"{year}-{self.serials[year]:06d}",
            recorded_by=by.user,
            recorded_at=facts.written_at or now(),
        )
        pk = self._add(record)
        for project in facts.projects:
            self._add(FUNDED(servicerecord_id=pk, project_id=project.pk))
        for user in facts.staff:
            self._add(JOINED(servicerecord_id=pk, user_id=user.pk))
        for taking in facts.taking:
            self._add(taken(record, taking))
        for helping in facts.helping:
            self._add(helped(record, helping))
        self._written(record, by, facts)

    def _written(self, record: ServiceRecord, by: Actor, facts: ServiceFacts) -> None:
        self._chain(
            Event(
                at=record.recorded_at,
                by_id=by.id,
                code="service.record.written",
                subject=ServiceRecord._meta.label_lower,
                subject_id=record.pk,
                facts={"method": facts.method, "people": len(facts.taking)},
            )
        )
