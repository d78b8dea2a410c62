"""周晓梅 comes back from a visit and writes it down on her phone."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter, kept


def write_visit(page: Page, title: str) -> None:
    page.goto("/service/record/")
    page.locator('input[name="method"][value="visit"]').check(force=True)
    page.locator('input[name="q"]').fill(title)
    page.get_by_role("button", name="只记称呼，不登记").click()
    page.locator('textarea[name="note"]').fill("奶奶说孙女想上学前班。")
    page.get_by_role("button", name="完成记录").click()


def test_a_visit_to_someone_not_registered_is_written_down_in_a_minute(enter: Enter) -> None:
    page = enter("xiaomei")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    write_visit(page, "穿红棉袄的奶奶")
    expect(page.get_by_text("已记录：")).to_be_visible()
    expect(page.get_by_text("奶奶说孙女想上学前班。")).to_be_visible()
    expect(page.locator(".chip.listed > span").first).to_have_text("穿红棉袄的奶奶")


def test_whoever_runs_the_machine_does_not_read_the_work(enter: Enter) -> None:
    page = enter("zhiyuan")
    answer = page.goto("/people/")
    assert answer is not None
    assert answer.status == 403


def test_what_was_typed_waits_after_the_page_was_left(enter: Enter) -> None:
    page = enter("haiyan")
    page.goto("/service/record/")
    page.locator('input[name="method"][value="visit"]').check(force=True)
    with kept(page, "还没写完的话"):
        page.locator('textarea[name="note"]').fill("还没写完的话")
    page.goto("/")
    expect(page.get_by_text("没写完的记录：还没写完的话")).to_be_visible()
