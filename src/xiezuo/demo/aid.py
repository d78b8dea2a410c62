"""Aid of the sample organisation: a winter of travel money that the donor was told of, and lines that stand at every step."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from xiezuo.common.days import at, today
from xiezuo.demo.clock import DAY, evening
from xiezuo.demo.house import DemoHouse
from xiezuo.demo.words import words
from xiezuo.forms.definitions import form_definition
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.models import Funding, User
from xiezuo.orgs.restrictions import add_funding
from xiezuo.orgs.vocab import FundingKind
from xiezuo.people.access import case_people_for, people_for
from xiezuo.people.models import Household, Person
from xiezuo.people.sections import is_minor
from xiezuo.service.access.aids import application_of
from xiezuo.service.actions import Filling, submit_form
from xiezuo.service.actions.aid import (
    AidAsked,
    AidGiven,
    AidProposed,
    approve_aid,
    ask_for_aid,
    assess_aid,
    follow_up_aid,
    hand_over_aid,
    report_aid,
)
from xiezuo.service.models import Aid, FilledForm

BEGAN = 110  # days ago
WINTER = 14  # households that got travel money; enough of them to be told by kind and month
CENTRE = 0


def tell_aid(house: DemoHouse, until: date) -> None:
    """At the first site; two go and assess, the supervisor and the director approve."""
    director = actor_for(User.objects.get(username="fangyuan"))
    told, gifts = words()["aid"], _gifts(house, until)
    stories = _homes(house.workers[CENTRE])[: len(told["stories"])]
    with at(evening(until - BEGAN * DAY)):
        winter = _others(house.workers[CENTRE], {person.pk for person, _home in stories})[:WINTER]
    for n, (person, home) in enumerate(winter):
        _of_the_winter(house, director, gifts[0], person, home, n, until)
    with at(evening(until - 40 * DAY)):
        if winter:
            first, last, on = until - 120 * DAY, until - 60 * DAY, until - 40 * DAY
            report_aid(by=director, funding=gifts[0], number=told["report_no"], first=first, last=last, on=on)
    for story, (person, home) in zip(told["stories"], stories, strict=False):
        _Story(house, director, gifts[story["gift"]], person, home).tell(story, until)


def _gifts(house: DemoHouse, until: date) -> list[Funding]:
    with at(evening(until - 200 * DAY)):
        return [
            add_funding(
                by=house.supervisor,
                project=house.projects[1],
                funder=row["funder"],
                funding_kind=FundingKind.DONATION,
                amount=Decimal(row["amount"]),
                from_on=date(until.year - 1, 1, 1),
                to_on=date(until.year + 1, 12, 31),
                restriction=row["restriction"],
                aid_kinds=row["kinds"],
            )
            for row in words()["aid"]["gifts"]
        ]


def _homes(worker: Actor) -> list[tuple[Person, Household]]:
    """Adults with whom the worker works by name and who are the head of a household."""
    people = case_people_for(worker).order_by("pk")
    heads = {home.head_id: home for home in Household.objects.filter(head__in=people.values("pk")).order_by("pk")}
    return [(one, heads[one.pk]) for one in people if one.pk in heads and not is_minor(one, today())]


def _others(worker: Actor, taken: set[int]) -> list[tuple[Person, Household]]:
    """Adults who are the head of a household at the worker's sites, and were known there before the winter."""
    known = people_for(worker).exclude(pk__in=taken)
    homes = Household.objects.filter(head__in=known.values("pk")).select_related("head").order_by("pk")
    return [(home.head, home) for home in homes if not is_minor(home.head, today())]


