"""What the receiver of a referral answered and what became of it stands in form F17, without anyone typing it again."""

import uuid
from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone

from tests.factories.cast import Cast, make_cast
from tests.factories.referred import FACTS, agrees, with_case
from tests.web.staff.service.conftest import logged_in
from xiezuo.common.days import today
from xiezuo.exchange.papers.of_filled import paper_of
from xiezuo.forms.definitions import form_definition
from xiezuo.forms.papers import paper
from xiezuo.forms.papers.content import Pairs
from xiezuo.orgs.access import Actor
from xiezuo.people.models import Person
from xiezuo.service.access import filled_for
from xiezuo.service.actions import Filling, submit_form
from xiezuo.service.actions.referral_form import referral_of_form
from xiezuo.service.actions.referring import close_referral, note_answer, note_outcome, send_referral
from xiezuo.service.filling.contents import answers_of, read_answers
from xiezuo.service.models import Case, FilledForm
from xiezuo.service.vocab import Served


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def lin(cast: Cast) -> Person:
    return cast.person("林嫂", cast.east, full_name="林秀珍")


@pytest.fixture
def case(cast: Cast, lin: Person) -> Case:
    return with_case(cast, lin, today())


def form_of(person: Person, case: Case, **answers: Any) -> Filling:
    told = {name: getattr(FACTS, name) for name in ("to_organisation", "to_contact", "reason", "info_passed")}
    told |= {"case": person.pk} | answers
    return Filling(form=form_definition("referral"), answers=told, person=person, case=case)


def filled(by: Actor, filling: Filling) -> FilledForm:
    return submit_form(by=by, filling=filling, on=today(), key=uuid.uuid4())


def test_what_the_receiver_answered_stands_in_the_form_without_being_typed(cast: Cast, case: Case, lin: Person) -> None:
    consent = agrees(cast.xiaomei, lin)
    form = filled(cast.xiaomei, form_of(lin, case, consent=consent.pk))
    at = timezone.make_aware(datetime(2026, 3, 2, 9, 30))
    row = referral_of_form(form)
    assert row is not None

    def later() -> dict[str, Any]:
        found = filled_for(cast.xiaomei, form.pk)
        written, read = answers_of(cast.xiaomei, found)[1], read_answers(cast.xiaomei, found)[1]
        return {key: value for key, value in read.items() if written.get(key) != value}

    assert later() == {}
    send_referral(by=cast.xiaomei, referral=row, name_passed=True, within_limits=True, at=at)
    assert later() == {"sent_at": "2026-03-02T09:30"}
    note_answer(by=cast.xiaomei, referral=row, accepted=True, words="周三来", who="周医生", at=at)
    note_outcome(by=cast.xiaomei, referral=row, served=Served.YES, words="来了两次", on=date(2026, 3, 20))
    close_referral(by=cast.xiaomei, referral=row, why="", at=at)
    told = {"sent_at": "2026-03-02T09:30", "answer": "accepted", "was_served": "yes", "feedback_on": "2026-03-20"}
    assert later() == told
    made, filled_in = paper_of(cast.xiaomei, filled_for(cast.xiaomei, form.pk))
    lines = [line for line in paper(made, filled_in).lines if isinstance(line, Pairs)]
    printed = {cell.label: cell.value for line in lines for cell in line.cells}
    assert ("☑接受" in printed["回复"], printed["反馈日期"]) == (True, "2026年3月20日")


def test_a_receiver_who_said_no_is_told_so_and_a_closed_file_tells_nothing(cast: Cast, case: Case, lin: Person) -> None:
    agrees(cast.xiaomei, lin)
    form = filled(cast.xiaomei, form_of(lin, case))
    row = referral_of_form(form)
    assert row is not None
    send_referral(by=cast.xiaomei, referral=row, name_passed=True, within_limits=True, at=timezone.now())
    note_answer(by=cast.xiaomei, referral=row, accepted=False, words="没有床位", who="周医生", at=timezone.now())
    found = filled_for(cast.xiaomei, form.pk)
    assert read_answers(cast.xiaomei, found)[1]["answer"] == "rejected"
    assert "answer" not in read_answers(cast.haiyan, found)[1]


def test_a_form_whose_answer_came_is_corrected_as_it_was_written(cast: Cast, case: Case, lin: Person) -> None:
    consent = agrees(cast.xiaomei, lin)
    form = filled(cast.xiaomei, form_of(lin, case, consent=consent.pk))
    row = referral_of_form(form)
    assert row is not None
    send_referral(by=cast.xiaomei, referral=row, name_passed=True, within_limits=True, at=timezone.now())
    page = logged_in(cast.xiaomei).get(f"/forms/{form.pk}/correct/", follow=True).content.decode()
    assert f"{timezone.localdate():%Y-%m-%d}T" not in page
    assert "发出" in logged_in(cast.xiaomei).get(f"/forms/{form.pk}/").content.decode()
