"""Groups and activities of the sample organisation: one group that meets, one that looks for members; football with a line of
those who wait, a film night that was held, and a team of the youth hub's own."""

import uuid
from datetime import date, datetime
from random import Random
from typing import Any

from xiezuo.demo.clock import DAY, evening
from xiezuo.demo.house import DemoHouse
from xiezuo.demo.words import words
from xiezuo.forms.definitions import form_definition
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site
from xiezuo.people.access import people_for
from xiezuo.people.models import Person
from xiezuo.people.sections import is_minor
from xiezuo.service.access import activity_for, group_for
from xiezuo.service.actions import Filling, Taking, sign_form, submit_form
from xiezuo.service.actions.activities import Opening, note_opinion, open_activity
from xiezuo.service.actions.grouping import Arrangement, add_member, arrange_group
from xiezuo.service.actions.helping import name_helper
from xiezuo.service.actions.holding import write_day
from xiezuo.service.actions.signing_in import count_more, sign_in_here, tick
from xiezuo.service.actions.signing_up import Wish, give_place_back, sign_up
from xiezuo.service.actions.youth_groups import move_youth_group, propose_youth_group
from xiezuo.service.models import Activity, FilledForm, Group, YouthGroup
from xiezuo.service.models.activity import RATED
from xiezuo.service.vocab import ParticipationMode, SignUpState, YouthGroupState

WEEK = 7 * DAY
NAMED, LISTED = ParticipationMode.NAMED, ParticipationMode.LISTED
MEETINGS = 4


def tell_together(house: DemoHouse, random: Random, until: date) -> None:
    """At the first two sites, by their workers and agreed to by the supervisor."""
    _growth(house, house.workers[0], house.sites[0], until)
    _plan(house, house.workers[1], house.sites[1], words()["groups"]["plans"][1], until - 3 * DAY)
    team = _team(house.workers[0], house.sites[0], until)
    _football(house, house.workers[0], house.sites[0], team, until)
    _film(house, house.workers[1], house.sites[1], random, until)


def _form(by: Actor, form: str, answers: dict[str, Any], site: Site, on: date, **more: Any) -> FilledForm:
    filling = Filling(form=form_definition(form), answers=answers, site=site, **more)
    return submit_form(by=by, filling=filling, on=on, key=uuid.uuid4())


def _plan(house: DemoHouse, by: Actor, site: Site, told: dict[str, Any], on: date) -> Group:
    plan = _form(by, "group", told, site, on)
    sign_form(by=house.supervisor, filled=plan, decision="approved", opinion="", on=on)
    return group_for(by, plan.group_id or 0)


def _grown(by: Actor, on: date, most: int) -> list[Person]:
    return [person for person in people_for(by).order_by("pk")[:40] if not is_minor(person, on)][:most]


def _growth(house: DemoHouse, by: Actor, site: Site, until: date) -> None:
    """Four sessions: one member was missed twice, and one came from the second on."""
    told, first = words()["groups"], until - MEETINGS * WEEK
    group = _plan(house, by, site, told["plans"][0], first - 2 * WEEK)
    days = Arrangement(first_on=first, last_on=first + 6 * WEEK, leaders=[by.user])
    arrange_group(by=by, group=group, told=days)
    people = _grown(by, until, 7)
    for person in people[:-1]:
        add_member(by=by, group=group, on=first, person=person)
    add_member(by=by, group=group, on=first, nickname=told["nickname"])
    for no in range(1, MEETINGS + 1):
        missing = {people[0]} if no > MEETINGS - 2 else set()
        there = [person for person in people if person not in missing and (no > 1 or person != people[-1])]
        taking = [Taking(mode=NAMED, person=person.pk) for person in there]
        taking += [Taking(mode=LISTED, label=told["nickname"])] if no != 2 else []
        _session(by, group, no, first + (no - 1) * WEEK, taking, people[1])


