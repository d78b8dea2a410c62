"""Groups and activities for tests, planned and agreed to through the forms that people use."""

import uuid
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from tests.factories.cast import DAY, Cast
from xiezuo.forms.definitions import form_definition
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site
from xiezuo.service.access import activity_for, group_for
from xiezuo.service.actions import Filling, Taking, sign_form, submit_form
from xiezuo.service.actions.activities import Opening, open_activity
from xiezuo.service.actions.grouping import Arrangement, arrange_group
from xiezuo.service.actions.signing_up import Wish, sign_up
from xiezuo.service.models import Activity, FilledForm, Group, SignUp

AT = datetime(2026, 3, 2, 12, tzinfo=timezone.get_default_timezone())
GROUP = {
    "name": "成长小组",
    "group_type": "growth",
    "aim": "学会说不",
    "goals": "敢开口",
    "for_whom": "青年工友",
    "size": 8,
}
GROUP |= {"session_total": 6, "rhythm": "每周一次", "minutes_each": 90, "risks": "加班", "evaluation": "前后测"}
SESSION = {"no": 1, "stage": "forming", "topic": "认识彼此", "aim": "记住名字", "process": "轮流介绍"}
FACTS = ("prep", "content", "staffing", "attainment", "worker", "members", "money", "other", "follow_up")
REPORT = {f"{name}_fact": "如计划" for name in FACTS}
ACTIVITY: dict[str, Any] = {"name": "周末足球", "kind": "sports", "target": "青年", "quota": 22, "session_total": 1}
ACTIVITY |= {"why": "认识人", "flow": "热身、比赛", "risks": "扭伤", "personal_danger": False, "evaluation": "问卷"}
SUMMARY = {"attainment": "到了", "difficulty": "下雨", "reflection": "早些发通知"}


def written(by: Actor, form: str, answers: dict[str, Any], on: date = DAY, **more: Any) -> FilledForm:
    filling = Filling(form=form_definition(form), answers=answers, **more)
    return submit_form(by=by, filling=filling, on=on, key=uuid.uuid4())


def agreed(cast: Cast, form: FilledForm, on: date = DAY) -> FilledForm:
    return sign_form(by=cast.chenli, filled=form, decision="approved", opinion="", on=on)


def a_group(cast: Cast, *, last_on: date = date(2026, 4, 30), **more: Any) -> Group:
    """晓梅's group, agreed to, which meets from DAY on."""
    plan = written(cast.xiaomei, "group", GROUP | more, site=cast.east)
    agreed(cast, plan)
    assert plan.group_id is not None
    group = group_for(cast.xiaomei, plan.group_id)
    told = Arrangement(first_on=DAY, last_on=last_on, leaders=[cast.xiaomei.user])
    return arrange_group(by=cast.xiaomei, group=group, told=told)


def session(cast: Cast, group: Group, no: int, on: date, taking: list[Taking], **more: Any) -> FilledForm:
    answers = SESSION | {"no": no, "service_date": on.isoformat()} | more
    group = group_for(cast.xiaomei, group.pk)
    return written(cast.xiaomei, "group_session", answers, on, group=group, site=group.site, taking=taking)


def an_activity(cast: Cast, on: date = DAY, site: Site | None = None, by: Actor | None = None, **more: Any) -> Activity:
    """An activity of that day, agreed to."""
    by = by or cast.xiaomei
    plan = written(by, "activity", ACTIVITY | {"service_date": on.isoformat()} | more, DAY, site=site or cast.east)
    agreed(cast, plan)
    assert plan.activity_id is not None
    return activity_for(by, plan.activity_id)


def an_open_activity(cast: Cast, on: date = DAY, **more: Any) -> Activity:
    activity = an_activity(cast, on, **more)
    return open_activity(by=cast.xiaomei, activity=activity, told=Opening(), on=DAY, at=AT)


def wish(activity: Activity, label: str, phone: str = "", **more: Any) -> SignUp:
    return sign_up(activity=activity, wish=Wish(label=label, phone=phone, **more), on=DAY, at=AT)[0]
