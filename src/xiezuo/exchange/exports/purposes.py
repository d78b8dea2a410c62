"""For what lists may leave, as pack exports-default has it."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from xiezuo.exchange.vocab import ExportKind
from xiezuo.forms.packs import pack
from xiezuo.people.vocab import ConsentPurpose, Section

LAW = "law"
SENSITIVE = {Section.SENSITIVE, Section.CASE}


@dataclass(frozen=True)
class Purpose:
    """`sections`: parts of a file that may be in it ("facts" are sex and age without a name)."""

    code: str
    told: dict[str, Any]

    @property
    def label(self) -> str:
        return str(self.told["en" if (get_language() or "").startswith("en") else "zh"])

    @property
    def lists(self) -> list[ExportKind]:
        return [ExportKind(kind) for kind in self.told["lists"]]

    @property
    def sections(self) -> frozenset[str]:
        return frozenset(self.told["sections"])

    @property
    def consents(self) -> list[ConsentPurpose]:
        return [ConsentPurpose(name) for name in self.told["consents"]]

    @property
    def names(self) -> bool:
        return "name" in self.sections

    @property
    def agreement(self) -> bool:
        return bool(self.told["agreement"])

    @property
    def second_person(self) -> bool:
        return bool(self.told["second_person"])

    @property
    def fetch_days(self) -> int:
        return int(self.told["fetch_days"])

    @property
    def keep_days(self) -> int:
        return int(self.told["keep_days"])


def rules() -> dict[str, Any]:
    return pack("exports-default")


def purposes() -> dict[str, Purpose]:
    return {code: Purpose(code, told) for code, told in rules()["purposes"].items()}


def purposes_for(kind: ExportKind) -> list[Purpose]:
    return [purpose for purpose in purposes().values() if kind in purpose.lists]


def subject_of(purpose: Purpose) -> str:
    """Under which name its impact is assessed."""
    return f"export_{purpose.code}"


def sensitive_purposes() -> dict[str, str | Promise]:
    """What the house assesses: every purpose for which sensitive columns may leave."""
    words = _("lists that leave for “%(purpose)s”")
    return {subject_of(one): words % {"purpose": one.label} for one in purposes().values() if one.sections & SENSITIVE}
