"""An earlier assessment of a household, offered so that nobody is asked everything again and only what changed is typed."""

from datetime import date

from xiezuo.forms.deadlines import Span, Unit, after
from xiezuo.orgs.access import Actor
from xiezuo.people.models import Household, Person
from xiezuo.people.queries import present_household
from xiezuo.service.aid.gates import settings
from xiezuo.service.filling.things import forms_at_home
from xiezuo.service.models import Aid, FilledForm

ASSESSMENT, AID = "assessment", "aid_assessment"


def earlier_assessment(actor: Actor, person: Person, on: date, home: Household | None = None) -> FilledForm | None:
    """The latest assessment that the actor may read of someone with whom the person lives, where it is not too old."""
    here = present_household(person) if home is None else None
    found = forms_at_home(actor, ASSESSMENT, person, home or (here.household if here else None))
    return next((form for form in found if _is_fresh(form, on)), None)


def _is_fresh(form: FilledForm, on: date) -> bool:
    day = form.submission.service_date
    until = after(day, Span(settings()["assessment"]["offered_months"], Unit.MONTH)) if day else None
    return isinstance(until, date) and on <= until


def latest_visit(actor: Actor, aid: Aid) -> FilledForm | None:
    """The latest home visit to the household of an aid."""
    if aid.applicant is None:
        return None
    return next(iter(forms_at_home(actor, "visit", aid.applicant, aid.household)), None)
