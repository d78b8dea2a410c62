"""Finishing a form, correcting it, deciding about it. A form that is a service record is written with it, in one go."""

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.walls import opened
from xiezuo.forms.filling import named_in
from xiezuo.forms.models import Submission
from xiezuo.forms.submitting import (
    TABLES,
    answers_in,
    keep_earlier,
    must_be_latest,
    rewrite,
    write_submission,
    written,
)
from xiezuo.forms.vocab import SubmissionState
from xiezuo.orgs.access import Actor
from xiezuo.people.access import household_for, must_do_casework, must_work_with
from xiezuo.people.impact import must_be_assessed
from xiezuo.people.models import Person
from xiezuo.service.access import (
    activity_for,
    case_for,
    filled_for,
    form_under,
    group_for,
    must_correct_form,
    must_sign_form,
)
from xiezuo.service.access.aids import aid_for
from xiezuo.service.actions.checks import check_site_of
from xiezuo.service.actions.correcting import correct_service
from xiezuo.service.actions.facts import ServiceFacts
from xiezuo.service.actions.form_facts import Filling, facts_of
from xiezuo.service.actions.recording import record_service
from xiezuo.service.actions.sequels import sequel_of
from xiezuo.service.actions.unlocking import lock_again
from xiezuo.service.filling.about import section_of
from xiezuo.service.filling.assessed import subject_of
from xiezuo.service.filling.core import day_of, kept_answers
from xiezuo.service.filling.things import PEOPLE
from xiezuo.service.models import Case, FilledForm, FormMention

WRITES = "an action that has asked access writes the form"


@transaction.atomic
def submit_form(*, by: Actor, filling: Filling, on: date, key: uuid.UUID) -> FilledForm:
    """Finish a form, on the day `on`. The same `key` again gives the form already finished."""
    done = form_under(by, key)
    if done is not None:
        return done
    try:
        with transaction.atomic():
            return _write(by, filling, on, key)
    except IntegrityError:
        # The same form arrived twice at the same moment, and the other one was first.
        done = form_under(by, key)
        if done is None:
            raise
        return done


def _write(by: Actor, filling: Filling, on: date, key: uuid.UUID) -> FilledForm:
    form = filling.form
    _check(by, filling, on)
    sequel_of(form.key).check(by, filling, on)
    record = record_service(by=by, facts=_facts(by, filling, on), on=on, key=key) if form.method else None
    with opened(*TABLES, why=WRITES):
        day = day_of(form, filling.answers, on)
        submission = write_submission(by, form, _kept(filling), day, key, key)
        filled = FilledForm.objects.create(
            submission=submission,
            person=filling.person,
            household=filling.household,
            site=filling.site,
            record=record,
            follows=filling.follows,
            case=filling.case,
            group=filling.group,
            activity=filling.activity,
            aid=filling.aid,
            section=section_of(form),
            sensitive=form.holds_sensitive,
        )
        _mention(filled, filling)
    happened("service.form.filled", filled, by_id=by.id, form=form.key, record=record.pk if record else None)
    sequel_of(form.key).submitted(by, filled, filling, on)
    if filling.follows is not None:
        sequel_of(filling.follows.submission.form).followed(by, filling.follows, filled, on)
    return filled


def _facts(by: Actor, filling: Filling, on: date) -> ServiceFacts:
    return sequel_of(filling.form.key).facts(by, filling, facts_of(filling, on), on)


def _kept(filling: Filling) -> dict[str, Any]:
    """The answers that the form keeps, with the figures that the records tell, in the language of the house."""
    with override(settings.LANGUAGE_CODE):
        figures = sequel_of(filling.form.key).figures(filling)
    return kept_answers(filling.form, filling.answers) | figures


def _check(by: Actor, filling: Filling, on: date) -> None:
    must_do_casework(by)
    if filling.form.holds_sensitive:
        must_be_assessed(subject_of(filling.form), on)
    check_site_of(by, filling.site)
    if filling.person is not None:
        must_work_with(by, filling.person)
    if filling.household is not None:
        household_for(by, filling.household.pk)
    if filling.case is not None:
        # As it stands now: whoever filled the form in may have opened it long ago.
        filling.case = case_for(by, filling.case.pk)
        must_fit_case(filling.case, filling.person)
    if filling.group is not None:
        group_for(by, filling.group.pk)
    if filling.aid is not None:
        filling.aid = aid_for(by, filling.aid.pk)
    if filling.activity is not None:
        activity_for(by, filling.activity.pk)


