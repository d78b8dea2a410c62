"""Pages of cases, as those who work on them get them."""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.cases import NOTE, PLAN, PROPOSAL, CaseTold, moment, told
from tests.factories.cast import DAY, Cast, login, make_cast
from xiezuo.common.days import at
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.models import ReadLog
from xiezuo.service.actions import ServiceFacts, Taking, link_nickname, record_service
from xiezuo.service.models import Case, Conference, Participation
from xiezuo.service.vocab import Method, ParticipationMode


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    with at(moment(DAY, "09:00")):
        yield make_cast()


def page(who: Actor, name: str, *args: object, asked: str = "") -> str:
    client = logged_in(who)
    response = client.get(reverse(name, args=args) + asked)
    assert response.status_code == 200
    return response.content.decode()


def logged_in(who: Actor) -> Client:
    client = Client()
    client.force_login(who.user)
    client.cookies["django_language"] = "en"
    return client


def test_the_page_offers_what_comes_next_as_one_button(cast: Cast) -> None:
    one = told(cast).intake()
    pk = one.case.pk

    def button(who: Actor) -> str:
        shown = page(who, "case", pk)
        return shown.split('class="btn main big"')[1].split(">")[1].split("<")[0]

    assert button(cast.xiaomei) == "Propose what becomes of it"
    one.write("acceptance", PROPOSAL | {"intake": one.forms["intake"].pk})
    assert (button(cast.xiaomei), button(cast.chenli)) == ("Look at the form", "Read it and decide")
    one.decide("acceptance")
    assert button(cast.xiaomei) == "Write the assessment"


def test_a_plan_without_a_signature_says_what_is_missing(cast: Cast) -> None:
    one = told(cast).assessing()
    one.write("plan", PLAN | {"own_consent": {"unanswered": "not_asked"}})
    shown = page(cast.xiaomei, "case", one.case.pk)
    assert "The plan is kept and cannot begin yet. Missing:" in shown
    assert "spoken consent with whoever heard it" in shown


def test_opening_a_case_is_written_down(cast: Cast) -> None:
    one = told(cast).planned()
    page(cast.xiaomei, "case", one.case.pk)
    assert list(ReadLog.objects.values_list("person", "user", "what")) == [(one.person.pk, cast.xiaomei.id, "case")]


def test_the_page_asks_as_often_for_three_notes_as_for_one(cast: Cast) -> None:
    one = told(cast).intervening()
    client = logged_in(cast.xiaomei)
    url = reverse("case", args=[one.case.pk])

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    asked()
    first = asked()
    one.write("contact_note", NOTE)
    one.write("contact_note", NOTE)
    assert asked() == first
    assert first < 40


def test_the_caseload_page_asks_as_often_for_three_cases_as_for_one(cast: Cast) -> None:
    told(cast, "甲").intervening()
    client = logged_in(cast.chenli)
    url = reverse("cases") + "?all=on"

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    asked()
    first = asked()
    told(cast, "乙").intervening()
    told(cast, "丙").closed("2026-04-02")
    assert asked() == first


def test_from_the_intake_to_the_plan_through_the_pages(cast: Cast) -> None:
    """A form opened from the case knows the person, the case and the form it goes on from, and leads back to the case."""
    one = told(cast).intake()
    client, case = logged_in(cast.xiaomei), one.case
    key = uuid.uuid4()
    url = f"{reverse('fill_form', args=['acceptance'])}?case={case.pk}&draft={key}"
    shown = client.get(url).content.decode()
    assert f'name="under" value="case:{case.pk}"' in shown
    sent = {"under": f"case:{case.pk}", "about": one.person.pk, "intake": one.forms["intake"].pk, "proposal": "accept"}
    sent |= {"reason": "可以帮", "follow_up": "yes", "needs_supervision": "no", "site": cast.east.pk}
    response = client.post(url, sent)
    assert (response.status_code, response.headers["Location"]) == (302, reverse("case", args=[case.pk]))


def test_a_review_begins_with_the_goals_of_the_case(cast: Cast) -> None:
    one = told(cast).intervening()
    asked = f"?case={one.case.pk}&draft={uuid.uuid4()}"
    shown = page(cast.xiaomei, "fill_form", "review", asked=asked)
    assert 'name="goal_scores.0.goal"' in shown
    assert "把工资要回来" in shown
    assert 'value="2026-03-02"' in shown


