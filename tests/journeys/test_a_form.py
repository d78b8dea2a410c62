"""晓梅 comes from a talk with a mother and fills in intake and plan on her phone, with a photo and a signature."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter


@pytest.fixture
def family_tree(tmp_path: Path) -> str:
    drawn = BytesIO()
    Image.new("RGB", (60, 40), "green").save(drawn, "PNG")
    (tmp_path / "family.png").write_bytes(drawn.getvalue())
    return str(tmp_path / "family.png")


def choose_someone(page: Page) -> str:
    """Someone found by a part of their name; gives their number."""
    page.locator('input[name="about.q"]').press_sequentially("小")
    page.locator("#id_about_found button").first.click()
    chosen = page.locator('input[name="about"]')
    expect(chosen).to_have_count(1)
    return str(chosen.get_attribute("value"))


def unfold(page: Page) -> None:
    closed = page.locator("#form-body details:not([open]) > summary")
    while closed.count():
        closed.first.click()


def sign(page: Page) -> None:
    pad = page.locator("canvas.pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 60, steps=5)
    page.mouse.up()
    expect(page.locator("[data-signed]")).to_contain_text("签字已保存")


def test_an_intake_and_a_plan_are_filled_in_on_a_phone(enter: Enter, family_tree: str) -> None:
    page = enter("xiaomei")
    page.goto("/forms/")
    page.locator('a[href="/forms/fill/intake/"]').click()
    person = choose_someone(page)
    unfold(page)
    referred = page.locator('[name="referred_by"]')
    expect(referred).to_be_hidden()
    page.locator('[name="source"]').select_option("school")
    referred.fill("皮村小学")
    page.locator('[name="problem"]').fill("孩子没有学位。")
    page.locator('[name="needs"]').fill("入学")
    page.locator('[name="own_words.unanswered"]').select_option("declined")
    for risk in ("crisis", "urgent"):
        page.locator(f'[name="{risk}"][value="no"]').check(force=True)
    page.locator('input[name="genogram.new"]').set_input_files(family_tree)
    expect(page.locator('input[type="hidden"][name="genogram"]')).to_have_count(1)
    page.get_by_role("button", name="完成这张表").click()
    expect(page.get_by_text("“儿童风险”还没有选，请选一项。").first).to_be_visible()
    page.locator('[name="child_risk"][value="no"]').check(force=True)
    page.get_by_role("button", name="完成这张表").click()
    expect(page.get_by_role("link", name="提出接案建议")).to_be_visible()
    page.locator(".rows h3 a", has_text="接案").click()
    expect(page.get_by_text("皮村小学")).to_be_visible()
    expect(page.get_by_text("本人不愿说")).to_be_visible()
    expect(page.locator(".kept-files img")).to_be_visible()

    page.goto(f"/forms/fill/plan/?person={person}")
    page.locator('[name="overall_aim"]').fill("九月入学")
    page.locator('[name="goals.0.text"]').fill("我要上学")
    page.locator('button[value="add:goals"]').click()
    page.locator('[name="goals.1.text"]').fill("妈妈找活干")
    for number in (0, 1):
        page.locator(f'[name="goals.{number}.measure"]').fill("做到")
        page.locator(f'[name="goals.{number}.due_on"]').fill("2030-09-01")
        page.locator(f'[name="goals.{number}.owner"]').fill("妈妈")
    page.locator('[name="strategy"]').fill("联系学校")
    page.locator('[name="review_on"]').fill("2030-06-01")
    sign(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="完成这张表").click()
    expect(page.get_by_text("今天起等待督导签字。")).to_be_visible()
    expect(page.get_by_text("妈妈找活干")).to_be_visible()
