"""Aid as its three forms tell it, and gifts it is paid from."""

import uuid
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from tests.factories.cases import ASSESSMENT, SIGNED
from tests.factories.cast import LONG_AGO, Cast, login
from xiezuo.forms.definitions import form_definition
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.actions import begin_project
from xiezuo.orgs.models import Funding, Project, User
from xiezuo.orgs.restrictions import add_funding
from xiezuo.orgs.vocab import FundingKind, StaffRole
from xiezuo.people.actions import assign, found_household
from xiezuo.people.models import Household, Person
from xiezuo.people.vocab import AssignedFor, Relation
from xiezuo.service.access.aids import application_of
from xiezuo.service.actions import Filling, submit_form
from xiezuo.service.actions.aid import (
    AidAsked,
    AidGiven,
    AidProposed,
    approve_aid,
    ask_for_aid,
    assess_aid,
    hand_over_aid,
)
from xiezuo.service.models import Aid, FilledForm

WINTER = date(2027, 1, 8)
VISIT: dict[str, Any] = {"aim": "看看回家的路费够不够", "findings": "一家四口，房租刚涨"}


@dataclass
class AidCast:
    """`fang` and 晓梅 visit and assess, 陈立 (supervisor) and `hong` approve; `gao` directs."""

    cast: Cast
    fang: Actor
    hong: Actor
    gao: Actor
    homes: list[Household] = field(default_factory=list)

    def project(self, name: str = "寒冬送暖") -> Project:
        return begin_project(by=self.cast.chenli, name=name, from_on=LONG_AGO)

    def gift(self, amount: str | None, *kinds: str, restriction: str = "", project: Project | None = None) -> Funding:
        return add_funding(
            by=self.cast.chenli,
            project=project or self.project(f"项目{Project.objects.count() + 1}"),
            funder="青年基金会",
            funding_kind=FundingKind.DONATION,
            amount=Decimal(amount) if amount is not None else None,
            from_on=LONG_AGO,
            restriction=restriction,
            aid_kinds=kinds,
        )

    def home(self, name: str = "春梅", others: int = 3, on: date = WINTER) -> Household:
        """A household of someone whom 晓梅 and 方 work with by name."""
        head = self.cast.person(name, self.cast.east)
        for who in (self.cast.xiaomei, self.fang):
            assign(by=self.cast.chenli, person=head, user=who.user, why=AssignedFor.CASE_TEAM, on=LONG_AGO)
        members = [(self.cast.person(f"{name}家{n}", self.cast.east), Relation.CHILD) for n in range(others)]
        return found_household(by=self.cast.xiaomei, head=head, members=members, on=on)

    def write(self, key: str, answers: dict[str, Any], on: date, by: Actor | None = None, **more: Any) -> FilledForm:
        filling = Filling(form=form_definition(key), answers=answers, site=self.cast.east, **more)
        return submit_form(by=by or self.cast.xiaomei, filling=filling, on=on, key=uuid.uuid4())

    def visit(self, home: Household, on: date, by: Actor | None = None) -> FilledForm:
        answers = VISIT | {
            "service_date": on.isoformat(),
            "visitor_1": "周晓梅",
            "visitor_2": "方敏",
            "household": home.pk,
        }
        who = [self.cast.xiaomei.user, self.fang.user]
        return self.write("visit", answers, on, by, household=home, staff=who)

    def assessment(self, person: Person, on: date, **more: Any) -> FilledForm:
        answers = ASSESSMENT | {"service_date": on.isoformat()} | more
        return self.write("assessment", answers, on, person=person)

    # ── the three forms ──

    def apply(self, home: Household, on: date = WINTER, **more: Any) -> Aid:
        """F40."""
        answers = {
            "household": home.pk,
            "applicant": home.head_id,
            "kind": "travel",
            "request": "想带孩子回老家过年，路费不够",
            "amount_asked": "430.00",
        } | more
        filled = self.write("aid_application", answers, on, person=home.head, household=home)
        assert filled.aid is not None
        return filled.aid

    def assess(self, aid: Aid, funding: Funding, on: date = WINTER, by: Actor | None = None, **more: Any) -> Aid:
        """F41, on a visit and an assessment of that day unless others are named."""
        assert aid.household is not None and aid.applicant is not None
        visit = more.pop("visit", None) or self.visit(aid.household, on)
        earlier = more.pop("assessment", None) or self.assessment(aid.applicant, on)
        answers = {
            "visit": visit.pk,
            "assessment": earlier.pk,
            "amount": "430.00",
            "funding": funding.pk,
            "approver_1": self.cast.chenli.id,
            "approver_2": self.hong.id,
            "decision": "approved",
            "reason": "四个人的硬座票价",
        } | more
        self.write("aid_assessment", answers, on, by, follows=visit, aid=aid)
        return Aid.objects.get(pk=aid.pk)

    def approve(self, aid: Aid, on: date = WINTER, *who: Actor) -> Aid:
        for by in who or (self.cast.chenli, self.hong):
            aid = approve_aid(by=by, aid=aid, on=on)
        return aid

    def hand_over(self, aid: Aid, on: date = WINTER, **more: Any) -> Aid:
        """F42."""
        application = application_of(self.cast.xiaomei, aid)
        assert application is not None
        answers = {
            "application": application.pk,
            "given_on": on.isoformat(),
            "amount": "430.00",
            "giver": self.cast.xiaomei.id,
            "witness": "方敏",
            "receipt": SIGNED,
            "follow_up_on": "2027-02-25",
        } | more
        self.write("aid_distribution", answers, on, person=aid.applicant, follows=application, aid=aid)
        return Aid.objects.get(pk=aid.pk)

    # ── without paper, for many ──

    def given(self, home: Household, funding: Funding, amount: str, on: date = WINTER, kind: str = "travel") -> Aid:
        """Asked for, assessed, approved and handed over on one day."""
        aid = self.promised(home, funding, amount, on, kind)
        given = AidGiven(
            given_on=on, giver=self.cast.xiaomei.user, witness="方敏", follow_up_on=on, amount=Decimal(amount)
        )
        return hand_over_aid(by=self.cast.xiaomei, aid=aid, given=given, on=on)

    def proposed(self, home: Household, funding: Funding, amount: str, on: date = WINTER, kind: str = "travel") -> Aid:
        asked = AidAsked(household=home, applicant=home.head, kind=kind, request="回家过年", site=self.cast.east)
        aid = ask_for_aid(by=self.cast.xiaomei, asked=asked, on=on)
        return assess_aid(
            by=self.cast.xiaomei,
            aid=aid,
            proposed=AidProposed(
                amount=Decimal(amount),
                funding=funding,
                approvers=self.approvers(),
                why="票价",
                assessors=[self.fang.user],
            ),
            on=on,
        )

    def promised(self, home: Household, funding: Funding, amount: str, on: date = WINTER, kind: str = "travel") -> Aid:
        return self.approve(self.proposed(home, funding, amount, on, kind), on)

    def approvers(self) -> list[User]:
        return [self.cast.chenli.user, self.hong.user]


def aid_cast(cast: Cast) -> AidCast:
    worker = (StaffRole.SOCIAL_WORKER, cast.east)
    return AidCast(
        cast,
        fang=actor_for(login("fang", "方敏", worker)),
        hong=actor_for(login("hong", "洪涛", worker)),
        gao=actor_for(login("gao", "高远", (StaffRole.DIRECTOR, None))),
    )
