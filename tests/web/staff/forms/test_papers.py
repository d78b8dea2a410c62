"""纸质表单: the pages on which forms are printed and templates are kept."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from tests.factories.cast import Cast, make_cast
from xiezuo.common.errors import NotAllowed
from xiezuo.forms.definitions import form_definition
from xiezuo.forms.models import DocumentTemplate
from xiezuo.forms.papers.access import template_in_use
from xiezuo.forms.papers.actions import retire_template, upload_template, use_template
from xiezuo.forms.papers.templates import starter
from xiezuo.forms.vocab import TemplateState
from xiezuo.orgs.access import Actor

PLAN = form_definition("plan")


@pytest.fixture
def cast(db: None, settings: object, tmp_path: object) -> Cast:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return make_cast()


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    client.cookies["django_language"] = "zh-hans"
    return client


def other(content: bytes) -> bytes:
    """The same template with one more sentence."""
    document, target = Document(BytesIO(content)), BytesIO()
    document.add_paragraph("第二版 {{ overall_aim }}")
    document.save(target)
    return target.getvalue()


def test_a_colleague_finds_a_form_and_prints_it_empty_both_ways(cast: Cast) -> None:
    page = browser(cast.xiaomei).get("/forms/papers/?q=f13").content.decode()
    assert page.count("个案服务计划表") == 3 and "个案结案表" not in page
    pdf = browser(cast.xiaomei).get("/forms/plan/print/")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    word = browser(cast.xiaomei).get("/forms/plan/print/?as=word")
    assert next(line.text for line in Document(BytesIO(word.content)).paragraphs) == "个案服务计划表"
    assert browser(cast.xiaomei).get("/forms/nothing/print/").status_code == 404


def test_a_template_is_uploaded_tried_put_into_use_and_superseded(cast: Cast) -> None:
    first = starter(PLAN)
    answer = browser(cast.chenli).post("/forms/plan/template/", {"file": SimpleUploadedFile("表.docx", first)})
    assert answer.status_code == 302
    [one] = DocumentTemplate.objects.all()
    assert (one.version, one.state, one.name) == (1, TemplateState.CHECKED, "表.docx")
    assert template_in_use("plan") is None
    browser(cast.chenli).post(f"/forms/templates/{one.pk}/", {"do": "use"})
    second = upload_template(by=cast.chenli, form="plan", content=other(first), name="表二.docx")
    use_template(by=cast.chenli, template=second)
    one.refresh_from_db()
    assert (one.state, template_in_use("plan")) == (TemplateState.SUPERSEDED, second)
    tried = Document(BytesIO(browser(cast.xiaomei).get(f"/forms/templates/{second.pk}/try/").content))
    assert any(line.text.startswith("第二版 ") for line in tried.paragraphs)
    retire_template(by=cast.chenli, template=second)
    assert template_in_use("plan") is None


def test_the_same_file_again_is_the_same_version(cast: Cast) -> None:
    content = starter(PLAN)
    first = upload_template(by=cast.chenli, form="plan", content=content, name="a.docx")
    assert upload_template(by=cast.chenli, form="plan", content=content, name="b.docx") == first


def test_a_refused_file_is_not_kept_and_the_page_says_why(cast: Cast) -> None:
    file = SimpleUploadedFile("表.docx", b"%PDF-1.7")
    page = browser(cast.chenli).post("/forms/plan/template/", {"file": file})
    assert page.status_code == 422
    assert "这不是 Word 文档（.docx）" in page.content.decode()
    assert not DocumentTemplate.objects.exists()


def test_a_social_worker_sees_templates_and_changes_none(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        upload_template(by=cast.xiaomei, form="plan", content=starter(PLAN), name="a.docx")
    page = browser(cast.xiaomei).get("/forms/plan/template/").content.decode()
    assert "overall_aim" in page and 'type="file"' not in page
    assert browser(cast.xiaomei).post("/forms/plan/template/", {}).status_code == 403


def test_the_page_of_a_whole_file_says_that_a_child_needs_a_second_person(cast: Cast) -> None:
    child = cast.person("小宇", cast.east, grade="三年级")
    page = browser(cast.chenli).get(f"/exchange/people/{child.pk}/file/").content.decode()
    assert "未满 18 岁：须由第二个人先看" in page
    answer = browser(cast.chenli).post(f"/exchange/people/{child.pk}/file/", {"reason": ""})
    assert answer.status_code == 422
