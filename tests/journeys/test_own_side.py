"""A mother scans the slip on her own telephone, takes back her consent to pictures, and leaves nothing behind."""

import re

from playwright.sync_api import Browser, expect

from tests.journeys.conftest import Enter

SMALL = {"width": 390, "height": 844}


def test_a_mother_reads_what_is_recorded_and_takes_a_yes_back(enter: Enter, browser: Browser, house: str) -> None:
    worker = enter("chenli")
    worker.goto("/people/?q=王淑珍")
    worker.get_by_role("link", name="王淑珍").first.click()
    worker.goto(worker.url.split("?")[0] + "consents/")
    worker.locator('select[name="purpose"]').select_option("portrait")
    worker.locator('input[name="state"][value="given"]').check(force=True)
    worker.locator("main form button.main").click()
    worker.get_by_role("link", name="本人这一边").click()
    worker.get_by_label("怎么核实的身份").first.fill("看过身份证")
    worker.get_by_role("button", name="做一个链接").click()
    expect(worker.locator(".slip svg")).to_be_visible()
    address = worker.locator(".slip .long").inner_text()

    phone = browser.new_context(base_url=house, viewport=SMALL, locale="zh-CN").new_page()
    phone.goto(address)
    phone.get_by_role("button", name="打开").click()
    expect(phone.get_by_role("heading", name="关于你，我们记了什么")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") == SMALL["width"]
    phone.get_by_role("link", name="我的同意").click()
    phone.locator("#portrait").get_by_role("button", name=re.compile("收回同意")).click()
    expect(phone.get_by_role("status")).to_contain_text("从现在起就算数")
    expect(phone.locator("#portrait")).to_contain_text("同意已收回，不再做了。")

    # What she writes stays in the open page, also when it is loaded anew, and goes with her last press.
    phone.goto("/member/complaints/")
    phone.locator("textarea[name=facts]").fill("等了三次都没有人")
    phone.reload()
    expect(phone.locator("textarea[name=facts]")).to_have_value("等了三次都没有人")
    assert phone.evaluate("localStorage.length") == 0
    phone.get_by_role("button", name="我看完了").click()
    expect(phone.get_by_role("heading", name="看完了")).to_be_visible()
    assert phone.evaluate("sessionStorage.length + localStorage.length") == 0
    phone.goto("/member/")
    expect(phone.get_by_role("heading", name="页面已经关上")).to_be_visible()
    phone.goto(address)
    expect(phone.get_by_role("heading", name="页面已经关上")).to_be_visible()
    phone.context.close()
