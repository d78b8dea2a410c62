"""The people of the sample organisation: households with their children, and volunteers, some once helped."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from xiezuo.common.days import age_on, at
from xiezuo.demo.clock import DAY, evening
from xiezuo.demo.house import DemoHouse
from xiezuo.demo.words import words
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site
from xiezuo.people.actions import PersonFacts, assign, begin_role, found_household, note_consent, register_people
from xiezuo.people.models import Person
from xiezuo.people.vocab import AssignedFor, ConsentPurpose, ConsentState, ConsentWay, Relation, Role, Sex

HOUSEHOLDS, CHILDREN, VOLUNTEERS = 200, 600, 1500


@dataclass
class SitePeople:
    """Who comes to one site, each with the day of the first time: children and adults served, volunteers."""

    children: list[tuple[Person, date]] = field(default_factory=list)
    adults: list[tuple[Person, date]] = field(default_factory=list)
    volunteers: list[tuple[Person, date]] = field(default_factory=list)


class Crowd:
    """Makes people, always the same ones for the same random numbers."""

    def __init__(self, house: DemoHouse, random: Random, until: date) -> None:
        self.house, self.random, self.until = house, random, until
        self.names = words()["names"]
        self.at: dict[int, SitePeople] = {site.pk: SitePeople() for site in house.sites}

    def _name(self, given: str, surname: str = "") -> str:
        return (surname or self.random.choice(self.names["surnames"])) + self.random.choice(self.names[given])

    def _phone(self) -> str:
        """A number of a range that no operator has been given."""
        return f"154{self.random.randrange(10**8):08d}"

    def _day(self, earliest: date, latest: date) -> date:
        return earliest + self.random.randrange(max((latest - earliest).days, 1)) * DAY

    def _born(self, youngest: int, oldest: int) -> date:
        return self.until - self.random.randrange(youngest * 365 + 30, oldest * 365) * DAY

    def household(self, number: int) -> None:
        """A family: a mother, mostly a father, sometimes a grandmother, and three children on average."""
        site = self.house.sites[number % len(self.house.sites)]
        by = self.house.workers[site.pk]
        came = self._day(self.until - 700 * DAY, self.until - 60 * DAY)
        with at(evening(came)):
            self._move_in(by, site, came)

    def _move_in(self, by: Actor, site: Site, came: date) -> None:
        surname = self.random.choice(self.names["surnames"])
        boys, girls = (self.random.sample(self.names[which], 3) for which in ("boys", "girls"))
        young = [(self._child(surname, boys[place], girls[place]), came) for place in range(3)]
        old = [(self._adult(site, self._name("women"), Sex.FEMALE), came)]
        if self.random.random() < 0.75:
            old.append((self._adult(site, self._name("men", surname), Sex.MALE), came))
        children = register_people(by=by, everyone=young, site=site, role=Role.PARTICIPANT)
        adults = register_people(by=by, everyone=old, site=site, role=Role.SERVICE_USER)
        mother = adults[0]
        if self.random.random() < 0.3:
            assign(by=self.house.supervisor, person=mother, why=AssignedFor.CASE_TEAM, on=came, user=by.user)
        yes, signed = ConsentState.GIVEN, ConsentWay.SIGNED
        at_once = evening(came)
        note_consent(by=by, person=mother, purpose=ConsentPurpose.SERVICE, state=yes, way=signed, at=at_once)
        members = [(child, Relation.CHILD) for child in children]
        members += [(adult, Relation.SPOUSE) for adult in adults[1:]]
        found_household(by=by, head=mother, members=members, on=came, address=mother.address)
        self.at[site.pk].children += [(child, came) for child in children]
        self.at[site.pk].adults += [(adult, came) for adult in adults]

    def _child(self, surname: str, boy: str, girl_name: str) -> PersonFacts:
        girl = self.random.random() < 0.5
        born = self._born(4, 13)
        return PersonFacts(
            full_name=surname + (girl_name if girl else boy),
            sex=Sex.FEMALE if girl else Sex.MALE,
            born_on=born,
            school=self.random.choice(self.names["schools"]) if age_on(born, self.until) >= 6 else "",
            hukou_place=self.random.choice(self.names["homes"]),
        )

    def _adult(self, site: Site, name: str, sex: Sex) -> PersonFacts:
        return PersonFacts(
            full_name=name,
            nickname=f"{name[0]}{'姐' if sex == Sex.FEMALE else '师傅'}",
            sex=sex,
            born_on=self._born(33, 48),
            phone=self._phone(),
            hukou_place=self.random.choice(self.names["homes"]),
            occupation=self.random.choice(self.names["works"]),
            address=site.address,
        )

    def newcomers(self) -> None:
        """A few people with long names, and some of whom nothing but a nickname is known."""
        site = self.house.sites[-1]
        by = self.house.workers[site.pk]
        came, lately = self.until - 300 * DAY, self.until - 40 * DAY
        long = [(self._adult(site, name, Sex.UNKNOWN), came) for name in self.names["long"]]
        known = [(PersonFacts(nickname=name), lately) for name in self.names["nicknames"]]
        adults = register_people(by=by, everyone=long, site=site, role=Role.SERVICE_USER)
        visitors = register_people(by=by, everyone=known, site=site, role=Role.VISITOR)
        self.at[site.pk].adults += [(person, came) for person in adults] + [(person, lately) for person in visitors]

    def volunteers(self, site: Site, how_many: int) -> None:
        """The volunteers of one site. Some were served there first: the same person, with one more role."""
        by, here = self.house.workers[site.pk], self.at[site.pk]
        grown = here.adults[:: max(len(here.adults) // (how_many // 8), 1)]
        for person, came in grown:
            began = min(came + self.random.randrange(60, 240) * DAY, self.until - 5 * DAY)
            begin_role(by=by, person=person, role=Role.VOLUNTEER, on=began)
            here.volunteers.append((person, began))
        new = [self._volunteer() for _ in range(how_many - len(grown))]
        people = register_people(by=by, everyone=new, site=site, role=Role.VOLUNTEER)
        here.volunteers += [(person, began) for person, (_facts, began) in zip(people, new, strict=True)]

    def _volunteer(self) -> tuple[PersonFacts, date]:
        woman = self.random.random() < 0.6
        facts = PersonFacts(
            full_name=self._name("women" if woman else "men"),
            sex=Sex.FEMALE if woman else Sex.MALE,
            born_on=self._born(17, 62),
            phone=self._phone(),
        )
        return facts, self._day(self.until - 600 * DAY, self.until - 10 * DAY)
