"""Facts about people go to another organisation with their yes and under an agreement that holds (CON-7)."""

from dataclasses import replace
from datetime import date

import pytest

from tests.exchange.test_exporting import DAY, NOON, agrees, wang, wants
from tests.factories.cast import Cast
from xiezuo.common.errors import RuleBroken
from xiezuo.exchange.actions.agreeing import agree_sharing, end_sharing
from xiezuo.exchange.actions.exporting import Wanted, ask_export, decide_export, write_export
from xiezuo.people.models import Person
from xiezuo.people.vocab import ConsentPurpose

__all__ = ["wang"]


def shared(cast: Cast, wang: Person, **agreed: object) -> Wanted:
    facts = {
        "with_whom": "东城社工站",
        "for_what": "转介",
        "sections": ["name", "contact"],
        "from_on": DAY,
        "to_on": date(2026, 12, 31),
        "signed_on": DAY,
    } | agreed
    agreement = agree_sharing(by=cast.chenli, **facts)  # type: ignore[arg-type]
    agrees(cast.xiaomei, wang, ConsentPurpose.SHARE_ORG)
    return wants(purpose="share_org", agreement=agreement)


def test_without_an_agreement_nothing_goes_to_another_organisation(cast: Cast, wang: Person) -> None:
    agrees(cast.xiaomei, wang, ConsentPurpose.SHARE_ORG)
    with pytest.raises(RuleBroken) as refusal:
        ask_export(by=cast.xiaomei, wanted=wants(purpose="share_org"), at=NOON)
    assert refusal.value.code == "exchange.no_agreement"


@pytest.mark.parametrize(
    ("agreed", "code"),
    [
        ({"signed_on": None}, "exchange.no_agreement"),
        ({"from_on": date(2026, 3, 3)}, "exchange.no_agreement"),
        ({"from_on": date(2025, 1, 1), "to_on": date(2026, 3, 1)}, "exchange.no_agreement"),
        ({"sections": ["name"]}, "exchange.not_agreed"),
        ({}, ""),
    ],
)
def test_an_agreement_is_signed_holds_today_and_covers_the_columns(
    cast: Cast, wang: Person, agreed: dict[str, object], code: str
) -> None:
    wanted = shared(cast, wang, **agreed)
    if not code:
        export = ask_export(by=cast.xiaomei, wanted=wanted, at=NOON)
        assert (export.second_for, export.recipient) == (["purpose"], "东城社工站")
        return
    with pytest.raises(RuleBroken) as refusal:
        ask_export(by=cast.xiaomei, wanted=wanted, at=NOON)
    assert refusal.value.code == code


def test_an_agreement_that_ended_meanwhile_stops_what_was_approved(cast: Cast, wang: Person) -> None:
    wanted = shared(cast, wang, from_on=date(2026, 1, 1), signed_on=date(2026, 1, 1))
    export = ask_export(by=cast.xiaomei, wanted=wanted, at=NOON)
    decide_export(by=cast.chenli, export=export, approved=True, words="", at=NOON)
    assert wanted.agreement is not None
    end_sharing(by=cast.chenli, agreement=wanted.agreement, on=date(2026, 3, 1))
    with pytest.raises(RuleBroken) as refusal:
        write_export(by=cast.xiaomei, export=export, at=NOON)
    assert refusal.value.code == "exchange.no_agreement"


def test_passing_on_needs_the_persons_own_yes_for_passing_on(cast: Cast, wang: Person) -> None:
    wanted = replace(shared(cast, wang), columns=["name"])
    agrees(cast.xiaomei, cast.person("李哥", cast.east))
    export = ask_export(by=cast.xiaomei, wanted=wanted, at=NOON)
    assert (export.rows, export.left_out) == (1, {"not_asked": 1})
