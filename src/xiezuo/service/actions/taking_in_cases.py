"""Cases of an imported sheet, each with its intake form. Part of the import's own transaction and event."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xiezuo.common.walls import opened
from xiezuo.forms.definitions import form_definition
from xiezuo.forms.submitting import TABLES, write_submission
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import User
from xiezuo.people.access import must_do_casework
from xiezuo.service.actions.facts import ServiceFacts
from xiezuo.service.actions.recording import take_in_services
from xiezuo.service.actions.writing import next_serials
from xiezuo.service.filling.about import section_of
from xiezuo.service.models import Case, CaseStep, FilledForm, ServiceRecord
from xiezuo.service.vocab import CaseState

INTAKE = "intake"
BROUGHT = "an import that its bringer confirmed writes the cases of a sheet"
LONGEST_NO = 16
OVER = {CaseState.DECLINED, CaseState.REFERRED_OUT}


@dataclass(frozen=True, kw_only=True)
class ImportedCase:
    """`talk`: the service record that the intake was; `answers`: of the intake form, by key; `state`: what was decided, `why`
    what the supervisor wrote about it. `worker` None: whoever brings the sheet answers for it until it is handed over."""

    person: int
    talk: ServiceFacts
    answers: Mapping[str, Any]
    state: CaseState = CaseState.INTAKE
    why: str = ""
    case_no: str = ""
    worker: User | None = None
    crisis: bool = False


def take_in_cases(*, by: Actor, everything: Sequence[ImportedCase], on: date) -> list[ServiceRecord]:
    """Write the cases down; gives the record of each intake, in their order. Those records count once the import is whole."""
    must_do_casework(by)
    records = take_in_services(by=by, everything=[one.talk for one in everything], on=on)
    taken = set(Case.objects.filter(case_no__in=[one.case_no for one in everything]).values_list("case_no", flat=True))
    with opened(*TABLES, "service.CaseStep", why=BROUGHT):
        for one, record in zip(everything, records, strict=True):
            own = one.case_no if one.case_no and len(one.case_no) <= LONGEST_NO and one.case_no not in taken else ""
            taken.add(own)
            _write(by, one, record, own, on)
    return records


def _write(by: Actor, one: ImportedCase, record: ServiceRecord, case_no: str, on: date) -> None:
    day = min(record.service_date or on, on)
    case = Case.objects.create(
        case_no=case_no or next_serials(day.year)[0],
        person_id=one.person,
        site=record.site,
        worker=one.worker or by.user,
        state=one.state,
        intake=record,
        crisis=one.crisis,
        opened_on=day,
        accepted_on=day if one.state == CaseState.ACCEPTED else None,
        closed_on=day if one.state in OVER else None,
    )
    form, key = form_definition(INTAKE, day), uuid.uuid4()
    filled = FilledForm.objects.create(
        submission=write_submission(by, form, one.answers, day, key, key),
        person_id=one.person,
        site=record.site,
        record=record,
        case=case,
        section=section_of(form),
        sensitive=form.holds_sensitive,
    )
    steps = [CaseStep(case=case, state=CaseState.INTAKE, on=day, by=by.user, form=filled)]
    if one.state != CaseState.INTAKE:
        steps.append(CaseStep(case=case, state=one.state, on=day, by=by.user, why=one.why))
    elif one.why:
        steps[0].why = one.why
    CaseStep.objects.bulk_create(steps)
