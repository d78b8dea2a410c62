"""A woman was written down twice. She becomes one person by a key, and two again when that was wrong."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter


def registered(page: Page, nickname: str, note: str, *, again: bool = False) -> str:
    """Write someone down, `again` though the house asks whether she is here; gives the address of her page."""
    page.goto("/people/register/")
    page.locator('input[name="nickname"]').fill(nickname)
    page.locator('input[name="full_name"]').fill("欧阳秀珍")
    page.locator("summary", has_text="备注").click()
    page.locator('textarea[name="note"]').fill(note)
    page.locator("button.main.big").click()
    if again:
        page.locator('button[name="sure"]').click()
    page.wait_for_url(re.compile(r"/people/\d+/"))
    return page.url.split("?")[0]


def test_two_records_become_one_person_by_a_key_and_two_again(enter: Enter) -> None:
    page = enter("chenli")
    first = registered(page, "阿珍", "怕狗，家访前先打电话")
    second = registered(page, "珍姐", "夜班，下午三点以后", again=True)
    page.goto(first)
    page.get_by_role("link", name="登记了两次？").click()
    page.locator('input[name="q"]').fill("zhenjie")
    page.locator("form.find button").click()
    page.locator('input[name="other"]').first.check(force=True)
    page.get_by_role("button", name="并排看两份").click()

    expect(page.locator("tr.differs")).to_have_count(2)
    page.locator('input[name="keep"][value="one"]').check(force=True)
    page.keyboard.press("s")
    expect(page.locator(".toast")).to_contain_text("已合成一份档案")
    merge = page.locator(".toast a").get_attribute("href")

    page.goto(second)
    assert page.url == first
    expect(page.locator("main")).to_contain_text("怕狗")
    expect(page.locator("main")).to_contain_text("夜班")
    page.goto("/people/?q=zhenjie")
    expect(page.locator("main h3").filter(has_text="欧阳秀珍")).to_have_count(1)

    page.goto(str(merge))
    page.get_by_role("button", name="撤回合并").click()
    expect(page.locator("main")).to_contain_text("又是两份档案")
    page.goto(second)
    assert page.url == second
    expect(page.locator("main")).not_to_contain_text("怕狗")
    page.goto("/people/duplicates/?state=different")
    expect(page.locator("main")).to_contain_text("欧阳秀珍")
