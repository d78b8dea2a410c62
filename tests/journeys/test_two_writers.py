"""Two colleagues correct one person at once, each on a phone of her own: neither loses a word."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter


def opened(page: Page, address: str) -> None:
    page.goto(f"{address}correct/")
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")


def test_both_notes_stay_and_what_only_one_wrote_is_there_for_the_other(enter: Enter) -> None:
    one, other = enter("chenli"), enter("chenli")
    one.goto("/people/register/")
    one.locator('input[name="nickname"]').fill("两人同改的阿香")
    one.locator("button.main.big").click()
    one.wait_for_url(lambda url: "/register/" not in url)
    address = one.url.split("?")[0]
    opened(one, address)
    opened(other, address)

    one.locator('textarea[name="note"]').fill("怕狗")
    one.locator('input[name="occupation"]').fill("保洁")
    one.locator("button.main.big").click()
    one.wait_for_url(lambda url: "/correct/" not in url)

    other.locator('textarea[name="note"]').fill("夜班")
    other.locator('input[name="school"]').fill("第三小学")
    other.locator("button.main.big").click()
    expect(other.get_by_text("陈立 在")).to_be_visible()
    expect(other.locator('textarea[name="note"]')).to_have_value("夜班")
    expect(other.locator('input[name="occupation"]')).to_have_value("保洁")
    expect(other.locator('input[name="settled-note"][value="mine"]')).to_be_checked()
    other.locator('input[name="settled-note"][value="both"]').check(force=True)
    other.locator("button.main.big").click()
    other.wait_for_url(lambda url: "/correct/" not in url)

    for words in ("怕狗", "夜班", "保洁", "第三小学"):
        expect(other.locator("main")).to_contain_text(words)
