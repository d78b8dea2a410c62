"""Numbers in Chinese characters, everyday and financial."""

from __future__ import annotations

DIGITS = {
    c: i
    for i, s in enumerate(("零〇○", "一壹幺", "二贰貳两兩", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"))
    for c in s
}
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
SPECIAL = {"廿": 20, "卅": 30}


def chinese_number(text: str) -> float | None:
    """十二 → 12, 伍佰元 → 500, 二〇二三 → 2023; None for text that is no number."""
    text = text.rstrip("元圆圓整正")
    if not text or any(c not in DIGITS and c not in UNITS and c not in SPECIAL and c not in "万萬" for c in text):
        return None
    if all(c in DIGITS for c in text):
        return float("".join(str(DIGITS[c]) for c in text))
    head, sign, tail = text.partition("万") if "万" in text else text.partition("萬")
    if sign:
        high, low = _below_ten_thousand(head), _below_ten_thousand(tail) if tail else 0
        return None if high is None or low is None else float(high * 10000 + low)
    result = _below_ten_thousand(text)
    return None if result is None else float(result)


def _below_ten_thousand(text: str) -> int | None:
    total = 0
    digit: int | None = None
    for char in text:
        if char in SPECIAL:
            total, digit = total + SPECIAL[char], None
        elif char in UNITS:
            total, digit = total + (1 if digit is None else digit) * UNITS[char], None
        elif char in DIGITS:
            digit = DIGITS[char]
        else:
            return None
    return total + (digit or 0)
