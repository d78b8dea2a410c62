"""At the door: a link from an administrator, a passkey, and a session that ended while someone was writing."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Enter

SECRET = "three quiet herons"


def with_a_key(page: Page) -> None:
    """A finger on the phone: the browser's own pretended authenticator."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


@pytest.fixture
def named(house: str) -> str:
    """The house by a name: passkeys open no bare number."""
    return house.replace("127.0.0.1", "localhost")


def test_guiying_chooses_a_password_by_link_adds_a_passkey_and_logs_in_with_it(
    enter: Enter, browser: Browser, named: str
) -> None:
    administrator = enter("zhiyuan")
    administrator.goto("/orgs/accounts/")
    administrator.get_by_role("link", name="宋桂英").click()
    administrator.get_by_role("button", name="生成链接").click()
    expect(administrator.locator("svg.qr")).to_be_visible()
    link = administrator.locator("#link").input_value().replace("127.0.0.1", "localhost")

    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", base_url=named)
    page = context.new_page()
    with_a_key(page)
    page.goto(link)
    page.locator('input[name="new_password1"]').fill(SECRET)
    page.locator('input[name="new_password2"]').fill(SECRET)
    page.get_by_role("button", name="设好密码").click()

    def say_the_password() -> None:
        page.locator("#username").fill("guiying")
        page.locator("#password").fill(SECRET)
        page.locator("main form").first.get_by_role("button", name="登录").click()

    say_the_password()
    page.wait_for_url(f"{named}/")
    page.goto("/account/")
    page.get_by_role("button", name="添加通行密钥").click()
    expect(page.get_by_role("heading", name="您的恢复码")).to_be_visible()
    assert page.locator(".paper-codes li").count() == 10
    page.goto("/more/")
    page.get_by_role("button", name="退出登录").click()

    say_the_password()
    expect(page.get_by_role("heading", name="第二步")).to_be_visible()
    page.goto("/people/")
    expect(page.locator("#username")).to_be_visible()
    page.goto("/login/second/")
    page.get_by_role("button", name="用通行密钥").click()
    page.wait_for_url(f"{named}/")
    context.close()

    page = browser.new_context(base_url=named).new_page()
    page.goto(link)
    expect(page.get_by_role("heading", name="这个链接已经失效")).to_be_visible()
    page.context.close()


def test_what_was_typed_when_the_session_ended_is_saved_once_after_logging_in(enter: Enter) -> None:
    page = enter("chenli")
    page.goto("/orgs/sites/open/")
    page.locator('input[name="name"]').fill("河边新站")
    page.locator('input[name="address"]').fill("河边路 12 号,红色铁门 𠮷")
    page.context.clear_cookies(name="sessionid")
    page.locator("main form button.main").click()
    expect(page.get_by_text("您填写的内容都在")).to_be_visible()
    page.locator('form[action="/demo-login/chenli/"] button').click()
    expect(page.get_by_role("heading", name="您填写的内容在这里")).to_be_visible()
    expect(page.get_by_text("河边路 12 号,红色铁门 𠮷")).to_be_visible()
    offered = page.url
    page.get_by_role("button", name="现在保存").click()
    expect(page.get_by_role("heading", name="河边新站")).to_be_visible()
    page.goto(offered)
    assert page.url != offered
    page.goto("/orgs/sites/")
    expect(page.get_by_role("link", name="河边新站")).to_have_count(1)
