"""What one pack says, pointed at from another, so that no value is written twice: `checks-core:check.valid_months`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from xiezuo.forms.packs.held import pack


def pointed(pointer: str, on: date | None = None) -> Any:
    """The value a pointer names, as it holds on a day (today). A row of a list is named by its `code`.

    Raises KeyError when there is no such pack here, or it does not tell that.
    """
    pack_id, _colon, path = pointer.partition(":")
    try:
        told: Any = pack(pack_id, on)
    except FileNotFoundError as missing:
        raise KeyError(pointer) from missing
    for name in path.split("."):
        told = _inside(told, name, pointer)
    return told


def _inside(told: Any, name: str, pointer: str) -> Any:
    if isinstance(told, list):
        told = {row["code"]: row for row in told if isinstance(row, Mapping) and "code" in row}
    if not isinstance(told, Mapping) or name not in told:
        raise KeyError(pointer)
    return told[name]
