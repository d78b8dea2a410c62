"""A group and an activity of the tempting house: names of members, what was observed of them, and who signed up."""

import uuid
from datetime import date

from django.utils import timezone

from tests.walk.house import Tempting, mark
from xiezuo.forms.definitions import form_definition
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site
from xiezuo.people.models import Person
from xiezuo.service.actions import Filling, Taking, submit_form
from xiezuo.service.actions.signing_up import token_digest
from xiezuo.service.actions.youth_groups import propose_youth_group
from xiezuo.service.models import Activity, DayHelper, Group, GroupMember, SignIn, SignUp, YouthGroup
from xiezuo.service.vocab import (
    ActivityState,
    GroupState,
    ParticipationMode,
    SignInWay,
    SignUpState,
    ToTell,
    YouthGroupState,
)

# The addresses that anyone may be given: to sign up, to sign in, to say what it was like, and one's own place.
CODES = ("walk-join", "walk-wall", "walk-opinion", "walk-own-place")
PLAN = {"name": "成长小组", "group_type": "growth", "aim": "说说", "goals": "说说", "for_whom": "青年", "size": 8}
PLAN |= {"session_total": 6, "rhythm": "每周", "minutes_each": 90, "risks": "无", "evaluation": "问"}
FAIR = {"name": "游园", "kind": "sports", "target": "大家", "quota": 9, "session_total": 1, "why": "玩", "flow": "玩"}
FAIR |= {"risks": "无", "personal_danger": False, "evaluation": "问"}


def _written(by: Actor, form: str, answers: dict[str, object], site: Site, on: date, **more: object) -> object:
    filling = Filling(form=form_definition(form), answers=answers, site=site, **more)  # type: ignore[arg-type]
    return submit_form(by=by, filling=filling, on=on, key=uuid.uuid4())


def together(
    by: Actor, site: Site, on: date, people: dict[str, Person], seen: dict[str, str], said: dict[str, str]
) -> None:
    """`seen`: by letter what was observed of members in the session; `said`: other marks, by what they say."""
    _written(by, "group", PLAN, site, on)
    group = Group.objects.get()
    group.leaders.clear()
    Group.objects.update(state=GroupState.RUNNING, first_on=on, last_on=on)
    group.refresh_from_db()
    GroupMember.objects.create(group=group, label=said["nickname"], joined_on=on)
    for letter in seen:
        GroupMember.objects.create(group=group, person=people[letter], joined_on=on)
    notes = [{"person": people[letter].pk, "note": note} for letter, note in seen.items()]
    answers: dict[str, object] = {"service_date": on.isoformat(), "no": 1, "stage": "forming", "topic": "说说"}
    answers |= {"aim": "说说", "process": said["process"], "member_notes": notes}
    taking = [Taking(mode=ParticipationMode.NAMED, person=people[letter].pk) for letter in seen]
    _written(by, "group_session", answers, site, on, group=group, taking=taking)
    _fair(by, site, on, people, said)
    propose_youth_group(by=by, name="球队", about="踢球", site=site, on=on)
    YouthGroup.objects.update(leader=people["甲"], state=YouthGroupState.SELF_LED)


def _fair(by: Actor, site: Site, on: date, people: dict[str, Person], said: dict[str, str]) -> None:
    _written(by, "activity", FAIR | {"service_date": on.isoformat()}, site, on)
    join, wall, opinion, place = CODES
    codes = {"join_code": join, "wall_code": wall, "opinion_code": opinion}
    Activity.objects.update(state=ActivityState.OPEN, **codes)
    activity, now = Activity.objects.get(), timezone.now()
    row = SignUp.objects.create(
        activity=activity,
        label=said["sign_up"],
        phone=said["phone"],
        guardian_name=said["guardian"],
        state=SignUpState.REGISTERED,
        position=1,
        token_hash=token_digest("another"),
        signed_up_at=now,
        to_tell=ToTell.MOVED_UP,
    )
    for helper in people.values():
        DayHelper.objects.create(day=activity.days.get(), person=helper)
    own = {"label": "我", "state": SignUpState.WAITING, "position": 2, "token_hash": token_digest(place)}
    SignUp.objects.create(activity=activity, signed_up_at=now, **own)
    SignIn.objects.create(day=activity.days.get(), sign_up=row, way=SignInWay.LIST, at=now)


def with_groups(house: Tempting) -> Tempting:
    """The house with a group and an activity in the East. Those who work there know who is in them; what was observed of
    someone is for those to whom the case part of their file is open, and the session for whoever wrote it."""
    boss, east = house.walkers["boss"].actor, Site.objects.get(name="东区童缘")
    seen = {letter: mark(letter, "组") for letter in "甲乙"}
    known = {name: mark("组", sign) for name, sign in (("nickname", "称"), ("sign_up", "报"), ("guardian", "护"))}
    known["phone"] = "19977700001"
    process = mark("组", "程")
    together(boss, east, timezone.localdate(), house.people, seen, known | {"process": process})
    house.marks |= {*seen.values(), *known.values(), process}
    for name, walker in house.walkers.items():
        may = walker.may_see(house.minors)
        walker.records |= {note for letter, note in seen.items() if mark(letter, "谈") in may}
        if name in {"boss", "east_worker", "case_worker", "student", "granted", "was_granted"}:
            walker.records |= {*known.values()}
    house.walkers["boss"].records.add(process)
    return house
