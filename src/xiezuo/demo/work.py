"""Two years of work of the sample organisation, written down day by day."""

from datetime import date, time
from random import Random
from typing import Any

from xiezuo.demo.clock import DAY, evening
from xiezuo.demo.house import DemoHouse
from xiezuo.demo.people import SitePeople
from xiezuo.demo.words import words
from xiezuo.orgs.models import Site
from xiezuo.people.models import Person
from xiezuo.people.vocab import Role
from xiezuo.service.actions import Helping, ServiceFacts, Taking
from xiezuo.service.models import Series
from xiezuo.service.vocab import AgeGroup, Method, ParticipationMode, SeriesKind

SERVICES = 1200
DAYS_TOLD = 690
NAMED, LISTED, COUNTED = ParticipationMode.NAMED, ParticipationMode.LISTED, ParticipationMode.COUNTED
SMALL = {Method.VISIT: (1, 3), Method.ENQUIRY: (1, 1), Method.CASE: (1, 1)}
TOGETHER = {Method.GROUP: (5, 9), Method.COURSE: (6, 12), Method.ACTIVITY: (8, 22), Method.CHECKIN: (6, 16)}


class Diary:
    """Writes services; the same random numbers give the same diary."""

    def __init__(self, house: DemoHouse, people: dict[int, SitePeople], random: Random, until: date) -> None:
        self.house, self.people, self.random, self.until = house, people, random, until
        self.kinds: list[dict[str, Any]] = words()["work"]
        self.weights = [kind["weight"] for kind in self.kinds]
        self.desks: set[tuple[int, date]] = set()

    def days(self) -> list[date]:
        """The days of all services in order, the last one yesterday; more of them in the later months."""
        last = self.until - DAY
        spread = sorted(int(DAYS_TOLD * (1 - self.random.random() ** 1.4)) for _ in range(SERVICES - 6))
        return [last - (DAYS_TOLD - days) * DAY for days in spread] + [last] * 6

    def entry(self, site: Site, on: date) -> ServiceFacts:
        """One service at one site, written down in the evening of its day."""
        kind = self.random.choices(self.kinds, self.weights)[0]
        method = Method(kind["method"])
        if method == Method.CHECKIN and (site.pk, on) in self.desks:
            kind = next(other for other in self.kinds if other["method"] == Method.ENQUIRY)
            method = Method.ENQUIRY
        self.desks.add((site.pk, on))
        start = time(self.random.choice((9, 10, 14, 15, 18, 19)), self.random.choice((0, 30)))
        minutes = self.random.choice(kind.get("minutes", [0])) or None
        title = self.random.choice(kind["titles"])
        step = self._step(kind, on)
        return ServiceFacts(
            written_at=evening(on),
            method=method,
            service_date=on,
            site=site,
            service_line=kind["line"],
            title=title,
            starts_at=start if minutes else None,
            minutes=minutes,
            note=self.random.choice(kind["notes"]),
            own_words=self._words(kind),
            series=self._series(method, title, site),
            projects=[self.random.choice(self.house.projects)] if self.random.random() < 0.6 else [],
            staff=[self.house.supervisor.user] if method == Method.VISIT else [],
            next_step=step[0],
            next_on=step[1],
            taking=self._who(method, self.people[site.pk], on),
            helping=self._help(method, self.people[site.pk], on, minutes),
        )

    def _words(self, kind: dict[str, Any]) -> str:
        return self.random.choice(kind["words"]) if "words" in kind and self.random.random() < 0.5 else ""

    def _step(self, kind: dict[str, Any], on: date) -> tuple[str, date | None]:
        """A next step; those of long ago were done and are left out."""
        if "steps" not in kind or (self.until - on).days > 21:
            return "", None
        return self.random.choice(kind["steps"]), on + self.random.randrange(3, 16) * DAY

    def _series(self, method: Method, title: str, site: Site) -> Series | None:
        kinds = {Method.GROUP: SeriesKind.GROUP, Method.OUTREACH: SeriesKind.OUTREACH_AREA}
        if method not in kinds:
            return None
        return Series.objects.get_or_create(kind=kinds[method], name=title, site=site)[0]

    def _named(self, crowd: list[tuple[Person, date]], on: date, how_many: int, role: Role) -> list[Taking]:
        known = [person for person, came in crowd if came <= on]
        people = self.random.sample(known, min(how_many, len(known)))
        return [Taking(mode=NAMED, person=person.pk, role=role) for person in people]

    def _who(self, method: Method, here: SitePeople, on: date) -> list[Taking]:
        if method in SMALL:
            return self._named(here.adults, on, self.random.randint(*SMALL[method]), Role.SERVICE_USER)
        if method == Method.OUTREACH:
            labels = self.random.sample(words()["names"]["street"], self.random.randint(2, 5))
            counted = Taking(mode=COUNTED, count=self.random.randint(12, 40), age=AgeGroup.ADULT)
            return [Taking(mode=LISTED, label=label) for label in labels] + [counted]
        rows = self._named(here.children, on, self.random.randint(*TOGETHER[method]), Role.PARTICIPANT)
        if method == Method.ACTIVITY:
            rows += self._named(here.adults, on, self.random.randint(1, 5), Role.PARTICIPANT)
            if self.random.random() < 0.4:
                rows.append(Taking(mode=COUNTED, count=self.random.randint(2, 15), age=AgeGroup.CHILD))
        return rows

    def _help(self, method: Method, here: SitePeople, on: date, minutes: int | None) -> list[Helping]:
        if method not in TOGETHER or minutes is None:
            return []
        ready = [person for person, began in here.volunteers if began <= on]
        helpers = self.random.sample(ready, min(self.random.randint(1, 3), len(ready)))
        return [Helping(person=person.pk, minutes=minutes + 30) for person in helpers]
