"""Components: what each adds to plain HTML, words in them are never markup, and the gallery shows them all."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client
from django.utils.translation import override

from tests.factories.cast import Cast
from xiezuo.orgs.access import Actor
from xiezuo.web.base.gallery_form import SampleForm
from xiezuo.web.base.gallery_samples import icons
from xiezuo.web.base.templatetags import components, pictures

As = Callable[[Actor], Client]
EVIL = '<img src=x onerror="a()">'


def shown(source: str, language: str = "zh-hans", **facts: object) -> str:
    with override(language):
        return Template(source).render(Context(facts))


@pytest.mark.parametrize(
    "source",
    [
        "{% head evil evil crumb=evil crumb_url='#' small=evil %}{% endhead %}",
        "{% part evil small=evil link=evil link_url='#' %}{% endpart %}",
        "{% note 'wait' evil %}{{ evil }}{% endnote %}",
        "{% lock evil %}{{ evil }}{% endlock %}",
        "{% nothing 'book' evil %}{{ evil }}{% endnothing %}",
        "{% dialog 'a' evil %}{{ evil }}{% enddialog %}",
        "{% state 'late' evil %}{% badge 'ok' evil %}{% mask evil %}{% saved evil %}",
        "{% chip evil 'named' drop_value=evil %}{% tile evil evil evil evil '#' evil %}{% progress 1 2 evil %}",
        "{% switch 'a' 'b' evil 'b' %}",
    ],
)
def test_what_people_write_is_never_markup(source: str) -> None:
    assert "<img" not in shown(source, evil=EVIL)


def test_what_stands_inside_a_block_stays_markup() -> None:
    assert "<p>甲</p>" in shown("{% note 'wait' '乙' %}<p>甲</p>{% endnote %}")


def test_a_state_has_its_icon_and_its_sentence() -> None:
    said = shown("{% state 'wait' '等待督导签字，已 3 天。' %}")
    assert re.sub(r"<svg.*?</svg>", "⏲", said) == '<p class="state wait">⏲<span>等待督导签字，已 3 天。</span></p>'
    assert "icons.svg#clock" in said


def test_a_mask_is_read_aloud_as_one() -> None:
    assert "（已遮盖）" in shown("{% mask '154****2764' %}")
    assert "(masked)" in shown("{% mask '154****2764' %}", "en")


def test_how_someone_took_part_is_a_word_and_not_only_a_line() -> None:
    words = [shown("{% chip '小红' mode %}", mode=mode) for mode in ("named", "listed", "counted")]
    assert [re.findall(r"<small>(.*?)</small>", word) for word in words] == [["实名"], ["登记"], ["计数"]]


def test_a_missing_answer_is_told_at_the_field_and_to_a_screen_reader() -> None:
    page = shown("{% field form.place %}", form=SampleForm({"place": ""}))
    assert "请写在哪里。其余的都留着。" in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_place_error"' in page


def test_what_need_not_be_filled_in_says_so() -> None:
    assert "可不填" in shown("{% field form.day %}", form=SampleForm())
    assert "可不填" not in shown("{% field form.place %}", form=SampleForm())


def test_a_pick_keeps_what_was_chosen() -> None:
    page = shown("{% pick form.method %}", form=SampleForm({"method": "group"}))
    assert re.findall(r'value="(\w+)"[^>]*checked', page) == ["group"]
    assert page.count("<label>") == 4


def test_a_list_is_joined_as_each_language_does() -> None:
    assert shown("{% joined things %}", things=["甲", "乙"]) == "甲、乙"
    assert shown("{% joined things %}", "en", things=["a", "b"]) == "a, b"


def test_the_gallery_shows_every_component_and_every_icon(as_: As, cast: Cast) -> None:
    page = as_(cast.chenli).get("/gallery/").content.decode()
    named = " ".join(re.findall(r"<h2>.*?</h2>", page))
    tags = {*components.register.tags, *pictures.register.tags} - {"joined", "switch", "part"}
    assert [tag for tag in sorted(tags) if tag not in named] == []
    assert [name for name in icons() if f"icons.svg#{name}" not in page] == []


@pytest.mark.parametrize("path", ["/gallery/", "/more/"])
def test_no_english_leaks_into_chinese_pages_and_none_the_other_way(as_: As, cast: Cast, path: str) -> None:
    browser = as_(cast.chenli)

    def words(language: str) -> str:
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        page = browser.get(path).content.decode()
        body = page[page.index("<main") :]
        # Names of components, of icons and of languages are the same in both.
        for same in (
            r"<h2>.*?</h2>",
            r"<small>.*?</small>",
            r'lang="(en|zh-Hans)".*?</',
            r"<kbd>.*?</kbd>",
            r"<dd>chenli",
        ):
            body = re.sub(same, "", body, flags=re.S)
        return unescape(re.sub(r"<[^>]+>", " ", body))

    assert set(re.findall(r"[A-Za-z]{3,}", words("zh-hans"))) <= {"Apache"}
    chinese = set(re.findall(r"[\u4e00-\u9fff]+", words("en")))
    assert [word for word in chinese if re.search(r"[的了是在]", word)] == []


@pytest.mark.parametrize("path", ["/gallery/", "/more/", "/login/"])
def test_pages_hold_no_script_and_no_style_of_their_own(as_: As, cast: Cast, path: str) -> None:
    page = as_(cast.chenli).get(path).content.decode()
    assert re.findall(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", page) == []
