"""The organisation's own Word template: only a plain document with known fields is kept, and it is filled as it says."""

import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest
from django.utils import translation
from docx import Document

from xiezuo.common.errors import RuleBroken
from xiezuo.forms.definitions import form_definition
from xiezuo.forms.papers import Filled
from xiezuo.forms.papers.templates import check, fill, sample, starter

PLAN = form_definition("plan")
LINK = (
    '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    'Target="{target}" TargetMode="External"/></Relationships>'
)


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


def written(*paragraphs: str) -> bytes:
    document, target = Document(), BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(target)
    return target.getvalue()


def with_part(content: bytes, name: str, text: bytes) -> bytes:
    """The document with one part added, or in place of the one it had."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            if part != name:
                after.writestr(part, before.read(part))
        after.writestr(name, text)
    return target.getvalue()


def linked(kind: str, target: str) -> bytes:
    content = written("{{ overall_aim }}")
    with zipfile.ZipFile(BytesIO(content)) as book:
        relations = book.read("word/_rels/document.xml.rels").decode()
    told = relations.replace("</Relationships>", LINK.format(kind=kind, target=target))
    return with_part(content, "word/_rels/document.xml.rels", told.encode())


def in_document(added: str) -> bytes:
    content = written("{{ overall_aim }}")
    with zipfile.ZipFile(BytesIO(content)) as book:
        text = book.read("word/document.xml").decode()
    return with_part(content, "word/document.xml", text.replace("<w:sectPr", f"{added}<w:sectPr", 1).encode())


def field_of_word(*pieces: str) -> bytes:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    begin, end = ('<w:r><w:fldChar w:fldCharType="%s"/></w:r>' % kind for kind in ("begin", "end"))  # noqa: UP031
    return in_document(f"<w:p>{begin}{runs}{end}</w:p>")


def refusal(content: bytes) -> tuple[str, str]:
    with pytest.raises(RuleBroken) as refused:
        check(content, PLAN)
    return refused.value.code, str(refused.value)


def test_the_starting_template_is_a_good_one_and_holds_every_field() -> None:
    checked = check(starter(PLAN), PLAN)
    assert checked.left_out == ()
    assert {"overall_aim", "goals", "row.text", "row.n", "org.name", "printed_on"} <= set(checked.used)


def test_a_template_is_filled_with_the_words_of_the_paper() -> None:
    answers = {
        "overall_aim": "睡得好 & <b>\n第二行",
        "goals": [{"text": "我想睡六小时", "due_on": "2026-03-05"}, {"text": "按时吃药"}],
        "decision": "approved",
    }
    made = fill(starter(PLAN), PLAN, Filled(answers=answers, organisation="协作者"), printed_by="周晓梅")
    document = Document(BytesIO(made))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert {"睡得好 & <b>\n第二行", "我想睡六小时", "按时吃药", "2026-03-05"} <= set(cells)
    assert any("☑同意　☐退回　☐不同意" in cell for cell in cells)
    assert not any("{" in cell for cell in cells)
    assert document.sections[0].header.paragraphs[0].text == "协作者"
    assert "周晓梅" in document.sections[0].footer.paragraphs[0].text


def test_unknown_fields_are_refused_by_name() -> None:
    code, words = refusal(written("{{ overall_aim }} {{ aim }}", "{% for row in goals %}{{ row.colour }}{% endfor %}"))
    assert code == "forms.template_unknown_fields"
    assert words == (
        "表单“服务计划”没有这些字段：aim、row.colour。文件没有保存。下面列出了每个字段的名称，请改正后重新上传。"
    )


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("{{ overall_aim.__class__ }}", ".__class__"),
        ("{{ overall_aim|attr('x') }}", "|attr"),
        ("{{ cycler(1) }}", "( )"),
        ("{{ goals[0] }}", "[ ]"),
        ("{% for n in range(9) %}x{% endfor %}", "( )"),
        ("{% include 'other.docx' %}", "include"),
        ("{% macro f() %}{% endmacro %}", "macro"),
        ("{% set a = overall_aim %}", "assign"),
        ("{{ 'x' * 999999999 }}", "mul"),
    ],
)
def test_a_template_names_fields_and_runs_nothing(said: str, what: str) -> None:
    code, words = refusal(written(said, "{{ overall_aim }}"))
    assert code == "forms.template_not_allowed"
    assert words == (f"模板里不能写“{what}”：只能写字段名、逐行的循环和简单的“if”。文件没有保存，请去掉后重新上传。")


def test_a_loop_inside_a_loop_is_refused_and_so_are_very_many() -> None:
    inside = "{% for row in goals %}{% for other in goals %}x{% endfor %}{% endfor %}"
    many = ["{% for row in goals %}{{ row.text }}{% endfor %}"] * 60
    assert refusal(written(inside))[0] == "forms.template_repeats"
    code, words = refusal(written(*many))
    assert code == "forms.template_repeats"
    assert words.startswith("这份模板重复得太多")


def test_a_field_written_wrongly_says_so() -> None:
    assert refusal(written("{% for row in goals %}{{ row.text }}"))[0] == "forms.template_syntax"


def test_a_document_with_a_program_inside_is_refused() -> None:
    with_macro = with_part(written("{{ overall_aim }}"), "word/vbaProject.bin", b"x")
    assert refusal(with_macro) == (
        "common.file_macros",
        "这个文件里带有程序（宏），没有保存。请另存为不带宏的文件再传。",
    )
    types = b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    assert refusal(with_part(written("{{ overall_aim }}"), "[Content_Types].xml", types))[0] == "forms.template_macros"


@pytest.mark.parametrize(
    "part", ["word/embeddings/sheet.xlsx", "word/oleObject1.bin", "word/afchunk1.htm", "customUI/x.xml"]
)
def test_a_document_that_holds_another_file_is_refused(part: str) -> None:
    code, words = refusal(with_part(written("{{ overall_aim }}"), part, b"<x/>"))
    assert (code, words) == (
        "forms.template_holds_more",
        f"这份文档里嵌有别的文件或程序（{part}），所以没有保存。请在 Word 里把它去掉，再上传。",
    )


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject", "subDocument"])
def test_a_document_that_fetches_something_from_elsewhere_is_refused(kind: str) -> None:
    code, words = refusal(linked(kind, "http://elsewhere.example/x.dotm"))
    assert (code, words) == (
        "forms.template_fetches",
        "这份文档打开时会从别处取内容（http://elsewhere.example/x.dotm），所以没有保存。请把图片或文字直接放进文档，"
        "并把文档模板改回“Normal”。",
    )


def test_a_link_that_someone_has_to_click_may_stay() -> None:
    assert check(linked("hyperlink", "https://example.org"), PLAN).used == ("overall_aim",)
    assert refusal(linked("hyperlink", "file:///etc/passwd"))[0] == "forms.template_fetches"


@pytest.mark.parametrize(
    "pieces", [("DDEAUTO c:\\\\cmd",), ("D", "DE", "AUTO x"), (' INCLUDETEXT "x"',), ("includepicture x",)]
)
def test_a_field_of_word_that_runs_or_fetches_is_refused_however_it_is_cut(pieces: tuple[str, ...]) -> None:
    code, words = refusal(field_of_word(*pieces))
    assert code == "forms.template_word_field"
    assert words.endswith("请在 Word 里把它转成文字（Ctrl+Shift+F9），再上传。")


def test_the_page_number_of_word_may_stay() -> None:
    assert check(field_of_word(" PAGE \\\\* MERGEFORMAT "), PLAN).used == ("overall_aim",)


def test_a_bomb_that_unpacks_hugely_is_refused() -> None:
    bomb = with_part(written("{{ overall_aim }}"), "word/media.xml", b" " * 60_000_000)
    assert refusal(bomb) == (
        "common.file_bomb",
        refusal(bomb)[1],
    )
    entity = in_document("").replace(b"", b"")
    with zipfile.ZipFile(BytesIO(entity)) as book:
        text = book.read("word/document.xml")
    laughing = with_part(entity, "word/document.xml", text.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>', 1))
    assert refusal(laughing)[0] == "forms.template_strange"


def test_a_field_outside_the_text_is_refused() -> None:
    document, target = Document(BytesIO(written("{{ overall_aim }}"))), BytesIO()
    document.core_properties.subject = "{{ overall_aim }}"
    document.save(target)
    assert refusal(target.getvalue())[0] == "forms.template_field_elsewhere"


def test_what_is_no_word_document_and_what_has_no_field_is_refused() -> None:
    assert refusal(b"%PDF-1.7")[0] == "forms.template_not_word"
    assert refusal(written("没有字段"))[0] == "forms.template_empty"
    assert refusal(b"PK\x03\x04" + b"x" * 6_000_000)[0] == "forms.template_too_large"


def test_what_is_for_its_author_alone_has_no_name_in_a_template() -> None:
    note = form_definition("contact_note")
    with pytest.raises(RuleBroken) as refused:
        check(written("{{ said }} {{ feelings }}"), note)
    assert refused.value.facts == {"unknown": ["feelings"]}
    assert "生气" not in str(fill(starter(note), note, sample(note)))
