"""A score is a hint for a talk; people decide, and say why."""

import json
import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps

from tests.factories.cast import DAY, Cast, make_cast
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.walls import BehindTheWall, all_opened
from xiezuo.forms.measures import Measure, measure
from xiezuo.orgs.access import Actor
from xiezuo.people.access import SectionClosed
from xiezuo.people.actions import PersonFacts, assign, merge_people, register_person
from xiezuo.people.models import Person
from xiezuo.people.vocab import AssignedFor
from xiezuo.service.actions.measuring import (
    Answered,
    end_goal,
    let_score_place,
    place_by_hand,
    score_goal,
    set_goal,
    take_measure,
    withdraw_measure,
)
from xiezuo.service.measuring import attained_by, goals_of, order_of_need, taken_for, taken_of
from xiezuo.service.models import Goal, Measured
from xiezuo.service.vocab import Occasion

BEGINNING, END = Occasion.BEGINNING, Occasion.END
NEED = "child-in-difficulty"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def family(cast: Cast, name: str) -> Person:
    """Someone of the East on whose case 晓梅 works by name."""
    person = cast.person(name, cast.east)
    assign(by=cast.chenli, person=person, user=cast.xiaomei.user, why=AssignedFor.CASE_TEAM, on=DAY)
    return person


def answers(of: Measure, *values: int) -> dict[str, int]:
    return {item.key: value for item, value in zip(of.items, values, strict=True)}


def ask(by: Actor, person: Person, key: str, *values: int, day: date = DAY, **more: object) -> Measured:
    of = measure(key)
    facts = Answered(occasion=BEGINNING, taken_on=day, answers=answers(of, *values) if values else None, **more)  # type: ignore[arg-type]
    return take_measure(by=by, person=person, of=of, facts=facts, on=day)


def test_an_answer_about_wanting_to_die_calls_for_help_whatever_the_sum_is(cast: Cast) -> None:
    row = ask(cast.xiaomei, family(cast, "刘姐"), "phq-9", 0, 0, 0, 0, 0, 0, 0, 0, 1)
    one = taken_for(cast.xiaomei, row.pk)
    assert (one.total, [prompt.item for prompt in one.score.prompts]) == (1, ["harm"])


def test_the_case_part_of_the_file_decides_who_sees_an_answer(cast: Cast) -> None:
    person = family(cast, "刘姐")
    row = ask(cast.xiaomei, person, "who-5", 3, 3, 2, 2, 3)
    assert [one.total for one in taken_of(cast.chenli, person)] == [52]
    with pytest.raises(NotAllowed):
        taken_for(cast.haiyan, row.pk)
    facts = PersonFacts(nickname="王大哥")
    other = register_person(by=cast.chenli, facts=facts, on=DAY, site=cast.east, with_user=False)
    with pytest.raises(SectionClosed):
        taken_of(cast.xiaomei, other)
    with pytest.raises(BehindTheWall):
        list(Measured.objects.all())


def test_a_measure_that_is_not_in_use_is_not_asked(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="许可尚未确认"):
        ask(cast.xiaomei, family(cast, "刘姐"), "gad-7", 0, 0, 0, 0, 0, 0, 0)


def test_questions_without_an_answer_are_named(cast: Cast) -> None:
    of = measure("who-5")
    facts = Answered(occasion=BEGINNING, taken_on=DAY, answers={"calm": 3})
    with pytest.raises(RuleBroken) as refused:
        take_measure(by=cast.xiaomei, person=family(cast, "刘姐"), of=of, facts=facts, on=DAY)
    assert refused.value.facts["missing"] == ["cheerful", "active", "rested", "interested"]


def test_nobody_has_to_answer(cast: Cast) -> None:
    person = family(cast, "刘姐")
    ask(cast.xiaomei, person, "phq-9", refused=True)
    assert [(one.row.refused, one.total) for one in taken_of(cast.xiaomei, person)] == [(True, None)]


