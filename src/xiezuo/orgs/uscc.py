"""Unified social credit codes of legal persons (USC-1; GB 32100)."""

from dataclasses import dataclass, field

from xiezuo.common.text import bare
from xiezuo.orgs.vocab import OrgKind

LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, Z, S, V
LENGTH = 18
BASE = 3
# What the first two characters say about the kind of body; others say nothing we know.
KINDS = {"51": OrgKind.ASSOCIATION, "52": OrgKind.SOCIAL_SERVICE, "53": OrgKind.FOUNDATION}


@dataclass(frozen=True)
class Finding:
    """What a code says about itself. `error`: length or letter; `warnings`: check, kind.

    Early pilot codes are real and fail the check, so that one only warns; `expected` is the check character that fits.
    """

    code: str
    error: str = ""
    wrong_letter: str = ""
    warnings: list[str] = field(default_factory=list)
    expected: str = ""


def check_character(first_17: str) -> str:
    total = sum(LETTERS.index(letter) * pow(BASE, i, 31) for i, letter in enumerate(first_17))
    return LETTERS[(31 - total % 31) % 31]


def check_uscc(written: str, *, org_kind: str = "") -> Finding:
    """Check a code as someone wrote it; `org_kind` is compared where the code tells the kind."""
    code = bare(written)
    if len(code) != LENGTH:
        return Finding(code, error="length")
    wrong = next((letter for letter in code if letter not in LETTERS), "")
    if wrong:
        return Finding(code, error="letter", wrong_letter=wrong)
    warnings, expected = [], check_character(code[:-1])
    if expected != code[-1]:
        warnings.append("check")
    told = KINDS.get(code[:2])
    if told and org_kind and told != org_kind:
        warnings.append("kind")
    return Finding(code, warnings=warnings, expected=expected)