def must_fit_case(case: Case, person: Person | None) -> None:
    """Raises RuleBroken for a form about someone else than the person of its case."""
    if person is not None and person.pk != case.person_id:
        words = _("This case is %(person)s's. Write about someone else in their own file.")
        raise RuleBroken("service.case_of_another", words % {"person": case.person}, field="person")


def _mention(filled: FilledForm, filling: Filling) -> None:
    """Everyone the answers name, so that the form is found with them and follows them."""
    named = named_in(filling.form, filling.answers)
    ids = {pk for of in PEOPLE for pk in named.get(of, ())} - {filled.person_id}
    FormMention.objects.filter(filled=filled).delete()
    FormMention.objects.bulk_create([FormMention(filled=filled, person_id=pk) for pk in sorted(filter(None, ids))])


@transaction.atomic
def correct_form(
    *, by: Actor, filled: FilledForm, filling: Filling, revision: int, on: date, draft: uuid.UUID
) -> FilledForm:
    """Write a form anew as it should have been; what it said stays in its history. `revision`: the one that was opened for
    correcting; `draft`: the key under which new files came. Raises RuleBroken where a colleague was faster."""
    filled = filled_for(by, filled.pk)
    must_correct_form(by, filled)
    _must_be_the_same(filled, filling)
    _check_site_and_record(by, filled, filling, on)
    with opened(*TABLES, why=WRITES):
        submission = Submission.objects.select_for_update(of=("self",)).get(pk=filled.submission_id)
        must_be_latest(submission, revision)
        day = day_of(filling.form, filling.answers, submission.service_date or on)
        changed = rewrite(by, submission, filling.form, _kept(filling), day, draft)
        filled.site, filled.household, filled.follows = filling.site, filling.household, filling.follows
        filled.section, filled.sensitive = section_of(filling.form), filling.form.holds_sensitive
        filled.save()
        filled.submission = submission
        _mention(filled, filling)
    happened("service.form.corrected", filled, by_id=by.id, fields=changed, revision=submission.revision)
    sequel_of(filling.form.key).corrected(by, filled, filling, on)
    lock_again(by, filled)
    return filled


def _must_be_the_same(filled: FilledForm, filling: Filling) -> None:
    """A form stays in the file it was written into."""
    if filling.person is not None and filled.person is not None and filling.person != filled.person:
        words = _("This form is in the file of %(person)s and stays there. Write a new one about someone else.")
        raise RuleBroken("service.form_of_another", words % {"person": filled.person})
    if filled.aid is not None:
        filling.aid, filling.household = filled.aid, filling.household or filled.household


def _check_site_and_record(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    if filled.site_id != (filling.site.pk if filling.site else None):
        check_site_of(by, filling.site)
    if filled.record is not None:
        correct_service(by=by, record=filled.record, facts=_facts(by, filling, on), on=on)


@transaction.atomic
def sign_form(*, by: Actor, filled: FilledForm, decision: str, opinion: str, on: date) -> FilledForm:
    """A supervisor agrees, returns the form or says no; what they decided about stays in its history."""
    filled = filled_for(by, filled.pk)
    with opened(*TABLES, why=WRITES):
        filled.submission = Submission.objects.select_for_update(of=("self",)).get(pk=filled.submission_id)
        must_sign_form(by, filled)
        answers, sequel = answers_in(filled.submission.answers), sequel_of(filled.submission.form)
        sequel.check_decision(by, filled, decision, answers, on)
        _decide(by, filled.submission, decision, opinion.strip(), on)
    happened("service.form.decided", filled, by_id=by.id, decision=decision)
    sequel.decided(by, filled, decision, answers, on)
    return filled


DECIDED = {
    "approved": SubmissionState.APPROVED,
    "returned": SubmissionState.RETURNED,
    "rejected": SubmissionState.REJECTED,
}


def _decide(by: Actor, submission: Submission, decision: str, opinion: str, on: date) -> None:
    if decision not in DECIDED:
        raise RuleBroken("service.form_decision", _("Choose whether you agree."), field="decision")
    if decision != "approved" and not opinion:
        words = _("Write what is missing, so that your colleague knows what to do.")
        raise RuleBroken("service.form_opinion", words, field="supervisor_opinion")
    keep_earlier(submission)
    told = {"decision": decision, "decided_by": by.id, "decided_on": on.isoformat(), "supervisor_opinion": opinion}
    answers = answers_in(submission.answers) | {key: value for key, value in told.items() if value}
    submission.answers, submission.state = written(answers), DECIDED[decision]
    submission.revision += 1
    submission.changed_by = by.user
    submission.save()
