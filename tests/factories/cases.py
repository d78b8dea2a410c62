"""A case as its forms tell it, up to where a test needs it."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from tests.factories.cast import DAY, Cast
from xiezuo.forms.definitions import form_definition
from xiezuo.orgs.access import Actor
from xiezuo.people.models import Person
from xiezuo.service.actions import Filling, sign_form, submit_form
from xiezuo.service.models import Case, FilledForm

ZONE = ZoneInfo("Asia/Shanghai")
SIGNED = {"verbal": True, "witness": "周晓梅"}
INTAKE: dict[str, Any] = {
    "service_date": "2026-03-02",
    "source": "self",
    "problem": "被拖欠两个月工资",
    "needs": "要回工资",
}
INTAKE |= {"own_words": "老板两个月没发钱了", "crisis": False, "urgent": True, "child_risk": False}
PROPOSAL = {"proposal": "accept", "reason": "可以帮", "follow_up": True, "needs_supervision": False}
ASSESSMENT: dict[str, Any] = {
    "service_date": "2026-03-02",
    "kind": "first",
    "self_strengths": "肯学",
    "self_wish": "在这里住下来",
}
ASSESSMENT |= {"risk_level": "medium", "risk_reason": "没有别的收入", "problems": [{"problem": "欠薪", "rank": 1}]}
GOAL = {"text": "把工资要回来", "measure": "钱到账", "baseline": "一分没有", "due_on": "2026-06-30", "owner": "本人"}
PLAN = {"overall_aim": "生活稳下来", "goals": [GOAL], "strategy": "陪同协商", "review_on": "2026-04-01"}
NOTE = {
    "service_date": "2026-03-02",
    "starts_at": "14:00",
    "ends_at": "15:00",
    "way": "office",
    "aim": "看看",
    "said": "说了",
}
REVIEW = {"from_on": "2026-03-02", "to_on": "2026-03-02", "summary": "有进展", "situation": "到账一半", "next": "go_on"}
CLOSURE = {"reason": "goals_reached", "evaluation": "工资要回来了", "follow_up_plan": "一个月后打电话"}


@dataclass
class CaseTold:
    """One case, moved by its forms: `by` writes, `supervisor` signs, on `day`."""

    cast: Cast
    person: Person
    by: Actor
    supervisor: Actor
    day: date = DAY
    forms: dict[str, FilledForm] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        return Case.objects.get(forms=self.forms["intake"])

    @property
    def state(self) -> str:
        return self.case.state

    def write(self, key: str, answers: dict[str, Any], by: Actor | None = None, **more: Any) -> FilledForm:
        if "intake" in self.forms:
            more.setdefault("case", self.case)
        filling = Filling(form=form_definition(key), answers=answers, person=self.person, site=self.cast.east, **more)
        self.forms[key] = submit_form(by=by or self.by, filling=filling, on=self.day, key=uuid.uuid4())
        return self.forms[key]

    def decide(self, key: str, decision: str = "approved", by: Actor | None = None) -> None:
        opinion = "" if decision == "approved" else "再看看"
        filled = self.forms[key]
        sign_form(by=by or self.supervisor, filled=filled, decision=decision, opinion=opinion, on=self.day)

    def intake(self, **more: Any) -> "CaseTold":
        self.write("intake", INTAKE | more)
        return self

    def accepted(self) -> "CaseTold":
        self.intake()
        self.write("acceptance", PROPOSAL | {"intake": self.forms["intake"].pk})
        self.decide("acceptance")
        return self

    def assessing(self, **more: Any) -> "CaseTold":
        self.accepted()
        self.write("assessment", ASSESSMENT | more)
        return self

    def planned(self, **more: Any) -> "CaseTold":
        self.assessing()
        self.write("plan", PLAN | {"own_consent": SIGNED} | more)
        self.decide("plan")
        return self

    def intervening(self, **more: Any) -> "CaseTold":
        self.planned()
        self.write("contact_note", NOTE | more)
        return self

    def evaluating(self) -> "CaseTold":
        self.intervening()
        self.write("assessment", ASSESSMENT | {"kind": "closing", "risk_level": "low"})
        return self

    def closed(self, *follow_ups: str) -> "CaseTold":
        self.evaluating()
        days = [{"on": day} for day in follow_ups]
        self.write("closure", CLOSURE | ({"follow_up_on": days} if days else {}))
        self.decide("closure")
        return self


def told(cast: Cast, name: str = "阿莲", **facts: Any) -> CaseTold:
    """晓梅 takes someone in at East, and 陈立 decides."""
    return CaseTold(cast, cast.person(name, cast.east, **facts), cast.xiaomei, cast.chenli)


def moment(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=ZONE)
