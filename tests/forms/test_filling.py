"""What is typed into a form becomes answers, and answers become what was typed."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forms.answering import DAY, FILE, Someone
from xiezuo.common.privacy import Privacy
from xiezuo.forms.definitions import (
    FieldDef,
    FormDefinition,
    SectionDef,
    When,
    Words,
    form_definition,
    form_definitions,
)
from xiezuo.forms.filling import (
    Known,
    Typed,
    add_row,
    codes_chosen,
    drop_row,
    files_in,
    must_be_answers,
    named_in,
    read_form,
    typed_again,
    with_computed,
)
from xiezuo.forms.vocab import FieldType, Mark

T = FieldType


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


KNOWN = Known(on=DAY, files=frozenset({FILE}))


def asked(key: str, kind: FieldType, **more: Any) -> FieldDef:
    return FieldDef(key, Words(key, key), kind, **more)


def form_of(*fields: FieldDef) -> FormDefinition:
    section = SectionDef("main", Words("", ""), fields)
    words = Words("表", "form")
    return FormDefinition(
        "own", "F900", words, words, "service", Privacy.INTERNAL, "", (section,), "own", "1.0", Mark.UNVERIFIED, words
    )


def read(field: FieldDef, *texts: str, known: Known = KNOWN) -> Any:
    """The answer to one field, or what is said against what was typed."""
    reading = read_form(form_of(field), {field.key: list(texts)}, known)
    return reading.problems[0].words if reading.problems else reading.answers.get(field.key)


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_every_form_typed_read_and_typed_again_loses_nothing(seed: int) -> None:
    for form in form_definitions(DAY):
        answers = Someone(seed).answers(form)
        typed = typed_again(form, answers)
        reading = read_form(form, typed, KNOWN)
        assert (form.key, reading.problems) == (form.key, [])
        assert reading.answers == answers
        assert typed_again(form, reading.answers) == typed


@pytest.mark.parametrize(
    ("field", "texts", "answer"),
    [
        (asked("a", T.TEXT), ["  四川　小伙 "], "四川 小伙"),
        (asked("a", T.TEXT), ["   "], None),
        (asked("a", T.LONG), ["一\r\n二 "], "一\n二"),
        (asked("a", T.INTEGER), ["１２"], 12),
        (asked("a", T.INTEGER), ["1,200"], 1200),
        (asked("a", T.INTEGER), ["1.5"], "“a”: Write a whole number."),
        (asked("a", T.INTEGER), ["-1"], "“a”: Write 0 or more."),
        (asked("a", T.INTEGER, least=-2, most=2), ["-2"], -2),
        (asked("a", T.INTEGER, least=-2, most=2), ["3"], "“a”: Write 2 or less."),
        (asked("a", T.INTEGER), ["许多"], "“a”: Write a number in digits."),
        (asked("a", T.DECIMAL), ["12.50"], "12.5"),
        (asked("a", T.DECIMAL), ["NaN"], "“a”: Write a number in digits."),
        (asked("a", T.YUAN), ["12.5"], "12.50"),
        (asked("a", T.YUAN), ["12.505"], "“a”: Write yuan with two decimals at most."),
        (asked("a", T.DATE), ["2026-02-30"], "“a”: Choose a day, as 2026-03-05."),
        (asked("a", T.DATE), ["0026-03-05"], "“a”: This year cannot be right."),
        (asked("a", T.TIME), ["9点"], "“a”: Write the time as 09:30."),
        (asked("a", T.DATETIME), ["2026-03-02T09:30"], "2026-03-02T09:30"),
        (asked("a", T.YES_NO), ["no"], False),
        (asked("a", T.RATING), ["0"], 0),
        (asked("a", T.RATING), ["6"], "“a”: Choose one of 0 to 5."),
        (asked("a", T.CHOICE, code_list="risk_level"), ["high"], "high"),
        (asked("a", T.CHOICE, code_list="ethnic_group"), ["汉族"], "01"),
        (asked("a", T.CHOICE, code_list="risk_level"), ["severe"], "“a”: Choose one that stands in the list."),
        (asked("a", T.REFERENCE, of="supply_item"), ["大米"], "大米"),
        (asked("a", T.REFERENCES, of="organisation"), ["甲站\n乙站\n甲站"], ["甲站", "乙站"]),
        (asked("a", T.FILE), ["another"], "“a”: A file is missing. Send it again."),
        (asked("a", T.TEXT, required=True), [""], "“a” is still empty. Fill it in."),
        (asked("a", T.CHOICE, code_list="risk_level", required=True), [], "“a” is still open. Choose an answer."),
        (asked("a", T.TEXT, required=True, must_at="closed"), [""], None),
        (asked("a", T.TEXT, must_at="entered"), [""], "“a” is still empty. Fill it in."),
    ],
)
def test_one_answer(field: FieldDef, texts: list[str], answer: Any) -> None:
    assert read(field, *texts) == answer


def test_someone_named_is_one_whom_the_writer_may_name_or_a_name() -> None:
    field = asked("who", T.REFERENCE, of="person")
    known = Known(on=DAY, kinds=frozenset({"person"}), rows=lambda of, ids: ids & {12})
    assert read(field, "12", known=known) == 12
    assert read(field, "~红棉袄的奶奶", known=known) == "红棉袄的奶奶"
    assert read(field, "13", known=known) == "“who”: This is not open to you, or there is no such one. Choose another."
    assert read(field, "红棉袄", known=known) == "“who”: Choose from what is found, or keep the name as it is."


def test_a_required_fact_may_be_answered_with_why_it_is_not_known() -> None:
    field = asked("born", T.DATE, required=True, unknown_allowed=True)
    typed = {"born": [""], "born.unanswered": ["declined"]}
    assert read_form(form_of(field), typed, KNOWN).answers == {"born": {"unanswered": "declined"}}
    assert read(field, "") == "“born” is still empty. Fill it in, or say why it is not known."
    both = read_form(form_of(field), typed | {"born": ["2010-03-05"]}, KNOWN)
    assert both.answers == {"born": "2010-03-05"}


def test_what_hangs_on_an_answer_is_asked_only_while_it_fits() -> None:
    form = form_of(
        asked("crisis", T.YES_NO, required=True),
        asked("note", T.LONG, when=When("crisis", ("yes",), must=True)),
        asked("told", T.TEXT, when=When("note", ("",))),
    )
    typed: Typed = {"crisis": ["no"], "note": ["刀"], "told": ["邻居"]}
    assert read_form(form, typed, KNOWN).answers == {"crisis": False}
    assert read_form(form, typed | {"crisis": ["yes"]}, KNOWN).answers == {"crisis": True, "note": "刀"}
    missing = read_form(form, {"crisis": ["yes"]}, KNOWN)
    assert [problem.words for problem in missing.problems] == ["“note” is still empty. Fill it in."]


def test_rows_are_added_dropped_and_read_in_their_order() -> None:
    row = (asked("text", T.TEXT, required=True), asked("due", T.DATE, when=When("text", ("急",))))
    form = form_of(asked("goals", T.ROWS, rows=row, required=True, most=2))
    typed: Typed = {}
    for text in ("一", "二", "急"):
        add_row(typed, "goals")
        typed[f"goals.{typed['goals'][-1]}.text"] = [text]
    typed["goals.2.due"] = ["2026-05-01"]
    told = [problem.words for problem in read_form(form, typed, KNOWN).problems]
    assert told == ["“goals” takes 2 at most; there are 3."]
    drop_row(typed, "goals", "1")
    add_row(typed, "goals")
    assert read_form(form, typed, KNOWN).answers == {"goals": [{"text": "一"}, {"text": "急", "due": "2026-05-01"}]}
    assert [p.words for p in read_form(form, {"goals": ["0"]}, KNOWN).problems] == ["“goals” has no row yet. Add one."]
    half = read_form(form, {"goals": ["4"], "goals.4.due": ["2026-05-01"]}, KNOWN)
    assert [problem.name for problem in half.problems] == ["goals.4.text"]


def test_a_signature_is_drawn_or_heard_by_someone() -> None:
    form = form_of(asked("own", T.SIGNATURE, required=True))
    assert read_form(form, {"own": [FILE]}, KNOWN).answers == {"own": {"file": FILE}}
    heard = {"own": [""], "own.verbal": ["yes"], "own.witness": ["陈立"]}
    assert read_form(form, heard, KNOWN).answers == {"own": {"verbal": True, "witness": "陈立"}}
    assert read_form(form, heard | {"own.witness": [" "]}, KNOWN).problems[0].words == "“own”: Write who heard it."
    words = "“own” is missing. Let them sign, or note who heard their consent."
    assert read_form(form, {}, KNOWN).problems[0].words == words


def test_the_last_day_does_not_lie_before_the_first() -> None:
    form = form_of(asked("from_on", T.DATE), asked("to_on", T.DATE))
    typed = {"from_on": ["2026-03-02"], "to_on": ["2026-03-01"]}
    assert [problem.name for problem in read_form(form, typed, KNOWN).problems] == ["to_on"]


def test_a_code_that_was_retired_stays_where_it_was_chosen() -> None:
    form = form_of(asked("level", T.CHOICE, code_list="risk_level"))
    before = {"level": "yellow"}
    known = replace(KNOWN, chosen=codes_chosen(form, before))
    assert read_form(form, typed_again(form, before), known).answers == before


def test_nothing_is_kept_that_the_form_did_not_ask() -> None:
    form = form_of(asked("goals", T.ROWS, rows=(asked("text", T.TEXT),)))
    must_be_answers(form, {"goals": [{"text": "一"}]})
    for answers in ({"other": 1}, {"goals": [{"other": 1}]}):
        with pytest.raises(KeyError, match="other"):
            must_be_answers(form, answers)


def test_the_scores_of_an_assessment_are_added_up_and_minutes_counted_over_midnight() -> None:
    form = form_definition("assessment", DAY)
    told = with_computed(
        form, {"self_health": 3, "fam_care": 5, "starts_at": "23:30", "ends_at": "00:15", "minutes": 1}
    )
    assert (told["score_total"], told["minutes"]) == (8, 45)
    assert "score_total" not in with_computed(form, {})


def test_a_centre_day_counts_who_came_and_who_was_taken_home() -> None:
    form = form_definition("centre_day", DAY)
    rows = [{"child": 1, "in_at": "16:00", "out_at": "18:00"}, {"child": 2, "in_at": "16:10"}]
    told = with_computed(form, {"attendance": rows})
    assert (told["in_count"], told["out_count"]) == (2, 1)


def test_who_and_what_is_named_in_answers_is_found_inside_rows() -> None:
    row = (asked("member", T.REFERENCE, of="person"), asked("photo", T.FILE))
    form = form_of(asked("team", T.REFERENCES, of="person"), asked("notes", T.ROWS, rows=row))
    answers = {"team": [3, "小李"], "notes": [{"member": 4, "photo": [FILE]}]}
    assert named_in(form, answers) == {"person": {3, 4}}
    assert files_in(form, answers) == {FILE}
