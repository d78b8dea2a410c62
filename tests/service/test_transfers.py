"""A case goes over when the receiver accepts: to a colleague, who is then named for the person, or with a referral."""

import uuid
from typing import Any

import pytest
from django.utils import timezone

from tests.factories.cast import Cast, login, make_cast
from tests.factories.referred import FACTS, HOSPITAL, agrees, sent, token_of, with_case
from xiezuo.common.days import today
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.walls import all_opened
from xiezuo.forms.definitions import form_definition
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.access import SectionClosed, sections_for
from xiezuo.people.actions.erasing import erase_person
from xiezuo.people.actions.todo import TaskFacts, write_task
from xiezuo.people.due import due_for
from xiezuo.people.models import Person
from xiezuo.people.vocab import Section
from xiezuo.service.access import case_for
from xiezuo.service.access.referrals import referral_for, transfer_for, transfers_for
from xiezuo.service.actions import Filling, correct_form, submit_form
from xiezuo.service.actions.referral_form import referral_of_form
from xiezuo.service.actions.referring import draft_referral, note_answer, revoke_referral
from xiezuo.service.actions.transferring import answer_transfer, propose_transfer, revoke_transfer
from xiezuo.service.cases.told import case_told
from xiezuo.service.filling.things import choices, may_name
from xiezuo.service.models import Case, CaseStep, Referral, ReferralLink
from xiezuo.service.vocab import CaseState, CloseReason, ReferralState, TransferState


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def lin(cast: Cast) -> Person:
    return cast.person("林嫂", cast.east, full_name="林秀珍")


@pytest.fixture
def case(cast: Cast, lin: Person) -> Case:
    return with_case(cast, lin, today())


@pytest.fixture
def majun(cast: Cast) -> Actor:
    return actor_for(login("majun", "马军", (StaffRole.SOCIAL_WORKER, cast.west)))


def proposed(by: Actor, case: Case, **to: Any) -> Any:
    return propose_transfer(by=by, case=case, why="她搬到西区", on=today(), **to)


def test_a_colleague_takes_a_case_over_and_is_named_for_the_person(
    cast: Cast, case: Case, lin: Person, majun: Actor
) -> None:
    row = proposed(cast.chenli, case, to_user=majun.user)
    assert [one.pk for one in transfers_for(majun)] == [row.pk]
    assert [due.pk for due in due_for(majun, on=today(), until=today()) if due.table == "service.transfer"] == [row.pk]
    with pytest.raises(NotAllowed):
        case_for(majun, case.pk)
    answer_transfer(by=majun, transfer=row, accepted=True, words="", on=today())
    assert case_for(majun, case.pk).worker == majun.user
    assert Section.CASE in sections_for(majun, lin)
    named = lin.assignments.get(user=cast.xiaomei.user)
    assert named.to_on == today()
    told = [entry.hand_over for entry in case_told(majun, case.pk, today()).entries if entry.hand_over]
    assert [(row.before, row.after, row.by, row.on) for row in told] == [
        (cast.xiaomei.user, majun.user, cast.chenli.user, today())
    ]


def test_what_was_still_to_do_goes_with_an_accepted_case(cast: Cast, case: Case, lin: Person, majun: Actor) -> None:
    facts = TaskFacts(
        kind="call", title="问学校", person=lin, section=Section.CASE, due_on=today(), whose=cast.xiaomei.user
    )
    task = write_task(by=cast.xiaomei, facts=facts)
    row = proposed(cast.chenli, case, to_user=majun.user)
    answer_transfer(by=majun, transfer=row, accepted=True, words="", on=today())
    task.refresh_from_db()
    assert task.whose == majun.user


def test_only_a_supervisor_proposes_a_colleague(cast: Cast, case: Case, majun: Actor) -> None:
    with pytest.raises(NotAllowed):
        proposed(cast.xiaomei, case, to_user=majun.user)
    for user in (cast.xiaomei.user, cast.zhiyuan.user):
        with pytest.raises(RuleBroken):
            proposed(cast.chenli, case, to_user=user)


def test_whoever_says_no_says_why_and_the_case_stays(cast: Cast, case: Case, majun: Actor) -> None:
    row = proposed(cast.chenli, case, to_user=majun.user)
    with pytest.raises(RuleBroken):
        answer_transfer(by=majun, transfer=row, accepted=False, words=" ", on=today())
    with pytest.raises(NotAllowed):
        answer_transfer(by=cast.xiaomei, transfer=row, accepted=True, words="", on=today())
    answer_transfer(by=majun, transfer=row, accepted=False, words="已有二十个", on=today())
    assert case_for(cast.xiaomei, case.pk).worker == cast.xiaomei.user
    assert transfer_for(cast.chenli, row.pk).state == TransferState.REJECTED


def test_one_transfer_at_a_time_and_a_supervisor_takes_it_back(cast: Cast, case: Case, majun: Actor) -> None:
    row = proposed(cast.chenli, case, to_user=majun.user)
    with pytest.raises(RuleBroken):
        proposed(cast.chenli, case, to_user=cast.haiyan.user)
    with pytest.raises(NotAllowed):
        revoke_transfer(by=cast.xiaomei, transfer=row, words="", on=today())
    revoke_transfer(by=cast.chenli, transfer=row, words="", on=today())
    with pytest.raises(RuleBroken):
        answer_transfer(by=majun, transfer=row, accepted=True, words="", on=today())
    proposed(cast.chenli, case, to_user=cast.haiyan.user)


