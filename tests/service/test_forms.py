"""Forms are finished once, read by those they are for, corrected without losing anything, and decided about."""

import uuid
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.db import connection

from tests.factories.cast import DAY, Cast, login, make_cast
from tests.forms.answering import Someone
from tests.people.merged import merge
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.walls import BehindTheWall, all_opened
from xiezuo.forms.definitions import form_definition, form_definitions
from xiezuo.forms.models import AuthorsAnswers, Submission
from xiezuo.forms.submitting import answers_in
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.models import User
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.actions import assign
from xiezuo.people.actions.erasing import erase_person
from xiezuo.people.impact import assessed
from xiezuo.people.models import Person
from xiezuo.people.vocab import AssignedFor
from xiezuo.service.access import (
    can_correct_form,
    can_sign_form,
    filled_for,
    form_under,
    forms_about,
    opened_forms,
)
from xiezuo.service.actions import Filling, correct_form, sign_form, submit_form
from xiezuo.service.actions.sequels import NONE, sequel_of
from xiezuo.service.filling.about import follows_field, needs_person
from xiezuo.service.filling.assessed import subject_of, subjects
from xiezuo.service.filling.contents import answers_of, earlier_of
from xiezuo.service.filling.things import names_of
from xiezuo.service.models import FilledForm, ServiceRecord

pytestmark = pytest.mark.django_db
CASE = AssignedFor.CASE_TEAM
KEY = uuid.UUID("7d2b0e4e-0000-4000-8000-000000000001")
OTHER = uuid.UUID("7d2b0e4e-0000-4000-8000-000000000002")


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def filling(form: str, answers: dict[str, Any], **more: Any) -> Filling:
    return Filling(form=form_definition(form), answers=answers, **more)


NOTE = {"service_date": "2026-03-02", "starts_at": "09:30", "ends_at": "10:15", "way": "office", "aim": "看学位"}
NOTE |= {"said": "想上学前班", "reflection": "我太急了"}


def note(cast: Cast, person: Person, **more: Any) -> Filling:
    return filling("contact_note", NOTE | more, person=person, site=cast.east)


@dataclass
class Case:
    person: Person
    form: FilledForm


@pytest.fixture
def case(cast: Cast) -> Case:
    """晓梅 works on 阿莲's case by name and wrote down a talk with her."""
    person = cast.person("阿莲", cast.east)
    assign(by=cast.chenli, person=person, why=CASE, user=cast.xiaomei.user, on=DAY)
    return Case(person, submit_form(by=cast.xiaomei, filling=note(cast, person), on=DAY, key=KEY))


# Of groups and activities: they may be written without one as well; and a day of a centre, which only refuses an odd count.
TOGETHER = {"group", "group_session", "group_report", "activity", "activity_summary", "satisfaction", "centre_day"}


def test_every_form_of_this_floor_reads_as_it_was_filled_in(cast: Cast) -> None:
    """Of those that make rows of their own the part of the work they belong to tells."""
    person = cast.person("阿莲", cast.east)
    mine = [one for one in form_definitions(DAY) if one.floor == "service"]
    plain = [one for one in mine if sequel_of(one.key) is NONE or one.key in TOGETHER]
    assert len(plain) >= 17
    for n, form in enumerate(plain):
        leave = frozenset({"SIGN", *(["WHO"] if form.method else [])})
        answers = Someone(n).answers(form, leave)
        who = person if needs_person(form) else None
        made = Filling(form=form, answers=answers, person=who, site=cast.east)
        filled = submit_form(by=cast.xiaomei, filling=made, on=DAY, key=uuid.uuid4())
        told = answers_of(cast.xiaomei, filled_for(cast.xiaomei, filled.pk))[1]
        computed = {one.key for one in form.fields() if one.type == "computed"}
        # When they went out is when it began, where nobody wrote another hour.
        computed |= {"starts_at"} - {*answers}
        assert (form.key, {key: value for key, value in told.items() if key not in computed}) == (form.key, answers)
        assert (form.key, filled.record.method if filled.record else "") == (form.key, form.method)
    assert ServiceRecord.objects.count() == sum(1 for one in plain if one.method)


def test_a_talk_is_one_record_and_one_form_however_often_it_is_sent(cast: Cast, case: Case) -> None:
    again = submit_form(by=cast.xiaomei, filling=note(cast, case.person, aim="别的"), on=DAY, key=KEY)
    assert again == case.form == form_under(cast.xiaomei, KEY)
    record = ServiceRecord.objects.get()
    assert (record.method, record.minutes, record.title, record.site) == ("case", 45, "过程记录", cast.east)
    assert [row.person for row in record.participations.all()] == [case.person]
    assert case.form.record == record


def test_who_came_is_counted_from_the_rows_of_the_form(cast: Cast) -> None:
    tally = [{"sex": "2", "age": "adult", "count": 3}, {"sex": "1", "age": "6-13", "count": 2}]
    day = {"service_date": "2026-03-01", "out_at": "2026-03-01T20:00", "talks": 2, "safety": "两人一组"}
    made = filling("outreach_round", day | {"area": "西站", "team": ["甲", "乙"], "tally": tally}, site=cast.east)
    filled = submit_form(by=cast.xiaomei, filling=made, on=DAY, key=KEY)
    rows = filled.record.participations.order_by("id").values_list("mode", "count", "sex_guess", "age_guess")
    assert list(rows) == [("counted", 3, "2", ""), ("counted", 2, "1", "child")]


