"""Forms filled in for tests."""

import uuid

from django.utils import timezone

from xiezuo.forms.definitions import form_definition
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site
from xiezuo.people.models import Person
from xiezuo.service.actions import Filling, submit_form
from xiezuo.service.models import FilledForm


def talk(by: Actor, person: Person, site: Site, *, said: str, felt: str) -> FilledForm:
    """A talk of today with a person, as F14 asks for it; `felt` is for its author alone."""
    day = timezone.localdate()
    answers = {"service_date": day.isoformat(), "way": "office", "aim": "说说", "said": said, "reflection": felt}
    filling = Filling(form=form_definition("contact_note"), answers=answers, person=person, site=site)
    return submit_form(by=by, filling=filling, on=day, key=uuid.uuid4())