def test_resting_and_going_on(cast: Cast) -> None:
    one = told(cast).planned()
    client, pk = logged_in(cast.xiaomei), one.case.pk
    client.post(reverse("suspend_case", args=[pk]), {"why": "回老家"})
    assert one.state == "suspended"
    assert "回老家" in page(cast.xiaomei, "case", pk)
    client.post(reverse("resume_case", args=[pk]))
    assert one.state == "planned"


def test_a_closed_form_says_that_it_is_locked_and_opens_with_a_reason(cast: Cast) -> None:
    one = told(cast).closed()
    note = one.forms["contact_note"].pk
    shown = page(cast.xiaomei, "filled_form", note)
    assert ("The case is closed" in shown, "Correct it all the same" in shown) == (True, False)
    response = logged_in(cast.chenli).post(reverse("unlock_form", args=[note]), {"why": "写错了名字"})
    assert response.headers["Location"] == reverse("correct_form", args=[note])


def test_whoever_comes_back_sees_the_case_before(cast: Cast) -> None:
    old = told(cast).closed()
    assert "Open a new case" in page(cast.xiaomei, "case", old.case.pk)
    new = CaseTold(cast, old.person, cast.xiaomei, cast.chenli).intake()
    shown = page(cast.xiaomei, "case", new.case.pk)
    assert (old.case.case_no in shown, "goals reached" in shown) == (True, True)
    assert new.case.case_no in page(cast.xiaomei, "case", old.case.pk)


def test_whoever_takes_someone_in_sees_that_case_alone(cast: Cast) -> None:
    """海燕's colleague knows nothing of the case before until a supervisor names them."""
    old = told(cast).closed()
    other = actor_for(login("hua", "华", (StaffRole.SOCIAL_WORKER, cast.east)))
    new = CaseTold(cast, old.person, other, cast.chenli).intake()
    shown = page(other, "case", new.case.pk)
    assert (new.case.case_no in shown, old.case.case_no in shown) == (True, False)
    assert logged_in(other).get(reverse("case", args=[old.case.pk])).status_code == 403


def test_the_persons_page_lists_their_cases(cast: Cast) -> None:
    one = told(cast).planned()
    assert one.case.case_no in page(cast.xiaomei, "person", one.person.pk)
    other = cast.person("小红", cast.east)
    assert "Open a case" in page(cast.chenli, "person", other.pk)


def test_a_caseload_of_26_is_told_to_worker_and_supervisor(cast: Cast) -> None:
    """CAS-6: 26 warn."""
    first = told(cast).intake().case
    others = [cast.person(f"第{number}位", cast.east) for number in range(25)]
    Case.objects.bulk_create(
        Case(case_no=f"C2025-{n:04d}", person=person, site=cast.east, worker=first.worker, opened_on=DAY)
        for n, person in enumerate(others)
    )
    assert "You have 26 open cases, more than 25." in page(cast.xiaomei, "cases")
    assert "more than 25" in page(cast.chenli, "cases", asked="?all=on")


def test_a_supervisor_hands_cases_over_on_a_page(cast: Cast) -> None:
    one, two = told(cast, "甲").planned(), told(cast, "乙").planned()
    client, url = logged_in(cast.chenli), f"{reverse('hand_cases_over')}?worker={cast.xiaomei.id}"
    assert "甲" in client.get(url).content.decode()
    pk = one.case.pk
    client.post(url, {"to": cast.haiyan.id, "case": [str(pk)], f"note-{pk}": "晚上打电话"})
    assert (one.case.worker, two.case.worker) == (cast.haiyan.user, cast.xiaomei.user)
    assert "晚上打电话" in page(cast.haiyan, "cases")
    assert "went from you to 刘海燕" in page(cast.xiaomei, "cases")


def test_the_director_hands_over_by_numbers_alone(cast: Cast) -> None:
    one = told(cast, "阿莲").planned()
    director = login("fangyuan", "方远", (StaffRole.DIRECTOR, None))
    client = Client()
    client.force_login(director)
    shown = client.get(f"{reverse('hand_cases_over')}?worker={cast.xiaomei.id}").content.decode()
    assert (one.case.case_no in shown, "阿莲" in shown) == (True, False)
    client.post(f"{reverse('hand_cases_over')}?worker={cast.xiaomei.id}", {"to": cast.haiyan.id, "case": [one.case.pk]})
    assert one.case.worker == cast.haiyan.user