def test_a_case_goes_with_its_referral_and_closes_as_referred(cast: Cast, case: Case, lin: Person) -> None:
    referral = sent(cast.xiaomei, lin, case)
    row = proposed(cast.xiaomei, case, referral=referral)
    note_answer(by=cast.xiaomei, referral=referral, accepted=True, words="", who="周医生", at=timezone.now())
    case.refresh_from_db()
    assert (case.state, case.close_reason, case.closed_on) == (CaseState.CLOSED, CloseReason.REFERRED, today())
    with all_opened(why="a test looks"):
        assert [step.state for step in CaseStep.objects.filter(case=case)] == [CaseState.TRANSFERRED, CaseState.CLOSED]
    assert transfer_for(cast.xiaomei, row.pk).state == TransferState.ACCEPTED


def test_a_referral_taken_back_takes_its_transfer_along(cast: Cast, case: Case, lin: Person) -> None:
    referral = sent(cast.xiaomei, lin, case)
    row = proposed(cast.xiaomei, case, referral=referral)
    revoke_referral(by=cast.xiaomei, referral=referral, why="不用了", at=timezone.now())
    case.refresh_from_db()
    assert (case.is_open, transfer_for(cast.xiaomei, row.pk).state) == (True, TransferState.REJECTED)


def test_a_case_does_not_go_with_a_referral_of_another(cast: Cast, case: Case, lin: Person) -> None:
    loose = sent(cast.xiaomei, lin)
    with pytest.raises(RuleBroken):
        proposed(cast.xiaomei, case, referral=loose)


# ── form F17 ──


def form_of(person: Person, case: Case | None, **answers: Any) -> Filling:
    told = {**{name: getattr(FACTS, name) for name in ("to_organisation", "to_contact", "reason", "info_passed")}}
    told |= {"case": person.pk} | answers
    return Filling(form=form_definition("referral"), answers=told, person=person, case=case)


def filled(by: Actor, filling: Filling) -> Any:
    return submit_form(by=by, filling=filling, on=today(), key=uuid.uuid4())


def test_the_form_makes_the_referral_in_its_case(cast: Cast, case: Case, lin: Person) -> None:
    consent = agrees(cast.xiaomei, lin)
    form = filled(cast.xiaomei, form_of(lin, case, consent=consent.pk))
    found = referral_of_form(form)
    assert found is not None
    row = referral_for(cast.xiaomei, found.pk)
    assert (row.case, row.state, row.consent_id, str(row.to_organisation)) == (
        case,
        ReferralState.CONSENTED,
        consent.pk,
        HOSPITAL,
    )


def test_the_form_is_refused_with_neither_and_with_a_consent_to_someone_else(
    cast: Cast, case: Case, lin: Person
) -> None:
    other = agrees(cast.xiaomei, lin, recipients="街道办")
    for answers in ({}, {"consent": other.pk}):
        with pytest.raises(RuleBroken) as refusal:
            filled(cast.xiaomei, form_of(lin, case, **answers))
        assert refusal.value.field == "consent"


def test_a_worker_asks_a_supervisor_by_the_form(cast: Cast, case: Case, lin: Person) -> None:
    row = referral_of_form(filled(cast.xiaomei, form_of(lin, case, override_reason="孩子有危险")))
    assert row is not None
    assert (row.state, row.override_by_id) == (ReferralState.DRAFTED, None)


def test_correcting_the_form_corrects_the_referral_until_it_is_sent(cast: Cast, case: Case, lin: Person) -> None:
    consent = agrees(cast.xiaomei, lin)
    form = filled(cast.xiaomei, form_of(lin, case, consent=consent.pk))
    anew = form_of(lin, case, consent=consent.pk, reason="需要哺乳指导")
    form = correct_form(by=cast.xiaomei, filled=form, filling=anew, revision=1, on=today(), draft=uuid.uuid4())
    row = referral_of_form(form)
    assert row is not None
    assert str(row.reason) == "需要哺乳指导"


# ── the end of what is known of someone ──


def test_an_erased_person_leaves_no_text_and_no_link(cast: Cast, case: Case, lin: Person) -> None:
    row = sent(cast.xiaomei, lin, case)
    token_of(cast.xiaomei, row)
    proposed(cast.xiaomei, case, referral=row)
    with all_opened(why="a test erases"):
        erase_person(by_id=None, person=lin.pk, on=today())
        left = Referral.objects.get(pk=row.pk)
    assert {str(getattr(left, name)) for name in Referral.privacy} <= {"", "None"}
    assert (left.consent_id, ReferralLink.objects.count()) == (None, 0)


def test_a_referral_of_someone_else_is_closed(cast: Cast, case: Case, lin: Person) -> None:
    row = sent(cast.xiaomei, lin, case)
    other = actor_for(login("yang", "杨阳", (StaffRole.SOCIAL_WORKER, cast.east)))
    with pytest.raises(SectionClosed):
        referral_for(other, row.pk)


def test_two_who_write_down_a_referral_of_nobody_are_refused(cast: Cast, lin: Person) -> None:
    with pytest.raises(RuleBroken):
        filled(cast.chenli, Filling(form=form_definition("referral"), answers={"case": "=某人"}))


def test_with_consents_of_two_only_the_right_one_is_offered(cast: Cast, case: Case, lin: Person) -> None:
    mine = agrees(cast.xiaomei, lin)
    other = agrees(cast.haiyan, cast.person("阿花", cast.west))
    assert [thing.pk for thing in choices(cast.xiaomei, "consent", lin, today())] == [mine.pk]
    assert may_name(cast.xiaomei, today())("consent", {mine.pk, other.pk}) == {mine.pk}


def test_written_twice_by_one_key_is_once(cast: Cast, case: Case, lin: Person) -> None:
    agrees(cast.xiaomei, lin)
    told: dict[str, Any] = {"by": cast.xiaomei, "person": lin, "facts": FACTS, "on": today(), "key": uuid.uuid4()}
    assert draft_referral(**told) == draft_referral(**told)
