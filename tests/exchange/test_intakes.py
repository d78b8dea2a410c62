"""An intake form of a sheet becomes a case, which knows from which cell it came."""

import uuid
from datetime import date

import pytest

from tests.exchange.conftest import understood
from tests.exchange.rows import imported, record
from tests.exchange.sheets.test_samples import sample
from tests.factories.cast import DAY, Cast
from xiezuo.common.errors import NotAllowed
from xiezuo.common.walls import all_opened
from xiezuo.exchange.access import forms_brought, forms_waiting
from xiezuo.exchange.actions.applying import apply_batch, begin_apply
from xiezuo.exchange.actions.intakes import open_case_of_form
from xiezuo.exchange.actions.undoing import undo_import
from xiezuo.exchange.models import ImportedRow
from xiezuo.exchange.sheets import Record
from xiezuo.forms.definitions import form_definition
from xiezuo.people.models import Household, Person
from xiezuo.service.access import cases_for, filled_for
from xiezuo.service.actions import Filling, submit_form
from xiezuo.service.filling.contents import answers_of
from xiezuo.service.models import Case, CaseStep, FilledForm, ServiceRecord
from xiezuo.service.taking_back import take_back_services
from xiezuo.service.vocab import CaseState, Method

pytestmark = pytest.mark.django_db
KEY = uuid.UUID("7d2b0e4e-0000-4000-8000-00000000000a")


def chen(**more: object) -> list[Record]:
    told = {"name": "陈桂英", "intake_date": "2024-03-01", "problem": "丈夫工伤", "needs": ["法律援助", "就医帮助"]}
    told |= {"source": "邻居介绍", "worker": "周晓梅", "crisis": True, "decision": "接案", "plan": "两周后回访"}
    return [record("case", 3, **(told | {"case_no": "GA2024-001", "supervisor_opinion": "先做家访"} | more))]


def test_what_the_form_says_stands_in_the_case_and_in_its_intake(cast: Cast) -> None:
    imported(cast.chenli, chen(), site=cast.east)
    case = Case.objects.get()
    assert (case.case_no, str(case.person), case.worker, case.site) == (
        "GA2024-001",
        "陈桂英",
        cast.xiaomei.user,
        cast.east,
    )
    assert (case.state, case.opened_on, case.accepted_on, case.crisis) == (
        CaseState.ACCEPTED,
        date(2024, 3, 1),
        date(2024, 3, 1),
        True,
    )
    form = FilledForm.objects.get(case=case)
    _definition, answers = answers_of(cast.chenli, filled_for(cast.chenli, form.pk))
    assert answers == {
        "service_date": "2024-03-01",
        "source": "neighbour",
        "problem": "丈夫工伤\n编号（原表）：GA2024-001\n计划：两周后回访",
        "needs": "法律援助、就医帮助",
        "crisis": True,
    }
    with all_opened(why="a test looks at everything"):
        steps = list(CaseStep.objects.values_list("state", "why"))
    assert steps == [(CaseState.INTAKE, ""), (CaseState.ACCEPTED, "先做家访")]


def test_the_intake_is_one_service_of_that_day_with_the_colleague_who_wrote_it(cast: Cast) -> None:
    imported(cast.chenli, chen(), site=cast.east)
    record_of = ServiceRecord.objects.get()
    assert (record_of.method, record_of.service_date, record_of.title) == (Method.CASE, date(2024, 3, 1), "接案")
    assert [str(user) for user in record_of.staff.all()] == ["周晓梅"]
    assert [str(row.person) for row in record_of.participations.all()] == ["陈桂英"]


@pytest.mark.parametrize(
    ("written", "state", "closed"),
    [
        ("接案", CaseState.ACCEPTED, None),
        ("转介", CaseState.REFERRED_OUT, date(2024, 3, 1)),
        ("不接案", CaseState.DECLINED, date(2024, 3, 1)),
        ("再看看", CaseState.INTAKE, None),
    ],
)
def test_what_was_decided_is_where_the_case_stands(
    cast: Cast, written: str, state: CaseState, closed: date | None
) -> None:
    imported(cast.chenli, chen(decision=written), site=cast.east)
    assert list(Case.objects.values_list("state", "closed_on")) == [(state, closed)]


