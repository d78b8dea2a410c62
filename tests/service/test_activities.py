"""Activities: places that are never given twice, a line that moves by itself, and one record a day whichever way people signed in."""

from datetime import date, timedelta

import pytest

from tests.factories.cast import DAY, Cast, make_cast
from tests.factories.grouped import ACTIVITY, AT, SUMMARY, agreed, an_activity, an_open_activity, wish, written
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.walls import all_opened
from xiezuo.people.actions.erasing import erase_person
from xiezuo.people.models import OutgoingMessage
from xiezuo.service.access import activities_for, activity_for, filled_for, records_for
from xiezuo.service.actions import Filling, correct_form
from xiezuo.service.actions.activities import (
    DayTold,
    Opening,
    add_day,
    cancel_activity,
    note_opinion,
    open_activity,
)
from xiezuo.service.actions.holding import write_day
from xiezuo.service.actions.signing_in import count_more, sign_in_here, tick, untick
from xiezuo.service.actions.signing_up import Wish, give_place_back, know_sign_up, sign_up
from xiezuo.service.actions.telling import note_told
from xiezuo.service.filling.contents import answers_of, form_of_submission
from xiezuo.service.indicators import values
from xiezuo.service.models import Activity, ServiceRecord, SignUp
from xiezuo.service.turnout import opinions_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def again(activity: Activity) -> Activity:
    return Activity.objects.get(pk=activity.pk)


def opinion(activity: Activity, rating: int, best: str = "") -> None:
    note_opinion(activity=activity, ratings={f"q{n}": rating for n in range(1, 6)}, best=best, change="", on=DAY)


def test_the_same_number_signs_up_once_and_is_told_where_it_stands(cast: Cast) -> None:
    activity = an_open_activity(cast, quota=1)
    first = wish(activity, "小明", "139 0000 0001")
    with pytest.raises(RuleBroken, match="已有名额"):
        wish(activity, "明明", "13900000001")
    wish(activity, "小红", "13900000002")
    with pytest.raises(RuleBroken, match="候补第 1"):
        wish(activity, "红红", "13900000002")
    assert (activity.sign_ups.count(), first.position) == (2, 1)
    give_place_back(row=first, on=DAY, at=AT)
    assert wish(activity, "小明", "13900000001").state == "waiting"


def test_two_who_are_called_the_same_are_told_apart(cast: Cast) -> None:
    activity = an_open_activity(cast)
    assert [wish(activity, "小红").label, wish(activity, "小 红").label] == ["小红", "小红(2)"]


def test_a_child_signs_up_with_someone_who_answers_for_it(cast: Cast) -> None:
    activity = an_open_activity(cast)
    with pytest.raises(RuleBroken, match="监护人"):
        wish(activity, "小宇", child=True)
    row = wish(activity, "小宇", child=True, guardian_name="王素芬")
    assert (row.guardian_name, wish(activity, "阿涛", guardian_name="不必").guardian_name) == ("王素芬", "")


@pytest.mark.parametrize(
    "told", [{"label": ""}, {"label": "***"}, {"label": "12345678"}, {"label": "小明", "phone": "12"}]
)
def test_what_is_no_name_or_no_number_is_refused(cast: Cast, told: dict[str, str]) -> None:
    activity = an_open_activity(cast)
    with pytest.raises(RuleBroken):
        wish(activity, **told)
    assert activity.sign_ups.count() == 0


def test_nobody_signs_up_before_it_is_open_nor_after_it_closed_but_a_colleague_may_write_it_down(cast: Cast) -> None:
    activity = an_activity(cast, date(2026, 3, 14))
    with pytest.raises(RuleBroken, match="没有开放"):
        wish(activity, "小明")
    open_activity(by=cast.xiaomei, activity=activity, told=Opening(closes_on=DAY), on=DAY, at=AT)
    late, told = DAY + timedelta(days=1), Wish(label="小明")
    with pytest.raises(RuleBroken, match="截止"):
        sign_up(activity=activity, wish=told, on=late, at=AT)
    assert sign_up(activity=activity, wish=told, on=late, at=AT, by=cast.xiaomei)[0].state == "registered"
    with pytest.raises(RuleBroken, match="已经过去"):
        open_activity(by=cast.xiaomei, activity=activity, told=Opening(closes_on=DAY), on=late, at=AT)


