"""The children of a site's day: how many came and left, who is still there, and the same as rows of F51."""

from datetime import date, time
from typing import Any

from xiezuo.common.days import local, now, today
from xiezuo.forms.filling import Typed
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site
from xiezuo.people.access import sections_of
from xiezuo.people.vocab import Section
from xiezuo.service.access.leaving import children_at
from xiezuo.service.leaving import in_and_out, is_closing_time
from xiezuo.service.models import ChildAttendance
from xiezuo.service.vocab import LeftWith


def _open_ones(actor: Actor, rows: list[ChildAttendance]) -> list[ChildAttendance]:
    """Those whose services the actor reads. Who is still there is named to everyone who works at the site, for they look for
    the child; with whom a child went is read like a service."""
    open_to = sections_of(actor, {row.child for row in rows})
    came = [row for row in rows if row.left_with != LeftWith.NOT_HERE]
    return [row for row in came if Section.SERVICES in open_to[row.child_id]]


def told_of_children(actor: Actor, site: Site, on: date) -> dict[str, Any]:
    children = in_and_out(site, on)
    if not children.came:
        return {"children": children}
    rows = children_at(actor, site, on)
    shown = _open_ones(actor, rows)
    return {
        "children": children,
        "late": is_closing_time(on, today(), local(now()).time()),
        "still_there": [row for row in rows if row.is_there],
        "came_and_left": shown,
        "hidden_children": children.came - len(shown),
    }


def as_typed(actor: Actor, site: Site, on: date) -> Typed:
    """What the desk knows of the day, as the day sheet of the centre asks it."""
    rows = _open_ones(actor, children_at(actor, site, on))
    typed: Typed = {"centre": [str(site.pk)], "site": [str(site.pk)], "service_date": [on.isoformat()]}
    typed["attendance"] = [str(n) for n in range(len(rows))]
    for n, row in enumerate(rows):
        told = {
            "child": str(row.child_id),
            "in_at": _clock(row.in_at),
            "out_at": _clock(row.out_at),
            "collected_by": row.collected_by,
        }
        typed |= {f"attendance.{n}.{name}": [value] for name, value in told.items()}
    return typed


def _clock(at: time | None) -> str:
    return at.strftime("%H:%M") if at else ""
