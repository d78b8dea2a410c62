"""Beside an intake: how often the person came before, also under a nickname that nobody has put to their name yet. Above an
assessment: the earlier one of the household, to open and to go on from."""

from datetime import date
from typing import Any

from xiezuo.forms.definitions import FormDefinition
from xiezuo.orgs.access import Actor
from xiezuo.people.access import sections_for
from xiezuo.people.models import Person
from xiezuo.people.vocab import Section
from xiezuo.service.access import as_told_to
from xiezuo.service.desk import times_at_desk
from xiezuo.service.filling.earlier import AID, ASSESSMENT, earlier_assessment
from xiezuo.service.queries import nickname_entries, services_of
from xiezuo.web.staff.forms.paper import Paper
from xiezuo.web.staff.service.beginning import GOES_ON

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


def assessed_before(paper: Paper) -> dict[str, Any]:
    """The latest assessment of the household, for a new assessment that does not go on from one yet; and the address under
    which it is opened to type only what changed."""
    if paper.existing is not None or paper.form.key not in {ASSESSMENT, AID} or any(paper.typed.get(GOES_ON, [])):
        return {}
    person = paper.person()
    earlier = earlier_assessment(paper.actor, person, paper.on, paper.home()) if person else None
    if earlier is None or person is None:
        return {}
    under = paper.under()
    beside = f"&{under.name}={under.row.pk}" if under and under.name in {"case", "aid"} else ""
    about = earlier.person_id if under and under.name == "aid" and earlier.person_id else person.pk
    return {"assessed_before": earlier, "go_on_url": f"?person={about}&earlier={earlier.pk}{beside}"}