def test_whoever_looks_after_volunteers_finds_no_case(cast: Cast) -> None:
    """DAT-3: case no. → nothing found."""
    one = told(cast).planned()
    user = login("sunjing", "孙静", (StaffRole.VOLUNTEER_COORDINATOR, None))
    client = Client()
    client.force_login(user)
    assert client.get(reverse("case", args=[one.case.pk])).status_code == 403
    assert client.get(reverse("cases")).status_code == 403
    assert one.case.case_no not in client.get(
        reverse("volunteers") + f"?q={one.case.case_no}"
    ).content.decode().replace(f'value="{one.case.case_no}"', "")


def test_a_conference_is_written_down_on_a_page(cast: Cast) -> None:
    one = told(cast).planned()
    client = logged_in(cast.xiaomei)
    assert "C2026-0001" in client.get(f"{reverse('hold_conference')}?case={one.case.pk}").content.decode()
    sent = {
        "held_on": "2026-03-02",
        "present": [cast.xiaomei.id, cast.chenli.id],
        "case": one.case.pk,
        "key": uuid.uuid4(),
    }
    sent |= {"decision": "先住姑姑家", "task": "给学校打电话", "whose": cast.xiaomei.id, "due_on": "2026-03-06"}
    client.post(reverse("hold_conference"), sent)
    held = Conference.objects.get()
    assert "先住姑姑家" in page(cast.chenli, "conference", held.pk)
    assert "先住姑姑家" in page(cast.xiaomei, "case", one.case.pk)
    assert "周晓梅" in page(cast.xiaomei, "conferences")


def test_on_her_fourth_visit_the_intake_shows_the_visits_before(cast: Cast) -> None:
    """S01: she came under a nickname; asked, she says that it was her; the intake shows four visits."""
    for day in (3, 10, 17, 24):
        facts = ServiceFacts(
            method=Method.CHECKIN,
            service_date=date(2026, 2, day),
            site=cast.east,
            taking=[Taking(mode=ParticipationMode.LISTED, label="小红")],
        )
        record_service(by=cast.xiaomei, facts=facts, on=DAY)
    person = cast.person("小红", cast.east)
    asked = f"?person={person.pk}&draft={uuid.uuid4()}"
    assert "4 more entries under the nickname “小红”" in page(cast.xiaomei, "fill_form", "intake", asked=asked)
    entry = Participation.objects.first()
    assert entry is not None
    link_nickname(by=cast.xiaomei, entry=entry, person=person, agreed=True, on=DAY)
    asked = f"?person={person.pk}&draft={uuid.uuid4()}"
    assert "Came 4 times before" in page(cast.xiaomei, "fill_form", "intake", asked=asked)


def test_what_is_over_stands_on_pages_of_fifty_the_latest_first(cast: Cast) -> None:
    first = told(cast).closed().case
    Case.objects.bulk_create(
        Case(
            case_no=f"C2024-{n:04d}",
            person=first.person,
            site=cast.east,
            worker=cast.xiaomei.user,
            state="archived",
            opened_on=date(2024, 1, 1),
            closed_on=date(2024, 3, 1) + timedelta(days=n),
        )
        for n in range(1, 52)
    )
    shown = page(cast.xiaomei, "cases", asked="?state=over")
    assert [shown.index(no) for no in (first.case_no, "C2024-0051", "C2024-0003")] == sorted(
        shown.index(no) for no in (first.case_no, "C2024-0051", "C2024-0003")
    )
    assert ("C2024-0002" in shown, "page 1 of 2, 52 rows" in shown) == (False, True)
    assert "C2024-0001" in page(cast.xiaomei, "cases", asked="?state=over&page=2")


def test_a_long_way_is_shown_from_its_end_and_whole_when_asked_for(cast: Cast) -> None:
    one = told(cast).intervening()
    for _n in range(30):
        one.write("contact_note", NOTE)
    shown = page(cast.xiaomei, "case", one.case.pk)
    whole = page(cast.xiaomei, "case", one.case.pk, asked="?whole=on")
    assert (shown.count('<span class="at">'), "earlier entries" in shown) == (30, True)
    assert (whole.count('<span class="at">') > 34, "earlier entries" in whole) == (True, False)
