"""Writing down one activity with sixty people who are known by name; made for testing, so that it counts nowhere. And a
contact note of a case, which is taken back at once."""

import uuid

from django.db import transaction

from xiezuo.common.days import today
from xiezuo.config.cli.measuring.measure import Measure, in_ms, median
from xiezuo.config.cli.measuring.pages import colleagues, worked_on
from xiezuo.config.cli.words import _
from xiezuo.forms.definitions import form_definition
from xiezuo.orgs.access import actor_for, sites_for
from xiezuo.people.access import people_for
from xiezuo.service.actions import Filling, ServiceFacts, Taking, record_service, submit_form
from xiezuo.service.vocab import Method, ParticipationMode

PARTICIPANTS = 60


def measure(times: int) -> list[Measure]:
    actor = colleagues()[0]
    people = list(people_for(actor).values_list("pk", flat=True)[:PARTICIPANTS])
    facts = ServiceFacts(
        method=Method.ACTIVITY,
        service_date=today(),
        site=sites_for(actor).first(),
        title="60",
        taking=[Taking(mode=ParticipationMode.NAMED, person=pk) for pk in people],
        for_testing=True,
    )
    taken = median(lambda: record_service(by=actor, facts=facts, on=today()), times)
    return [in_ms(_("save a service with %(n)s people") % {"n": len(people)}, taken, 100), *note(times)]


def note(times: int) -> list[Measure]:
    """A contact note of the latest case somebody works on; none where the house has no case."""
    case = worked_on()
    if case is None:
        return []
    by = actor_for(case.worker)
    answers = {"service_date": today().isoformat(), "starts_at": "14:00", "ends_at": "15:00", "way": "office"}
    filling = Filling(
        form=form_definition("contact_note"),
        answers=answers | {"aim": "60", "said": "60 " * 200},
        person=case.person,
        case=case,
        site=case.site,
    )

    def save() -> None:
        with transaction.atomic():
            submit_form(by=by, filling=filling, on=today(), key=uuid.uuid4())
            transaction.set_rollback(True)

    return [in_ms(_("save a contact note"), median(save, times), 50)]
