"""小红 comes to read, four times; then she asks for help; later she tells her name. All of it stays hers."""

import re
import time
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter, kept

AT_THE_DESK = 10  # seconds for one who comes in


def open_a_home(page: Page, name: str) -> str:
    """A new site; gives its number."""
    page.goto("/orgs/sites/open/")
    page.locator('main input[name="name"]').fill(name)
    page.locator('main form input[name="name"]').press("Enter")
    page.wait_for_url("**/orgs/sites/")
    address = page.get_by_role("link", name=name).first.get_attribute("href") or ""
    return address.rstrip("/").rsplit("/", 1)[1]


def came_on(page: Page, day: date, site: str, *, first: bool) -> None:
    """Written down afterwards, on the common form: a visit of an earlier day."""
    page.goto("/service/record/?method=checkin")
    page.get_by_text("别的日子").first.click()
    page.locator('input[name="other_day"]').fill(day.isoformat())
    page.locator('select[name="site"]').select_option(site)
    page.locator('input[name="q"]').fill("小红花")
    page.locator('#found button[value="register"]' if first else '#found button[value^="add:"]').first.click()
    expect(page.locator("#who .chip")).to_have_count(1)
    page.get_by_role("button", name="完成记录").click()
    expect(page.get_by_text("已记录：")).to_be_visible()


def comes_in_today(page: Page, site: str) -> float:
    """At the front desk, by keyboard alone; how many seconds it took from the first letter."""
    page.goto(f"/service/checkin/?site={site}")
    began = time.monotonic()
    page.keyboard.type("小红花")
    expect(page.locator("#found button.main").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("小红花 来了，之前来过 3 次。")).to_be_visible()
    return time.monotonic() - began


def figure(page: Page, year: int, indicator: str, site: str) -> str:
    page.goto(f"/service/figures/{year}/rows/?indicator={indicator}&site={site}")
    return page.locator("main").inner_text()


def test_four_visits_with_a_nickname_stay_hers_when_she_tells_her_name(enter: Enter) -> None:
    page = enter("chenli")
    site = open_a_home(page, "小红花常来的家")
    today = date.fromisoformat(page.evaluate("new Date().toLocaleDateString('sv', {timeZone: 'Asia/Shanghai'})"))
    earlier = [today - timedelta(days=days) for days in (3, 2, 1)]
    for number, day in enumerate(earlier):
        came_on(page, day, site, first=number == 0)
    assert comes_in_today(page, site) < AT_THE_DESK

    page.get_by_role("link", name="小红花", exact=True).first.click()
    page.locator('main a[href^="/service/record/?person="]').first.click()
    expect(page.get_by_text("小红花到现在来过 4 次。")).to_be_visible()
    with kept(page, "老板欠两个月工资。"):
        page.locator('textarea[name="note"]').fill("老板欠两个月工资。")

    page.goto(f"/service/checkin/?site={site}")
    page.get_by_role("link", name="小红花", exact=True).first.click()
    page.locator('main a[href$="/correct/"]').first.click()
    page.locator('input[name="full_name"]').fill("洪小芳")
    page.locator("main form.form-page button.main").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("洪小芳")
    expect(page.get_by_role("link", name="服务 4")).to_be_visible()

    years = {day.year for day in (*earlier, today)}
    times = sum(
        int(found[1])
        for year in years
        if (found := re.search(r"人次\s*(\d+)", figure(page, year, "person_times", site)))
    )
    assert times == 4
    heads = figure(page, today.year, "headcount", site)
    assert re.search(r"人数\s*1\b", heads)
    assert "洪小芳" in heads