def test_a_place_is_given_back_once(cast: Cast) -> None:
    activity = an_open_activity(cast)
    row = wish(activity, "小明", "13900000001")
    give_place_back(row=row, on=DAY, at=AT)
    with pytest.raises(RuleBroken, match="已经退"):
        give_place_back(row=row, on=DAY, at=AT)
    row.refresh_from_db()
    assert (row.state, row.phone) == ("cancelled", "")


@pytest.mark.parametrize("quota", ["0", "-3"])
def test_no_places_or_fewer_are_no_plan(cast: Cast, quota: str) -> None:
    from xiezuo.forms.definitions import form_definition
    from xiezuo.forms.filling import Known, read_form

    typed = {name: [str(value)] for name, value in ACTIVITY.items()} | {
        "quota": [quota],
        "service_date": ["2026-03-14"],
    }
    reading = read_form(form_definition("activity"), typed, Known(on=DAY), leave=frozenset({"SIGN"}))
    assert [problem.name for problem in reading.problems if problem.name == "quota"] == ["quota"]


def corrected(cast: Cast, activity: Activity, **more: object) -> None:
    plan = filled_for(cast.xiaomei, activity.plan_id)
    answers = ACTIVITY | {"service_date": DAY.isoformat()} | more
    made = Filling(form=form_of_submission(plan), answers=answers, site=cast.east, activity=activity)
    key = __import__("uuid").uuid4()
    correct_form(by=cast.xiaomei, filled=plan, filling=made, revision=plan.submission.revision, on=DAY, draft=key)


def test_more_places_let_people_move_up_and_fewer_than_are_taken_are_refused(cast: Cast) -> None:
    activity = an_open_activity(cast, quota=2)
    for name in ("甲", "乙", "丙", "丁"):
        wish(activity, name)
    corrected(cast, activity, quota=3)
    assert list(activity.sign_ups.filter(state="registered").values_list("label", flat=True)) == ["甲", "乙", "丙"]
    with pytest.raises(RuleBroken, match="3 人"):
        corrected(cast, activity, quota=2)
    assert again(activity).quota == 3


def test_wall_list_and_counting_make_one_record_without_doubles(cast: Cast) -> None:
    activity = an_open_activity(cast)
    lian = cast.person("阿莲", cast.east)
    rows = [
        wish(activity, name, phone) for name, phone in (("阿莲", "13900000001"), ("小红", "13900000002"), ("小明", ""))
    ]
    know_sign_up(by=cast.xiaomei, row=rows[0], person=lian)
    day = activity.days.get()
    told = {"day": day, "walks_in": False, "on": DAY, "at": AT}
    assert sign_in_here(scrap="阿莲", **told) is True
    assert sign_in_here(scrap="0001", **told) is False
    assert tick(by=cast.xiaomei, day=day, at=AT, row=SignUp.objects.get(pk=rows[0].pk)) is False
    assert tick(by=cast.xiaomei, day=day, at=AT, person=lian) is False
    assert tick(by=cast.xiaomei, day=day, at=AT, label="小红") is True
    with pytest.raises(RuleBroken, match="没有人用这个"):
        sign_in_here(scrap="路过的", **told)
    assert sign_in_here(scrap="路过的", **(told | {"walks_in": True})) is True
    assert sign_in_here(scrap="路过的", **(told | {"walks_in": True})) is False
    for n in (1, 1, 5, -1):
        count_more(by=cast.xiaomei, day=day, n=n)
    record = write_day(by=cast.xiaomei, day=day, on=DAY)
    rows_of_record = record.participations.order_by("id").values_list(
        "mode", "person__nickname", "label", "count", "came"
    )
    assert sorted(rows_of_record, key=str) == sorted(
        [
            ("named", "阿莲", "", 1, True),
            ("listed", None, "小红", 1, True),
            ("listed", None, "路过的", 1, True),
            ("listed", None, "小明", 1, False),
            ("counted", None, "", 6, True),
        ],
        key=str,
    )
    figures = {"event_count": 1, "person_times": 9, "headcount": 3}
    assert values(records_for(cast.xiaomei), figures) == figures
    assert {row.label: row.state for row in activity.sign_ups.all()} == {
        "阿莲": "came",
        "小红": "came",
        "小明": "no_show",
    }