def test_sent_twice_is_asked_once(cast: Cast) -> None:
    person, key, of = family(cast, "刘姐"), uuid.uuid4(), measure("who-5")
    facts = Answered(occasion=BEGINNING, taken_on=DAY, answers=answers(of, 1, 1, 1, 2, 2))
    rows = {take_measure(by=cast.xiaomei, person=person, of=of, facts=facts, on=DAY, key=key).pk for _press in range(2)}
    assert len(rows) == 1


def test_a_scaling_question_is_asked_in_the_same_words_again(cast: Cast) -> None:
    person, of = family(cast, "刘姐"), measure("scaling")

    def say(words: str, occasion: Occasion) -> Measured:
        facts = Answered(occasion=occasion, taken_on=DAY, answers={"scale": 4}, wording=words)
        return take_measure(by=cast.xiaomei, person=person, of=of, facts=facts, on=DAY)

    say("0到10，您现在睡得怎样？", BEGINNING)
    with pytest.raises(RuleBroken, match="0到10，您现在睡得怎样？"):
        say("最近睡得好吗？", END)
    assert say("0到10，您现在睡得怎样？", END).occasion == END


def test_a_paper_measure_needs_a_total_and_a_tick(cast: Cast) -> None:
    person = family(cast, "小宇妈妈")
    with pytest.raises(RuleBroken, match="许可"):
        ask(cast.xiaomei, person, "sdq-total", stated_total=Decimal(17))
    with pytest.raises(RuleBroken, match="0 到 40"):
        ask(cast.xiaomei, person, "sdq-total", stated_total=Decimal(41), allowed=True)
    ask(cast.xiaomei, person, "sdq-total", stated_total=Decimal(17), allowed=True)
    assert [one.total for one in taken_of(cast.xiaomei, person)] == [17]


def test_what_the_answers_give_counts_and_another_total_is_shown(cast: Cast) -> None:
    person = family(cast, "刘姐")
    row = ask(cast.xiaomei, person, "phq-9", 0, 0, 0, 1, 2, 1, 3, 2, 1, stated_total=Decimal(13))
    one = taken_for(cast.xiaomei, row.pk)
    assert (one.total, one.row.stated_total, one.differs) == (10, 13, True)


def test_what_was_written_wrongly_counts_no_more_and_says_why(cast: Cast) -> None:
    person = family(cast, "刘姐")
    row = ask(cast.xiaomei, person, "who-5", 1, 1, 1, 2, 2)
    with pytest.raises(RuleBroken):
        withdraw_measure(by=cast.xiaomei, pk=row.pk, why=" ")
    withdraw_measure(by=cast.xiaomei, pk=row.pk, why="填成了她姐姐的")
    assert taken_of(cast.xiaomei, person) == []
    assert taken_for(cast.xiaomei, row.pk).row.withdrawn_why == "填成了她姐姐的"


def test_a_goal_has_its_baseline_on_the_day_it_is_set_or_it_is_none(cast: Cast) -> None:
    person = family(cast, "刘姐")
    with pytest.raises(RuleBroken, match="补写的基线不算数"):
        set_goal(by=cast.xiaomei, person=person, text="自己去银行", measured_by="一个人去", baseline=" ", on=DAY)


def test_goals_plus_one_nought_and_minus_one_are_nought_on_average(cast: Cast) -> None:
    person = family(cast, "刘姐")
    later = date(2026, 6, 2)
    for text, score in (("自己去银行", 1), ("孩子按时上学", 0), ("还清欠款", -1)):
        goal = set_goal(by=cast.xiaomei, person=person, text=text, measured_by="一起看", baseline="还没有", on=DAY)
        score_goal(by=cast.xiaomei, goal=goal, score=-2, note="", day=DAY, on=later)
        score_goal(by=cast.xiaomei, goal=goal, score=score, note="", day=later, on=later)
    told = goals_of(cast.xiaomei, person)
    assert ([goal.latest.score for goal in told if goal.latest], attained_by(told)) == ([1, 0, -1], Decimal("0.0"))
    ended = end_goal(by=cast.xiaomei, goal=told[2].row, on=later)
    assert attained_by(goals_of(cast.xiaomei, person)) == Decimal("0.5")
    with pytest.raises(RuleBroken, match="已经结束"):
        score_goal(by=cast.xiaomei, goal=ended, score=2, note="", day=later, on=later)


