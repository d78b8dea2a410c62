"""The receiver of a referral reads what was agreed to through their link, answers, and reaches nothing else of the house."""

import re
import time
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.architecture.test_pages import addresses
from tests.factories.cast import Cast, make_cast
from tests.factories.own_side import later
from tests.factories.referred import agrees, sent, token_of, with_case
from xiezuo.common.days import today
from xiezuo.people.models import Person
from xiezuo.people.vocab import ConsentState
from xiezuo.service.access.referrals import openings_of, referral_for
from xiezuo.service.actions.referral_links import end_referral_link
from xiezuo.service.actions.referring import close_referral, note_answer, note_outcome, revoke_referral
from xiezuo.service.models import Referral, ReferralLink, ReferralOpening
from xiezuo.service.vocab import Opening, ReferralState, Served

ANSWER = {"answer": "accept", "words": "周三上午带病历来", "who": "周医生 010-12345678"}


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def lin(cast: Cast) -> Person:
    person = cast.person("林嫂", cast.east, full_name="林秀珍", phone="15412342764", address="皮村9号")
    with_case(cast, person, today())
    return person


@pytest.fixture
def referral(cast: Cast, lin: Person) -> Referral:
    return sent(cast.xiaomei, lin)


def text(response: HttpResponse) -> str:
    return response.content.decode()


def opened(token: str) -> Client:
    browser = Client()
    response = browser.post(f"/partner/link/{token}/")
    assert response.headers["Location"] == "/partner/"
    assert token not in response.headers["Location"]
    return browser


def test_the_receivers_side_has_the_addresses_walked_here() -> None:
    partners = [address for address, pattern in addresses() if getattr(pattern.callback, "audience", "") == "partner"]
    assert partners == ["/partner/", "/partner/answer/", "/partner/outcome/"]


def test_reading_the_address_tells_nothing_and_the_press_opens_it(cast: Cast, referral: Referral) -> None:
    token = token_of(cast.xiaomei, referral)
    door = Client().get(f"/partner/link/{token}/")
    assert door.status_code == 200
    for said in ("林", "产后", "保健院", referral.number):
        assert said not in text(door)
    assert ReferralOpening.objects.count() == 0
    assert "no-referrer" not in text(
        door
    )  # a browser would not say where the press comes from, and it would be refused
    page = text(opened(token).get("/partner/"))
    for said in ("产后情绪低落", "会说四川话", "北京市协作者社会工作发展中心", referral.number):
        assert said in page
    assert [row.did for row in openings_of(cast.xiaomei, referral)] == [Opening.OPENED]


def test_what_was_not_agreed_to_is_not_there(cast: Cast, referral: Referral) -> None:
    browser = opened(token_of(cast.xiaomei, referral))
    page = text(browser.get("/partner/"))
    for hidden in ("林秀珍", "林嫂", "15412342764", "皮村", "A1", "陈立"):
        assert hidden not in page


def test_the_name_stands_there_where_they_agreed_to_it(cast: Cast, lin: Person) -> None:
    browser = opened(token_of(cast.xiaomei, sent(cast.xiaomei, lin, name=True)))
    assert "林秀珍" in text(browser.get("/partner/"))


def test_the_link_opens_nothing_else(cast: Cast, referral: Referral, lin: Person) -> None:
    browser = opened(token_of(cast.xiaomei, referral))
    for address in ("/", f"/people/{lin.pk}/", f"/service/referrals/{referral.pk}/", "/service/referrals/", "/member/"):
        answer = browser.get(address)
        assert answer.status_code in {302, 401, 410}, address
        assert "产后" not in text(answer)


def test_they_answer_and_later_tell_what_became_of_it(cast: Cast, referral: Referral) -> None:
    token = token_of(cast.xiaomei, referral)
    browser = opened(token)
    assert browser.post("/partner/answer/", ANSWER).headers["Location"] == "/partner/"
    row = referral_for(cast.xiaomei, referral.pk)
    assert (row.state, str(row.answer_words), str(row.answer_from)) == (
        ReferralState.ACCEPTED,
        ANSWER["words"],
        ANSWER["who"],
    )
    with later(40 * 24 * 60):
        again = opened(token)
        assert again.post("/partner/outcome/", {"served": "unknown", "words": ""}).status_code == 302
        assert again.post("/partner/outcome/", {"served": "yes", "words": "来过三次"}).status_code == 302
    row = referral_for(cast.xiaomei, referral.pk)
    assert (row.state, row.served, str(row.outcome_words)) == (ReferralState.SERVED, Served.YES, "来过三次")
    did = [one.did for one in reversed(openings_of(cast.xiaomei, referral))]
    assert did == [
        *(Opening.OPENED, Opening.ANSWERED, Opening.OPENED),
        *(Opening.REPORTED, Opening.REPORTED),
    ]


def test_of_two_answers_the_second_hears_the_first(cast: Cast, referral: Referral) -> None:
    token = token_of(cast.xiaomei, referral)
    one, other = opened(token), opened(token)
    assert one.post("/partner/answer/", {**ANSWER, "answer": "decline"}).status_code == 302
    second = other.post("/partner/answer/", ANSWER)
    assert second.status_code == 422
    assert re.search(r"answered already|已经", text(second))
    assert referral_for(cast.xiaomei, referral.pk).state == ReferralState.REJECTED