def test_a_day_written_anew_is_the_same_record_put_right(cast: Cast) -> None:
    activity = an_activity(cast)
    day = activity.days.get()
    with pytest.raises(RuleBroken, match="还没有人"):
        write_day(by=cast.xiaomei, day=day, on=DAY)
    tick(by=cast.xiaomei, day=day, at=AT, label="小红")
    tick(by=cast.xiaomei, day=day, at=AT, label="点错的")
    first = write_day(by=cast.xiaomei, day=day, on=DAY)
    wrong = day.sign_ins.get(label="点错的")
    untick(by=cast.xiaomei, day=day, sign_in=wrong.pk)
    again_written = write_day(by=cast.xiaomei, day=day, on=DAY)
    assert (again_written.pk, [row.label for row in first.participations.all()]) == (first.pk, ["小红"])
    assert (again(activity).state, ServiceRecord.objects.count()) == ("held", 1)


def test_two_who_fit_are_asked_for_their_number_and_nobody_is_named(cast: Cast) -> None:
    activity = an_open_activity(cast)
    wish(activity, "小红", "13900000001")
    wish(activity, "小红", "13900000002")
    day = activity.days.get()
    with pytest.raises(RuleBroken) as refusal:
        sign_in_here(day=day, scrap="小红", walks_in=False, on=DAY, at=AT)
    assert (refusal.value.code, "小红" in str(refusal.value)) == ("service.several_fit", False)
    assert sign_in_here(day=day, scrap="0002", walks_in=False, on=DAY, at=AT)
    with pytest.raises(RuleBroken, match="今天"):
        sign_in_here(day=day, scrap="0001", walks_in=False, on=DAY + timedelta(days=1), at=AT)


def test_a_cancelled_activity_counts_nowhere_and_everyone_is_told(cast: Cast) -> None:
    activity = an_open_activity(cast, quota=1)
    for name in ("甲", "乙"):
        wish(activity, name, f"1390000000{len(name)}" if name == "甲" else "")
    with pytest.raises(RuleBroken):
        cancel_activity(by=cast.xiaomei, activity=activity, why=" ", on=DAY, at=AT)
    cancel_activity(by=cast.xiaomei, activity=activity, why="大风", on=DAY, at=AT)
    owed = activity.sign_ups.filter(to_tell="called_off", told_at=None)
    assert [row.label for row in owed] == ["甲", "乙"]
    note_told(by=cast.xiaomei, sign_up=owed[0], at=AT)
    assert [row.label for row in owed.all()] == ["乙"]
    with pytest.raises(RuleBroken):
        tick(by=cast.xiaomei, day=activity.days.get(), at=AT, label="甲")
    assert values(records_for(cast.xiaomei), ["event_count"]) == {"event_count": 0}


def test_what_was_held_is_not_cancelled(cast: Cast) -> None:
    activity = an_activity(cast, session_total=2)
    day = activity.days.get()
    count_more(by=cast.xiaomei, day=day, n=3)
    write_day(by=cast.xiaomei, day=day, on=DAY)
    with pytest.raises(RuleBroken, match="总结"):
        cancel_activity(by=cast.xiaomei, activity=activity, why="下雨", on=DAY, at=AT)
    assert again(activity).state == "approved"


def test_where_someone_could_be_hurt_it_opens_only_when_they_are_told_and_insured_on_the_last_day(cast: Cast) -> None:
    kick_off = date(2026, 3, 14)
    activity = an_activity(cast, kick_off, personal_danger=True, session_total=2)
    day_before = kick_off - timedelta(days=1)
    for told in (Opening(), Opening(risk_told=True), Opening(risk_told=True, insured_until=day_before)):
        with pytest.raises(RuleBroken) as refusal:
            open_activity(by=cast.xiaomei, activity=activity, told=told, on=DAY, at=AT)
        assert refusal.value.code == "VOL-9"
    told = Opening(risk_told=True, insured_until=kick_off)
    assert open_activity(by=cast.xiaomei, activity=activity, told=told, on=DAY, at=AT).state == "open"
    with pytest.raises(RuleBroken, match="保险"):
        add_day(by=cast.xiaomei, activity=activity, told=DayTold(on=date(2026, 3, 15)))


