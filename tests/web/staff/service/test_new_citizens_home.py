"""新市民之家: 小红 gives only a nickname, comes four times, asks about her wages, is taken in, and later tells her family name."""

import re
from datetime import date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.cast import Cast
from tests.web.staff.service.conftest import logged_in
from xiezuo.common.days import at
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.forms.access import draft_answers
from xiezuo.people.access import people_for
from xiezuo.people.actions import PersonFacts, correct_person
from xiezuo.people.models import Person
from xiezuo.service.access import readable_records
from xiezuo.service.access.enquiries import enquiries_for
from xiezuo.service.actions import count_in
from xiezuo.service.actions.enquiries import close_enquiry
from xiezuo.service.desk import counted_today, seen_without_a_name, times_at_desk
from xiezuo.service.indicators import values
from xiezuo.service.models import FilledForm
from xiezuo.service.vocab import Method

DAYS = [date(2026, 3, day) for day in (3, 7, 14, 21)]
WAGES = "老板欠了两个月工资,一直说下个月。"


def on(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def desk(client: Client, cast: Cast, **sent: str) -> str:
    """What the desk says after somebody pressed its button."""
    return client.post("/service/checkin/", {"site": str(cast.east.pk), **sent}, follow=True).content.decode()


def come(client: Client, cast: Cast) -> Person:
    """小红 comes on four days; from the second on the desk finds her by her nickname."""
    for n, day in enumerate(DAYS):
        with at(on(day)):
            if n == 0:
                said = desk(client, cast, nickname="小红")
                assert "小红" in said
            else:
                found = client.get(f"/service/checkin/?site={cast.east.pk}&q=小红").content.decode()
                pk = re.search(r'name="person" value="(\d+)">', found)
                assert pk is not None
                said = desk(client, cast, person=pk[1])
    assert "来过 4 次" in said
    return people_for(cast.xiaomei).get(nickname="小红")


def test_the_story_of_xiaohong(cast: Cast) -> None:
    client = logged_in(cast.xiaomei)
    hong = come(client, cast)
    with at(on(DAYS[-1], 11)):
        begun = client.post("/service/enquiries/begin/", {"person": str(hong.pk), "site": str(cast.east.pk)})
        page = client.get(begun.headers["Location"]).content.decode()
        assert "至今来过前台 4 次" in page and "小红" in page
        key = parse_qs(urlsplit(begun.headers["Location"]).query)["draft"][0]
        sent = draft_answers(cast.xiaomei, key) | {"question": [WAGES]}  # type: ignore[arg-type]
        assert client.post(begun.headers["Location"], sent).status_code == 302
        (enquiry,) = enquiries_for(cast.xiaomei)
        assert (enquiry.person, enquiry.visitor, enquiry.channel, enquiry.state) == (hong, "小红", "desk", "received")

        taken = client.post(f"/service/enquiries/{enquiry.pk}/intake/")
        intake = client.get(taken.headers["Location"]).content.decode()
        assert "至今来过前台 4 次" in intake and intake.count(WAGES) >= 2
        key = parse_qs(urlsplit(taken.headers["Location"]).query)["draft"][0]
        sent = draft_answers(cast.xiaomei, key)  # type: ignore[arg-type]
        assert (sent["problem"], sent["own_words"], sent["about"]) == ([WAGES], [WAGES], [str(hong.pk)])
        sent |= {"needs": ["讨薪"], "crisis": ["no"], "urgent": ["no"], "child_risk": ["no"]}
        answer = client.post(taken.headers["Location"], sent)
        assert answer.status_code == 302, answer.content.decode()
    form = FilledForm.objects.get(follows=enquiry.filled_id)
    (enquiry,) = enquiries_for(cast.xiaomei)
    assert (form.person, enquiry.intake, enquiry.state, enquiry.became) == (hong, form, "case_opened", "case_opened")

    correct_person(
        by=cast.xiaomei,
        person=hong,
        facts=PersonFacts(nickname="小红", full_name="李红"),
        on=DAYS[-1] + timedelta(days=9),
    )
    assert times_at_desk(hong, DAYS[-1]) == 4
    records = readable_records(cast.xiaomei).filter(service_date__year=2026, service_date__month=3)
    assert values(records.filter(method=Method.CHECKIN), ["headcount", "person_times"]) == {
        "headcount": 1,
        "person_times": 4,
    }
    assert values(records, ["headcount"]) == {"headcount": 1}


def test_who_gives_not_even_a_nickname_is_counted_and_nobodys(cast: Cast) -> None:
    client = logged_in(cast.xiaomei)
    for _turn in range(2):
        assert "又来了一位" in desk(client, cast, nobody="1")
    assert counted_today(cast.east, timezone.localdate()) == 2
    records = readable_records(cast.xiaomei)
    assert values(records, ["headcount", "unnamed", "person_times"]) == {
        "headcount": 0,
        "unnamed": 2,
        "person_times": 2,
    }


def test_one_press_that_arrives_twice_counts_one(cast: Cast) -> None:
    client = logged_in(cast.xiaomei)
    text = client.get(f"/service/checkin/?site={cast.east.pk}").content.decode()
    key = re.search(r'name="draft_key" value="([^"]+)"', text)
    assert key is not None
    for _turn in range(2):
        desk(client, cast, nobody="1", draft_key=key[1], draft_form="nobody")
    assert counted_today(cast.east, timezone.localdate()) == 1


def test_who_came_three_times_without_a_name_is_on_the_list_until_they_tell_it(cast: Cast) -> None:
    client = logged_in(cast.xiaomei)
    hong = come(client, cast)
    assert seen_without_a_name(cast.xiaomei, cast.east, DAYS[1]) == []
    assert seen_without_a_name(cast.xiaomei, cast.east, DAYS[2]) == [(hong, 3)]
    assert "常来，还不知道姓名" in client.get(f"/service/checkin/?site={cast.east.pk}").content.decode()
    correct_person(by=cast.xiaomei, person=hong, facts=PersonFacts(nickname="小红", full_name="李红"), on=DAYS[3])
    assert seen_without_a_name(cast.xiaomei, cast.east, DAYS[3]) == []


def ask(client: Client, cast: Cast, **more: str) -> None:
    """Someone unknown asks at the desk."""
    begun = client.post("/service/enquiries/begin/", {"site": str(cast.east.pk)})
    sent = {"channel": "desk", "question": WAGES, "visitor": "小红", "site": str(cast.east.pk)} | more
    assert client.post(begun.headers["Location"], sent).status_code == 302


def test_somebody_unknown_becomes_a_person_when_they_are_taken_in(cast: Cast) -> None:
    client = logged_in(cast.xiaomei)
    ask(client, cast)
    (enquiry,) = enquiries_for(cast.xiaomei)
    assert (enquiry.person, enquiry.visitor) == (None, "小红")
    page = client.get(f"/service/enquiries/{enquiry.pk}/").content.decode()
    assert WAGES in page and 'name="nickname" value="小红"' in page
    client.post(f"/service/enquiries/{enquiry.pk}/intake/", {"nickname": "小红"})
    (enquiry,) = enquiries_for(cast.xiaomei)
    assert enquiry.person is not None and enquiry.person.nickname == "小红"


def test_an_enquiry_closes_once_it_says_what_came_of_it(cast: Cast) -> None:
    client = logged_in(cast.xiaomei)
    ask(client, cast)
    (enquiry,) = enquiries_for(cast.xiaomei)
    with pytest.raises(RuleBroken) as refused:
        close_enquiry(by=cast.xiaomei, enquiry=enquiry, on=timezone.localdate())
    assert refused.value.code == "service.enquiry_has_no_answer"
    ask(client, cast, became="answered", answer="给了劳动监察的电话")
    answered = enquiries_for(cast.xiaomei)[-1]
    assert answered.state == "answered"
    assert client.post(f"/service/enquiries/{answered.pk}/close/").headers["Location"] == "/service/enquiries/"
    assert [row.pk for row in enquiries_for(cast.xiaomei)] == [enquiry.pk]
    assert [row.became for row in enquiries_for(cast.xiaomei, closed=True)] == ["answered"]


def test_colleagues_of_another_site_see_no_enquiry(cast: Cast) -> None:
    ask(logged_in(cast.xiaomei), cast)
    (enquiry,) = enquiries_for(cast.xiaomei)
    client = logged_in(cast.haiyan)
    assert enquiries_for(cast.haiyan) == []
    assert client.get(f"/service/enquiries/{enquiry.pk}/").status_code == 403
    assert client.get("/service/enquiries/").status_code == 200


def test_no_one_is_counted_at_a_site_where_one_does_not_work(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        count_in(by=cast.haiyan, site=cast.east, on=timezone.localdate())
