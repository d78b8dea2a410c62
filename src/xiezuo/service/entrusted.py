"""Since when a child who is entrusted to others has not heard of the parents, and when the house reminds of it (CHD-7)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from xiezuo.forms.rules import rule
from xiezuo.orgs.access import Actor
from xiezuo.people.access import case_files_for, case_people_for, sections_of
from xiezuo.people.models import Person
from xiezuo.people.vocab import Section
from xiezuo.service.models import Entrusting, ParentContact


@dataclass(frozen=True)
class Waiting:
    """`since`: the last contact, or the day on which the child was entrusted."""

    row: Entrusting
    since: date
    reminds_on: date

    def is_due(self, on: date) -> bool:
        return on >= self.reminds_on


def reminds_on(since: date, on: date) -> date:
    """The first day on which more days have passed than the rule gives."""
    return since + timedelta(days=int(rule("CHD-7", on).values["contact_every_days"]) + 1)


def waiting_of(row: Entrusting, on: date) -> Waiting:
    return _waiting([row], on)[0]


def _waiting(rows: Collection[Entrusting], on: date) -> list[Waiting]:
    contacts = ParentContact.objects.filter(child__in=[row.child_id for row in rows], on__lte=on).order_by("on")
    last = dict(contacts.values_list("child_id", "on"))
    found = []
    for row in rows:
        since = max(row.from_on, last.get(row.child_id, row.from_on))
        found.append(Waiting(row, since, reminds_on(since, on)))
    return found


def not_in_contact(actor: Actor, on: date, *, everyone: bool) -> list[Waiting]:
    """Children of the actor of whose parents nobody noted a contact for too long: those with whom they are named as working;
    of a supervisor who asks for everyone's, all whose family they read."""
    seen = case_files_for(actor) if everyone and actor.supervises else case_people_for(actor)
    rows = Entrusting.objects.filter(child__in=seen.order_by().values("pk"), to_on__isnull=True, from_on__lte=on)
    found = list(rows.select_related("child"))
    open_to = sections_of(actor, {row.child for row in found}) if found else {}
    mine = [row for row in found if Section.FAMILY in open_to[row.child_id]]
    return [one for one in _waiting(mine, on) if one.is_due(on)]


def contacts_of(child: Person, most: int) -> list[ParentContact]:
    return list(child.parent_contacts.select_related("noted_by")[:most])
