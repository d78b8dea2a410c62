"""探访: two go, planned and prepared on the phone; made, the plan stands in the form already."""

import uuid
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.factories.cast import DAY, Cast
from tests.web.staff.service.conftest import logged_in
from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.common.walls import BehindTheWall
from xiezuo.forms.access import draft_answers
from xiezuo.forms.definitions import form_definition
from xiezuo.people.actions import found_household
from xiezuo.people.due import due_for
from xiezuo.people.models import Household
from xiezuo.service.access.visits import visits_over, visits_planned
from xiezuo.service.actions import Filling, submit_form
from xiezuo.service.actions.visits import VisitFacts, plan_visit
from xiezuo.service.models import PlannedVisit

SEEN = {"aim": "看看孩子", "findings": "屋里很冷", "next": "送被子"}


@pytest.fixture
def home(cast: Cast) -> Household:
    return found_household(by=cast.xiaomei, head=cast.person("刘姐", cast.east), members=[], on=DAY)


def facts(cast: Cast, home: Household, **more: object) -> VisitFacts:
    said = {"household": home, "planned_on": today(), "first": cast.xiaomei.user, "second": cast.chenli.user}
    return VisitFacts(**{**said, "aim": "看看孩子", "outline": "问取暖", "site": cast.east, **more})  # type: ignore[arg-type]


def sent(cast: Cast, **more: str) -> dict[str, str]:
    plan = {"planned_on": today().isoformat(), "first": str(cast.xiaomei.id), "aim": "看看孩子", "outline": "问取暖"}
    return plan | {"site": str(cast.east.pk)} | more


def test_the_same_person_twice_is_refused_in_a_sentence_and_nothing_is_lost(cast: Cast, home: Household) -> None:
    client = logged_in(cast.xiaomei)
    for second in ({"second": str(cast.xiaomei.id)}, {"companion": "周晓梅"}, {}):
        refused = client.post("/service/visits/plan/", sent(cast, household=str(home.pk), **second))
        text = refused.content.decode()
        assert refused.status_code == 422
        assert "探访须两人同行" in text and "看看孩子" in text and "问取暖" in text
    assert visits_planned(cast.xiaomei) == []


def test_the_form_of_a_visit_names_two_different_people(cast: Cast, home: Household) -> None:
    hao = cast.person("浩", cast.east)
    for first, second in ((hao.pk, hao.pk), ("周晓梅", "周晓梅 ")):
        answers = {
            "service_date": DAY.isoformat(),
            "visitor_1": first,
            "visitor_2": second,
            "household": home.pk,
            **SEEN,
        }
        filling = Filling(form=form_definition("visit"), answers=answers, household=home, site=cast.east)
        with pytest.raises(RuleBroken) as refused:
            submit_form(by=cast.xiaomei, filling=filling, on=DAY, key=uuid.uuid4())
        assert (refused.value.code, refused.value.field) == ("service.visit_by_two", "visitor_2")


def test_a_day_that_has_passed_is_refused(cast: Cast, home: Household) -> None:
    with pytest.raises(RuleBroken) as refused:
        plan_visit(by=cast.xiaomei, facts=facts(cast, home, planned_on=today() - timedelta(days=1)), on=today())
    assert refused.value.field == "planned_on"


def test_a_planned_visit_is_due_for_both_and_read_by_both(cast: Cast, home: Household) -> None:
    visit = plan_visit(by=cast.xiaomei, facts=facts(cast, home), on=today())
    for actor in (cast.xiaomei, cast.chenli):
        assert [(due.kind, due.pk) for due in due_for(actor, on=today(), until=today())] == [("visit", visit.pk)]
        page = logged_in(actor).get(f"/service/visits/{visit.pk}/").content.decode()
        assert "看看孩子" in page and "问取暖" in page
    assert logged_in(cast.haiyan).get(f"/service/visits/{visit.pk}/").status_code == 403
    with pytest.raises(BehindTheWall):
        list(PlannedVisit.objects.all())


def write(client: Client, cast: Cast, visit: PlannedVisit) -> None:
    """It was made: the form begins with the plan in it, and is finished."""
    began = client.post(f"/service/visits/{visit.pk}/write/")
    key = parse_qs(urlsplit(began.headers["Location"]).query)["draft"][0]
    carried = draft_answers(cast.xiaomei, key)  # type: ignore[arg-type]
    assert (carried["aim"], carried["outline"], carried["household"]) == (
        ["看看孩子"],
        ["问取暖"],
        [str(visit.household_id)],
    )
    assert "周晓梅" in carried["visitor_1"][0] and "陈立" in carried["visitor_2"][0]
    answer = client.post(began.headers["Location"], carried | {"findings": ["屋里很冷"], "next": ["送被子"]})
    assert answer.status_code == 302, answer.content.decode()


def test_made_it_is_the_form_f18_and_due_no_more(cast: Cast, home: Household) -> None:
    visit = plan_visit(by=cast.xiaomei, facts=facts(cast, home), on=today())
    write(logged_in(cast.xiaomei), cast, visit)
    (made,) = visits_over(cast.xiaomei)
    assert (made.pk, made.made_on, made.made is not None) == (visit.pk, today(), True)
    assert (visits_planned(cast.xiaomei), due_for(cast.xiaomei, on=today(), until=today())) == ([], [])
    again = logged_in(cast.xiaomei).post(f"/service/visits/{visit.pk}/write/")
    assert again.headers["Location"] == f"/service/visits/{visit.pk}/"


def test_a_visit_that_is_not_made_says_why(cast: Cast, home: Household) -> None:
    client = logged_in(cast.xiaomei)
    visit = plan_visit(by=cast.xiaomei, facts=facts(cast, home, second=None, companion="志愿者小陈"), on=today())
    assert (
        "请写为什么不去" in client.post(f"/service/visits/{visit.pk}/drop/", {"why": " "}, follow=True).content.decode()
    )
    client.post(f"/service/visits/{visit.pk}/drop/", {"why": "家里没人"})
    assert [(row.dropped_why, row.second) for row in visits_over(cast.xiaomei)] == [("家里没人", "志愿者小陈")]


def test_a_household_is_found_by_anyone_in_it(cast: Cast, home: Household) -> None:
    text = logged_in(cast.xiaomei).get("/service/visits/plan/?q=刘姐").content.decode()
    assert f"?household={home.pk}" in text


def test_a_registered_visitor_and_the_household_are_named_and_are_no_earlier_forms(cast: Cast, home: Household) -> None:
    client, hao = logged_in(cast.xiaomei), cast.person("浩", cast.east)
    visit = plan_visit(by=cast.xiaomei, facts=facts(cast, home), on=today())
    began = client.post(f"/service/visits/{visit.pk}/write/").headers["Location"]
    assert "刘姐一家" in client.get(began).content.decode()
    carried = draft_answers(cast.xiaomei, parse_qs(urlsplit(began).query)["draft"][0])  # type: ignore[arg-type]
    sent = carried | {"visitor_1": [str(hao.pk)], "findings": ["屋里很冷"], "next": ["送被子"]}
    assert client.post(began, sent).status_code == 302
    (made,) = visits_over(cast.xiaomei)
    assert made.made is not None and (made.made.follows_id, made.made.household) == (None, home)
