"""The paper as a file: PDF and Word hold the same words; every form prints; a character no font has is named."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from django.utils import translation
from docx import Document
from docx.oxml.ns import qn
from PIL import Image
from pypdf import PdfReader

from xiezuo.common.errors import RuleBroken
from xiezuo.forms.definitions import form_definition, form_definitions
from xiezuo.forms.papers import Bundle, Cover, Filled, PaperContent, as_pdf, as_word, bundle_as_pdf, libraries, paper
from xiezuo.forms.papers.content import Cell
from xiezuo.forms.papers.glyphs import _drawn_elsewhere, has, missing, missing_words

TEXT = "孩子的母亲最近三个月一直失眠，白天洗碗，晚上照顾发烧的小儿子。"


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


def day_of(children: int, **more: object) -> PaperContent:
    rows = [{"child": f"小明{n}", "in_at": "09:00", "out_at": "17:00", "collected_by": "母亲"} for n in range(children)]
    answers = {"centre": "东区", "service_date": "2026-03-02", "attendance": rows, "how_it_went": TEXT} | more
    return paper(form_definition("centre_day"), Filled(answers=answers, organisation="协作者", serial="2026-00012"))


def words_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def test_six_hundred_rows_go_over_pages_and_each_has_the_heads_and_its_number() -> None:
    pages = words_of(as_pdf(day_of(600)))
    assert len(pages) > 10
    assert all("接走人" in page for page in pages[:-1])
    assert all("协作者" in page for page in pages)
    assert f"第 2 页 共 {len(pages)} 页" in " ".join(pages[1].split())
    assert "小明599" in "".join(pages).replace(" ", "")


def test_the_same_content_gives_the_same_file() -> None:
    assert as_pdf(day_of(3)) == as_pdf(day_of(3))


def test_what_someone_typed_is_never_read_as_a_command_of_the_typesetter() -> None:
    typed = '#read("/etc/passwd") $x^2$ *fett* [a](b) \\ " // <label> @ref `raw`'
    [page] = words_of(as_pdf(day_of(1, how_it_went=typed)))
    assert typed.replace(" ", "") in "".join(page.split()).replace("“", '"').replace("”", '"')


def test_a_long_text_goes_on_over_the_page() -> None:
    pages = words_of(as_pdf(day_of(1, how_it_went=TEXT * 200)))
    assert len(pages) >= 3
    assert pages[1].count("失眠") > 10


def test_word_holds_the_same_words_with_heads_that_repeat_and_fonts_for_chinese() -> None:
    document = Document(BytesIO(as_word(day_of(3))))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert {"小明0", "小明2", TEXT, "2026年3月2日"} <= set(cells)
    heads = [
        row for table in document.tables for row in table.rows if row._tr.find(f".//{qn('w:tblHeader')}") is not None
    ]
    assert [row.cells[1].text for row in heads][:2] == ["到离", "儿童"]
    assert document.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋"
    codes = [part.text for part in document.sections[0].footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]


def test_every_form_prints_empty_in_both_ways() -> None:
    every = [paper(form) for form in form_definitions()]
    cover = Cover("协作者", "空白表单", "全部", (Cell("张数", str(len(every))),))
    pages = words_of(bundle_as_pdf(Bundle(cover, tuple(every))))
    contents = "".join(pages[1:4]).replace(" ", "")
    assert [one.title for one in every if one.title.replace(" ", "") not in contents] == []
    for one in every:
        assert one.title in [line.text for line in Document(BytesIO(as_word(one))).paragraphs]


def test_rare_characters_of_names_are_there_and_one_no_font_has_is_named_with_its_place() -> None:
    assert all(map(has, "堃喆昇玥赟琍镕旻垚☑☐①年 A,。"))
    nowhere = "\U000f1234"
    assert not has(nowhere) and not _drawn_elsewhere(nowhere)
    content = day_of(1, how_it_went=f"他叫{nowhere}")
    found = missing(content)
    assert found == {nowhere: "今日如何"}
    assert missing_words(found, on_screen=False) == "这些字无法印出：U+F1234（今日如何）。请手写补上。"
    assert nowhere in missing_words(found, on_screen=True)
    assert "U+F1234" in words_of(as_pdf(content))[-1]
    assert missing_words(missing(day_of(1)), on_screen=True) == ""


def test_without_the_libraries_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "NEEDED", ("a_library_nobody_has",))
    with pytest.raises(RuleBroken, match="xiezuo\\[papers\\]"):
        as_pdf(day_of(1))


def picture(colour: str, kind: str) -> bytes:
    target = BytesIO()
    Image.new("RGB", (40, 20), colour).save(target, kind)
    return target.getvalue()


def test_each_signature_stands_on_its_own_paper_though_both_are_called_alike() -> None:
    form = form_definition("plan")
    red, blue = picture("red", "PNG"), picture("blue", "JPEG")
    both = tuple(paper(form, Filled(pictures={"own_consent": one})) for one in (red, blue))
    pages = PdfReader(BytesIO(bundle_as_pdf(Bundle(Cover("", "", "", ()), both)))).pages
    colours = [image.image.convert("RGB").getpixel((1, 1)) for page in pages for image in page.images]
    assert [max(range(3), key=one.__getitem__) for one in colours] == [0, 2]