ABOUT_A_PERSON = {
    "xiaomei": "",
    "chenli": "",
    "haiyan": "NotAllowed",
    "zhiyuan": "NotAllowed",
    "beside": "SectionClosed",
}
OF_A_SITE = {"xiaomei": "", "chenli": "", "haiyan": "NotAllowed", "zhiyuan": "NotAllowed", "beside": ""}
SENSITIVE_OF_A_SITE = OF_A_SITE | {"beside": "FormClosed"}


def refusals(cast: Cast, form: FilledForm) -> dict[str, str]:
    """Who is refused how; 于静 (`beside`) works at East too and is named for nobody."""
    beside = actor_for(login("beside", "于静", (StaffRole.SOCIAL_WORKER, cast.east)))
    found = {}
    for actor in (cast.xiaomei, cast.chenli, cast.haiyan, cast.zhiyuan, beside):
        name = actor.user.username
        try:
            filled_for(actor, form.pk)
            found[name] = ""
        except NotAllowed as refusal:
            found[name] = type(refusal).__name__
        assert (form in opened_forms(actor, FilledForm.objects.all())) == (found[name] == "")
    return found


def test_a_form_about_a_person_is_for_those_who_work_on_the_case(cast: Cast, case: Case) -> None:
    assert refusals(cast, case.form) == ABOUT_A_PERSON


def test_a_colleague_who_is_named_reads_what_others_wrote(cast: Cast, case: Case) -> None:
    assert forms_about(cast.haiyan, case.person) == ([], 1)
    assign(by=cast.chenli, person=case.person, why=CASE, user=cast.haiyan.user, on=DAY)
    assert forms_about(cast.haiyan, case.person) == ([case.form], 0)


PLAN = {
    "service_date": "2026-03-01",
    "name": "中秋茶话",
    "kind": "reading",
    "target": "家长",
    "quota": 20,
    "session_total": 1,
}
PLAN |= {"why": "认识邻居", "flow": "喝茶", "risks": "烫伤", "personal_danger": False, "evaluation": "问卷"}


def test_a_plan_about_nobody_is_for_its_site_and_a_sensitive_one_for_fewer(cast: Cast) -> None:
    plan = submit_form(by=cast.xiaomei, filling=filling("activity", PLAN, site=cast.east), on=DAY, key=KEY)
    told = {"service_date": "2026-03-01", "kind": "injury", "facts": "摔倒", "response": "送医", "told": "家长"}
    fall = submit_form(by=cast.xiaomei, filling=filling("incident", told, site=cast.east), on=DAY, key=OTHER)
    assert refusals(cast, plan) == OF_A_SITE
    User.objects.filter(username="beside").update(username="earlier")
    assert refusals(cast, fall) == SENSITIVE_OF_A_SITE


def test_what_someone_writes_for_themselves_is_read_by_nobody_else(cast: Cast, case: Case) -> None:
    assert answers_of(cast.xiaomei, case.form)[1]["reflection"] == "我太急了"
    assert "reflection" not in answers_of(cast.chenli, filled_for(cast.chenli, case.form.pk))[1]
    with all_opened(why="test"):
        assert "我太急了" not in str(Submission.objects.get().answers)
        assert "我太急了" in str(AuthorsAnswers.objects.get().answers)
    with pytest.raises(BehindTheWall):
        Submission.objects.count()
    with connection.cursor() as cursor, all_opened(why="test"):
        cursor.execute("SELECT answers FROM forms_submission")
        assert "想上学前班".encode() not in bytes(cursor.fetchone()[0])


def correct(by: Actor, form: FilledForm, made: Filling, revision: int) -> FilledForm:
    return correct_form(by=by, filled=form, filling=made, revision=revision, on=DAY, draft=OTHER)


def test_two_colleagues_who_correct_one_form_lose_nothing(cast: Cast, case: Case) -> None:
    hers = note(cast, case.person, said="想上学前班，户口不在", place_text="家里")
    correct(cast.xiaomei, case.form, hers, 1)
    theirs = {key: value for key, value in NOTE.items() if key != "reflection"} | {"said": "督导补充"}
    made = filling("contact_note", theirs, person=case.person, site=cast.east)
    with pytest.raises(RuleBroken, match="晓梅"):
        correct(cast.chenli, case.form, made, 1)
    done = correct(cast.chenli, case.form, made, 2)
    said = [answers_in(row.answers)["said"] for row in earlier_of(done)]
    assert (done.submission.revision, said) == (3, ["想上学前班，户口不在", "想上学前班"])
    kept = answers_of(cast.xiaomei, filled_for(cast.xiaomei, done.pk))[1]
    assert (kept["said"], kept["reflection"]) == ("督导补充", "我太急了")
    assert ServiceRecord.objects.get().place_text == ""


