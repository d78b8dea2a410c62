"""Twelve forms of the product into which people write at length, as the journeys over a bad network fill them in."""

import itertools
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from playwright.sync_api import Page

# Among them characters of four bytes, of several joined signs, of marks that stand over others, and of markup.
SIGNS = "她说：“只要孩子能在这儿念书，别的都好说。”𠮷𡈽🌻👩🏽‍🦽 <b>&amp;</b> \\ '\" ẹ̀ བོད་ ﷽ €"


NUMBERS = itertools.count(1)


def strange_name() -> str:
    """A name that is like nobody else's, so that nobody is asked whether it is the same person."""
    return "".join(chr(0x4E00 + secrets.randbelow(20000)) for _sign in range(5))


Fill = Callable[[Page, str], None]


def _nothing(page: Page, case: str) -> None:
    """Nothing beside the words has to be filled in."""


@dataclass(frozen=True)
class Form:
    """`who` writes into the field `text` of the form at `address`, which keeps it in the column `column` of `table`; one
    without a column is encrypted, and read on its page.

    `others` fills in what else is asked. In an address `{p}` is a person of theirs, `{r}` a record and `{y}` a year,
    another one each time.
    """

    name: str
    who: str
    address: str
    text: str
    table: str
    column: str
    others: Fill = _nothing
    length: int = 2000
    end_of_line: str = "\n"  # where the house keeps such words on one line: what it makes of the ends

    def words(self, case: str) -> str:
        """Words that stand nowhere else in the house."""
        signs = SIGNS + self.end_of_line
        return (f"{case}。" + signs * (self.length // len(signs) + 1))[: self.length - 1] + "完"

    @property
    def box(self) -> str:
        return f'textarea[name="{self.text}"]'

    def send(self, page: Page) -> None:
        """Press the button of the very form in which the words stand."""
        page.locator(f"form:has({self.box}) button:is(.main, .big, :not([name])):not([type=button])").last.click()


def _check(page: Page, name: str, value: str) -> None:
    page.locator(f'input[name="{name}"][value="{value}"]').first.check(force=True)


def _record(page: Page, case: str) -> None:
    _check(page, "method", "enquiry")


def _register(page: Page, case: str) -> None:
    page.locator("details:has(textarea[name=note]) > summary").click()
    page.fill('input[name="nickname"]', strange_name())


def _step(page: Page, case: str) -> None:
    _check(page, "kind", "happened")
    page.fill('input[name="what"]', case)


def _private(page: Page, case: str) -> None:
    if not page.locator("textarea[name=private]").is_visible():
        page.locator("details:has(textarea[name=private]) > summary").click()


def _complaint(page: Page, case: str) -> None:
    page.fill('input[name="about"]', case)


def _breach(page: Page, case: str) -> None:
    page.fill('input[name="what"]', case)
    page.locator('input[name="kinds"]').first.check(force=True)


def _audit(page: Page, case: str) -> None:
    day = date(2001, 1, 1) + timedelta(days=2 * next(NUMBERS))
    page.fill('input[name="from_on"]', day.isoformat())
    page.fill('input[name="to_on"]', (day + timedelta(days=1)).isoformat())


def _agreement(page: Page, case: str) -> None:
    page.fill('input[name="with_whom"]', case)
    page.locator('input[name="sections"]').first.check(force=True)
    page.fill('input[name="from_on"]', "2026-01-01")
    page.fill('input[name="to_on"]', "2036-01-01")


def _programme(page: Page, case: str) -> None:
    page.fill('input[name="name"]', case)


def _request(page: Page, case: str) -> None:
    page.locator('input[name="ask-looker"]').first.check(force=True)
    page.fill('input[name="ask-verified_by"]', "看过身份证")


def _impact(page: Page, case: str) -> None:
    for name in ("purpose", "necessity", "measures"):
        page.fill(f'textarea[name="{name}"]', case)


FORMS = [
    Form("record", "xiaomei", "/service/record/", "note", "service_servicerecord", "note", _record),
    Form("register", "xiaomei", "/people/register/", "note", "people_sensitivefacts", "note", _register),
    Form("step", "xiaomei", "/people/{p}/journey/step/", "own_words", "people_growthnote", "own_words", _step),
    Form("request", "xiaomei", "/people/{p}/requests/", "ask-scope", "people_datarequest", "scope", _request, 1500),
    Form("private", "xiaomei", "/service/{r}/", "private", "service_privatenote", "", _private),
    Form("complaint", "xiaomei", "/people/complaints/", "facts", "people_complaint", "facts", _complaint),
    Form("breach", "heqing", "/people/breaches/note/", "cause", "people_breach", "cause", _breach),
    Form("audit", "heqing", "/people/audits/", "conclusion", "people_minorsaudit", "conclusion", _audit),
    Form("impact", "heqing", "/people/impact/person/", "risks", "people_impactassessment", "risks", _impact),
    Form(
        "agreement",
        "heqing",
        "/exchange/agreements/",
        "for_what",
        "exchange_sharingagreement",
        "for_what",
        _agreement,
        end_of_line=" ",
    ),
    Form("programme", "zhiyuan", "/orgs/programmes/begin/", "about", "orgs_programme", "about", _programme),
    Form("report", "chenli", "/insight/report/{y}/texts/", "stories", "insight_reporttext", "text"),
]
