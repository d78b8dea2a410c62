"""The meter of a gift: what was paid (filled), what is promised (hatched), what is left (empty); the words below say the same."""

from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

WIDE = 100


def _share(part: Decimal, whole: Decimal) -> float:
    return float(round(min(part / whole, Decimal(1)) * WIDE, 2)) if whole > 0 else 0.0


def svg(paid: Decimal, promised: Decimal, whole: Decimal, words: str) -> SafeString:
    """`whole` is what was given; more than that is drawn as all of it."""
    first = _share(paid, whole)
    both = _share(paid + promised, whole)
    return format_html(
        '<svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect class="room" x="0" y="0" width="100" height="8"/><rect class="fill" x="0" y="0" width="{}" height="8"/>'
        '<rect class="promised" x="{}" y="0" width="{}" height="8"/></svg>',
        words,
        first,
        first,
        round(both - first, 2),
    )
