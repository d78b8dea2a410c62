"""到期 and 销毁 on the pages: numbers that open their lines, steps as sentences, a certificate without a name."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.cast import Cast, login
from tests.people.test_retention import MET, met
from tests.web.staff.people.conftest import logged_in
from xiezuo.common.days import now
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.models import Membership, Organisation
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.actions import carry_out, erase_person, propose_destruction, set_hold
from xiezuo.people.models import Destruction, LegalHold, Person
from xiezuo.people.vocab import DestroyWay, DestructionState
from xiezuo.service.models import ServiceRecord

WHY = "十年没有联系，不再需要。"


@pytest.fixture
def lan(cast: Cast) -> Actor:
    return actor_for(login("lan", "蓝静", (StaffRole.DATA_STEWARD, None)))


@pytest.fixture
def fang(cast: Cast) -> Actor:
    return actor_for(login("fang", "方明", (StaffRole.DIRECTOR, None)))


@pytest.fixture(autouse=True)
def _inside_a_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside the transaction of a test no database can be written anew."""
    monkeypatch.setattr("xiezuo.people.actions.ending.clean_up", lambda: None)


def proposed(lan: Actor, *people: Person) -> Destruction:
    rows = [person.pk for person in people]
    on = now().date()
    return propose_destruction(by=lan, record_class="person", rows=rows, appraisal=WHY, way=DestroyWay.ANONYMISE, on=on)


def page(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_number_of_a_class_opens_its_lines(cast: Cast, lan: Actor) -> None:
    one, other = met(cast, MET), met(cast, MET)
    client = logged_in(lan)
    text = page(client, "ending")
    assert '<b>2</b> <span class="meta">past it</span>' in text
    assert reverse("ending_class", args=["person"]) in text
    lines = page(client, "ending_class", "person")
    assert [number for number in (one.number, other.number) if number not in lines] == []
    assert "老赵" not in lines


def test_nothing_over_teaches_when_something_will_be(cast: Cast, lan: Actor) -> None:
    assert "Someone last met on 2 March 2016 appears here on 2 March 2026." in page(logged_in(lan), "ending")


def test_a_list_of_three_asks_as_often_as_a_list_of_one(
    cast: Cast, fang: Actor, django_assert_max_num_queries: object
) -> None:
    met(cast, MET)
    client = logged_in(fang)

    def asked() -> list[int]:
        told = []
        for name, args in (("ending", []), ("ending_class", ["person"])):
            with django_assert_max_num_queries(70) as queries:  # type: ignore[operator]
                page(client, name, *args)
            told.append(len(queries))
        return told

    first = asked()
    met(cast, MET)
    met(cast, MET)
    assert asked() == first


def test_what_stands_in_a_proposal_cannot_be_ticked_again(cast: Cast, lan: Actor) -> None:
    one, other = met(cast, MET), met(cast, MET)
    destruction = proposed(lan, one)
    text = page(logged_in(lan), "ending_class", "person")
    ticks = [
        f'value="{pk}" aria-label="P{pk:06d}" {state}' in text
        for pk, state in ((one.pk, "disabled"), (other.pk, "checked"))
    ]
    assert ticks == [True, True]
    assert reverse("destruction", args=[destruction.pk]) in text


def test_the_data_steward_proposes_from_the_lines_that_are_ticked(cast: Cast, lan: Actor) -> None:
    one, _other = met(cast, MET), met(cast, MET)
    client = logged_in(lan)
    told = {"rows": [str(one.pk)], "way": "anonymise", "appraisal": WHY}
    answer = client.post(reverse("ending_class", args=["person"]), told)
    made = Destruction.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("destruction", args=[made.pk]))
    assert [item.row_id for item in made.items.all()] == [one.pk]


def test_without_a_reason_nothing_is_proposed_and_what_was_ticked_stays(cast: Cast, lan: Actor) -> None:
    one, other = met(cast, MET), met(cast, MET)
    told = {"rows": [str(one.pk)], "way": "anonymise", "appraisal": " "}
    answer = logged_in(lan).post(reverse("ending_class", args=["person"]), told)
    assert (answer.status_code, Destruction.objects.count()) == (422, 0)
    text = answer.content.decode()
    ticks = {pk: f'value="{pk}" aria-label="P{pk:06d}" checked' in text for pk in (one.pk, other.pk)}
    assert ticks == {one.pk: True, other.pk: False}


def test_the_steps_are_sentences(cast: Cast, lan: Actor, fang: Actor) -> None:
    destruction = proposed(lan, met(cast, MET))
    client = logged_in(fang)
    assert "Waiting for a signature, since today." in page(client, "destruction", destruction.pk)
    client.post(reverse("approve_destruction", args=[destruction.pk]))
    Destruction.objects.update(approved_1_at=now() - timedelta(days=2))
    text = page(client, "destruction", destruction.pk)
    assert "Waiting for the second signature, for 2 days." in text
    assert ">Approve<" not in text
    logged_in(cast.chenli).post(reverse("approve_destruction", args=[destruction.pk]))
    assert "Approved; the data steward carries it out." in page(client, "destruction", destruction.pk)


