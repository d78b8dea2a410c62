"""Twelve forms, six misfortunes: not one character is lost, and nothing is written down twice."""

import contextlib
import itertools
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route, expect

from tests.journeys.conftest import Count, chromium, until
from tests.journeys.twelve_forms import FORMS, Form, strange_name

SAVED = "已自动保存"
YEARS = itertools.count(2001)
# Milliseconds from the last key until the copy is flushed to the disk.
ON_DISK = """async () => {
  const began = performance.now();
  await Promise.all(drafted.map((one) => draftDevice.settled(one.id)));
  return performance.now() - began;
}"""


def log_in(page: Page, who: str, house: str = "") -> None:
    page.goto(f"{house}/login/")
    page.locator(f'form[action="/demo-login/{who}/"] button').click()
    page.wait_for_load_state()


@dataclass
class Hands:
    """The people of the twelve forms, each with a browser of their own that stays open for the whole matrix."""

    house: str
    browser: Browser
    count: Count

    def __post_init__(self) -> None:
        self.contexts: dict[str, BrowserContext] = {}
        self.person = ""
        self.records: Iterator[str] = iter(())
        self.errors: list[str] = []

    def context(self, who: str) -> BrowserContext:
        if who not in self.contexts:
            self.contexts[who] = self.browser.new_context(base_url=self.house, locale="zh-CN")
            page = self.contexts[who].new_page()
            log_in(page, who)
            page.close()
        return self.contexts[who]

    def page(self, who: str) -> Page:
        page = self.context(who).new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        return page

    def begin(self) -> None:
        """Someone to write about, and records of one's own to write notes on."""
        page = self.page("xiaomei")
        page.goto("/people/register/")
        page.fill('input[name="nickname"]', strange_name())
        page.locator("form.form-page button.main").last.click()
        page.wait_for_url("**/people/*/")
        self.person = page.url.rstrip("/").rpartition("/")[2]
        page.goto("/service/records/?mine=on&year=all")
        rows = page.eval_on_selector_all("main a[href^='/service/']", "all => all.map((a) => a.getAttribute('href'))")
        numbers = [row.split("/")[2] for row in dict.fromkeys(rows) if row.split("/")[2].isdigit()]
        self.records = iter([pk for pk in numbers if not self.count("service_privatenote", record_id=pk)])
        page.close()

    def without_drafts(self, who: str) -> None:
        page = self.page(who)
        page.goto("/drafts/")
        while page.locator("main li button").count():
            with page.expect_navigation():
                page.locator("main li button").first.click()
        page.close()

    def address(self, form: Form) -> str:
        record = next(self.records) if "{r}" in form.address else ""
        year = next(YEARS) if "{y}" in form.address else ""
        return form.address.format(p=self.person, r=record, y=year)

    def rows(self, form: Form, text: str) -> int:
        """How often the house holds these words, each character of them."""
        if not form.column:
            return self.count(form.table)
        return self.count(form.table, **{f"replace({form.column}, char(13), '')": text})


@pytest.fixture(scope="module")
def hands(house: str, browser: Browser, count: Count) -> Iterator[Hands]:
    hands = Hands(house, browser, count)
    hands.begin()
    yield hands
    for context in hands.contexts.values():
        context.close()
    assert hands.errors == []


def saved(page: Page) -> None:
    expect(page.locator(".saved").filter(has_text=SAVED)).to_have_count(1)
    until(lambda: bool(page.evaluate("drafted.every((one) => !one.unsaved)")))


@dataclass
class Case:
    """One form in one misfortune: words that stand nowhere else, and how many rows there were before."""

    hands: Hands
    form: Form
    misfortune: str

    def __post_init__(self) -> None:
        self.name = f"{self.misfortune}{self.form.name}"
        self.text = self.form.words(self.name)
        self.address = self.hands.address(self.form)
        self.before = self.hands.rows(self.form, self.text)

    def opened(self, page: Page) -> Page:
        """The form is opened anew; from then on its address names the draft, where that page has one of its own."""
        page.goto(self.address)
        self.address = page.url
        return page

    def write(self, page: Page, text: str = "") -> None:
        self.form.others(page, self.name)
        page.fill(self.form.box, text or self.text)

    def is_back_and_sent(self, page: Page) -> None:
        page.goto(self.address)
        expect(page.locator(self.form.box)).to_have_value(self.text)
        with page.expect_navigation():
            self.form.send(page)
        self.stands_once(page)

    def stands_once(self, page: Page) -> None:
        assert self.hands.rows(self.form, self.text) == self.before + 1, self.form.name
        if not self.form.column:
            page.goto(self.address)
            # What the house wrote into the page: a draft that still waits is laid over it a moment later.
            assert page.eval_on_selector(self.form.box, "box => box.defaultValue") == self.text


def cases_of(hands: Hands, misfortune: str) -> Iterator[tuple[str, list[Case]]]:
    """The cases of each of the people."""
    for who, forms in itertools.groupby(FORMS, lambda form: form.who):
        yield who, [Case(hands, form, misfortune) for form in forms]


