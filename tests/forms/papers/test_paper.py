"""What stands on a paper: the familiar table, empty to be filled in by hand, or with its answers."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from xiezuo.common.privacy import Privacy
from xiezuo.forms.definitions import FieldDef, FormDefinition, SectionDef, Words, form_definition, form_definitions
from xiezuo.forms.packs.finding import all_items
from xiezuo.forms.papers import Filled, paper
from xiezuo.forms.papers.content import Band, Cell, Note, Pairs, Rows, Sign, Wide
from xiezuo.forms.papers.layouts import layout_of
from xiezuo.forms.vocab import FieldType, Mark, PackKind


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


def one(key: str, kind: FieldType, **more: Any) -> FieldDef:
    return FieldDef(key, Words(f"题{key}", key), kind, **more)


def form(*fields: FieldDef, key: str = "invented") -> FormDefinition:
    section = SectionDef("main", Words("", ""), fields)
    return FormDefinition(
        key, "F999", Words("试表", "Try"), Words("", ""), "service", Privacy.INTERNAL, "", (section,), "x", "1.0",
        Mark.UNVERIFIED, "",
    )  # fmt: skip


def test_short_answers_stand_two_to_a_line_and_long_ones_alone() -> None:
    told = form(
        one("a", FieldType.TEXT), one("b", FieldType.INTEGER), one("c", FieldType.DATE), one("d", FieldType.LONG)
    )
    answers = {"a": "王姐", "b": 3, "c": "2026-03-05", "d": "睡不好"}
    assert paper(told, Filled(answers=answers)).lines == (
        Pairs((Cell("题a", "王姐"), Cell("题b", "3"))),
        Pairs((Cell("题c", "2026年3月5日"),)),
        Wide("题d", "睡不好", 3),
    )


def test_an_empty_form_has_room_for_days_and_amounts_and_boxes_to_tick() -> None:
    told = form(
        one("a", FieldType.DATE),
        one("b", FieldType.YUAN),
        one("c", FieldType.YES_NO),
        one("d", FieldType.CHOICE, code_list="decision"),
        one("e", FieldType.RATING),
    )
    values = [cell.value for line in paper(told).lines if isinstance(line, Pairs) for cell in line.cells]
    assert values == [
        "　　　年　　月　　日",
        "　　　　 元",
        "☐是　☐否",
        "☐同意　☐退回　☐不同意",
        "☐0　☐1　☐2　☐3　☐4　☐5",
    ]


def test_what_was_chosen_is_ticked_and_a_code_no_list_has_stays_to_be_seen() -> None:
    told = form(one("a", FieldType.CHOICES, code_list="decision"), one("b", FieldType.YES_NO))
    lines = paper(told, Filled(answers={"a": ["approved", "old"], "b": False})).lines
    assert lines == (
        Pairs((Cell("题a", "☑同意　☐退回　☐不同意　☑old"),)),
        Pairs((Cell("题b", "☐是　☑否"),)),
    )


def test_rows_are_numbered_and_an_empty_table_has_rows_to_write_in() -> None:
    told = form(one("a", FieldType.ROWS, rows=(one("x", FieldType.TEXT), one("y", FieldType.DATE))))
    filled = paper(told, Filled(answers={"a": [{"x": "洗碗", "y": "2026-03-05"}, {"x": "值日"}]})).lines[0]
    empty = paper(told).lines[0]
    assert isinstance(filled, Rows) and isinstance(empty, Rows)
    assert filled.heads == ("序号", "题x", "题y")
    assert filled.rows == (("1", "洗碗", "2026-03-05"), ("2", "值日", ""))
    assert empty.rows == tuple((str(n), "", "") for n in range(1, 7))


def test_what_is_for_its_author_alone_never_stands_on_a_paper() -> None:
    private = one("feelings", FieldType.LONG, privacy=Privacy.AUTHOR_ONLY)
    inside = one("rows", FieldType.ROWS, rows=(one("x", FieldType.TEXT), private))
    told = form(one("a", FieldType.TEXT), private, one("h", FieldType.TEXT, hidden=True), inside)
    answers = {"a": "好", "feelings": "生气", "h": "藏", "rows": [{"x": "一", "feelings": "生气"}]}
    made = paper(told, Filled(answers=answers))
    assert "生气" not in str(made) and "藏" not in str(made)
    assert "feelings" not in str(paper(told))


def test_a_reference_stands_in_the_words_of_whoever_knows_it() -> None:
    told = form(one("who", FieldType.REFERENCES, of="person"))
    made = paper(told, Filled(answers={"who": [3, 4]}, told=lambda field, value: {3: "王姐"}.get(value, "未开放")))
    assert made.lines == (Pairs((Cell("题who", "王姐、未开放"),)),)


def test_the_service_plan_stands_as_its_layout_has_it() -> None:
    answers = {
        "overall_aim": "睡得好",
        "own_consent": {"name": "王秀英", "on": "2026-03-05"},
        "supervisor_opinion": "同意",
        "decision": "approved",
        "decided_by": 7,
        "decided_on": "2026-03-06",
    }
    made = paper(form_definition("plan"), Filled(answers=answers, told=lambda field, value: "陈立"))
    assert made.title == "个案服务计划表"
    assert [line for line in made.lines if isinstance(line, Sign)] == [
        Sign("服务对象签名", name="王秀英", day="2026年3月5日", lines=2),
        Sign("社会工作者签名", lines=2),
        Sign(
            "督导意见", text="同意", ticks="☑同意　☐退回　☐不同意", name="陈立", day="2026年3月6日", lines=4
        ),
    ]  # fmt: skip


def test_a_signature_given_on_a_screen_is_a_picture() -> None:
    told = form(one("mark", FieldType.SIGNATURE))
    made = paper(told, Filled(answers={"mark": "x"}, pictures={"mark": b"png"}))
    assert made.lines == (Sign("题mark", picture="mark", lines=2),)
    assert made.pictures == {"mark": b"png"}


def test_an_answer_that_a_layout_does_not_place_stands_before_the_signatures() -> None:
    lines = paper(form_definition("signin"), Filled(answers={"label": "小宇", "person": 3})).lines
    assert lines[-2:] == (Pairs((Cell(str(form_definition("signin").field("person").label), "3"),)), lines[-1])
    assert isinstance(lines[-1], Sign)
    assert isinstance(lines[0], Rows) and lines[0].rows[0][:2] == ("1", "小宇")


def test_every_layout_names_fields_that_its_form_has() -> None:
    forms = {told.key: told for told in form_definitions()}
    wrong = []
    for key in all_items(PackKind.DOCUMENTS, "layouts"):
        layout = layout_of(forms[key])
        assert layout is not None
        known = {field.key for field in forms[key].fields()} | {section.block for section in forms[key].sections}
        wrong += [(key, name) for name in layout.named() if name not in known]
    assert wrong == []


def test_every_answer_of_every_form_has_its_place_on_the_paper() -> None:
    missing = []
    for told in form_definitions():
        shown = paper(told, Filled(answers={}, words=lambda field, value: f"<{field.key}>"))
        asked = [field for field in told.fields() if not field.hidden and field.privacy != Privacy.AUTHOR_ONLY]
        asked = [field for field in asked if field.type not in {FieldType.ROWS, FieldType.COMPUTED}]
        layout = layout_of(told)
        left = layout.omit if layout else frozenset()
        text = str(shown)
        labels = {str(field.label) for field in asked if field.key not in left}
        missing += [(told.key, label) for label in labels if label not in text and not signed(told, label)]
    assert missing == []


def signed(told: FormDefinition, label: str) -> bool:
    """What a signature block holds stands there without its own label."""
    return any(
        str(field.label) == label
        for section in told.sections
        for field in section.fields
        if section.block == "SIGN" or field.type == FieldType.SIGNATURE
    )


def test_sections_have_a_band_in_the_general_layout() -> None:
    told = form_definition("risk_report")
    assert layout_of(told) is None
    kinds = {type(line) for line in paper(told).lines}
    assert kinds <= {Band, Pairs, Wide, Rows, Sign, Note} and Wide in kinds