def test_a_number_that_another_case_has_is_given_anew(cast: Cast) -> None:
    imported(cast.chenli, chen(), site=cast.east)
    imported(cast.chenli, chen(name="王桂花"), site=cast.east)
    assert [case.case_no == "GA2024-001" for case in Case.objects.order_by("id")] == [True, False]


def test_the_case_shows_the_cell_it_came_from_to_whoever_may_see_the_file(cast: Cast) -> None:
    imported(cast.chenli, chen(), site=cast.east)
    case = Case.objects.get()
    assert [(row.row, row.sheet.batch.file_name) for row in forms_brought(cast.chenli, case)] == [(3, "表.xlsx")]
    assert list(forms_brought(cast.xiaomei, case)) == []
    assert (list(cases_for(cast.chenli)), list(cases_for(cast.xiaomei))) == ([case], [])


def test_undoing_the_import_takes_the_case_back(cast: Cast) -> None:
    batch = imported(cast.chenli, chen(), site=cast.east)
    undo_import(by=cast.chenli, batch=batch)
    left = (Case, FilledForm, ServiceRecord, Person)
    assert [model.objects.count() for model in left] == [0, 0, 0, 0]  # type: ignore[attr-defined]


def test_a_case_that_went_on_stays_when_its_import_is_undone(cast: Cast) -> None:
    batch = imported(cast.chenli, chen(), site=cast.east)
    case = Case.objects.get()
    note = {"service_date": "2026-03-02", "way": "office", "aim": "看学位", "said": "想上学前班"}
    form = Filling(form=form_definition("contact_note"), answers=note, person=case.person, case=case, site=cast.east)
    submit_form(by=cast.chenli, filling=form, on=DAY, key=KEY)
    undone = undo_import(by=cast.chenli, batch=batch)
    assert (undone.summary["kept_records"], undone.summary["kept_people"], list(Case.objects.all())) == (1, 1, [case])


def test_a_home_that_was_here_before_stays_when_the_case_is_taken_back(cast: Cast) -> None:
    family = [record("family_member", 9, part_of="3", name="刘大海", relation="丈夫")]
    first = imported(cast.chenli, [*chen(phone="15412340001"), *family], site=cast.east)
    home = Household.objects.get()
    second = imported(cast.chenli, chen(phone="15412340001", problem="又来了", case_no="GA2024-002"), site=cast.east)
    undo_import(by=cast.chenli, batch=second)
    assert (list(Household.objects.all()), Case.objects.count()) == ([home], 1)
    undo_import(by=cast.chenli, batch=first)
    assert (Household.objects.count(), Case.objects.count()) == (0, 0)


def test_a_form_that_came_before_cases_had_a_place_becomes_one_with_a_press(cast: Cast) -> None:
    imported(cast.chenli, chen(), site=cast.east)
    row = ImportedRow.objects.get(record_type="case")
    pk = row.record_id
    ImportedRow.objects.update(record=None, created=False)
    take_back_services([pk or 0])
    person = Person.objects.get()
    assert [forms_waiting(who, person).count() for who in (cast.chenli, cast.haiyan)] == [1, 0]
    with pytest.raises(NotAllowed):
        open_case_of_form(by=cast.haiyan, person=person, row=row.pk)
    case = open_case_of_form(by=cast.chenli, person=person, row=row.pk)
    assert (case.case_no, ServiceRecord.objects.get().state, forms_waiting(cast.chenli, person).count()) == (
        "GA2024-001",
        "recorded",
        0,
    )
    with pytest.raises(NotAllowed):
        open_case_of_form(by=cast.chenli, person=person, row=row.pk)


def test_the_sample_of_intake_forms_becomes_26_cases(cast: Cast) -> None:
    batch = understood(cast.chenli, sample("05").read_bytes())
    begin_apply(by=cast.chenli, batch=batch, site=cast.east, centres={})
    apply_batch(batch.pk)
    cases = Case.objects.all()
    assert (cases.count(), set(cases.values_list("state", flat=True))) == (26, {CaseState.ACCEPTED})
    assert sum(case.forms.count() for case in cases) == 26
    brought = {row.cell for case in cases for row in forms_brought(cast.chenli, case)}
    assert brought == {"B3"}
