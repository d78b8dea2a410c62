"""Case conferences, and supervision as those who were supervised receive it."""

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from tests.factories.cases import moment, told
from tests.factories.cast import DAY, Cast, login, make_cast
from xiezuo.common.days import at
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.forms.definitions import form_definition
from xiezuo.orgs.access import actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.models import Task
from xiezuo.service.access import filled_for
from xiezuo.service.actions import Filling, correct_form, submit_form
from xiezuo.service.actions.cases import AboutCase, TaskOfConference, hold_conference, receive_supervision
from xiezuo.service.cases.conferences import conference_told, conferences_for
from xiezuo.service.cases.supervision import given_hours, hours_of_year, receipts_for, receipts_of
from xiezuo.service.cases.told import case_told
from xiezuo.service.models import Conference, FilledForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Iterator[Cast]:
    with override("en"), at(moment(DAY, "09:00")):
        yield make_cast()


# ── conferences ──


def held(cast: Cast, *about: AboutCase, **more: Any) -> Conference:
    facts = {"held_on": DAY, "present": [cast.xiaomei.user, cast.chenli.user], "on": DAY, "site": cast.east}
    return hold_conference(by=cast.xiaomei, about=about, **facts | more)


def test_what_was_decided_stands_with_the_case_and_with_whoever_does_it(cast: Cast) -> None:
    one = told(cast).planned()
    task = TaskOfConference(title="给学校打电话", whose=cast.xiaomei.user, due_on=date(2026, 3, 6))
    conference = held(cast, AboutCase(case=one.case, discussed="周末谁照看", decision="先住姑姑家", tasks=[task]))
    assert [(row.title, row.person) for row in Task.objects.all()] == [("给学校打电话", one.person)]
    entries = case_told(cast.xiaomei, one.case.pk, DAY).entries
    assert [str(entry.conference.decision) for entry in entries if entry.conference] == ["先住姑姑家"]
    _found, about, hidden = conference_told(cast.chenli, conference.pk)
    assert ([str(row.discussed) for row in about], hidden) == (["周末谁照看"], 0)


def test_who_was_there_reads_only_of_cases_that_are_open_to_them(cast: Cast) -> None:
    one = told(cast).planned()
    conference = held(
        cast, AboutCase(case=one.case, decision="先住姑姑家"), present=[cast.xiaomei.user, cast.haiyan.user]
    )
    _found, about, hidden = conference_told(cast.haiyan, conference.pk)
    assert (about, hidden) == ([], 1)
    hua = actor_for(login("hua", "华", (StaffRole.SOCIAL_WORKER, cast.east)))
    assert not conferences_for(hua).exists()
    with pytest.raises(NotAllowed):
        conference_told(hua, conference.pk)


def test_a_conference_needs_two_a_case_and_a_decision(cast: Cast) -> None:
    one = told(cast).planned()
    fine = AboutCase(case=one.case, decision="维持")
    for about, more, code in (
        ([fine], {"present": [cast.xiaomei.user]}, "service.conference_present"),
        ([], {}, "service.conference_cases"),
        ([AboutCase(case=one.case, decision=" ")], {}, "service.conference_decision"),
        ([fine], {"held_on": date(2026, 3, 3)}, "service.conference_in_future"),
    ):
        with pytest.raises(RuleBroken) as refused:
            held(cast, *about, **more)
        assert refused.value.code == code
    key = uuid.uuid4()
    assert held(cast, fine, key=key) == held(cast, fine, key=key)


def test_nobody_brings_a_case_that_is_closed_to_them(cast: Cast) -> None:
    one = told(cast).planned()
    with pytest.raises(NotAllowed):
        hold_conference(
            by=cast.haiyan,
            held_on=DAY,
            present=[cast.haiyan.user, cast.chenli.user],
            about=[AboutCase(case=one.case, decision="x")],
            on=DAY,
        )


# ── supervision ──

SESSION = {
    "service_date": "2026-03-02",
    "starts_at": "14:00",
    "ends_at": "15:30",
    "mode": "group",
    "issues": "边界",
    "advice": "慢一点",
}
SESSION |= {"supervisor_sign": {"verbal": True, "witness": "陈立"}, "supervisee_sign": {"unanswered": "not_asked"}}


def session(cast: Cast, *supervisees: int, **more: Any) -> FilledForm:
    answers = SESSION | {"supervisor": cast.chenli.id, "supervisees": list(supervisees)} | more
    filling = Filling(form=form_definition("supervision"), answers=answers, site=cast.east)
    return submit_form(by=cast.chenli, filling=filling, on=DAY, key=uuid.uuid4())


def test_whoever_was_supervised_reads_answers_and_signs(cast: Cast) -> None:
    filled = session(cast, cast.xiaomei.id, cast.haiyan.id)
    (row,) = receipts_of(cast.xiaomei)
    assert (row.supervisor, row.minutes, row.mode, row.read_at) == (cast.chenli.user, 90, "group", None)
    assert filled_for(cast.xiaomei, filled.pk) == filled
    receive_supervision(by=cast.xiaomei, pk=row.pk, at=moment(DAY, "16:00"))
    receive_supervision(by=cast.xiaomei, pk=row.pk, at=moment(DAY, "17:00"), reply="下次想谈督促", sign=True)
    told_of = [
        (one.supervisee.name, bool(one.read_at), bool(one.signed_at)) for one in receipts_for(cast.chenli, filled.pk)
    ]
    assert told_of == [("周晓梅", True, True), ("刘海燕", False, False)]
    with pytest.raises(RuleBroken):
        receive_supervision(by=cast.xiaomei, pk=row.pk, at=moment(DAY, "18:00"), reply="改一下")


def test_nobody_signs_for_someone_else_and_nobody_else_reads_it(cast: Cast) -> None:
    filled = session(cast, cast.xiaomei.id)
    (row,) = receipts_of(cast.xiaomei)
    for other in (cast.haiyan, cast.chenli):
        with pytest.raises(NotAllowed):
            receive_supervision(by=other, pk=row.pk, at=moment(DAY, "16:00"), sign=True)
    with pytest.raises(NotAllowed):
        filled_for(cast.haiyan, filled.pk)


def test_nobody_supervises_themselves(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as refused:
        session(cast, cast.xiaomei.id, cast.chenli.id)
    assert refused.value.code == "service.supervises_oneself"


def test_a_correction_takes_along_who_was_there(cast: Cast) -> None:
    filled = session(cast, cast.xiaomei.id, cast.haiyan.id)
    answers = SESSION | {"supervisor": cast.chenli.id, "supervisees": [cast.haiyan.id], "ends_at": "15:00"}
    filling = Filling(form=form_definition("supervision"), answers=answers, site=cast.east)
    correct_form(by=cast.chenli, filled=filled, filling=filling, revision=1, on=DAY, draft=uuid.uuid4())
    assert [(one.supervisee, one.minutes) for one in receipts_for(cast.chenli, filled.pk)] == [(cast.haiyan.user, 60)]


def test_hours_of_a_year_are_added_up_by_colleague(cast: Cast) -> None:
    session(cast, cast.xiaomei.id, cast.haiyan.id)
    session(cast, cast.xiaomei.id, ends_at="15:00")
    assert hours_of_year(cast.chenli, 2026) == [("刘海燕", 1, 90), ("周晓梅", 2, 150)]
    assert given_hours(cast.chenli, 2026) == [("陈立", 2, 150)]
    assert hours_of_year(cast.xiaomei, 2026) == [("周晓梅", 2, 150)]
    assert (given_hours(cast.xiaomei, 2026), hours_of_year(cast.chenli, 2025)) == ([], [])
