"""The score puts a family third; the worker moves it first and writes why, and whoever looks sees both."""

from playwright.sync_api import expect

from tests.journeys.conftest import Enter

WHY = "妈妈下周住院，家里没有大人。"


def test_the_worker_moves_a_family_first_against_the_score_and_says_why(enter: Enter) -> None:
    page = enter("haiyan")
    page.goto("/service/measures/order/child-in-difficulty/")
    rows = page.locator("ol.order > li")
    third = rows.nth(2)
    name = third.locator("h3").inner_text()
    third.get_by_text("移动并写明原因").click()
    third.get_by_label("位置").fill("1")
    third.get_by_role("button", name="移动", exact=True).click()
    expect(third.locator("textarea:invalid")).to_have_count(1)
    expect(rows.nth(2).locator("h3")).to_have_text(name)

    third.get_by_label("原因").fill(WHY)
    third.get_by_role("button", name="移动", exact=True).click()
    expect(rows.first.locator("h3")).to_have_text(name)
    expect(rows.first).to_contain_text(WHY)
    expect(rows.first).to_contain_text("只看分数是第")
