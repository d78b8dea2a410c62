"""A report that someone is at risk leaves as form F20 on paper, in PDF and for Word; who said it stands nowhere on it."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from docx import Document
from pypdf import PdfReader

from tests.factories.cast import Cast, login, make_cast
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.models import ReadLog
from xiezuo.service.actions.risks import (
    Reporting,
    close_risk,
    complete_risk,
    flag_risk,
    follow_risk,
    link_risk,
    report_risk,
)
from xiezuo.service.models import RiskReport
from xiezuo.service.vocab import Capacity

pytestmark = pytest.mark.django_db
FOUND = datetime(2026, 3, 2, 2, 5, tzinfo=UTC)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def reported(cast: Cast) -> RiskReport:
    """王海 flagged it, who is a colleague in the East; 陈立 reported it, followed it and closed it."""
    by = actor_for(login("wanghai", "王海", (StaffRole.SOCIAL_WORKER, cast.east)))
    row = flag_risk(by=by, described="红棉袄的男孩", facts="胳膊上有新伤", found_at=FOUND, at=FOUND)
    saw, did = "胳膊上有新伤", "留在中心"
    complete_risk(by=by, report=row, signs=["injury"], facts=saw, capacity=Capacity.UNKNOWN, immediate=did)
    facts = Reporting(agency=["police", "civil_affairs"], reported_at=FOUND + timedelta(minutes=20), way="phone")
    report_risk(by=cast.chenli, report=row, facts=facts, at=FOUND + timedelta(minutes=21))
    follow_risk(by=cast.chenli, report=row, text="民警上门")
    return row


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    client.cookies["django_language"] = "zh-hans"
    return client


def printed(actor: Actor, row: RiskReport) -> tuple[str, str]:
    """The words of the PDF and of the Word document, without spaces."""
    pdf = browser(actor).get(f"/service/risk/reports/{row.pk}/print/")
    word = browser(actor).get(f"/service/risk/reports/{row.pk}/print/", {"as": "word"})
    assert f"F20 {row.number}".replace(" ", "%20") in pdf["Content-Disposition"]
    pages = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages)
    cells = (
        cell.text for table in Document(BytesIO(word.content)).tables for line in table.rows for cell in line.cells
    )
    return "".join(pages.split()), "".join("".join(cells).split())


def test_the_report_prints_in_both_ways_with_every_step_and_without_who_said_it(cast: Cast) -> None:
    row = reported(cast)
    for words in printed(cast.chenli, row):
        said = ("还没有登记：红棉袄的男孩", "胳膊上有新伤", "☑异常伤", "留在中心", "☑公安", "☑民政", "☑电话")
        assert [text for text in said if text not in words] == []
        assert "2026年3月2日10:25向机关报告公安民政电话" in words
        assert "民警上门" in words
        assert "王海" not in words


def test_what_became_of_it_and_who_it_is_stand_on_a_later_print(cast: Cast) -> None:
    row = reported(cast)
    child = cast.person("小宇", cast.east)
    link_risk(by=cast.chenli, report=row, person=child)
    close_risk(by=cast.chenli, report=row, receipt_no="京公2026-77", at=FOUND + timedelta(hours=5))
    for words in printed(cast.chenli, row):
        assert ("小宇" in words, "京公2026-77" in words) == (True, True)
    assert ReadLog.objects.filter(person=child, what="printed_form").exists()


def test_the_director_knows_that_there_is_a_report_and_prints_nothing(cast: Cast) -> None:
    row = reported(cast)
    director = actor_for(login("fangyuan", "方园", (StaffRole.DIRECTOR, None)))
    answer = browser(director).get(f"/service/risk/reports/{row.pk}/print/")
    assert answer.status_code == 403
    assert "胳膊" not in answer.content.decode()
    assert browser(cast.haiyan).get(f"/service/risk/reports/{row.pk}/print/").status_code == 403
