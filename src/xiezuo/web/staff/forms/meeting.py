"""What stands in a form before anyone types, where it is written in a group or about an activity."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from xiezuo.forms.filling import Typed
from xiezuo.orgs.access import Actor
from xiezuo.service.access import known_among
from xiezuo.service.attendance import attendance_of, meetings_of, next_number, was_member
from xiezuo.service.models import Activity, Group, GroupMember
from xiezuo.service.vocab import ParticipationMode
from xiezuo.web.base.words import day_words
from xiezuo.web.staff.forms.under import Under
from xiezuo.web.staff.service.who import Who


def value_of(member: GroupMember) -> str:
    """How WHO of a form carries a member."""
    if member.person_id:
        return f"{ParticipationMode.NAMED}|{member.person_id}"
    return f"{ParticipationMode.LISTED}|{member.label}"


def _session(group: Group, on: date) -> Typed:
    """The next number, the stage of last time, everyone who is a member: whoever is missing is tapped away."""
    meetings = meetings_of(group)
    here = [member for member in group.members.all() if was_member(member, on)]
    begun: Typed = {"no": [str(next_number(group))], "who": [value_of(member) for member in here]}
    if meetings:
        last = meetings[-1].row.form.record
        begun["stage"] = [meetings[-1].row.stage]
        clocks = {"starts_at": last.starts_at, "ends_at": last.ends_at} if last else {}
        begun |= {name: [told.strftime("%H:%M")] for name, told in clocks.items() if told}
        begun["place_text"] = [last.place_text] if last else []
    return begun | _site(group)


def _report(group: Group, on: date) -> Typed:
    """The figures of the group as sentences, to be gone on from."""
    found = attendance_of(group)
    days = (f"{m.row.no}. {day_words(m.on, 'day', get_language())} {m.topic}" for m in found.meetings)
    each = pgettext("between the meetings of a group", "; ").join(days)
    words = _("%(held)s of %(planned)s sessions were held: %(each)s.")
    told = {"held": len(found.meetings), "planned": group.session_total, "each": each}
    left = sum(1 for line in found.lines if line.member.left_on)
    people = _("%(n)s members, of whom %(left)s left; each came %(mean)s times of %(held)s on average.")
    n = len(found.lines)
    mean = f"{sum(line.came for line in found.lines) / n:.1f}" if n else "0"
    staff = _("Led by %(names)s.") % {
        "names": pgettext("between the items of a list", ", ").join(user.name for user in group.leaders.all())
    }
    return _site(group) | {
        "content_fact": [words % told],
        "members_fact": [people % {"n": n, "left": left, "mean": mean, "held": len(found.meetings)}],
        "staffing_fact": [staff],
    }


def _summary(activity: Activity, on: date) -> Typed:
    return _site(activity) | {"activity": [str(activity.plan_id)]}


def _site(row: Any) -> Typed:
    return {"site": [str(row.site_id or "")]}


BEGUN: dict[tuple[str, str], Callable[[Any, date], Typed]] = {
    ("group", "group_session"): _session,
    ("group", "group_report"): _report,
    ("activity", "activity_summary"): _summary,
}


def begun_under(under: Under, form: str, on: date) -> Typed:
    """What is known of a new form that is written there."""
    found = BEGUN.get((under.name, form))
    return found(under.row, on) if found else {}


def warned_under(under: Under, form: str) -> str:
    """A sentence on top of a form that may be written all the same; "" where there is nothing to say."""
    if form != "group_session" or not isinstance(under.row, Group):
        return ""
    group, held = under.row, next_number(under.row) - 1
    if group.first_on is None:
        return _("Say first between which days the group meets, on its page.")
    if held >= group.session_total:
        words = _(
            "%(held)s sessions were held already; %(planned)s were planned. This one may be written all the same."
        )
        return words % {"held": held, "planned": group.session_total}
    return ""


@dataclass(frozen=True)
class Seat:
    """A member on the page of a session: tapped, they came; not tapped, they were missing."""

    value: str
    label: str
    came: bool


def seats_of(actor: Actor, group: Group, who: Who) -> list[Seat]:
    """Members of the group, and how they stand in WHO. Those the actor may not know stay, without a name."""
    members = list(group.members.select_related("person"))
    known = known_among(actor, {member.person_id for member in members if member.person_id})
    seats = []
    for member in members:
        value = value_of(member)
        if member.left_on is not None and value not in who.who:
            continue
        open_here = member.person_id is None or member.person_id in known
        seats.append(Seat(value, str(member) if open_here else _("someone not open to you"), value in who.who))
    return seats
