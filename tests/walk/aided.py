"""Aid for everyone of the tempting house, with a mark in every text. The case part of a file opens it; whoever is asked to approve
reads what is asked and proposed, and learns no name by it."""

from decimal import Decimal

from tests.walk.house import MEMBERS, Tempting, mark
from xiezuo.common.days import today
from xiezuo.orgs.models import Funding, Project
from xiezuo.orgs.restrictions import add_funding
from xiezuo.orgs.vocab import FundingKind
from xiezuo.people.models import Household, Person
from xiezuo.people.sections import sections
from xiezuo.people.vocab import Section
from xiezuo.service.actions.aid import (
    AidAsked,
    AidGiven,
    AidProposed,
    approve_aid,
    ask_for_aid,
    assess_aid,
    follow_up_aid,
    hand_over_aid,
)

APPROVERS = ("director", "west_supervisor")


def with_aid(house: Tempting) -> Tempting:
    boss = house.walkers["boss"].actor
    gift = add_funding(
        by=boss,
        project=Project.objects.order_by("pk")[0],
        funder="青年基金会",
        funding_kind=FundingKind.DONATION,
        amount=Decimal(9000),
        from_on=today(),
        aid_kinds=["cash"],
    )
    for letter in MEMBERS:
        _aid(house, house.people[letter], gift, mark(letter, "援"))
    marks = {letter: mark(letter, "援") for letter in MEMBERS}
    house.marks |= set(marks.values())
    for name, walker in house.walkers.items():
        opened = {x for x, held in walker.ties.items() if Section.CASE in sections(held, x in house.minors).open}
        asked = set(MEMBERS) if name in APPROVERS else set()
        walker.records |= {marks[letter] for letter in (opened | asked) & set(MEMBERS)}
    return house


def _aid(house: Tempting, person: Person, gift: Funding, said: str) -> None:
    """Handed over and followed up, but for 丙's, which waits to be approved."""
    boss, day = house.walkers["boss"].actor, today()
    site = person.assignments.filter(site__isnull=False)[0].site
    asked = AidAsked(
        household=Household.objects.get(head=person), applicant=person, kind="cash", request=said, site=site
    )
    aid = ask_for_aid(by=boss, asked=asked, on=day)
    approvers = [house.walkers[name].actor for name in APPROVERS]
    users = [actor.user for actor in approvers]
    proposed = AidProposed(amount=Decimal(100), funding=gift, approvers=users, why=said)
    aid = assess_aid(by=boss, aid=aid, proposed=proposed, on=day)
    if person == house.people["丙"]:
        return
    for actor in approvers:
        aid = approve_aid(by=actor, aid=aid, on=day)
    given = AidGiven(
        given_on=day, giver=boss.user, witness=said, follow_up_on=day, amount=Decimal(100), goods=said, proxy=said
    )
    aid = hand_over_aid(by=boss, aid=aid, given=given, on=day)
    follow_up_aid(by=boss, aid=aid, words=said, on=day)
