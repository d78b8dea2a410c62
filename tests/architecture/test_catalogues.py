from scripts.messages import problems


def test_every_string_has_one_complete_chinese_translation() -> None:
    assert problems() == []
