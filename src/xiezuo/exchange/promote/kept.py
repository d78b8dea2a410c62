"""What a row says that has no column of its own: kept readable, each behind its word, in the words of the sheet."""

from typing import Any

from xiezuo.exchange.words import words


def kept_lines(values: dict[str, Any], about: str) -> list[str]:
    """The fields of table `kept_of_…` in words.toml that the row fills, one a line."""
    return [f"{label}：{_written(values[name])}" for name, label in words(about).items() if values.get(name)]


def _written(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
