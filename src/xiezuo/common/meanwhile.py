"""Two people write on one row at once: what each of them changed is told by marks of what they had before them.

A form carries a mark (a keyed digest, which says nothing to whoever reads it) of every value it was opened with.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from xiezuo.common.crypto import blind
from xiezuo.common.errors import RuleBroken

MARK = 16  # hex digits of the digest; enough to tell two values of one field apart
Marks = Mapping[str, str]


class ChangedMeanwhile(RuleBroken):
    """Somebody else changed the same row. `both`: names of values that both changed, and not to the same; `theirs`:
    those that only the other one changed."""

    def __init__(self, both: frozenset[str], theirs: frozenset[str]) -> None:
        words = _("A colleague changed this while you were writing. Both versions stand here; choose, then save again.")
        super().__init__("common.changed_meanwhile", words, both=sorted(both), theirs=sorted(theirs))
        self.both, self.theirs = both, theirs


def mark(name: str, value: Any) -> str:
    """Of one value; nothing known has one mark, however it is written. Ends of lines differ from browser to browser."""
    if isinstance(value, Decimal):
        value = value.normalize()
    plain = "" if value in (None, "", [], False) else str(value).replace("\r\n", "\n").strip()
    return blind(plain, f"mark.{name}")[:MARK]


def marks(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: mark(name, value) for name, value in values.items()}


def sealed(values: Mapping[str, Any]) -> str:
    """The marks of values as a form carries them."""
    return json.dumps(marks(values), separators=(",", ":"))


def opened(text: str) -> Marks | None:
    """The marks that a form carried; None where it carried none."""
    try:
        found = json.loads(text or "null")
    except ValueError:
        return None
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else None


@dataclass(frozen=True)
class Meanwhile:
    """`both`: changed by both, and not to the same; `theirs`: by the other one alone."""

    both: frozenset[str]
    theirs: frozenset[str]


def meanwhile(seen: Marks, now: Mapping[str, Any], typed: Mapping[str, Any]) -> Meanwhile:
    """What happened to values between opening a form (`seen`) and saving it (`typed`), the row saying `now`."""
    theirs = {name for name in typed if name in seen and mark(name, now[name]) != seen[name]}
    mine = {name for name in typed if name in seen and mark(name, typed[name]) != seen[name]}
    both = {name for name in theirs & mine if mark(name, typed[name]) != mark(name, now[name])}
    return Meanwhile(frozenset(both), frozenset(theirs - mine))
