"""What an import does with the services it brought: let them count, or take them back. Part of its transaction."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import ManyToOneRel, Model

from xiezuo.common.models import Event
from xiezuo.common.walls import around, opened
from xiezuo.forms.models import Submission
from xiezuo.forms.submitting import TABLES
from xiezuo.people.models import Household, Person
from xiezuo.service.models import (
    Aid,
    Case,
    FilledForm,
    Participation,
    PrivateNote,
    Referral,
    ServiceRecord,
    Transfer,
    VolunteerPart,
)
from xiezuo.service.vocab import RecordState

GOING = ("service.Referral", "service.Transfer")
# Asked with the services on which they hang.
WITH_SERVICES = (Participation, VolunteerPart, FilledForm, Case, Aid)
EVENTS = ("service.record.corrected", "service.record.cancelled", "service.step.finished")


def count_from_now(services: Iterable[int]) -> None:
    """What arrived counts from now on, all of it at once."""
    ServiceRecord.objects.filter(pk__in=services, state=RecordState.ARRIVING).update(state=RecordState.RECORDED)


def services_worked_on_since(services: Collection[int]) -> set[int]:
    """Those of `services` that someone corrected, cancelled, bound a file to, or wrote a note on for themselves."""
    told = Event.objects.filter(subject="service.servicerecord", code__in=EVENTS, subject_id__in=services)
    with_files = ServiceRecord.objects.filter(pk__in=services, evidence__isnull=False)
    with opened("service.PrivateNote", why="whether there is a note, not what it says"):
        with_notes = list(PrivateNote.objects.filter(record__in=services).values_list("record_id", flat=True))
    return {
        *told.values_list("subject_id", flat=True),
        *with_files.values_list("pk", flat=True),
        *with_notes,
        *_intakes_worked_on(services),
    }


def _intakes_worked_on(services: Collection[int]) -> set[int]:
    """Those of `services` whose case went on: an event tells of it, or of its intake form, or another form, a referral or a
    transfer stands in it."""
    forms = FilledForm.objects.filter(record__in=services, case__isnull=False)
    intakes = {pk: (record, case) for pk, record, case in forms.values_list("pk", "record_id", "case_id")}
    cases = {case: record for record, case in intakes.values()}
    more = FilledForm.objects.filter(case__in=cases).exclude(pk__in=intakes).values_list("case_id", flat=True)
    told = Event.objects.filter(subject=Case._meta.label_lower, subject_id__in=cases, code__startswith="service.")
    corrected = Event.objects.filter(subject=FilledForm._meta.label_lower, subject_id__in=intakes)
    again = Case.objects.filter(previous_case__in=cases).values_list("previous_case_id", flat=True)
    with opened(*GOING, why="whether there is one, not what it says"):
        went = {*Referral.objects.filter(case__in=cases).values_list("case_id", flat=True)}
        went |= {*Transfer.objects.filter(case__in=cases).values_list("case_id", flat=True)}
    went_on = {*more, *told.values_list("subject_id", flat=True), *again, *went}
    return {cases[pk] for pk in went_on} | {intakes[pk][0] for pk in corrected.values_list("subject_id", flat=True)}


def _hanging() -> list[str]:
    return around(ServiceRecord, FilledForm, Submission, Case, Aid)


def take_back_services(services: Collection[int]) -> None:
    with opened(*TABLES, _hanging, why="what goes takes what hangs on it along; nobody has written on it since"):
        forms = FilledForm.objects.filter(record__in=services)
        submissions, cases = (
            list(forms.values_list("submission_id", flat=True)),
            list(forms.values_list("case_id", flat=True)),
        )
        forms.delete()
        Submission.objects.filter(pk__in=submissions).delete()
        Case.objects.filter(pk__in=cases).delete()
        Aid.objects.filter(record__in=services, imported=True).delete()
        ServiceRecord.objects.filter(pk__in=services).delete()


def people_in_other_services(people: Collection[int], services: Collection[int]) -> set[int]:
    """Those of `people` of whom this floor tells anything beside `services`: they took part or helped in another one, a form
    or a case is theirs, or any other row points at them."""
    took = Participation.objects.filter(person__in=people).exclude(record__in=services)
    gave = VolunteerPart.objects.filter(person__in=people).exclude(record__in=services)
    forms = FilledForm.objects.filter(person__in=people).exclude(record__in=services)
    cases = Case.objects.filter(person__in=people).exclude(intake__in=services)
    found = {pk for rows in (took, gave, forms, cases) for pk in rows.values_list("person_id", flat=True) if pk}
    asked = Aid.objects.filter(applicant__in=people).exclude(record__in=services)
    found |= {pk for pk in asked.values_list("applicant_id", flat=True) if pk}
    with opened(lambda: around(Person), why="whether there is a row, not what it says"):
        for column in _pointing_at(Person):
            if column.model not in WITH_SERVICES:
                rows = column.model._base_manager.filter(**{f"{column.name}__in": people})
                found |= set(rows.values_list(column.attname, flat=True))
    return found


def homes_in_other_services(households: Collection[int], services: Collection[int]) -> set[int]:
    """Those of `households` at which a row of this floor points beside the aid of `services`: a form about them, a visit
    that is planned, aid they asked for."""
    asked = Aid.objects.filter(household__in=households).exclude(record__in=services)
    found = {pk for pk in asked.values_list("household_id", flat=True) if pk}
    with opened(lambda: around(Household), why="whether there is a row, not what it says"):
        for column in _pointing_at(Household):
            if column.model is Aid:
                continue
            rows = column.model._base_manager.filter(**{f"{column.name}__in": households})
            found |= set(rows.values_list(column.attname, flat=True))
    return found


def _pointing_at(model: type[Model]) -> list[Any]:
    """Columns of this floor that point at a row of the model."""
    fields = model._meta.get_fields(include_hidden=True)
    relations = [field for field in fields if isinstance(field, ManyToOneRel) and not field.concrete]
    return [one.field for one in relations if one.field.model._meta.app_label == "service"]
