"""What one pack says, pointed at from another, so that no value is written twice: `checks-core:check.valid_months`."""

from datetime import date
from typing import Any

from xiezuo.forms.packs.held import pack
from xiezuo.forms.packs.trees import NOTHING, find


def pointed(pointer: str, on: date | None = None) -> Any:
    """The value a pointer names, as it holds on a day (today). A row of a list is named by its key.

    Raises KeyError when there is no such pack here, or it does not tell that.
    """
    pack_id, _colon, path = pointer.partition(":")
    try:
        told = find(pack(pack_id, on), tuple(path.split(".")))
    except FileNotFoundError as missing:
        raise KeyError(pointer) from missing
    if told is NOTHING:
        raise KeyError(pointer)
    return told
