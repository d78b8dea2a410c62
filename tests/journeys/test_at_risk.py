"""Someone is at risk, and the network is gone: what was typed stays, goes by itself when it is back, and is said once."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import Count, Enter, until

REPORTS = "service_riskreport"
SEEN = "皮村路口，红棉袄的男孩，五六岁"
SAID = "胳膊上有新伤𠮷，他说不想回家"


def opened(enter: Enter, who: str) -> Page:
    page = enter(who)
    page.goto("/service/risk/")
    return page


def typed(page: Page, said: str = SAID) -> None:
    page.locator("[name=described]").fill(SEEN)
    page.locator("[name=facts]").fill(said)


def press(page: Page) -> None:
    page.locator("form.form-page button.danger").click()


def test_what_was_typed_without_a_network_is_one_report_when_it_is_back(enter: Enter, count: Count) -> None:
    page, before = opened(enter, "xiaomei"), count(REPORTS)
    page.context.set_offline(True)
    typed(page)
    expect(page.locator(".saved.wait")).to_contain_text("没有网络")
    for _impatient in range(3):
        press(page)
        expect(page.locator(".saved.wait")).to_contain_text("网络恢复后会自动提交")
    expect(page.locator("[name=facts]")).to_have_value(SAID)
    assert count(REPORTS) == before
    page.context.set_offline(False)
    page.wait_for_url("**/service/risk/reports/*/")
    assert count(REPORTS) == before + 1
    expect(page.locator("[name='c-facts']")).to_have_value(SAID)


def test_a_page_closed_without_a_network_gives_the_words_back_and_they_are_said_once(
    enter: Enter, count: Count
) -> None:
    page, before = opened(enter, "hanlei"), count(REPORTS)
    page.context.set_offline(True)
    typed(page)
    press(page)
    expect(page.locator(".saved.wait")).to_contain_text("网络恢复后会自动提交")
    page.close()
    page = page.context.new_page()
    page.context.set_offline(False)
    page.goto("/service/risk/")
    expect(page.locator("[name=facts]")).to_have_value(SAID)
    expect(page.locator("[name=described]")).to_have_value(SEEN)
    press(page)
    page.wait_for_url("**/service/risk/reports/*/")
    page.goto("/service/risk/")
    expect(page.locator("[name=facts]")).to_have_value("")
    assert count(REPORTS) == before + 1


def test_where_only_the_answer_was_lost_pressing_again_makes_no_second_report(enter: Enter, count: Count) -> None:
    page, before = opened(enter, "majun"), count(REPORTS)
    typed(page)

    def answer_lost(route: Route) -> None:
        """The house hears it; what it answers never arrives."""
        if route.request.method == "POST" and route.request.is_navigation_request():
            route.fetch(max_redirects=0)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/service/risk/", answer_lost)
    press(page)
    until(lambda: count(REPORTS) == before + 1)
    page.unroute("**/service/risk/")
    page.goto("/service/risk/")
    if page.locator("[name=facts]").input_value():
        press(page)
        page.wait_for_url("**/service/risk/reports/*/")
    assert count(REPORTS) == before + 1


@pytest.mark.parametrize("way", ["again", "back"])
def test_pressed_twice_in_a_hurry_it_is_one_report(enter: Enter, count: Count, way: str) -> None:
    page, before = opened(enter, "guiying"), count(REPORTS)
    typed(page, f"{SAID} {way}")
    if way == "again":
        page.locator("form.form-page button.danger").dblclick()
        page.wait_for_url("**/service/risk/reports/*/")
    else:
        press(page)
        page.wait_for_url("**/service/risk/reports/*/")
        page.go_back()
        press(page)
        page.wait_for_url("**/service/risk/reports/*/")
    assert count(REPORTS) == before + 1
