"""The work of the sample organisation, day by day."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, time
from itertools import groupby
from operator import itemgetter
from random import Random
from typing import Any

from xiezuo.demo.clock import DAY
from xiezuo.demo.plan.deeds import Service, Someone, Work
from xiezuo.demo.plan.people import SitePeople
from xiezuo.demo.scale import Scale
from xiezuo.demo.words import words
from xiezuo.people.vocab import Role
from xiezuo.service.vocab import AgeGroup, Method, SeriesKind

LAST_DAY = 6  # services written down yesterday
SMALL = {Method.VISIT: (1, 3), Method.ENQUIRY: (1, 1), Method.CASE: (1, 1)}
TOGETHER = {Method.GROUP: (5, 9), Method.COURSE: (6, 12), Method.ACTIVITY: (8, 22), Method.CHECKIN: (6, 16)}
SERIES = {Method.GROUP: SeriesKind.GROUP, Method.OUTREACH: SeriesKind.OUTREACH_AREA}


class Known:
    """People in the order in which they came; on a day those are met who came by then, and not too long before."""

    def __init__(self, people: list[tuple[Someone, date]], stay: int) -> None:
        self.people, self.stay = sorted(people, key=itemgetter(1)), stay * DAY
        self.days = [day for _someone, day in self.people]

    def some(self, random: Random, on: date, how_many: int) -> list[Someone]:
        first, last = bisect_right(self.days, on - self.stay), bisect_right(self.days, on)
        met = random.sample(range(first, last), min(how_many, last - first))
        return [self.people[number][0] for number in met]


class Diary:
    """Tells services; the same random numbers give the same diary."""

    def __init__(self, people: list[SitePeople], scale: Scale, random: Random, until: date) -> None:
        self.scale, self.random, self.until = scale, random, until
        self.children = [Known(here.children, scale.stay) for here in people]
        self.adults = [Known(here.adults, scale.stay) for here in people]
        self.volunteers = [Known(here.volunteers, scale.stay) for here in people]
        self.kinds: list[dict[str, Any]] = words()["work"]
        self.weights = [kind["weight"] for kind in self.kinds]
        self.desks: set[tuple[int, date]] = set()

    def months(self) -> Iterator[Work]:
        """All services, month by month and site by site; two colleagues share those of the first site."""
        for month, days in groupby(self._days(), key=lambda day: (day.year, day.month)):
            told = list(days)
            written = min(date(month[0] + month[1] // 12, month[1] % 12 + 1, 1), self.until) - DAY
            for site in range(len(self.children)):
                services = [self._service(site, day) for day in told[site :: len(self.children)]]
                shared = services[2::4] if site == 0 else []
                if shared:
                    del services[2::4]
                    yield Work(site, True, written, shared)
                if services:
                    yield Work(site, False, written, services)

    def _days(self) -> list[date]:
        """The days of all services in order, the last one yesterday; more of them in the later months."""
        last, told = self.until - DAY, self.scale.told
        spread = sorted(int(told * (1 - self.random.random() ** 1.4)) for _ in range(self.scale.services - LAST_DAY))
        return [last - (told - days) * DAY for days in spread] + [last] * LAST_DAY

    def _service(self, site: int, on: date) -> Service:
        kind = self.random.choices(self.kinds, self.weights)[0]
        method = Method(kind["method"])
        if method == Method.CHECKIN and (site, on) in self.desks:
            kind = next(other for other in self.kinds if other["method"] == Method.ENQUIRY)
            method = Method.ENQUIRY
        self.desks.add((site, on))
        start = time(self.random.choice((9, 10, 14, 15, 18, 19)), self.random.choice((0, 30)))
        minutes = self.random.choice(kind.get("minutes", [0])) or None
        step, step_on = self._step(kind, on)
        return Service(
            method=method,
            on=on,
            line=kind["line"],
            title=self.random.choice(kind["titles"]),
            starts_at=start if minutes else None,
            minutes=minutes,
            note=self.random.choice(kind["notes"]),
            own_words=self._words(kind),
            series=SERIES.get(method),
            projects=self._projects(on),
            next_step=step,
            next_on=step_on,
            **self._who(method, site, on),
            helping=self._help(method, site, on, minutes),
        )

    def _projects(self, on: date) -> list[int]:
        if self.random.random() >= 0.6:
            return []
        each = len(words()["projects"])
        return [project_period(on, self.until) * each + self.random.randrange(each)]

    def _words(self, kind: dict[str, Any]) -> str:
        return self.random.choice(kind["words"]) if "words" in kind and self.random.random() < 0.5 else ""

    def _step(self, kind: dict[str, Any], on: date) -> tuple[str, date | None]:
        """A next step; those of long ago were done and are left out."""
        if "steps" not in kind or (self.until - on).days > 21:
            return "", None
        return self.random.choice(kind["steps"]), on + self.random.randrange(3, 16) * DAY

    def _named(self, known: Known, on: date, between: tuple[int, int], role: Role) -> list[tuple[Someone, Role]]:
        return [(someone, role) for someone in known.some(self.random, on, self.random.randint(*between))]

    def _who(self, method: Method, site: int, on: date) -> dict[str, Any]:
        if method in SMALL:
            return {"named": self._named(self.adults[site], on, SMALL[method], Role.SERVICE_USER)}
        if method == Method.OUTREACH:
            labels = self.random.sample(words()["names"]["street"], self.random.randint(2, 5))
            return {"listed": labels, "counted": [(self.random.randint(12, 40), AgeGroup.ADULT)]}
        named, counted = self._named(self.children[site], on, TOGETHER[method], Role.PARTICIPANT), []
        if method == Method.ACTIVITY:
            named += self._named(self.adults[site], on, (1, 5), Role.PARTICIPANT)
            if self.random.random() < 0.4:
                counted = [(self.random.randint(2, 15), AgeGroup.CHILD)]
        return {"named": named, "counted": counted}

    def _help(self, method: Method, site: int, on: date, minutes: int | None) -> list[tuple[Someone, int]]:
        if method not in TOGETHER or minutes is None:
            return []
        return [(h, minutes + 30) for h in self.volunteers[site].some(self.random, on, self.random.randint(1, 3))]


def project_period(on: date, until: date) -> int:
    """How many times two years `on` lies before the two years that end with the year of `until`."""
    return (until.year - on.year) // 2