def test_all_tabs_are_closed_while_there_is_no_network(hands: Hands) -> None:
    for who, cases in cases_of(hands, "断网"):
        pages = [case.opened(hands.page(who)) for case in cases]
        hands.context(who).set_offline(True)
        for case, page in zip(cases, pages, strict=True):
            case.write(page)
            page.close()
        hands.context(who).set_offline(False)
        page = hands.page(who)
        for case in cases:
            case.is_back_and_sent(page)
        page.close()


def test_the_session_ends_while_they_write(hands: Hands) -> None:
    for who, cases in cases_of(hands, "过期"):
        pages = [case.opened(hands.page(who)) for case in cases]
        hands.context(who).clear_cookies(name="sessionid")
        for case, page in zip(cases, pages, strict=True):
            case.write(page)
            expect(page.locator(".saved.wait")).to_contain_text("登录已过期")
            page.close()
        page = hands.page(who)
        log_in(page, who)
        for case in cases:
            case.is_back_and_sent(page)
        page.close()


def lost(led: list[str]) -> Callable[[Route], None]:
    """The house gets what is sent, twice, and its answer never arrives."""

    def cut(route: Route) -> None:
        if not (route.request.is_navigation_request() and route.request.method == "POST"):
            route.fallback()
            return
        led.extend(route.fetch(max_redirects=0).headers.get("location", "") for _time in range(2))
        route.abort("connectionreset")

    return cut


def test_the_answer_is_lost_and_the_form_is_sent_again(hands: Hands) -> None:
    """The house has carried it out, and nobody was told. The page opened again says so, and no draft is left over."""
    for who, cases in cases_of(hands, "断线"):
        hands.without_drafts(who)
        for case in cases:
            led: list[str] = []
            page = case.opened(hands.page(who))
            case.write(page)
            saved(page)
            page.route("**/*", lost(led))
            case.form.send(page)
            until(lambda led=led: len(led) == 2)  # type: ignore[misc]
            page.close()
            for told in ("sent-form", "messages"):  # were part of the answer that was lost
                hands.context(who).clear_cookies(name=told)
            page = hands.page(who)
            page.goto(case.address)
            assert led[0] and led[0] == led[1], case.name
            if "draft=" not in case.address:
                expect(page.locator(".note.back")).to_contain_text("已经收到")
            case.stands_once(page)
            page.goto("/drafts/")
            expect(page.locator("main li")).to_have_count(0)
            page.close()


def test_one_form_is_open_twice(hands: Hands) -> None:
    """Neither tab overwrites the other: one is sent, the other waits as a draft, both whole."""
    for who, cases in cases_of(hands, "两页"):
        hands.without_drafts(who)
        for case in cases:
            first, second = case.text[::-1], case.text[:-1]
            one = case.opened(hands.page(who))
            case.write(one, first)
            saved(one)
            other = hands.page(who)
            other.goto(case.address)
            expect(other.locator(case.form.box)).to_have_value(first)
            other.fill(case.form.box, second)
            saved(other)
            other.close()
            one.fill(case.form.box, case.text)
            expect(one.locator(".saved.wait")).to_contain_text("两份都已保存")
            with one.expect_navigation():
                case.form.send(one)
            case.stands_once(one)
            one.goto("/drafts/")
            one.locator("main li h3 a").click()
            expect(one.locator(case.form.box)).to_have_value(second)
            one.goto("/drafts/")
            one.locator("main li button").click()
            expect(one.locator("main li")).to_have_count(0)
            one.close()


@contextlib.contextmanager
def telephone(profile: Path) -> Iterator[tuple[subprocess.Popen[bytes], Callable[[Playwright], BrowserContext]]]:
    """A Chromium of its own that may die: its process, and how it is led."""
    port = profile / "DevToolsActivePort"
    port.unlink(missing_ok=True)
    flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-port=0"]
    process = subprocess.Popen(
        [chromium(), *flags, f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def led(playwright: Playwright) -> BrowserContext:
        until(lambda: port.exists() and port.read_text().count("\n") == 1)
        return playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port.read_text().split()[0]}").contexts[0]

    try:
        yield process, led
    finally:
        process.kill()
        process.wait()


def test_the_browser_is_killed_in_the_middle_of_a_sentence(
    hands: Hands, playwright: Playwright, tmp_path: Path
) -> None:
    on_disk: list[float] = []
    for who, cases in cases_of(hands, "断电"):
        profile = tmp_path / who
        with telephone(profile) as (process, led):
            context = led(playwright)
            page = context.new_page()
            log_in(page, who, hands.house)
            pages = []
            for case in cases:
                case.address = hands.house + case.address
                pages.append(case.opened(context.new_page()))
            context.set_offline(True)
            for case, page in zip(cases, pages, strict=True):
                case.write(page)
                on_disk.append(page.evaluate(ON_DISK))
            process.kill()
            process.wait()
        with telephone(profile) as (_process, led):
            page = led(playwright).new_page()
            log_in(page, who, hands.house)
            for case in cases:
                case.is_back_and_sent(page)
    assert max(on_disk) < 2000