def _session(by: Actor, group: Group, no: int, on: date, taking: list[Taking], observed: Person) -> None:
    told = words()["groups"]
    answers = {
        "service_date": on.isoformat(),
        "starts_at": "19:00",
        "ends_at": "20:30",
        "no": no,
        "stage": told["stages"][no - 1],
        "topic": told["topics"][no - 1],
        "aim": told["aim"],
        "process": told["process"],
    }
    if no == 3:
        answers["member_notes"] = [{"person": observed.pk, "note": told["note"]}]
    group = group_for(by, group.pk)
    _form(by, "group_session", answers, group.site or Site(), on, group=group, taking=taking)


def _activity(house: DemoHouse, by: Actor, site: Site, name: str, on: date, planned: date) -> Activity:
    told = words()["groups"][name]
    clock = {"service_date": on.isoformat(), "starts_at": "15:00", "ends_at": "17:00"}
    plan = _form(by, "activity", told | clock, site, planned)
    sign_form(by=house.supervisor, filled=plan, decision="approved", opinion="", on=planned)
    return activity_for(by, plan.activity_id or 0)


def _team(by: Actor, site: Site, until: date) -> YouthGroup:
    told, began = words()["groups"], until - 60 * DAY
    team = propose_youth_group(by=by, name=told["hub"], about=told["hub_about"], site=site, on=began)
    move_youth_group(by=by, group=team, to=YouthGroupState.FORMED, on=began + WEEK)
    leader = _grown(by, until, 1)[0]
    return move_youth_group(by=by, group=team, to=YouthGroupState.SELF_LED, on=until - 20 * DAY, leader=leader)


def _football(house: DemoHouse, by: Actor, site: Site, team: YouthGroup, until: date) -> None:
    """Twenty-two places; four wait, and one of those who had a place cannot come."""
    on, planned = until + 4 * DAY, until - 8 * DAY
    football = _activity(house, by, site, "football", on, planned)
    opening = Opening(closes_on=on - DAY, youth_group=team.pk, service_line="capacity")
    open_activity(by=by, activity=football, told=opening, on=planned, at=evening(planned))
    rows = [_wish(football, name, n, planned) for n, name in enumerate(words()["groups"]["names"])]
    give_place_back(row=rows[4], on=until - DAY, at=evening(until - DAY))
    _helps(by, football, until, came=False)


def _helps(by: Actor, activity: Activity, until: date, *, came: bool) -> None:
    """Two who help: named before, there with one tap."""
    day = activity.days.select_related("activity").get()
    for person in _grown(by, until, 9)[7:]:
        name_helper(by=by, day=day, person=person, came=came)


def _wish(activity: Activity, name: str, n: int, on: date) -> Any:
    wish = Wish(label=name, phone=f"199000{n:05}" if n % 3 else "")
    return sign_up(activity=activity, wish=wish, on=on, at=evening(on))[0]


def _film(house: DemoHouse, by: Actor, site: Site, random: Random, until: date) -> None:
    """Held, with names from the wall and from the list and a crowd that was counted; people said what it was like."""
    told, on = words()["groups"], until - 5 * DAY
    film = _activity(house, by, site, "film", on, on - WEEK)
    open_activity(by=by, activity=film, told=Opening(service_line="rights"), on=on - WEEK, at=evening(on - WEEK))
    for n, name in enumerate(told["names"][:12]):
        _wish(film, name, n, on - WEEK)
    day = film.days.get()
    for n, row in enumerate(film.sign_ups.filter(state=SignUpState.REGISTERED)[:10]):
        _came(by, day, row, n, on)
    count_more(by=by, day=day, n=23)
    _helps(by, film, until, came=True)
    write_day(by=by, day=day, on=on)
    for n in range(9):
        ratings = {key: random.choice([3, 4, 4, 5, 5]) for key in RATED}
        best = told["best"][n] if n < len(told["best"]) else ""
        change = told["change"][n] if n < len(told["change"]) else ""
        note_opinion(activity=film, ratings=ratings, best=best, change=change, on=on)


def _came(by: Actor, day: Any, row: Any, n: int, on: date) -> None:
    moment: datetime = evening(on)
    if n % 2:
        tick(by=by, day=day, at=moment, row=row)
    else:
        sign_in_here(day=day, scrap=row.label, walks_in=False, on=on, at=moment)