def test_the_score_puts_xiaoyu_third_and_the_worker_moves_her_first_and_writes_why(cast: Cast) -> None:
    of = measure(NEED)
    names = {}
    for name, values in {
        "小刚": (2, 2, 2, 2, 2, 2, 2, 2, 2),
        "小雪": (5, 5, 0, 5, 5, 5, 5, 5, 5),
        "小宇": (2, 1, 3, 3, 3, 2, 2, 3, 3),
        "小明": (4, 4, 4, 4, 4, 4, 4, 4, 4),
    }.items():
        names[name] = family(cast, name)
        ask(cast.xiaomei, names[name], NEED, *values)

    def order() -> list[str]:
        return [row.person.nickname for row in order_of_need(cast.xiaomei, of)]

    assert order() == ["小雪", "小刚", "小宇", "小明"]
    with pytest.raises(RuleBroken, match="请写原因"):
        place_by_hand(by=cast.xiaomei, person=names["小宇"], of=of, place=1, why="")
    place_by_hand(by=cast.xiaomei, person=names["小宇"], of=of, place=1, why="妈妈下周住院，家里没有大人")
    assert order() == ["小宇", "小雪", "小刚", "小明"]
    first = order_of_need(cast.xiaomei, of)[0]
    assert first.moved is not None
    assert (first.by_score, first.moved.why) == (3, "妈妈下周住院，家里没有大人")
    place_by_hand(by=cast.xiaomei, person=names["小明"], of=of, place=1, why="今天没有地方住")
    assert order() == ["小明", "小宇", "小雪", "小刚"]
    let_score_place(by=cast.xiaomei, person=names["小明"], of=of)
    let_score_place(by=cast.xiaomei, person=names["小宇"], of=of)
    assert order() == ["小雪", "小刚", "小宇", "小明"]


def test_only_people_whose_case_is_open_stand_in_the_order(cast: Cast) -> None:
    ask(cast.xiaomei, family(cast, "小宇"), NEED, *[3] * 9)
    assert [len(order_of_need(who, measure(NEED))) for who in (cast.xiaomei, cast.chenli, cast.haiyan)] == [1, 1, 0]


def test_answers_and_goals_follow_when_two_records_become_one(cast: Cast) -> None:
    kept, other = family(cast, "刘姐"), family(cast, "刘艳")
    ask(cast.xiaomei, other, "who-5", 1, 1, 1, 2, 2)
    set_goal(by=cast.xiaomei, person=other, text="自己去银行", measured_by="一起看", baseline="还没有", on=DAY)
    merge_people(by=cast.chenli, kept=kept, other=other)
    assert len(taken_of(cast.chenli, kept)) == len(goals_of(cast.chenli, kept)) == 1


def test_no_score_moves_a_state_a_right_or_an_order_by_itself() -> None:
    """Nothing points at an answer: whatever decides has to be written by someone."""
    pointing = [
        relation.related_model._meta.label
        for model in (Measured, Goal)
        for relation in apps.get_model(model._meta.label)._meta.related_objects
    ]
    assert pointing == ["service.GoalScore"]


def test_the_answers_lie_encrypted(cast: Cast) -> None:
    row = ask(cast.xiaomei, family(cast, "刘姐"), "who-5", 1, 1, 1, 2, 2)
    with all_opened(why="the test looks at what the database holds"):
        stored = Measured.objects.get(pk=row.pk)
        assert json.loads(str(stored.answers)) == {
            "cheerful": 1,
            "calm": 1,
            "active": 1,
            "rested": 2,
            "interested": 2,
        }