def test_the_summary_holds_the_figures_and_closing_forgets_the_numbers(cast: Cast) -> None:
    activity = an_open_activity(cast)
    row = wish(activity, "小红", "13900000001")
    with pytest.raises(RuleBroken, match="先"):
        written(cast.xiaomei, "activity_summary", SUMMARY, activity=activity, site=cast.east)
    day = activity.days.get()
    tick(by=cast.xiaomei, day=day, at=AT, row=row)
    count_more(by=cast.xiaomei, day=day, n=4)
    write_day(by=cast.xiaomei, day=day, on=DAY)
    for rating in (5, 4, 4, 3, 4):
        opinion(activity, rating)
    # Written from the list of forms it names the plan, and is of the same activity.
    follows = filled_for(cast.xiaomei, activity.plan_id)
    summary = written(
        cast.xiaomei, "activity_summary", SUMMARY | {"activity": follows.pk}, follows=follows, site=cast.east
    )
    told = answers_of(cast.xiaomei, filled_for(cast.xiaomei, summary.pk))[1]
    assert (told["person_times"], told["by_mode"], told["satisfaction"]) == (
        5,
        "实名 0，列名 1，计数 4",
        "4.0 分（满分 5 分，5 份）",
    )
    assert (again(activity).state, summary.activity) == ("summarised", activity)
    agreed(cast, summary)
    row.refresh_from_db()
    assert (again(activity).state, row.phone, row.phone_digest) == ("closed", "", "")


def test_few_opinions_show_only_how_many(cast: Cast) -> None:
    activity = an_open_activity(cast)
    for _n in range(4):
        opinion(activity, 1, "都好")
    assert (opinions_of(activity).n, opinions_of(activity).enough, opinions_of(activity).best) == (4, False, [])
    opinion(activity, 5, "踢球")
    found = opinions_of(activity)
    assert (found.enough, [round(one.mean, 1) for one in found.rated], found.rated[0].n) == (True, [1.8] * 5, 5)
    with pytest.raises(RuleBroken):
        note_opinion(activity=activity, ratings={"q1": 6}, best="", change="", on=DAY)


def test_an_activity_is_known_at_its_site_and_a_cancelled_record_may_be_written_anew(cast: Cast) -> None:
    activity = an_activity(cast)
    seen: dict[str, bool] = {}
    for who in (cast.xiaomei, cast.haiyan, cast.chenli, cast.zhiyuan):
        seen[who.user.username] = activities_for(who).filter(pk=activity.pk).exists()
    assert seen == {"xiaomei": True, "haiyan": False, "chenli": True, "zhiyuan": False}
    with pytest.raises(NotAllowed):
        count_more(by=cast.haiyan, day=activity.days.get(), n=1)
    with pytest.raises(NotAllowed):
        activity_for(cast.haiyan, activity.pk)


def test_erasing_someone_takes_their_sign_up_and_leaves_the_count(cast: Cast) -> None:
    activity = an_open_activity(cast)
    lian = cast.person("阿莲", cast.east)
    row = know_sign_up(by=cast.xiaomei, row=wish(activity, "阿莲", "13900000001"), person=lian)
    tick(by=cast.xiaomei, day=activity.days.get(), at=AT, row=row)
    write_day(by=cast.xiaomei, day=activity.days.get(), on=DAY)
    erase_person(by_id=None, person=lian.pk, on=DAY)
    assert (activity.sign_ups.count(), values(records_for(cast.xiaomei), ["headcount"])) == (0, {"headcount": 1})


def test_whoever_is_known_hears_through_the_outbox_and_nobody_has_to_be_told_by_hand(cast: Cast) -> None:
    activity = an_open_activity(cast, date(2026, 3, 14), quota=1)
    lian = cast.person("阿莲", cast.east, phone="13900000009")
    first, second = wish(activity, "先来的"), wish(activity, "阿莲", "13900000009")
    know_sign_up(by=cast.xiaomei, row=second, person=lian)
    give_place_back(row=first, on=DAY, at=AT)
    second.refresh_from_db()
    assert (second.state, second.to_tell, second.told_at) == ("registered", "moved_up", AT)
    cancel_activity(by=cast.xiaomei, activity=activity, why="大风", on=DAY, at=AT)
    with all_opened(why="test"):
        sent = list(OutgoingMessage.objects.order_by("pk").values_list("template", "person"))
    assert sent == [("waiting_moved_up", lian.pk), ("activity_cancelled", lian.pk)]
