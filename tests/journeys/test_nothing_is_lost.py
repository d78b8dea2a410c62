"""Nothing that someone typed is ever lost: no network, a closed page, an expired session, a button pressed twice."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter

# 2,000 characters, among them rare ones that need four bytes.
LONG = ("她说：“只要孩子能在这儿念书，别的都好说。”𠮷𡈽🌻" * 100)[:2000]


def begin(page: Page) -> str:
    """A new record with one listed person; gives its address."""
    page.goto("/service/record/")
    page.locator('input[name="method"][value="visit"]').check(force=True)
    with page.expect_response(lambda response: "/drafts/" in response.url and response.ok):
        page.locator('input[name="q"]').fill("戴帽子的四川小伙")
        page.locator('#found button[value="list"]').click()
        expect(page.locator("#who .chip.listed")).to_have_count(1)
    return page.url


def test_what_was_typed_without_a_network_comes_back_to_the_letter(enter: Enter) -> None:
    page = enter("hanlei")
    address = begin(page)
    page.context.set_offline(True)
    page.locator('textarea[name="note"]').fill(LONG)
    expect(page.locator("[data-saved]")).to_contain_text("没有网络")
    page.close()
    page = page.context.new_page()
    page.context.set_offline(False)
    page.goto(address)
    expect(page.locator('textarea[name="note"]')).to_have_value(LONG)
    expect(page.locator("#who .chip.listed")).to_contain_text("戴帽子的四川小伙")
    page.get_by_role("button", name="完成记录").click()
    expect(page.get_by_text("已记录：")).to_be_visible()
    assert page.locator("main").inner_text().count("𠮷") == LONG.count("𠮷")


def test_a_session_that_expires_while_writing_loses_no_letter(enter: Enter) -> None:
    page = enter("majun")
    address = begin(page)
    page.context.clear_cookies(name="sessionid")
    page.locator('textarea[name="note"]').fill(LONG)
    expect(page.locator("[data-saved]")).to_contain_text("登录已过期")
    page.goto("/login/")
    page.locator('form[action="/demo-login/majun/"] button').click()
    page.wait_for_load_state()
    page.goto(address)
    expect(page.locator('textarea[name="note"]')).to_have_value(LONG)
    expect(page.locator("#who .chip.listed")).to_have_count(1)


def test_finishing_twice_makes_one_record(enter: Enter) -> None:
    page = enter("xueping")
    address = begin(page)
    form = page.evaluate("Object.fromEntries(new FormData(document.querySelector('#f')))")
    first, second = (page.request.post(address, form=form) for _press in range(2))
    assert (first.ok, second.ok) == (True, True)
    assert first.url == second.url
    page.goto(address)
    assert page.url == first.url


def test_a_record_is_written_by_keyboard_alone(enter: Enter) -> None:
    page = enter("yongming")
    page.keyboard.press("n")
    page.wait_for_url("**/service/record/**")
    page.locator('input[name="method"][value="enquiry"]').focus()
    page.keyboard.press("Space")
    page.locator('textarea[name="note"]').focus()
    page.keyboard.type("问外地学籍怎么转")
    page.get_by_role("button", name="完成记录").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("已记录：")).to_be_visible()


def test_a_record_is_written_without_scripts(enter: Enter) -> None:
    page = enter("guiying")
    cookies = page.context.cookies()
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(
        java_script_enabled=False, base_url=page.url.split("/", 3)[0] + "//" + page.url.split("/")[2]
    )
    context.add_cookies([{"name": c["name"], "value": c["value"], "url": page.url} for c in cookies])
    still = context.new_page()
    still.goto("/service/record/")
    still.locator('input[name="method"][value="visit"]').check(force=True)
    still.locator('textarea[name="note"]').fill("没有脚本也能记。")
    still.locator('input[name="count"]').fill("6")
    still.locator('button[value="count"]').click()
    expect(still.locator("#who .chip.counted")).to_contain_text("6")
    expect(still.locator('textarea[name="note"]')).to_have_value("没有脚本也能记。")
    still.get_by_role("button", name="完成记录").click()
    expect(still.get_by_text("没有脚本也能记。")).to_be_visible()
    context.close()
