"""The language of the command line: that of the terminal, else that of the house. Needs no Django."""

import gettext
import os
from pathlib import Path

from xiezuo.config.house import BadSetting, read_house

CATALOGUES = Path(__file__).resolve().parent.parent / "locale"


def chosen_language() -> str:
    """`zh-hans` or `en`. LC_ALL, LC_MESSAGES and LANG are asked in turn; C and POSIX say nothing about a language."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            language = value.split(".")[0].split("_")[0].lower()
            return {"zh": "zh-hans", "c": "", "posix": ""}.get(language, "en") or _language_of_house()
    return _language_of_house()


def _language_of_house() -> str:
    try:
        return read_house().language
    except (BadSetting, OSError):
        return "zh-hans"


LANGUAGE = chosen_language()
if LANGUAGE == "zh-hans":
    # The words of click itself ("Usage:", "No such option"), which it asks of the standard library.
    os.environ["LANGUAGE"] = "zh_Hans"
    gettext.bindtextdomain("click", CATALOGUES)
    gettext.textdomain("click")
_translations = gettext.translation("django", CATALOGUES, ["zh_Hans" if LANGUAGE == "zh-hans" else "en"], fallback=True)


def _(words: str) -> str:
    """The words in the language of this terminal."""
    return _translations.gettext(words) if words else ""


def ngettext(one: str, many: str, n: int) -> str:
    return _translations.ngettext(one, many, n)
