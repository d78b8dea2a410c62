"""Rules of the field as packs tell them: what is asked, where it stands, how far that was looked up, what the software does.

Packs of kind `rules` map the code of a rule to its entry under `rules`. The nearest pack speaks: a house in Fujian gets
Fujian's word on what Fujian rules. What a law read in the source asks for cannot be softened by a house; the rest can, to
a warning.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.common.days import today
from xiezuo.forms.definitions import Words, words
from xiezuo.forms.packs.finding import NEAR, acts, all_items
from xiezuo.forms.packs.held import shipped
from xiezuo.forms.packs.pointing import pointed
from xiezuo.forms.packs.reading import Generation, generation, shipped_ids
from xiezuo.forms.packs.versions import Edition, day
from xiezuo.forms.vocab import Mark, PackKind, RuleAct

PART = "rules"
# From the mildest to the strongest.
STRENGTH = [RuleAct.INFORM, RuleAct.REMIND, RuleAct.WARN, RuleAct.REFUSE]


class SecondSignature(StrEnum):
    """`review_task`: the one who works alone signs, and looks at it again on a day that is set."""

    REQUIRED = "required"
    REVIEW_TASK = "review_task"
    NONE = "none"


@dataclass(frozen=True)
class Rule:
    """`duty`: how far it was looked up that this is asked at all; `number`: that its numbers are right. `second`: the same of
    the demand that a second person signs, None where there is none. `softened`: this house only warns."""

    code: str
    told: Words
    when: Words
    source: Words
    act: RuleAct
    values: dict[str, Any]
    duty: Mark
    number: Mark
    second: Mark | None
    who: tuple[str, ...]
    default_on: bool
    softened: bool
    edition: Edition

    @property
    def words(self) -> str:
        """What is asked, with its values, in the language of whoever reads."""
        return filled(str(self.told), self.values)

    @property
    def trigger(self) -> str:
        return filled(str(self.when), self.values)

    @property
    def pack_id(self) -> str:
        return self.edition.pack_id

    @property
    def pack(self) -> Words:
        """What the pack is called."""
        return Words(self.edition.body["title"], self.edition.body.get("title_en", ""))

    @property
    def version(self) -> str:
        return self.edition.version

    @property
    def verified_on(self) -> date | None:
        return day(self.edition.body.get("verified_on"))


def filled(sentence: str, values: dict[str, Any]) -> str:
    """The sentence with its values put in; what no pack tells has to be asked."""
    return re.sub(r"\{(\w+)\}", lambda name: _told(values.get(name[1])), sentence)


def _told(value: Any) -> str:
    if value is None:
        return _("(not in the pack: ask)")
    between = pgettext("between the items of a list", ", ")
    return between.join(map(str, value)) if isinstance(value, list) else str(value)


def rule(code: str, on: date | None = None) -> Rule:
    """The rule as it holds here on a day (today). Raises KeyError when no pack in use has it."""
    return _rule(generation(), code, on or today())


def rules_of(prefix: str, on: date | None = None) -> list[Rule]:
    """Every rule in use whose code is `prefix` or begins with it (`CHD`), by number."""
    # Other packs of this kind keep settings of their own under the same name, in small letters.
    codes = [code for code in all_items(PackKind.RULES, PART, on) if code.isupper()]
    mine = (code for code in codes if code == prefix or code.startswith(f"{prefix}-"))
    return [rule(code, on) for code in sorted(mine, key=_order)]


def _order(code: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split("-", code)]


def can_soften(of: Rule) -> bool:
    """Whether a house may only warn where the rule refuses: never where the duty was read in the law."""
    return of.duty != Mark.VERIFIED


def second_signature(of: Rule, *, solo: bool) -> SecondSignature:
    """What becomes of a second signature in a house of one or two (`solo`): only what the law asks for stays."""
    if of.second is None:
        return SecondSignature.NONE
    return SecondSignature.REVIEW_TASK if solo and of.second != Mark.VERIFIED else SecondSignature.REQUIRED


@lru_cache(maxsize=1024)
def _rule(at: Generation, code: str, on: date) -> Rule:
    found = all_items(PackKind.RULES, PART, on)[code]
    # An entry of the house may leave out whatever is as in the one that came with the product.
    law = _shipped(code, on) if found.edition.own else found.value
    told = {"source": found.edition.body["source"], "mark": found.edition.body["mark"]} | law | found.value
    duty = Mark((law or told).get("duty_mark") or (law or told)["mark"])
    act, softened = _act(law, told, duty)
    return Rule(
        code=code,
        told=words(told),
        when=words(told, "trigger"),
        source=Words(told["source"], told.get("source_en", "")),
        act=act,
        values=_values(told, on),
        duty=duty,
        number=Mark(told.get("number_mark") or told["mark"]),
        second=Mark(second) if (second := (law or told).get("second_person")) else None,
        who=tuple(told.get("who", ())),
        default_on=bool(told.get("default_on", True) or law.get("default_on", bool(law))),
        softened=softened,
        edition=found.edition,
    )


def _shipped(code: str, on: date) -> dict[str, Any]:
    """What came with the product for here, whatever the house says; {} for a rule of the house's own."""
    held = (shipped(pack_id) for pack_id in shipped_ids())
    telling = [
        one
        for one in held
        if one.kind == PackKind.RULES and one.holds_on(on) and acts(one) and code in one.body.get(PART, {})
    ]
    near = min(telling, key=lambda one: NEAR.index(one.level), default=None)
    return dict(near.body[PART][code]) if near else {}


def _act(law: dict[str, Any], told: dict[str, Any], duty: Mark) -> tuple[RuleAct, bool]:
    """What the software does, and whether that is milder than it came."""
    own = RuleAct(told.get("act", RuleAct.INFORM))
    if not law:
        return own, False
    came = RuleAct(law["act"])
    mildest = came if duty == Mark.VERIFIED else min(came, RuleAct.WARN, key=STRENGTH.index)
    act = max(own, mildest, key=STRENGTH.index)
    return act, STRENGTH.index(act) < STRENGTH.index(came)


def _values(told: dict[str, Any], on: date) -> dict[str, Any]:
    """The values told here, and those that another pack tells; what none tells is left out."""
    found = dict(told.get("values", {}))
    for name, pointer in told.get("values_from", {}).items():
        try:
            found[name] = pointed(pointer, on)
        except KeyError:
            continue
    return found
