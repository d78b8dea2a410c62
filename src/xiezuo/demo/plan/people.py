"""The people of the sample organisation: households with their children, and volunteers, some once helped."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random

from xiezuo.common.days import age_on
from xiezuo.demo.clock import DAY
from xiezuo.demo.plan.deeds import Arrivals, Family, Return, Someone
from xiezuo.demo.scale import Scale
from xiezuo.demo.words import words
from xiezuo.people.actions import PersonFacts
from xiezuo.people.vocab import Role, Sex


@dataclass
class SitePeople:
    """Who comes to one site, each with the day of the first time in that role."""

    children: list[tuple[Someone, date]] = field(default_factory=list)
    adults: list[tuple[Someone, date]] = field(default_factory=list)
    volunteers: list[tuple[Someone, date]] = field(default_factory=list)


class Crowd:
    """Makes people, always the same ones for the same random numbers."""

    def __init__(self, scale: Scale, random: Random, until: date) -> None:
        self.scale, self.random, self.until = scale, random, until
        self.names = words()["names"]
        self.returns = words()["returns"]
        self.addresses = [site["address"] for site in words()["sites"]]
        self.at = [SitePeople() for _site in self.addresses]

    def _name(self, given: str, surname: str = "") -> str:
        return (surname or self.random.choice(self.names["surnames"])) + self.random.choice(self.names[given])

    def _phone(self) -> str:
        """A number of a range that no operator has been given."""
        return f"154{self.random.randrange(10**8):08d}"

    def _day(self, between: tuple[int, int]) -> date:
        first, last = between
        return self.until - first * DAY + self.random.randrange(max(first - last, 1)) * DAY

    def _born(self, youngest: int, oldest: int, on: date) -> date:
        return on - self.random.randrange(youngest * 365 + 30, oldest * 365) * DAY

    def families(self) -> Iterator[Family]:
        for number in range(self.scale.households):
            yield self._family(number % len(self.at), self._day(self.scale.families_came))

    def _family(self, site: int, came: date) -> Family:
        """A mother, mostly a father, and three children on average."""
        surname = self.random.choice(self.names["surnames"])
        boys, girls = (self.random.sample(self.names[which], 3) for which in ("boys", "girls"))
        children = [self._child(surname, boys[place], girls[place], came) for place in range(3)]
        adults = [self._adult(site, self._name("women"), Sex.FEMALE, came)]
        if self.random.random() < 0.75:
            adults.append(self._adult(site, self._name("men", surname), Sex.MALE, came))
        self.at[site].children += [(child, came) for child in children]
        self.at[site].adults += [(adult, came) for adult in adults]
        return Family(site, came, children, adults, cared_for=self.random.random() < 0.3)

    def _child(self, surname: str, boy: str, girl_name: str, came: date) -> Someone:
        girl = self.random.random() < 0.5
        born = self._born(4, 13, came)
        facts = PersonFacts(
            full_name=surname + (girl_name if girl else boy),
            sex=Sex.FEMALE if girl else Sex.MALE,
            born_on=born,
            school=self.random.choice(self.names["schools"]) if age_on(born, came) >= 6 else "",
            hukou_place=self.random.choice(self.names["homes"]),
        )
        return Someone(facts, came)

    def _adult(self, site: int, name: str, sex: Sex, came: date) -> Someone:
        facts = PersonFacts(
            full_name=name,
            nickname=f"{name[0]}{'姐' if sex == Sex.FEMALE else '师傅'}",
            sex=sex,
            born_on=self._born(33, 48, came),
            phone=self._phone(),
            hukou_place=self.random.choice(self.names["homes"]),
            occupation=self.random.choice(self.names["works"]),
            address=self.addresses[site],
        )
        return Someone(facts, came)

    def newcomers(self) -> Iterator[Arrivals]:
        """A few people with long names, and some of whom nothing but a nickname is known."""
        site = len(self.at) - 1
        came, lately, on = self.until - 300 * DAY, self.until - 40 * DAY, self.until - 10 * DAY
        long = [self._adult(site, name, Sex.UNKNOWN, came) for name in self.names["long"]]
        known = [Someone(PersonFacts(nickname=name), lately) for name in self.names["nicknames"]]
        self.at[site].adults += [(someone, someone.came) for someone in long + known]
        yield Arrivals(site, on, long, Role.SERVICE_USER)
        yield Arrivals(site, on, known, Role.VISITOR)

    def volunteers(self) -> Iterator[Return | Arrivals]:
        """The volunteers of every site. Some were served there first."""
        each, more = divmod(self.scale.volunteers, len(self.at))
        for site, here in enumerate(self.at):
            how_many, on = each + (more > site), self.until - 10 * DAY
            grown = here.adults[:: max(len(here.adults) // (how_many // 8), 1)]
            for someone, came in grown:
                began = min(came + self.random.randrange(60, 240) * DAY, self.until - 5 * DAY)
                here.volunteers.append((someone, began))
                said = self.returns[len(here.volunteers) % len(self.returns)]
                yield Return(site, on, someone, began, said["own_words"], said["note"])
            new = [self._volunteer() for _ in range(how_many - len(grown))]
            here.volunteers += [(someone, someone.came) for someone in new]
            yield Arrivals(site, on, new, Role.VOLUNTEER)

    def _volunteer(self) -> Someone:
        woman = self.random.random() < 0.6
        name, came = self._name("women" if woman else "men"), self._day(self.scale.volunteers_came)
        facts = PersonFacts(
            full_name=name,
            sex=Sex.FEMALE if woman else Sex.MALE,
            born_on=self._born(17, 62, came),
            phone=self._phone(),
        )
        return Someone(facts, came)
