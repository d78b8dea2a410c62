"""Other hands than the usual: in English, a keyboard's Tab and Enter, fast fingers, a colleague at the same machine."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter, kept

FINISH = "完成记录"


def tab_to(page: Page, selector: str, at_most: int = 60) -> None:
    """Press Tab until the focus stands on `selector`."""
    for _press in range(at_most):
        if page.evaluate("(css) => document.activeElement.matches(css)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by {at_most} presses of Tab")


def test_a_record_is_written_in_english_on_a_phone(enter: Enter) -> None:
    page = enter("xiaomei")
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": page.url}])
    page.goto("/service/record/")
    page.locator('input[name="method"][value="visit"]').check(force=True)
    page.locator('input[name="q"]').fill("the uncle with the bicycle")
    page.locator('#found button[value="list"]').click()
    expect(page.locator("#who .chip.listed")).to_have_count(1)
    page.locator('textarea[name="note"]').fill("His wages are two months late.")
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_text("Recorded: ")).to_be_visible()
    expect(page.get_by_text("His wages are two months late.")).to_be_visible()


def test_tab_alone_leads_from_the_first_field_to_the_button(enter: Enter) -> None:
    page = enter("lina")
    page.goto("/service/record/")
    tab_to(page, 'input[name="method"]')
    page.keyboard.press("Space")
    tab_to(page, 'input[name="q"]')
    page.keyboard.type("卖菜的大婶")
    expect(page.locator('#found button[value="list"]')).to_be_visible()
    tab_to(page, '#found button[value="list"]')
    page.keyboard.press("Enter")
    expect(page.locator("#who .chip.listed")).to_contain_text("卖菜的大婶")
    tab_to(page, 'textarea[name="note"]')
    page.keyboard.type("问摊位费。")
    tab_to(page, "main form button.main")
    page.keyboard.press("Enter")
    expect(page.get_by_text("已记录：")).to_be_visible()
    expect(page.locator(".chip.listed > span").first).to_have_text("卖菜的大婶")


def test_enter_in_a_field_does_not_end_the_record_half_written(enter: Enter) -> None:
    page = enter("hanlei")
    page.goto("/service/record/")
    page.locator('input[name="method"][value="visit"]').check(force=True)
    page.locator('input[name="q"]').fill("门口修车的师傅")
    expect(page.locator('#found button[value="list"]')).to_be_visible()
    page.locator('input[name="q"]').press("Enter")
    expect(page.get_by_role("button", name=FINISH)).to_be_visible()
    expect(page.get_by_text("已记录：")).to_have_count(0)


def test_fast_fingers_find_whom_they_typed_last(enter: Enter) -> None:
    page = enter("haiyan")
    page.goto("/service/record/")
    page.locator('input[name="q"]').press_sequentially("不存在的人", delay=5)
    page.locator('input[name="q"]').press_sequentially("甲乙丙", delay=5)
    page.locator('#found button[value="list"]').click()
    expect(page.locator("#who .chip.listed")).to_contain_text("不存在的人甲乙丙")


def test_a_colleague_at_the_same_machine_sees_nothing_of_an_unfinished_record(enter: Enter) -> None:
    page = enter("majun")
    page.goto("/service/record/")
    page.locator('input[name="method"][value="visit"]').check(force=True)
    with kept(page, "只给我自己看的话"):
        page.locator('textarea[name="note"]').fill("只给我自己看的话")
    address = page.url
    page.goto("/login/")
    page.context.clear_cookies(name="sessionid")
    page.goto("/login/")
    page.locator('form[action="/demo-login/xueping/"] button').click()
    page.wait_for_load_state()
    page.goto(address)
    expect(page.locator('textarea[name="note"]')).to_have_value("")
    page.goto("/")
    assert "只给我自己看的话" not in page.content()
