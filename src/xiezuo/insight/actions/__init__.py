from xiezuo.insight.actions.frameworks import promise, take_back_promise
from xiezuo.insight.actions.releases import RowOut, close_release, open_release, release_rows
from xiezuo.insight.actions.texts import write_text, write_texts

__all__ = [
    "RowOut",
    "close_release",
    "open_release",
    "promise",
    "release_rows",
    "take_back_promise",
    "write_text",
    "write_texts",
]
