"""Very many invented people, added to a sample house past the model layer: only for measuring."""

import uuid
from random import Random

from django.db import transaction

from xiezuo.common.days import today
from xiezuo.demo.telling.rows import Rows
from xiezuo.demo.words import words
from xiezuo.orgs.access import Actor, sites_for
from xiezuo.people.actions import PersonFacts, unsaved_person
from xiezuo.people.identity import id_index
from xiezuo.people.models import Assignment, Household, HouseholdMember, Person, SensitiveFacts
from xiezuo.people.vocab import AssignedFor, Relation

ALWAYS_THE_SAME = 20261128
HOME = 4  # people who live together
WITH_ID = 3  # one in so many has given an identity number
ALSO_CALLED = 4  # one in so many has a nickname of their own
TWO_CHARACTERS = 0.85  # share of given names


class Crowd:
    """Family names about as common as in life, one or two characters after them, a phone, a street."""

    def __init__(self) -> None:
        self.random, told = Random(ALWAYS_THE_SAME), words()["names"]
        self.surnames = told["surnames"]
        self.often = [1 / (place + 2) for place in range(len(self.surnames))]
        given = "".join(name for kind in ("boys", "girls", "men", "women") for name in told[kind])
        self.characters = sorted(set(given))
        self.streets = [site["address"] for site in words()["sites"]]

    def rename(self, person: Person) -> None:
        """Make `person` the next one of the crowd."""
        pick, number = self.random.choice, self.random.randrange(10**8)
        name = self.random.choices(self.surnames, self.often)[0] + pick(self.characters)
        name += pick(self.characters) if self.random.random() < TWO_CHARACTERS else ""
        person.key, person.full_name, person.phone = uuid.uuid4(), name, f"154{number:08d}"
        person.nickname = f"小{name[-1]}" if number % ALSO_CALLED == 0 else name
        person.id_number = f"990101{1950 + number % 70}0101{number % 1000:03d}X" if number % WITH_ID == 0 else ""
        person.id_number_index = id_index(person.id_number)
        person.address = f"{pick(self.streets)}{pick(self.characters)}{pick(self.characters)}里{number % 300}号"


def add_people(actor: Actor, many: int) -> None:
    """Every HOME-th is the head of a household with those after it; the sites take turns. Nothing finds them yet."""
    crowd, on = Crowd(), today()
    tables = Person, SensitiveFacts, Assignment, Household, HouseholdMember
    people, facts, assigned, homes, members = (Rows(model) for model in tables)
    sites = list(sites_for(actor).values_list("pk", flat=True))
    person = unsaved_person(actor, PersonFacts(nickname="0"))
    with transaction.atomic():
        for number in range(many):
            crowd.rename(person)
            pk = people.add(person)
            if person.behind.says_something():
                person.behind.person_id = pk
                facts.add(person.behind)
            site = sites[number % len(sites)]
            assigned.add(Assignment(person_id=pk, site_id=site, why=AssignedFor.REGISTERED, from_on=on))
            if number % HOME == 0:
                home = homes.add(Household(head_id=pk, address=person.address))
            relation = Relation.CHILD if number % HOME else Relation.SELF
            members.add(HouseholdMember(household_id=home, person_id=pk, relation=relation, from_on=on))
        for rows in (people, facts, assigned, homes, members):
            rows.finish()