def test_what_is_not_asked_any_more_says_so(cast: Cast, referral: Referral) -> None:
    browser = opened(token_of(cast.xiaomei, referral))
    early = browser.post("/partner/outcome/", {"served": "", "words": ""})
    assert (early.status_code, 'name="answer"' in text(early)) == (422, True)
    browser.post("/partner/answer/", ANSWER)
    late = browser.post("/partner/answer/", {"answer": ""})
    assert (late.status_code, 'role="alert"' in text(late), 'name="served"' in text(late)) == (422, True, True)
    browser.post("/partner/outcome/", {"served": "yes"})
    for address in ("/partner/answer/", "/partner/outcome/"):
        assert browser.post(address, {}).status_code == 422


def test_what_is_missing_is_said_and_nothing_typed_is_lost(cast: Cast, referral: Referral) -> None:
    browser = opened(token_of(cast.xiaomei, referral))
    page = browser.post("/partner/answer/", {"answer": "", "words": "可以周三来", "who": " "})
    assert (page.status_code, "可以周三来" in text(page)) == (422, True)
    assert referral_for(cast.xiaomei, referral.pk).state == ReferralState.SENT


def test_ten_thousand_characters_arrive_and_one_more_is_refused(cast: Cast, referral: Referral) -> None:
    browser = opened(token_of(cast.xiaomei, referral))
    refused = browser.post("/partner/answer/", {**ANSWER, "words": "好" * 10_001})
    assert (refused.status_code, "好" * 10_001 in text(refused)) == (422, True)
    assert browser.post("/partner/answer/", {**ANSWER, "words": "好" * 10_000}).status_code == 302
    assert len(str(referral_for(cast.xiaomei, referral.pk).answer_words)) == 10_000


def test_a_script_in_an_answer_is_only_text(cast: Cast, referral: Referral) -> None:
    script = "<script>alert(1)</script>"
    browser = opened(token_of(cast.xiaomei, referral))
    browser.post("/partner/answer/", {"answer": "accept", "words": script, "who": f'"><img src=x>{script}'})
    staff = Client()
    staff.force_login(cast.xiaomei.user)
    for page in (browser.get("/partner/"), staff.get(f"/service/referrals/{referral.pk}/")):
        assert "&lt;script&gt;alert(1)" in text(page)
        assert script not in text(page)
        assert "<img src=x" not in text(page)


def revoked(cast: Cast, referral: Referral) -> None:
    revoke_referral(by=cast.xiaomei, referral=referral, why="写错了", at=timezone.now())


def ended(cast: Cast, referral: Referral) -> None:
    end_referral_link(by=cast.xiaomei, referral=referral, at=timezone.now())


def made_anew(cast: Cast, referral: Referral) -> None:
    token_of(cast.xiaomei, referral)


def closed(cast: Cast, referral: Referral) -> None:
    note_answer(by=cast.xiaomei, referral=referral, accepted=True, words="", who="周医生", at=timezone.now())
    note_outcome(by=cast.xiaomei, referral=referral, served=Served.YES, words="", on=today())
    close_referral(by=cast.xiaomei, referral=referral, why="", at=timezone.now())


def consent_taken_back(cast: Cast, referral: Referral) -> None:
    agrees(cast.xiaomei, referral.person, ConsentState.WITHDRAWN)


def ran_out(cast: Cast, referral: Referral) -> None:
    ReferralLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))


@pytest.mark.parametrize("ends", [revoked, ended, made_anew, closed, consent_taken_back, ran_out])
def test_from_that_moment_the_link_shows_nothing(cast: Cast, referral: Referral, ends: object) -> None:
    token = token_of(cast.xiaomei, referral)
    browser = opened(token)
    ends(cast, referral)  # type: ignore[operator]
    pages = [
        browser.get("/partner/"),
        browser.post("/partner/answer/", ANSWER),
        browser.post("/partner/outcome/", {"served": "yes", "words": ""}),
        Client().get(f"/partner/link/{token}/"),
        Client().post(f"/partner/link/{token}/"),
    ]
    assert {page.status_code for page in pages} == {410}
    for page in pages:
        for hidden in ("产后", "四川话", referral.number, "保健院"):
            assert hidden not in text(page)
    assert len({re.search(r'class="state">.*?</p>', text(page), re.S)[0] for page in pages}) == 1  # type: ignore[index]
    assert "周三上午" not in str(referral_for(cast.xiaomei, referral.pk).answer_words)


def test_only_the_newest_link_works(cast: Cast, referral: Referral) -> None:
    old, new = token_of(cast.xiaomei, referral), token_of(cast.xiaomei, referral)
    assert Client().get(f"/partner/link/{old}/").status_code == 410
    assert Client().get(f"/partner/link/{new}/").status_code == 200


def test_no_address_keeps_the_link_itself(cast: Cast, referral: Referral) -> None:
    token = token_of(cast.xiaomei, referral)
    assert token not in ReferralLink.objects.get().token_hash


def test_after_many_guessed_links_none_opens_from_there_for_a_while(cast: Cast, referral: Referral) -> None:
    address = f"/partner/link/{token_of(cast.xiaomei, referral)}/"
    for n in range(10):
        assert Client().get(f"/partner/link/guessed{n}/").status_code == 410
    assert Client().get(address).status_code == 410
    assert Client().get(address, REMOTE_ADDR="10.1.2.3").status_code == 200


def test_a_device_that_was_left_open_closes(cast: Cast, referral: Referral) -> None:
    browser = opened(token_of(cast.xiaomei, referral))
    left = time.time() + 31 * 60
    with patch("django.core.signing.time.time", return_value=left):
        assert browser.get("/partner/").status_code == 410


def test_a_forged_cookie_opens_nothing(cast: Cast, referral: Referral) -> None:
    token_of(cast.xiaomei, referral)
    browser = Client()
    browser.cookies["partner"] = "1:aaaa:bbbb"
    assert browser.get("/partner/").status_code == 410
