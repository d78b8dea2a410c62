"""Where a rule acts, its reason stands beside it; a refusal brings its own."""

import pytest
from django.core.exceptions import ValidationError
from django.forms import CharField, Form
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils.translation import override

from tests.factories.cast import Cast
from xiezuo.common.errors import RuleBroken
from xiezuo.orgs.access import Actor
from xiezuo.people.access import SectionClosed
from xiezuo.people.models import Person
from xiezuo.people.sections import Decision
from xiezuo.people.vocab import Section
from xiezuo.web.base.errors import not_allowed, rule_broken
from xiezuo.web.base.reasons import as_error, broken, reasons


def page(actor: Actor, address: str) -> str:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(actor.user)
    return browser.get(address).content.decode()


def shown(template: str) -> str:
    return Template(template).render(Context())


def test_the_page_of_checks_and_that_of_consents_tell_why(cast: Cast) -> None:
    child = cast.person("小宇", cast.east)
    checks = page(cast.chenli, "/people/checks/")
    consents = page(cast.chenli, f"/people/{child.pk}/consents/")
    assert ("CHD-5" in checks, "《未成年人保护法》第六十二、九十八、一百二十六条" in checks) == (True, True)
    assert [f">{code}<" in consents for code in ("CON-1", "CON-2", "CON-3", "CON-4")] == [True] * 4


def test_a_rule_tells_what_it_asks_where_that_stands_and_how_far_it_was_looked_up() -> None:
    with override("en"):
        (pack,) = reasons("CHD-5")
    (why,) = pack.rules
    assert why.trigger == "When someone is to work near children"
    assert why.source.startswith("Law on the Protection of Minors, articles 62, 98 and 126")
    assert why.marks == ["the duty: read in the source", "how and how much: quoted elsewhere"]
    assert (pack.title, why.does) == ("Rules of the whole country", "Not done while it is not kept.")


def test_what_one_pack_says_stands_together() -> None:
    with override("en"):
        told = [(pack.title, [one.code for one in pack.rules]) for pack in reasons("CNT-1", "CON-1", "CNT-2")]
    assert told == [("Common rules", ["CNT-1", "CNT-2"]), ("Rules of the whole country", ["CON-1"])]


def test_a_pack_that_nobody_compared_with_its_sources_says_so() -> None:
    with override("en"):
        told = "Not verified: nobody has compared this pack"
        assert [told in shown(f'{{% why "{code}" %}}') for code in ("OUT-1", "CHD-5")] == [True, False]


def test_a_rule_of_another_place_is_left_out_and_with_it_the_line() -> None:
    assert shown('{% why "VOL-8" "VOL-JS-1" %}').strip() == ""
    assert "<details" in shown('{% why "VOL-8" "VOL-12" %}')


def test_a_refusal_that_names_its_rule_brings_the_reason() -> None:
    request = RequestFactory().get("/")
    with override("en"):
        told = rule_broken(request, RuleBroken("people.check_missing", "No check.", rule="CHD-5")).content.decode()
        bare = rule_broken(request, RuleBroken("people.on_hold", "A hold stops this.")).content.decode()
    assert ("has a clear check before they start" in told, "<details" in bare) == (True, False)


class Asked(Form):
    state = CharField()
    words = CharField(required=False)


@pytest.mark.parametrize(
    ("refusals", "expected"),
    [
        ([], []),
        ([RuleBroken("people.guardian_decides", "The guardian decides.", field="state", rule="CON-2")], ["CON-2"]),
        ([RuleBroken("people.access_decided", "Answered already.")], []),
    ],
)
def test_a_form_keeps_the_rules_behind_its_errors_apart_from_its_own(
    refusals: list[RuleBroken], expected: list[str]
) -> None:
    form = Asked({"state": ""})
    form.add_error("words", ValidationError("Write more.", code="short"))
    for refusal in refusals:
        form.add_error(refusal.field or None, as_error(refusal))
    assert broken(form) == expected


def test_a_childs_file_that_is_closed_tells_why_and_an_adults_does_not() -> None:
    request = RequestFactory().get("/")
    told = []
    with override("en"):
        for code in ("minor", "not_tied"):
            error = SectionClosed(Person(nickname="小宇"), Section.CASE, Decision(is_open=False, code=code))
            told.append("Every reading is written down" in not_allowed(request, error).content.decode())
    assert told == [True, False]
