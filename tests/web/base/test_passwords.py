"""Which passwords are taken."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests.factories.cast import Cast


@pytest.mark.parametrize(
    ("password", "taken"),
    [
        ("three quiet herons", True),
        ("短短的一句话也可以当密码", True),
        ("x" * 64 + " and more", True),
        ("协作者的灰鹭每天清早飞过", True),
        ("xiezuo2026", False),
        ("东区童缘2026！", False),
        ("北京市协作者社会工作发展中心", False),
        ("xiaomei2026", False),
        ("password123", False),
        ("1234567890", False),
        ("too short", False),
    ],
)
def test_which_passwords_are_taken(cast: Cast, password: str, taken: bool) -> None:
    if taken:
        validate_password(password, cast.xiaomei.user)
        return
    with pytest.raises(ValidationError):
        validate_password(password, cast.xiaomei.user)


def test_a_password_of_many_signs_counts_to_its_last(cast: Cast) -> None:
    long = "灰鹭" * 60
    cast.xiaomei.user.set_password(long)
    assert (cast.xiaomei.user.check_password(long), cast.xiaomei.user.check_password(long[:-1])) == (True, False)
