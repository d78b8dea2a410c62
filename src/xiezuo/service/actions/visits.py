"""Home visits: always two people. Planned, they are prepared on the phone; made, they are the form F18."""

from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site, User
from xiezuo.people.access import household_for, must_do_casework
from xiezuo.people.models import Household
from xiezuo.service.access.visits import VISITS, must_go_on_visit
from xiezuo.service.actions.checks import check_site_of
from xiezuo.service.actions.form_facts import Filling
from xiezuo.service.actions.sequels import Sequel, tell_sequel
from xiezuo.service.models import FilledForm, PlannedVisit

FORM = "visit"
WRITES = "an action that has asked access writes the visit"
TWO = _("Two people go on a visit. Name somebody else as the second one; everything else stays as you wrote it.")


@dataclass(kw_only=True)
class VisitFacts:
    """`second` is another login, `companion` the name of somebody without one; one of the two."""

    household: Household
    planned_on: date
    first: User
    aim: str
    second: User | None = None
    companion: str = ""
    planned_at: time | None = None
    outline: str = ""
    site: Site | None = None


@transaction.atomic
def plan_visit(*, by: Actor, facts: VisitFacts, on: date) -> PlannedVisit:
    """Write down who goes to whom, when and what for. Raises RuleBroken where one goes alone, and for a day that has passed."""
    must_do_casework(by)
    household_for(by, facts.household.pk)
    check_site_of(by, facts.site)
    companion = "" if facts.second else tidy(facts.companion)
    if (facts.second or companion) in (facts.first, facts.first.name, ""):
        raise RuleBroken("service.visit_by_two", TWO, field="second")
    if facts.planned_on < on:
        raise RuleBroken("service.visit_planned_on", _("This day has passed. Choose one to come."), field="planned_on")
    if not facts.aim.strip():
        raise RuleBroken("service.visit_aim", _("Write what the visit is for."), field="aim")
    with opened(VISITS, why=WRITES):
        visit = PlannedVisit.objects.create(
            household=facts.household,
            site=facts.site,
            visitor_1=facts.first,
            visitor_2=facts.second,
            companion=companion,
            planned_on=facts.planned_on,
            planned_at=facts.planned_at,
            aim=facts.aim.strip(),
            outline=facts.outline.strip(),
            written_by=by.user,
        )
    happened("service.visit.planned", visit, by_id=by.id, on=facts.planned_on.isoformat())
    return visit


@transaction.atomic
def drop_visit(*, by: Actor, visit: PlannedVisit, why: str, on: date) -> PlannedVisit:
    """It is not made; the reason stays."""
    must_go_on_visit(by, visit.pk)
    if not why.strip():
        raise RuleBroken("service.visit_why", _("Write why it is not made."), field="why")
    with opened(VISITS, why=WRITES):
        held = PlannedVisit.objects.select_for_update().get(pk=visit.pk)
        if not held.is_open:
            raise RuleBroken("service.visit_is_over", _("This visit was made or dropped already."))
        held.dropped_on, held.dropped_why = on, why.strip()
        held.save(update_fields=["dropped_on", "dropped_why"])
    happened("service.visit.dropped", held, by_id=by.id)
    return held


def _check(by: Actor, filling: Filling, on: date) -> None:
    """F18 names two different people, by their rows or by their names."""
    first, second = (filling.answers.get(name) for name in ("visitor_1", "visitor_2"))
    if first is not None and (first == second or tidy(str(first)) == tidy(str(second))):
        raise RuleBroken("service.visit_by_two", TWO, field="visitor_2")


def _made(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    """The form of a planned visit: whichever of the two wrote it."""
    with opened(VISITS, why=WRITES):
        open_ones = PlannedVisit.objects.select_for_update().filter(made_on__isnull=True, dropped_on__isnull=True)
        theirs = open_ones.filter(household=filling.household) if filling.household else open_ones.none()
        visit = next((one for one in theirs if one.key_for(by.user) == filled.submission.key), None)
        if visit is None:
            return
        visit.made, visit.made_on = filled, filled.submission.service_date or on
        visit.save(update_fields=["made", "made_on"])
    happened("service.visit.made", visit, by_id=by.id, form=filled.pk)


def tell() -> None:
    tell_sequel(FORM, Sequel(check=_check, submitted=_made))
