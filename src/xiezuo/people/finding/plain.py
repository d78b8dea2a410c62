"""Text as it is compared: character by character, so that any part of a name stays a part of the plain name."""

import unicodedata
from collections.abc import Mapping
from functools import cache

from xiezuo.forms.packs import pack

# Dropped: control, format (bidi, zero width, joiners) and lone surrogates, marks on letters, punctuation with all
# middle dots, spaces, and symbols of mathematics, money and typing. Pictures (So) stay: nicknames hold them.
DROPPED = frozenset({"Cc", "Cf", "Cs", "Mc", "Me", "Mn", "Sc", "Sk", "Sm"})


class _Plainer(dict[int, str]):
    """What each character becomes, worked out when it is first met; for `str.translate`."""

    def __init__(self, simplified: Mapping[int, int]) -> None:
        super().__init__()
        self.simplified = simplified

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFKD", chr(code)).translate(self.simplified)
        kept = "".join(part for part in parts.casefold() if _counts(part))
        self[code] = kept
        return kept


def _counts(char: str) -> bool:
    category = unicodedata.category(char)
    return category not in DROPPED and category[0] not in "PZ"


@cache
def _plainer() -> _Plainer:
    general, of_names = pack("variants-cn"), pack("name-readings")["variants"]
    simplified = str.maketrans(general["traditional"], general["simplified"])
    return _Plainer(simplified | str.maketrans(of_names["written"], of_names["plain"]))


def plain(text: str) -> str:
    """`text` for comparing: 劉・曉燕 → 刘晓燕, José → jose; without spaces, dots, marks and signs."""
    return text.translate(_plainer())
