"""Pages of aid, as those who work on it, approve it and answer to the donor get them."""

import io
import re
import zipfile
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.aided import AidCast, aid_cast
from tests.factories.cast import make_cast
from xiezuo.common.days import today
from xiezuo.orgs.access import Actor
from xiezuo.people.due import due_for
from xiezuo.service.access.aids import aid_for, forms_of_aid
from xiezuo.service.actions import cancel_service
from xiezuo.service.aid.balance import meter_of
from xiezuo.service.models import Aid
from xiezuo.service.vocab import AidState


@pytest.fixture
def aid(db: None) -> AidCast:
    return aid_cast(make_cast())


def logged_in(who: Actor) -> Client:
    client = Client()
    client.force_login(who.user)
    client.cookies["django_language"] = "en"
    return client


def words(content: bytes) -> str:
    main = content.decode().split('<main id="main"')[1].split("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", main)))


def test_the_list_and_todays_page_lead_the_approver_to_the_aid(aid: AidCast) -> None:
    gift = aid.gift("1000.00", "travel")
    line = aid.assess(aid.apply(aid.home(on=today()), today()), gift, today())
    for who, name in ((aid.hong, "春梅"), (aid.cast.chenli, "春梅"), (aid.cast.haiyan, "")):
        page = logged_in(who).get("/service/aid/").content
        assert ("Waits for your approval" in words(page)) == bool(name)
        assert ("春梅" in words(page)) == bool(name)
    assert [due.title for due in due_for(aid.cast.chenli, on=today(), until=today())] == ["救助：请你批准"]
    client = logged_in(aid.hong)
    shown = words(client.get(f"/service/aid/{line.pk}/").content)
    assert "Approve 430.00 yuan" in shown and "四个人的硬座票价" in shown and "想带孩子回老家过年" in shown
    assert client.post(f"/service/aid/{line.pk}/approve/").status_code == 302
    assert Aid.objects.get().state == AidState.ASSESSED
    logged_in(aid.cast.chenli).post(f"/service/aid/{line.pk}/approve/")
    assert (Aid.objects.get().state, str(meter_of(gift).left)) == (AidState.APPROVED, "570.00")


def test_an_approver_who_may_not_know_the_person_reads_the_number(aid: AidCast) -> None:
    gift = aid.gift("1000.00", "travel")
    line = aid.assess(aid.apply(aid.home(on=today()), today()), gift, today(), approver_2=aid.gao.id)
    client = logged_in(aid.gao)
    for url in ("/service/aid/", f"/service/aid/{line.pk}/", "/", "/people/due/"):
        shown = client.get(url).content.decode()
        assert (line.number in shown, "春梅" in shown) == (True, False)


def test_the_assessor_is_told_in_a_sentence_why_not(aid: AidCast) -> None:
    gift = aid.gift("1000.00", "travel")
    line = aid.assess(aid.apply(aid.home(on=today()), today()), gift, today())
    page = logged_in(aid.cast.xiaomei).post(f"/service/aid/{line.pk}/approve/", follow=True)
    assert "周晓梅 assessed this aid, so two others approve it." in unescape(page.content.decode())


def test_the_earlier_assessment_opens_and_only_what_changed_is_typed(aid: AidCast) -> None:
    home = aid.home(on=today())
    earlier = aid.assessment(home.head, today(), com_barriers="房租每月 700 元")
    line = aid.apply(home, today())
    client = logged_in(aid.cast.xiaomei)
    page = client.get(f"/service/aid/{line.pk}/").content.decode()
    url = unescape(re.search(r'href="(/forms/fill/assessment/[^"]*earlier=[^"]*)"', page)[1])  # type: ignore[index]
    opened = client.get(url, follow=True)
    text = opened.content.decode()
    assert "房租每月 700 元" in text and "肯学" in text
    bound = opened.context["goes_on"]
    assert str(bound) == str(earlier.pk)
    begun = client.get(f"/forms/fill/assessment/?person={home.head_id}", follow=True).content.decode()
    assert "春梅 was assessed on" in begun and "Go on from it" in begun
    stranger = logged_in(aid.hong).get(f"/forms/fill/assessment/?person={home.head_id}", follow=True)
    assert "was assessed on" not in stranger.content.decode()


