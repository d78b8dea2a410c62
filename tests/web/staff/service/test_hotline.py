"""热线: a call is written down while one talks, passed on with a day, and stays until somebody is done with it."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from django.test import Client

from tests.factories.cast import Cast
from tests.web.staff.service.conftest import logged_in
from xiezuo.common.days import local, now, today
from xiezuo.forms.access import draft_answers
from xiezuo.people.due import due_for
from xiezuo.service.access import filled_for, readable_records
from xiezuo.service.access.enquiries import calls_for
from xiezuo.service.models import FilledForm, HotlineCall

TAKE = "/service/hotline/take/"


def call(client: Client, triage: str = "amber", **more: object) -> HotlineCall:
    moment = local(now()).strftime("%Y-%m-%dT%H:%M")
    sent = {"triage": triage, "problem": "wages", "direction": "inbound", "at": moment, "action": "记下情况"}
    response = client.post(TAKE, sent | {"story": "欠薪三个月", "caller": "王大哥"} | more)
    assert response.status_code == 302, response.content.decode()
    return HotlineCall.objects.order_by("-pk")[0]


def test_a_call_is_a_filled_form_and_a_service(cast: Cast) -> None:
    made = call(logged_in(cast.xiaomei), site=str(cast.east.pk))
    assert filled_for(cast.xiaomei, made.filled_id).submission.form == "hotline_call"
    (record,) = readable_records(cast.xiaomei)
    assert (record.method, record.site) == ("hotline", cast.east)


def test_open_calls_stand_the_most_urgent_first_and_of_those_the_oldest(cast: Cast) -> None:
    client = logged_in(cast.xiaomei)
    hour_ago = (local(now()) - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    made = [call(client, "green"), call(client, "amber"), call(client, "red"), call(client, "amber", at=hour_ago)]
    assert [row.pk for row in calls_for(cast.xiaomei)] == [made[2].pk, made[3].pk, made[1].pk, made[0].pk]
    text = client.get("/service/hotline/").content.decode()
    assert [text.index(f"/service/hotline/{made[n].pk}/") for n in (2, 3, 1, 0)] == sorted(
        text.index(f"/service/hotline/{row.pk}/") for row in made
    )
    client.post(f"/service/hotline/{made[2].pk}/done/")
    assert [row.pk for row in calls_for(cast.xiaomei, done=True)] == [made[2].pk]
    assert made[2].pk not in [row.pk for row in calls_for(cast.xiaomei)]


def test_an_urgent_call_has_the_report_one_tap_away(cast: Cast) -> None:
    client, child = logged_in(cast.chenli), cast.person("小宇", cast.east)
    red = call(client, "red", person=str(child.pk))
    page = client.get(f"/service/hotline/{red.pk}/").content.decode()
    assert "马上叫督导" in page and f'class="btn main danger" href="/service/risk/?person={child.pk}"' in page


def test_a_call_passed_on_is_due_for_the_colleague_until_it_is_done(cast: Cast) -> None:
    tomorrow = today() + timedelta(days=1)
    client = logged_in(cast.xiaomei)
    made = call(client, dispatched_to=str(cast.haiyan.id), due_on=tomorrow.isoformat())
    (due,) = due_for(cast.haiyan, on=today(), until=tomorrow)
    assert (due.kind, due.pk, due.on) == ("call", made.pk, tomorrow)
    theirs = logged_in(cast.haiyan)
    assert "欠薪三个月" in theirs.get(f"/service/hotline/{made.pk}/").content.decode()
    assert theirs.post(f"/service/hotline/{made.pk}/done/", {"from": "today"}).headers["Location"] == "/"
    assert due_for(cast.haiyan, on=today(), until=tomorrow) == []


def test_a_call_about_someone_is_passed_only_to_who_may_read_their_case(cast: Cast) -> None:
    child = cast.person("小宇", cast.east, grade="2")
    moment = local(now()).strftime("%Y-%m-%dT%H:%M")
    sent = {
        "triage": "amber",
        "problem": "school",
        "direction": "inbound",
        "at": moment,
        "action": "约见",
        "story": "甲",
    }
    sent |= {"person": str(child.pk), "dispatched_to": str(cast.haiyan.id), "due_on": today().isoformat()}
    refused = logged_in(cast.chenli).post(TAKE, sent)
    text = refused.content.decode()
    assert refused.status_code == 422
    assert "对刘海燕" in text and "约见" in text


def test_a_call_to_come_is_refused_and_nothing_is_lost(cast: Cast) -> None:
    tomorrow = (local(now()) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    sent = {"triage": "amber", "problem": "wages", "direction": "inbound", "at": tomorrow, "action": "记下情况"}
    refused = logged_in(cast.xiaomei).post(TAKE, sent | {"story": "欠薪三个月"})
    assert refused.status_code == 422
    assert "这通电话的时间还没到" in refused.content.decode() and "欠薪三个月" in refused.content.decode()
    assert FilledForm.objects.count() == 0


def test_a_call_becomes_an_intake_or_an_enquiry_without_typing_it_again(cast: Cast) -> None:
    client = logged_in(cast.xiaomei)
    made = call(client)
    for form, field in (("intake", "problem"), ("enquiry", "question")):
        began = client.post(f"/service/hotline/{made.pk}/{form}/")
        key = parse_qs(urlsplit(began.headers["Location"]).query)["draft"][0]
        carried = draft_answers(cast.xiaomei, key)  # type: ignore[arg-type]
        assert (carried[field], carried["goes_on"]) == (["欠薪三个月"], [str(made.filled_id)])
        assert "欠薪三个月" in client.get(began.headers["Location"]).content.decode()


def test_colleagues_to_whom_it_was_not_passed_do_not_read_a_call(cast: Cast) -> None:
    made = call(logged_in(cast.xiaomei), site=str(cast.east.pk))
    assert logged_in(cast.haiyan).get(f"/service/hotline/{made.pk}/").status_code == 403
    assert calls_for(cast.haiyan) == []
