"""Colleagues who press save at the same moment, each with a connection of their own."""

import uuid
from datetime import date
from functools import partial

import pytest
from django.test import Client

from tests.factories.at_once import at_once, failures
from tests.factories.cast import Cast, make_cast
from tests.factories.facts import facts_of
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import verify_chain
from xiezuo.common.models import Event, EventHead
from xiezuo.forms.access import draft_answers, drafts_for
from xiezuo.forms.actions import keep_draft
from xiezuo.people.actions import correct_person, merge_people
from xiezuo.people.models import Complaint, Person
from xiezuo.service.actions import ServiceFacts, Taking, check_in, record_service
from xiezuo.service.models import ServiceRecord
from xiezuo.service.vocab import Method, ParticipationMode

DAY = date(2026, 3, 5)
ROUNDS = 5


@pytest.fixture
def cast(lasting: None) -> Cast:
    return make_cast()


def visit(*people: Person, **facts: object) -> ServiceFacts:
    taking = [Taking(mode=ParticipationMode.NAMED, person=person.pk) for person in people]
    return ServiceFacts(method=Method.VISIT, service_date=DAY, taking=taking, **facts)  # type: ignore[arg-type]


def assert_numbers_and_chain_are_whole() -> None:
    serials = sorted(ServiceRecord.objects.values_list("serial_no", flat=True))
    assert serials == [f"2026-{number:06d}" for number in range(1, len(serials) + 1)]
    assert list(verify_chain()) == []
    assert EventHead.objects.get().length == Event.objects.count()


def test_a_form_sent_twice_at_the_same_moment_is_one_record(cast: Cast) -> None:
    for number in range(1, ROUNDS + 1):
        save = partial(record_service, by=cast.xiaomei, facts=visit(), on=DAY, key=uuid.uuid4())
        first, second = at_once(save, save)
        assert failures([first, second]) == []
        assert first == second
        assert ServiceRecord.objects.count() == number
    assert_numbers_and_chain_are_whole()


def test_any_form_sent_twice_at_the_same_moment_is_carried_out_once(cast: Cast) -> None:
    def send(key: str) -> str:
        browser = Client()
        browser.force_login(cast.xiaomei.user)
        form = {"draft_key": key, "draft_page": "/people/complaints/", "about": "上课", "facts": "她说老师没来"}
        return str(browser.post("/people/complaints/", form)["Location"])

    for number in range(1, ROUNDS + 1):
        key = str(uuid.uuid4())
        first, second = at_once(partial(send, key), partial(send, key))
        assert failures([first, second]) == []
        assert first == second
        assert Complaint.objects.count() == number


def test_two_desks_of_one_site_that_open_the_day_at_once_make_one_day(cast: Cast) -> None:
    for number in range(1, ROUNDS + 1):
        day, known = date(2026, 3, number), cast.person(f"老熟人{number}", cast.east)
        answers = at_once(
            partial(check_in, by=cast.xiaomei, site=cast.east, on=day, person=known),
            partial(check_in, by=cast.chenli, site=cast.east, on=day, nickname=f"新来的{number}"),
            partial(check_in, by=cast.chenli, site=cast.east, on=day, nickname=f"也是新来的{number}"),
        )
        assert failures(answers) == []
        assert ServiceRecord.objects.get(method=Method.CHECKIN, service_date=day).participations.count() == 3
    assert_numbers_and_chain_are_whole()


def test_desks_worker_and_whoever_corrects_a_person_do_not_get_in_each_others_way(cast: Cast) -> None:
    known = cast.person("红", cast.east)
    for number in range(1, ROUNDS + 1):
        now_told = facts_of(known)
        now_told.note = f"第{number}次"
        answers = at_once(
            partial(check_in, by=cast.chenli, site=cast.east, on=date(2026, 3, number), nickname=f"新来的{number}"),
            partial(check_in, by=cast.xiaomei, site=cast.east, on=date(2026, 3, number), person=known),
            partial(record_service, by=cast.xiaomei, facts=visit(known, site=cast.east), on=DAY),
            partial(record_service, by=cast.chenli, facts=visit(known, site=cast.east), on=DAY),
            partial(correct_person, by=cast.chenli, person=known, facts=now_told, on=DAY),
        )
        assert failures(answers) == []
    assert ServiceRecord.objects.filter(method=Method.VISIT).count() == 2 * ROUNDS
    assert ServiceRecord.objects.filter(method=Method.CHECKIN).count() == ROUNDS
    assert_numbers_and_chain_are_whole()


def test_a_person_met_for_the_first_time_by_desk_and_worker_at_once_is_known_there_once(cast: Cast) -> None:
    for number in range(1, ROUNDS + 1):
        check_in(by=cast.chenli, site=cast.west, on=DAY, nickname=f"早来的{number}")
        newcomer = cast.person(f"从东区来的{number}", cast.east)
        answers = at_once(
            partial(check_in, by=cast.chenli, site=cast.west, on=DAY, person=newcomer),
            partial(record_service, by=cast.chenli, facts=visit(newcomer, site=cast.west), on=DAY),
        )
        assert failures(answers) == []
        assert newcomer.assignments.filter(site=cast.west).count() == 1
    assert_numbers_and_chain_are_whole()


def test_the_first_record_of_a_year_is_written_by_two_at_once(cast: Cast) -> None:
    by, site = cast.xiaomei, cast.east
    answers = at_once(*[partial(record_service, by=by, facts=visit(site=site), on=DAY) for _writer in range(4)])
    assert failures(answers) == []
    assert_numbers_and_chain_are_whole()


def test_a_draft_saved_twice_at_the_same_moment_is_one_draft(cast: Cast) -> None:
    for number in range(1, ROUNDS + 1):
        key = uuid.uuid4()
        keep = partial(keep_draft, by=cast.xiaomei, form="service_record", key=key, title="", answers={"note": "房租"})
        assert failures(at_once(keep, keep)) == []
        assert drafts_for(cast.xiaomei).count() == number
        assert draft_answers(cast.xiaomei, key) == {"note": "房租"}


def test_work_written_while_two_records_become_one_is_found_with_the_one_that_stays(cast: Cast) -> None:
    for number in range(ROUNDS):
        kept, other = cast.person(f"小红{number}", cast.east), cast.person(f"红姐{number}", cast.east)
        wrote, merge = at_once(
            partial(record_service, by=cast.xiaomei, facts=visit(other), on=DAY),
            partial(merge_people, by=cast.chenli, kept=kept, other=other),
        )
        assert failures([merge]) == []
        written = [] if isinstance(wrote, NotAllowed) else [wrote]
        assert failures(written) == []
        assert not other.participations.exists()
        assert [row.record for row in kept.participations.all()] == written


def test_of_two_colleagues_who_merge_the_same_two_at_once_one_does_and_one_is_told(cast: Cast) -> None:
    for number in range(ROUNDS):
        one, other = cast.person(f"小红{number}", cast.east), cast.person(f"红姐{number}", cast.east)
        answers = at_once(
            partial(merge_people, by=cast.xiaomei, kept=one, other=other),
            partial(merge_people, by=cast.chenli, kept=other, other=one),
        )
        told = [answer.code for answer in answers if isinstance(answer, RuleBroken)]
        assert (len(failures(answers)), told) == (1, ["people.merged_already"])
        assert Person.objects.filter(pk__in=[one.pk, other.pk], merged_into__isnull=True).count() == 1
    assert list(verify_chain()) == []
