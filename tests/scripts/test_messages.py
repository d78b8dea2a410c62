import polib
import pytest

from scripts.messages import mended


def words(text: str) -> list[tuple[str, str, str]]:
    return [(entry.msgctxt or "", entry.msgid, entry.msgstr) for entry in polib.pofile(mended(text), wrapwidth=0)]


WHOLE = """msgid ""
msgstr ""
"Language: zh_Hans\\n"

msgctxt "unit"
msgid "group"
msgstr "个"

msgid "day"
msgstr ""
"""


def test_a_whole_catalogue_stays_as_it_is() -> None:
    assert words(WHOLE) == [("unit", "group", "个"), ("", "day", "")]
    assert polib.pofile(mended(WHOLE)).metadata["Language"] == "zh_Hans"


@pytest.mark.parametrize("two", ['msgstr ""\nmsgstr "日"', 'msgstr "日"\nmsgstr ""'])
def test_of_two_translations_the_one_with_words_stays(two: str) -> None:
    assert words(f'msgid "day"\n{two}\n') == [("", "day", "日")]


def test_two_originals_that_lost_the_line_between_them_both_keep_their_translation() -> None:
    assert words('msgid "one"\nmsgid "two"\nmsgstr "数"\n') == [("", "one", "数"), ("", "two", "数")]


def test_entries_without_a_blank_line_between_them_are_two() -> None:
    merged = 'msgid "one"\nmsgstr "一"\nmsgctxt "unit"\nmsgid "two"\nmsgstr "二"\n'
    assert words(merged) == [("", "one", "一"), ("unit", "two", "二")]