def _of_the_winter(
    house: DemoHouse, director: Actor, gift: Funding, person: Person, home: Household, n: int, until: date
) -> None:
    """Asked for, assessed, approved and handed over within a week, about three months ago."""
    told, day = words()["aid"], until - (BEGAN - 3 * n) * DAY
    worker, amount = house.workers[CENTRE], Decimal(told["winter_yuan"])
    with at(evening(day)):
        asked = AidAsked(
            household=home, applicant=person, kind="travel", request=told["winter"], site=house.sites[CENTRE]
        )
        aid = ask_for_aid(by=worker, asked=asked, on=day)
        proposed = AidProposed(
            amount=amount,
            funding=gift,
            approvers=[house.supervisor.user, director.user],
            why=told["winter_why"],
            assessors=[house.second.user],
        )
        aid = assess_aid(by=worker, aid=aid, proposed=proposed, on=day)
        for approver in (house.supervisor, director):
            aid = approve_aid(by=approver, aid=aid, on=day)
        given = AidGiven(
            given_on=day,
            giver=worker.user,
            witness=house.second.user.name,
            follow_up_on=day + 30 * DAY,
            amount=amount,
        )
        aid = hand_over_aid(by=worker, aid=aid, given=given, on=day)
    with at(evening(day + 30 * DAY)):
        follow_up_aid(by=worker, aid=aid, words=told["winter_after"], on=day + 30 * DAY)


class _Story:
    """One aid as its forms tell it, as far as the words go."""

    def __init__(self, house: DemoHouse, director: Actor, gift: Funding, person: Person, home: Household) -> None:
        self.house, self.director, self.gift, self.person, self.home = house, director, gift, person, home
        self.by = house.workers[CENTRE]
        self.aid: Aid | None = None

    def tell(self, story: dict[str, Any], until: date) -> None:
        for n, step in enumerate(story["steps"]):
            day = until - (len(story["steps"]) - n) * story["every"] * DAY
            with at(evening(day)):
                getattr(self, f"_{step}")(story, day)

    def _write(self, key: str, answers: dict[str, Any], day: date, **more: Any) -> FilledForm:
        filling = Filling(form=form_definition(key), answers=answers, site=self.house.sites[CENTRE], **more)
        return submit_form(by=self.by, filling=filling, on=day, key=uuid.uuid4())

    def _ask(self, story: dict[str, Any], day: date) -> None:
        answers = {"household": self.home.pk, "applicant": self.person.pk, "kind": story["kind"]}
        answers |= {"request": story["request"], "amount_asked": story["yuan"]}
        self.aid = self._write("aid_application", answers, day, person=self.person, household=self.home).aid

    def _assess(self, story: dict[str, Any], day: date) -> None:
        told = words()["aid"]
        visitors = {"visitor_1": self.by.user.name, "visitor_2": self.house.second.user.name}
        seen = told["visit"] | visitors | {"service_date": day.isoformat(), "household": self.home.pk}
        who = [self.by.user, self.house.second.user]
        visit = self._write("visit", seen, day, household=self.home, staff=who, aid=self.aid)
        looked = words()["case_answers"]["assessment"] | {"service_date": day.isoformat()}
        assessed = self._write("assessment", looked, day, person=self.person, aid=self.aid)
        answers = {
            "visit": visit.pk,
            "assessment": assessed.pk,
            "amount": story["yuan"],
            "funding": self.gift.pk,
            "approver_1": self.house.supervisor.id,
            "approver_2": self.director.id,
            "decision": "approved",
            "reason": story["why"],
        }
        self._write("aid_assessment", answers, day, follows=visit, aid=self.aid)

    def _approve(self, story: dict[str, Any], day: date) -> None:
        for approver in (self.house.supervisor, self.director):
            self._approve_by(approver, day)

    def _half(self, story: dict[str, Any], day: date) -> None:
        self._approve_by(self.director, day)

    def _approve_by(self, approver: Actor, day: date) -> None:
        if self.aid is not None:
            approve_aid(by=approver, aid=self.aid, on=day)

    def _hand_over(self, story: dict[str, Any], day: date) -> None:
        application = application_of(self.by, self.aid) if self.aid else None
        if application is None:
            return
        answers = {
            "application": application.pk,
            "given_on": day.isoformat(),
            "amount": story["yuan"],
            "giver": self.by.id,
            "witness": self.house.second.user.name,
            "receipt": words()["aid"]["signed"],
            "follow_up_on": (day + 30 * DAY).isoformat(),
        }
        self._write("aid_distribution", answers, day, person=self.person, follows=application, aid=self.aid)
