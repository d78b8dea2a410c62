import re

from scripts.messages import KEYWORDS, problems
from tests.architecture.source import files

RENAMED = re.compile(r"import \w*gettext\w* as (\w+)")


def test_every_string_has_one_complete_chinese_translation() -> None:
    assert problems() == []


def test_no_string_hides_from_translation_behind_another_name() -> None:
    renamed = {name for path in files(".py") for name in RENAMED.findall(path.read_text(encoding="utf-8"))}
    assert renamed <= set(KEYWORDS)
