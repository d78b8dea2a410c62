"""Names as people type them, made comparable."""

from datetime import date

import pytest

from xiezuo.common.days import age_on
from xiezuo.common.text import bare, pinyin, says_a_name, tidy, tidy_name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  王　小 红 ", "王小红"),
        ("迪丽拜尔•吐尔逊江", "迪丽拜尔·吐尔逊江"),
        ("买买提江・阿不都热依木", "买买提江·阿不都热依木"),
        ("Mary  Ann Lee", "Mary Ann Lee"),
        ("小明（大）", "小明（大）"),
    ],
)
def test_a_name_is_kept_as_one_would_write_it(typed: str, kept: str) -> None:
    assert tidy_name(typed) == kept


def test_chinese_punctuation_stays_and_wide_letters_become_narrow() -> None:
    assert tidy("读书会：《种子》；Ａ班 １２ 人") == "读书会：《种子》；A班 12 人"


def test_a_code_is_checked_without_its_spaces() -> None:
    assert bare(" 1101 0519 4912 31002x ") == "11010519491231002X"


def test_a_name_is_found_by_its_sound_and_by_its_initials() -> None:
    assert pinyin("付晓燕") == ("fuxiaoyan", "fxy")


def test_someone_born_on_the_29th_of_february_is_fourteen_on_the_1st_of_march() -> None:
    born = date(2012, 2, 29)
    assert (age_on(born, date(2026, 2, 28)), age_on(born, date(2026, 3, 1))) == (13, 14)


@pytest.mark.parametrize("written", ["王\u200b素芬", "\u202e王素芬\u202c", "王\ufeff素芬", "王 素 芬", "王素芬\u200d"])
def test_marks_that_nobody_sees_are_no_part_of_a_name(written: str) -> None:
    assert tidy_name(written) == "王素芬"


@pytest.mark.parametrize(
    ("written", "is_one"),
    [("＊", False), ("？？", False), ("·", False), ("wang", True), ("𠮷", True), ("3号床", True), ("🌻", True)],
)
def test_signs_alone_are_no_name(written: str, is_one: bool) -> None:
    assert says_a_name(written) is is_one
