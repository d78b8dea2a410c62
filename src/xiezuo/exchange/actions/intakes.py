"""Intake forms of sheets become cases: with the import that brings them, or later, those that were kept until then."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.common.events import happened
from xiezuo.exchange.access import forms_waiting
from xiezuo.exchange.actions.step import Step
from xiezuo.exchange.models import ImportBatch, ImportedRow
from xiezuo.exchange.promote.cases import imported_case
from xiezuo.exchange.vocab import RowState
from xiezuo.orgs.access import Actor
from xiezuo.orgs.queries import staff_by_name
from xiezuo.people.models import Person
from xiezuo.service.actions import take_in_cases
from xiezuo.service.models import Case
from xiezuo.service.taking_back import count_from_now


def take_intakes(step: Step, rows: Sequence[ImportedRow]) -> None:
    """The case of each row, whose person is known."""
    staff = staff_by_name()
    everything = []
    for row in rows:
        values = step.values(row)
        worker = staff.get(str(values.get("worker", "")))
        site = step.site_of(values)
        around = step.around(row)
        everything.append(imported_case(row.person_id or 0, values, site=site, worker=worker, around=around))
    records = take_in_cases(by=step.by, everything=everything, on=step.on)
    for row, record in zip(rows, records, strict=True):
        row.record, row.created, row.state = record, True, RowState.ARRIVED


@transaction.atomic
def open_case_of_form(*, by: Actor, person: Person, row: int) -> Case:
    """The case of an intake form that came in before cases had a place. Raises NotAllowed for one that does not wait."""
    found = forms_waiting(by, person).select_for_update(of=("self",)).filter(pk=row).first()
    if found is None:
        raise NotAllowed(_("This form is a case already, or it belongs to an import of a colleague."))
    found = ImportedRow.objects.get(pk=found.pk)
    step = Step.of(ImportBatch.objects.get(pk=found.sheet.batch_id))
    take_intakes(step, [found])
    found.save(update_fields=["record", "created", "state"])
    count_from_now([found.record_id or 0])
    case = Case.objects.get(forms__record=found.record_id)
    happened("exchange.intake.opened", case, by_id=by.id, row=found.pk)
    return case