def test_the_certificate_tells_who_signed_and_never_who_was_erased(cast: Cast, lan: Actor, fang: Actor) -> None:
    person = met(cast, MET)
    destruction = proposed(lan, person)
    for actor in (cast.chenli, fang):
        logged_in(actor).post(reverse("approve_destruction", args=[destruction.pk]))
    client = logged_in(lan)
    assert client.get(reverse("destruction_certificate", args=[destruction.pk])).status_code == 403
    client.post(reverse("begin_destruction", args=[destruction.pk]))
    destruction.refresh_from_db()
    if destruction.state == DestructionState.DOING:
        carry_out(destruction=destruction, on=now().date())
    text = page(client, "destruction_certificate", destruction.pk)
    wanted = ("Person records", "1 line of the list", "蓝静", "陈立", "方明", destruction.list_hash, "Made anonymous")
    assert [word for word in wanted if word not in text] == []
    assert [word for word in ("老赵", person.number) if word in text] == []


def test_what_dropped_out_is_said(cast: Cast, lan: Actor, fang: Actor) -> None:
    person = met(cast, MET)
    destruction = proposed(lan, person)
    for actor in (cast.chenli, fang):
        logged_in(actor).post(reverse("approve_destruction", args=[destruction.pk]))
    set_hold(by=fang, person=person, why="仲裁未结", from_on=MET)
    client = logged_in(lan)
    client.post(reverse("begin_destruction", args=[destruction.pk]))
    destruction.refresh_from_db()
    if destruction.state == DestructionState.DOING:
        carry_out(destruction=destruction, on=now().date())
    text = page(client, "destruction", destruction.pk)
    assert ("1 line dropped out" in text, "put on hold meanwhile" in text) == (True, True)


def test_someone_says_no_with_a_reason(cast: Cast, lan: Actor) -> None:
    destruction = proposed(lan, met(cast, MET))
    logged_in(cast.chenli).post(reverse("drop_destruction", args=[destruction.pk]), {"why": "先问问家人"})
    text = page(logged_in(lan), "destruction", destruction.pk)
    assert ("Not carried out; nothing was touched." in text, "先问问家人" in text) == (True, True)


def test_a_hold_is_set_by_number_and_ended(cast: Cast, lan: Actor) -> None:
    person = met(cast, MET)
    client = logged_in(lan)
    told = {"number": person.number.lower(), "why": "仲裁未结", "from_on": "2026-03-02"}
    assert client.post(reverse("legal_holds"), told).status_code == 302
    hold = LegalHold.objects.get()
    assert (hold.person, hold.from_on, hold.set_by) == (person, date(2026, 3, 2), lan.user)
    text = page(client, "legal_holds")
    assert (person.number in text, "仲裁未结" in text, "老赵" in text) == (True, True, False)
    client.post(reverse("end_legal_hold", args=[hold.pk]))
    hold.refresh_from_db()
    assert hold.ended_by == lan.user


def test_a_number_of_nobody_is_refused(cast: Cast, lan: Actor) -> None:
    for number in ("P999999", "老赵", "P"):
        answer = logged_in(lan).post(reverse("legal_holds"), {"number": number, "why": "x", "from_on": "2026-03-02"})
        assert (answer.status_code, LegalHold.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("role", "over", "steps"),
    [
        (StaffRole.DATA_STEWARD, 200, 200),
        (StaffRole.DIRECTOR, 200, 200),
        (StaffRole.SUPERVISOR, 403, 200),
        (StaffRole.SOCIAL_WORKER, 403, 403),
        (StaffRole.SYSADMIN, 403, 403),
        (StaffRole.VOLUNTEER_COORDINATOR, 403, 403),
        (StaffRole.PLACEMENT_STUDENT, 403, 403),
    ],
)
def test_who_opens_which_page(cast: Cast, lan: Actor, role: StaffRole, over: int, steps: int) -> None:
    destruction = proposed(lan, met(cast, MET))
    client = logged_in(actor_for(login("someone", "某人", (role, None))))
    told = {
        name: client.get(reverse(name, args=args)).status_code
        for name, args in (
            ("ending", []),
            ("ending_class", ["person"]),
            ("destructions", []),
            ("destruction", [destruction.pk]),
            ("legal_holds", []),
        )
    }
    assert told == {
        "ending": over,
        "ending_class": over,
        "destructions": steps,
        "destruction": steps,
        "legal_holds": steps,
    }
    assert (reverse("destructions") in client.get(reverse("more")).content.decode()) is (steps == 200)


def test_a_class_that_does_not_exist_is_said_to_be_none(cast: Cast, lan: Actor) -> None:
    assert logged_in(lan).get(reverse("ending_class", args=["nothing"])).status_code == 403


def test_a_house_of_one_says_so_on_its_page(cast: Cast) -> None:
    for actor in (cast.xiaomei, cast.haiyan):
        Membership.objects.filter(user=actor.user).delete()
    client = logged_in(cast.zhiyuan)
    client.post(reverse("declare_solo"), {"solo": "yes"})
    assert Organisation.objects.get(is_house=True).solo_mode is True
    assert "One or two people run this house. Second signatures" in page(client, "house")
    client.post(reverse("declare_solo"), {"solo": "no"})
    assert Organisation.objects.get(is_house=True).solo_mode is False


def test_a_record_shows_someone_erased_without_a_name(cast: Cast, lan: Actor) -> None:
    person = met(cast, MET)
    erase_person(by_id=None, person=person.pk, on=date(2026, 3, 2))
    text = page(logged_in(cast.chenli), "service_record", ServiceRecord.objects.get().pk)
    assert ("老赵" in text, "an erased person" in text) == (False, True)
    rows = logged_in(cast.chenli).get(reverse("figure_rows", args=[2016]) + "?indicator=headcount").content.decode()
    assert ("老赵" in rows, "an erased person" in rows) == (False, True)