def test_only_who_wrote_a_form_or_supervises_corrects_it_and_it_stays_in_its_file(cast: Cast, case: Case) -> None:
    assign(by=cast.chenli, person=case.person, why=CASE, user=cast.haiyan.user, on=DAY)
    assert [can_correct_form(who, case.form) for who in (cast.xiaomei, cast.haiyan, cast.chenli)] == [True, False, True]
    with pytest.raises(NotAllowed, match="更正"):
        correct(cast.haiyan, case.form, note(cast, case.person), 1)
    other = cast.person("小红", cast.east)
    with pytest.raises(RuleBroken, match="阿莲"):
        correct(cast.xiaomei, case.form, note(cast, other), 1)


AIMS = {"overall_aim": "入学", "goals": [{"text": "上学", "measure": "入学", "due_on": "2026-09-01", "owner": "妈妈"}]}
AIMS |= {"strategy": "联系学校", "review_on": "2026-06-01", "own_consent": {"verbal": True, "witness": "陈立"}}


def test_a_plan_waits_for_a_supervisor_and_waits_again_once_it_was_corrected(cast: Cast, case: Case) -> None:
    made = filling("plan", AIMS, person=case.person, site=cast.east)
    plan = submit_form(by=cast.xiaomei, filling=made, on=DAY, key=OTHER)
    assert [can_sign_form(who, plan) for who in (cast.xiaomei, cast.haiyan, cast.chenli)] == [False, False, True]
    with pytest.raises(NotAllowed):
        sign_form(by=cast.xiaomei, filled=plan, decision="approved", opinion="", on=DAY)
    with pytest.raises(RuleBroken, match="缺什么"):
        sign_form(by=cast.chenli, filled=plan, decision="returned", opinion=" ", on=DAY)
    plan = sign_form(by=cast.chenli, filled=plan, decision="returned", opinion="写明谁陪同", on=DAY)
    assert (plan.submission.state, answers_of(cast.xiaomei, plan)[1]["decided_by"]) == ("returned", cast.chenli.id)
    plan = correct(cast.xiaomei, plan, made, 2)
    assert (plan.submission.state, "decision" in answers_of(cast.xiaomei, plan)[1]) == ("waiting", False)
    plan = sign_form(by=cast.chenli, filled=plan, decision="approved", opinion="", on=DAY)
    assert plan.submission.state == "approved"


def test_a_sensitive_form_that_nobody_assessed_is_not_enabled(cast: Cast, case: Case) -> None:
    own = replace(form_definition("incident"), key="own_incident")
    assert subject_of(own) == "form_own_incident"
    with pytest.raises(RuleBroken, match="没有启用"):
        submit_form(by=cast.xiaomei, filling=Filling(form=own, answers={}), on=DAY, key=OTHER)
    assert {assessed(subject, DAY) for subject in subjects()} == {"shipped"}


def test_erasing_takes_the_forms_about_a_person_and_covers_them_in_those_of_others(cast: Cast, case: Case) -> None:
    other = cast.person("小红", cast.east)
    told = {"service_date": "2026-03-01", "kind": "injury", "facts": "阿莲摔倒", "response": "送医", "told": "家长"}
    told |= {"people": [case.person.pk, other.pk]}
    fall = submit_form(by=cast.xiaomei, filling=filling("incident", told, site=cast.east), on=DAY, key=OTHER)
    erase_person(by_id=None, person=case.person.pk, on=DAY)
    assert list(FilledForm.objects.values_list("pk", flat=True)) == [fall.pk]
    assert answers_of(cast.xiaomei, filled_for(cast.xiaomei, fall.pk))[1]["facts"] == "—摔倒"
    assert list(fall.mentions.values_list("person_id", flat=True)) == [other.pk]


def test_two_records_of_one_person_become_one_and_their_forms_follow(cast: Cast, case: Case) -> None:
    kept = cast.person("李阿莲", cast.east)
    told = {"service_date": "2026-03-01", "kind": "injury", "facts": "摔倒", "response": "送医", "told": "家长"}
    told |= {"people": [case.person.pk]}
    fall = submit_form(by=cast.xiaomei, filling=filling("incident", told, site=cast.east), on=DAY, key=OTHER)
    merge(cast, kept, case.person)
    case.form.refresh_from_db(fields=["person"])
    assert case.form.person == kept
    assert list(fall.mentions.values_list("person_id", flat=True)) == [kept.pk]
    named = names_of(cast.xiaomei, "person", [case.person.pk], DAY)
    assert {pk: thing.label for pk, thing in named.items()} == {case.person.pk: "李阿莲"}


def test_whom_a_form_names_is_no_form_it_goes_on_from() -> None:
    keys = frozenset(form.key for form in form_definitions(DAY))
    assert {"person", "household"} <= keys
    told = {form.key: follows_field(form, keys) for form in form_definitions(DAY)}
    follows = {key: one.of for key, one in told.items() if one is not None}
    assert not {"person", "household", "case"} & {*follows.values()}
    assert follows["activity_summary"] == "activity"
