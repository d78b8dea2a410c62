"""Beside an intake: how often the person came before, also under a nickname that nobody has put to their name yet."""

from datetime import date
from typing import Any

from xiezuo.forms.definitions import FormDefinition
from xiezuo.orgs.access import Actor
from xiezuo.people.access import sections_for
from xiezuo.people.models import Person
from xiezuo.people.vocab import Section
from xiezuo.service.access import as_told_to
from xiezuo.service.desk import times_at_desk
from xiezuo.service.queries import nickname_entries, services_of

SHOWN = 5
FORMS = frozenset({"intake", "enquiry"})


def came_before(actor: Actor, form: FormDefinition, person: Person | None, on: date) -> dict[str, Any]:
    """What the page shows of earlier services; nothing where they are closed to the actor."""
    if form.key not in FORMS or person is None or Section.SERVICES not in sections_for(actor, person):
        return {}
    rows = services_of(actor, person).filter(came=True)
    latest = list(rows[:SHOWN])
    as_told_to(actor, [row.record for row in latest])
    entries = nickname_entries(actor, person)
    return {
        "came_times": times_at_desk(person, on),
        "before": latest,
        "before_count": rows.count() if len(latest) == SHOWN else len(latest),
        "nickname_entries": entries,
        "nickname_first": entries[0] if entries else None,
    }
