"""Pages of referrals and transfers: what is due next, the letter that is shown once, and what a colleague reads before a case is theirs."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from tests.factories.cast import Cast, login, make_cast
from tests.factories.referred import FACTS, HOSPITAL, agrees, referred, sent, token_of, with_case
from tests.web.staff.service.conftest import logged_in
from xiezuo.common.days import today
from xiezuo.common.walls import opened
from xiezuo.orgs.access import actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.actions import assign
from xiezuo.people.models import Person
from xiezuo.people.vocab import AssignedFor, ConsentState
from xiezuo.service.access.referrals import referral_for, referrals_of
from xiezuo.service.actions.referring import ReferralFacts
from xiezuo.service.actions.transferring import propose_transfer
from xiezuo.service.models import Case, Referral, ReferralLink
from xiezuo.service.vocab import ReferralState
from xiezuo.web.staff.service.referrals.words import referral_rows, referral_rows_of_person


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
def page(cast: Cast) -> Client:
    return logged_in(cast.xiaomei)


def text(response: Any) -> str:
    return str(response.content.decode())


def queries(page: Client, address: str, django_assert_max_num_queries: Any) -> int:
    with django_assert_max_num_queries(80) as asked:
        assert page.get(address).status_code == 200
    return len(asked)


def test_the_list_asks_as_often_for_three_as_for_one(
    cast: Cast, page: Client, django_assert_max_num_queries: Any
) -> None:
    def one_more(n: int) -> None:
        person = cast.person(f"阿{n}", cast.east)
        with_case(cast, person, today(), f"A{n}")
        sent(cast.xiaomei, person)

    one_more(1)
    first = queries(page, "/service/referrals/", django_assert_max_num_queries)
    one_more(2)
    one_more(3)
    assert queries(page, "/service/referrals/", django_assert_max_num_queries) == first


def test_an_empty_list_says_what_it_is_for(page: Client) -> None:
    shown = text(page.get("/service/referrals/"))
    assert "妇幼保健院" in shown
    assert 'href="/forms/fill/referral/"' in shown


def test_from_the_form_in_a_case_to_the_letter(cast: Cast, page: Client, case: Case, lin: Person) -> None:
    consent = agrees(cast.xiaomei, lin)
    texts = {name: getattr(FACTS, name) for name in ("to_organisation", "to_contact", "reason", "info_passed")}
    sends = {**texts, "case": str(lin.pk), "consent": str(consent.pk), "under": f"case:{case.pk}", "site": cast.east.pk}
    answer = page.post(f"/forms/fill/referral/?draft={uuid.uuid4()}", sends)
    [row] = referrals_of(cast.xiaomei, lin)
    assert answer.headers["Location"] == f"/service/referrals/{row.pk}/"
    assert (row.state, row.case) == (ReferralState.CONSENTED, case)
    assert page.post(f"/service/referrals/{row.pk}/send/", {}).status_code == 302
    letter = page.post(f"/service/referrals/{row.pk}/link/")
    shown = text(letter)
    found = re.search(r"http://testserver/partner/link/([\w-]+)/", shown)
    assert found
    assert (letter.headers["Cache-Control"], "<svg" in shown) == ("no-store", True)
    assert found[1] not in text(page.get(f"/service/referrals/{row.pk}/"))
    assert Client().get(f"/partner/link/{found[1]}/").status_code == 200


def test_the_form_offers_the_consents_of_the_person_alone(cast: Cast, page: Client, case: Case, lin: Person) -> None:
    agrees(cast.xiaomei, lin)
    other = cast.person("阿花", cast.east)
    agrees(cast.xiaomei, other, recipients="别家机构")
    shown = text(page.get(f"/forms/fill/referral/?case={case.pk}&draft={uuid.uuid4()}"))
    assert HOSPITAL in shown
    assert "别家机构" not in shown


def test_without_a_consent_the_page_leads_to_asking(cast: Cast, page: Client, case: Case, lin: Person) -> None:
    facts = ReferralFacts(**{**vars(FACTS), "asked_why": "孩子有危险"})
    row = referred(cast.xiaomei, lin, case, facts)
    shown = text(page.get(f"/service/referrals/{row.pk}/"))
    assert f'href="/people/{lin.pk}/consents/?referral={row.pk}"' in shown
    assert f'action="/service/referrals/{row.pk}/override/"' not in shown
    boss = logged_in(cast.chenli)
    refused = boss.post(f"/service/referrals/{row.pk}/override/", {"override-ground": "danger", "override-why": " "})
    assert refused.status_code == 422
    sends = {"override-ground": "danger", "override-why": "孩子被打"}
    assert boss.post(f"/service/referrals/{row.pk}/override/", sends).status_code == 302
    assert referral_for(cast.chenli, row.pk).state == ReferralState.OVERRIDDEN


def test_a_draft_goes_on_with_a_consent_given_since(cast: Cast, page: Client, case: Case, lin: Person) -> None:
    row = referred(cast.xiaomei, lin, case, ReferralFacts(**{**vars(FACTS), "asked_why": "急"}))
    page.post(f"/service/referrals/{row.pk}/agreed/")
    assert referral_for(cast.xiaomei, row.pk).state == ReferralState.DRAFTED
    agrees(cast.xiaomei, lin)
    page.post(f"/service/referrals/{row.pk}/agreed/")
    assert referral_for(cast.xiaomei, row.pk).state == ReferralState.CONSENTED


def test_asking_for_the_consent_knows_the_receiver_and_comes_back(
    cast: Cast, page: Client, case: Case, lin: Person
) -> None:
    row = referred(cast.xiaomei, lin, case, ReferralFacts(**{**vars(FACTS), "asked_why": "急"}))
    asking = f"/people/{lin.pk}/consents/?referral={row.pk}"
    assert asking in text(page.get(f"/service/referrals/{row.pk}/"))
    shown = text(page.get(asking))
    assert re.search(f'name="recipients" value="{HOSPITAL}"', shown)
    assert re.search(r'<option value="share_org" selected>', shown)
    answer = page.post(asking, {"purpose": "share_org", "state": "given", "way": "verbal", "recipients": HOSPITAL})
    assert answer.headers["Location"] == f"/service/referrals/{row.pk}/"
    page.post(f"/service/referrals/{row.pk}/agreed/")
    assert referral_for(cast.xiaomei, row.pk).state == ReferralState.CONSENTED


def test_the_referral_of_someone_else_tells_nothing_here(cast: Cast, page: Client, case: Case, lin: Person) -> None:
    row = sent(cast.xiaomei, lin, case)
    other = cast.person("阿花", cast.east)
    assert HOSPITAL not in text(page.get(f"/people/{other.pk}/consents/?referral={row.pk}"))
    far = logged_in(cast.haiyan)
    own = cast.person("阿远", cast.west)
    assert far.get(f"/people/{own.pk}/consents/?referral={row.pk}").status_code == 403


def test_referrals_stand_with_the_forms_of_the_person(cast: Cast, page: Client, case: Case, lin: Person) -> None:
    row = sent(cast.xiaomei, lin, case)
    assert f"/service/referrals/{row.pk}/" in text(page.get(f"/forms/people/{lin.pk}/"))


def test_what_was_said_on_the_telephone_is_written_down_to_the_end(
    cast: Cast, page: Client, lin: Person, case: Case
) -> None:
    row = sent(cast.xiaomei, lin, case)
    at = f"/service/referrals/{row.pk}"
    sends = {"answer-answer": "accept", "answer-who": "周医生", "answer-words": "周三来"}
    assert page.post(f"{at}/answer/", sends).status_code == 302
    again = page.post(f"{at}/answer/", {**sends, "answer-answer": "decline"})
    assert (again.status_code, "周三来" in text(again)) == (422, True)
    assert page.post(f"{at}/outcome/", {"outcome-served": "no", "outcome-words": "没去"}).status_code == 302
    assert page.post(f"{at}/close/", {"close-why": ""}).status_code == 302
    assert referral_for(cast.xiaomei, row.pk).state == ReferralState.CLOSED
    assert text(page.get(f"{at}/")).count("<form method") == text(page.get("/service/referrals/")).count("<form method")


def test_a_link_is_taken_back_and_what_was_done_through_it_is_told(
    cast: Cast, page: Client, lin: Person, case: Case
) -> None:
    row = sent(cast.xiaomei, lin, case)
    token = token_of(cast.xiaomei, row)
    Client().post(f"/partner/link/{token}/")
    assert "（1）" in text(page.get(f"/service/referrals/{row.pk}/"))
    assert page.post(f"/service/referrals/{row.pk}/link/end/").status_code == 302
    assert ReferralLink.objects.filter(ended_at=None).count() == 0


def test_no_link_is_made_before_it_is_sent_or_after_the_consent_went(
    cast: Cast, page: Client, lin: Person, case: Case
) -> None:
    agrees(cast.xiaomei, lin)
    row = referred(cast.xiaomei, lin, case)
    assert page.post(f"/service/referrals/{row.pk}/link/").status_code == 302
    page.post(f"/service/referrals/{row.pk}/send/", {})
    agrees(cast.xiaomei, lin, ConsentState.WITHDRAWN)
    page.post(f"/service/referrals/{row.pk}/link/")
    assert ReferralLink.objects.count() == 0


def test_what_is_late_is_said(cast: Cast, page: Client, lin: Person, case: Case) -> None:
    row = sent(cast.xiaomei, lin, case)
    with opened("service.Referral", why="a test turns the clock"):
        Referral.objects.filter(pk=row.pk).update(answer_due_on=today() - timedelta(days=1))
    assert 'class="state late"' in text(page.get("/service/referrals/"))
    assert f"/service/referrals/{row.pk}/" in text(page.get("/people/due/"))


def test_a_colleague_reads_why_and_no_name_before_the_case_is_theirs(cast: Cast, lin: Person, case: Case) -> None:
    user = login("majun", "马军", (StaffRole.SOCIAL_WORKER, cast.west))
    row = propose_transfer(by=cast.chenli, case=case, why="搬到西区", on=today(), to_user=user)
    other = logged_in(actor_for(user))
    shown = text(other.get(f"/service/transfers/{row.pk}/"))
    assert ("搬到西区" in shown, "林" in shown) == (True, False)
    assert f"/service/transfers/{row.pk}/" in text(other.get("/service/referrals/"))
    refused = other.post(f"/service/transfers/{row.pk}/answer/", {"answer": "decline", "words": ""})
    assert refused.status_code == 422
    assert other.post(f"/service/transfers/{row.pk}/answer/", {"answer": "accept", "words": ""}).status_code == 302
    assert "林秀珍" in text(other.get(f"/service/transfers/{row.pk}/"))


def test_a_supervisor_proposes_and_takes_back(cast: Cast, page: Client, lin: Person, case: Case) -> None:
    assign(by=cast.chenli, person=lin, user=cast.chenli.user, why=AssignedFor.CASE_TEAM, on=today())
    boss = logged_in(cast.chenli)
    address = f"/service/transfers/case/{case.pk}/"
    assert "刘海燕" not in text(page.get(address))
    assert "刘海燕" in text(boss.get(address))
    assert boss.post(address, {"to": f"user:{cast.haiyan.id}", "why": ""}).status_code == 422
    answer = boss.post(address, {"to": f"user:{cast.haiyan.id}", "why": "搬家"})
    assert answer.status_code == 302
    assert boss.post(f"{answer.headers['Location']}revoke/").status_code == 302


def test_the_part_for_the_page_of_a_case(cast: Cast, lin: Person, case: Case) -> None:
    row = sent(cast.xiaomei, lin, case)
    rows = referral_rows(cast.xiaomei, case)
    assert [one.referral.pk for one in rows] == [row.pk]
    assert HOSPITAL in render_to_string("staff/service/parts/referrals.html", {"rows": rows})
    assert referral_rows_of_person(cast.haiyan, lin) == []
