"""A case conference: who was there, what was said and decided about each case, and who does what."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site, User
from xiezuo.people.access import must_do_casework, must_work_with
from xiezuo.people.actions import TaskFacts, write_task
from xiezuo.people.vocab import Section
from xiezuo.service.access import case_for
from xiezuo.service.actions.checks import check_site_of
from xiezuo.service.models import Case, Conference, ConferenceCase

KEEPS = "what was decided stands with the case"
LEAST_PRESENT = 2  # otherwise nobody confers


@dataclass(frozen=True, kw_only=True)
class TaskOfConference:
    title: str
    whose: User
    due_on: date


@dataclass(frozen=True, kw_only=True)
class AboutCase:
    """What was said about one case, what was decided, and who does what until when."""

    case: Case
    discussed: str = ""
    decision: str = ""
    tasks: Sequence[TaskOfConference] = field(default_factory=tuple)


@transaction.atomic
def hold_conference(
    *,
    by: Actor,
    held_on: date,
    present: Sequence[User],
    about: Sequence[AboutCase],
    on: date,
    site: Site | None = None,
    guests: str = "",
    key: uuid.UUID | None = None,
) -> Conference:
    """Write down a conference held on `held_on`. The same key again gives the one that stands."""
    must_do_casework(by)
    key = key or uuid.uuid4()
    done = Conference.objects.filter(key=key, written_by=by.user).first()
    if done is not None:
        return done
    _check(by, held_on, present, about, on, site)
    conference = Conference.objects.create(
        key=key, on=held_on, site=site, guests=tidy(guests)[:200], written_by=by.user
    )
    conference.present.set(present)
    for one in about:
        _write(by, conference, one, on)
    happened("service.conference.held", conference, by_id=by.id, cases=[one.case.pk for one in about])
    return conference


def _check(
    by: Actor, held_on: date, present: Sequence[User], about: Sequence[AboutCase], on: date, site: Site | None
) -> None:
    check_site_of(by, site)
    if held_on > on:
        words = _("This day is still to come. Write the conference down when it was.")
        raise RuleBroken("service.conference_in_future", words, field="held_on")
    if len(set(present)) < LEAST_PRESENT:
        raise RuleBroken(
            "service.conference_present", _("Choose everyone who was there, two at least."), field="present"
        )
    if not about:
        raise RuleBroken("service.conference_cases", _("Choose the case you talked about."), field="about")
    for one in about:
        case = case_for(by, one.case.pk)
        must_work_with(by, case.person)
        if not tidy(one.decision):
            words = _("Write what was decided about %(case)s, also when it stays as it is.")
            raise RuleBroken("service.conference_decision", words % {"case": case}, field="decision")


def _write(by: Actor, conference: Conference, one: AboutCase, on: date) -> None:
    with opened("service.ConferenceCase", why=KEEPS):
        ConferenceCase.objects.create(
            conference=conference, case=one.case, discussed=one.discussed.strip(), decision=one.decision.strip()
        )
    for task in one.tasks:
        facts = TaskFacts(
            title=task.title,
            kind="other",
            due_on=max(task.due_on, on),
            whose=task.whose,
            person=one.case.person,
            section=Section.CASE,
        )
        write_task(by=by, facts=facts)
