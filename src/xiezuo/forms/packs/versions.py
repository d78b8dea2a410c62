"""One version of a pack: its head, and when and where it holds."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from xiezuo.forms.vocab import Level

# Everything beside these is what the pack tells.
HEAD = (
    *(
        "id",
        "kind",
        "title",
        "title_en",
        "version",
        "applies_to",
        "place",
        "valid_from",
        "valid_to",
        "source",
        "source_en",
    ),
    *(
        "mark",
        "verified_on",
        "verified_by",
        "licence",
        "supersedes",
        "requires",
        "parts",
        "changes",
        "changes_en",
        "checksum",
    ),
)


def checksum(body: dict[str, Any]) -> str:
    """SHA-256 (hex) over a pack's content, whatever the order and the file in which it is written."""
    told = {name: value for name, value in body.items() if name != "checksum"}
    written = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=as_text)
    return hashlib.sha256(written.encode()).hexdigest()


def as_text(value: Any) -> str:
    """A day as files in JSON write it."""
    return str(value.isoformat())


def day(value: Any) -> date | None:
    """A day as TOML (a date) or JSON (a text) writes it. Raises ValueError for a text that is none."""
    if value in (None, ""):
        return None
    return value if isinstance(value, date) else date.fromisoformat(str(value))


@dataclass(frozen=True, eq=False)
class Edition:
    """One version of one pack as it lies in a file. `own`: the house published it or laid it there by hand.

    `pinned`: a copy laid there by hand, which holds on every day. `gone`: the product brings the pack no more; only
    records of its time read it.
    """

    body: dict[str, Any]
    own: bool = False
    pinned: bool = False
    gone: bool = False

    @property
    def pack_id(self) -> str:
        return str(self.body["id"])

    @property
    def kind(self) -> str:
        return str(self.body["kind"])

    @property
    def version(self) -> str:
        return str(self.body["version"])

    @property
    def level(self) -> Level:
        return Level(self.body["applies_to"])

    @property
    def place(self) -> str:
        """The code of the province, city or county where it holds; "" for everywhere."""
        return str(self.body.get("place", ""))

    @property
    def valid_from(self) -> date:
        return day(self.body.get("valid_from")) or date.min

    @property
    def valid_to(self) -> date | None:
        return day(self.body.get("valid_to"))

    def holds_on(self, on: date) -> bool:
        if self.gone:
            return False
        return self.pinned or (self.valid_from <= on and (self.valid_to is None or on <= self.valid_to))

    @property
    def order(self) -> tuple[bool, bool, date, tuple[int, ...]]:
        """The one that wins where several hold comes last. A new shipped one waits until the house has looked at it."""
        return self.pinned, self.own, self.valid_from, numbers(self.version)


def numbers(version: str) -> tuple[int, ...]:
    """`1.10` comes after `1.9`. Raises ValueError."""
    return tuple(int(part) for part in version.split("."))