def test_the_forms_of_an_aid_know_what_the_line_knows(aid: AidCast) -> None:
    gift, home = aid.gift("1000.00", "travel"), aid.home(on=today())
    line = aid.apply(home, today())
    visit, looked = aid.visit(home, today()), aid.assessment(home.head, today())
    client = logged_in(aid.cast.xiaomei)
    begun = client.get(f"/forms/fill/aid_assessment/?aid={line.pk}", follow=True).content.decode()
    chosen = re.findall(r'<option value="(\d+)" selected', begun)
    assert {str(visit.pk), str(looked.pk)} <= set(chosen)
    assert 'value="430.00"' in begun and "路费, 1,000.00 yuan left" not in begun
    aid.approve(aid.assess(line, gift, today(), visit=visit, assessment=looked), today())
    begun = client.get(f"/forms/fill/aid_distribution/?aid={line.pk}", follow=True).content.decode()
    assert 'value="430.00"' in begun and f'value="{today().isoformat()}"' in begun


def test_the_list_and_the_page_ask_as_often_for_three_as_for_one(aid: AidCast) -> None:
    gift = aid.gift("9000.00", "travel")
    line = aid.proposed(aid.home("甲", 0, today()), gift, "10.00", today())
    aid.given(aid.home("戊", 0, today()), gift, "10.00", today())
    client = logged_in(aid.cast.chenli)

    def asked(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    urls = ("/service/aid/", f"/service/aid/{line.pk}/", "/people/due/", f"/orgs/money/{gift.pk}/")
    first = [(asked(url), asked(url))[1] for url in urls]
    for name in "乙丙":
        aid.given(aid.home(name, 0, today()), gift, "10.00", today())
    aid.proposed(aid.home("丁", 0, today()), gift, "10.00", today())
    assert [asked(url) for url in urls] == first


def test_the_donor_reads_numbers_on_the_page_and_in_the_file_and_no_name(aid: AidCast) -> None:
    gift = aid.gift("9000.00", "travel")
    for n in range(6):
        aid.given(aid.home(f"户{n}", 1, today()), gift, "430.16", today())
    client, url = logged_in(aid.gao), f"/orgs/money/{gift.pk}/"
    shown = words(client.get(url).content)
    assert "6 households, 2,580.96 yuan" in shown and "户0" not in shown
    day = today().isoformat()
    book = client.post(f"{url}sheet/", {"first": day, "last": day}).content
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        inside = "".join(parts.read(name).decode(errors="ignore") for name in parts.namelist())
    assert "2580.96" in inside and "户0" not in inside
    sent = client.post(f"{url}report/", {"report-first": day, "report-last": day, "report-number": "2026-1"})
    assert sent.status_code == 302
    assert set(Aid.objects.values_list("state", "report_no")) == {(AidState.REPORTED, "2026-1")}
    closed = words(logged_in(aid.cast.xiaomei).get(url).content)
    assert "6 households" not in closed and "reads what a gift did" in closed


def test_what_went_wrong_is_said_where_it_was_pressed(aid: AidCast) -> None:
    gift = aid.gift("1000.00", "travel")
    line = aid.promised(aid.home("甲", 0, today()), gift, "430.00", today())
    client = logged_in(aid.cast.chenli)
    assert client.post(f"/service/aid/{line.pk}/reject/", {"reject-why": ""}).status_code == 422
    assert client.post(f"/service/aid/{line.pk}/reject/", {"reject-why": "重复"}).status_code == 302
    assert aid_for(aid.cast.chenli, line.pk).state == AidState.REJECTED
    assert client.get(f"/orgs/projects/{gift.project_id}/").status_code == 200
    new = {"funder": "街道", "funding_kind": "donation", "amount": "50", "from_on": today().isoformat()}
    assert client.post(reverse("add_funding", args=[gift.project_id]), new | {"aid_kinds": ["cash"]}).status_code == 302


def test_from_the_question_to_the_signature_through_the_pages(aid: AidCast) -> None:
    """Each form opened from the aid knows it and leads back to it."""
    gift, home = aid.gift("1000.00", "travel"), aid.home(on=today())
    client, site, day = logged_in(aid.cast.xiaomei), str(aid.cast.east.pk), today().isoformat()

    def write(form: str, told: dict[str, str], asked: str = "") -> str:
        address = client.get(f"/forms/fill/{form}/{asked}")["Location"]
        sent = client.post(address, {"site": site, "service_line": "livelihood", **told})
        assert sent.status_code == 302, words(sent.content)[:600]
        return str(sent["Location"])

    asked = {"household": str(home.pk), "applicant": str(home.head_id), "kind": "travel", "request": "路费不够"}
    url = write("aid_application", asked | {"amount_asked": "430"}, f"?person={home.head_id}")
    line = Aid.objects.get()
    assert (url, line.people, str(line.amount_asked)) == (f"/service/aid/{line.pk}/", 4, "430.00")
    under = f"?aid={line.pk}"
    here = {"under": f"aid:{line.pk}"}
    seen = {"service_date": day, "visitor_1": "~周晓梅", "visitor_2": "~方敏", "household": str(home.pk)}
    assert write("visit", here | seen | {"aim": "看看", "findings": "房租涨了", "next": "买票"}, under) == url
    looked = {"person": str(home.head_id), "about": str(home.head_id), "service_date": day, "kind": "first"}
    looked |= {"self_strengths": "肯学", "self_wish": "回家", "risk_level": "low", "risk_reason": "没有"}
    looked |= {"problems": "0", "problems.0.problem": "路费", "problems.0.rank": "1"}
    assert write("assessment", here | looked, under) == url
    forms = {form.submission.form: form.pk for form in forms_of_aid(aid.cast.xiaomei, line)}
    plan = {"visit": str(forms["visit"]), "assessment": str(forms["assessment"]), "amount": "430"}
    plan |= {"funding": str(gift.pk), "approver_1": str(aid.cast.chenli.id), "approver_2": str(aid.hong.id)}
    assert write("aid_assessment", here | plan | {"decision": "approved", "reason": "票价"}, under) == url
    for who in (aid.cast.chenli, aid.hong):
        logged_in(who).post(f"{url}approve/")
    given = {"application": str(forms["aid_application"]), "given_on": day, "amount": "430", "witness": "方敏"}
    given |= {
        "giver": str(aid.cast.xiaomei.id),
        "receipt.verbal": "yes",
        "receipt.witness": "邻居",
        "follow_up_on": day,
    }
    assert write("aid_distribution", here | given, under) == url
    done = Aid.objects.get()
    assert (done.state, str(done.amount_paid), done.record is not None) == (AidState.HANDED_OVER, "430.00", True)
    assert "Write down how it went" in words(client.get(url).content)
    assert client.post(f"{url}follow-up/", {"follow-words": "到家了"}).status_code == 302
    assert Aid.objects.get().state == AidState.FOLLOWED_UP


def test_a_hand_over_whose_record_is_cancelled_says_so_and_gives_the_money_back(aid: AidCast) -> None:
    gift = aid.gift("1000.00", "travel")
    line = aid.approve(aid.assess(aid.apply(aid.home(on=today()), today()), gift, today()), today())
    line = aid.hand_over(line, today(), follow_up_on=today().isoformat())
    assert str(meter_of(gift).left) == "570.00"
    assert line.record is not None
    cancel_service(by=aid.cast.xiaomei, record=line.record, why="写在了别人名下")
    shown = words(logged_in(aid.cast.xiaomei).get(f"/service/aid/{line.pk}/").content)
    assert ("The record of the hand-over is cancelled" in shown, str(meter_of(gift).left)) == (True, "1000.00")
