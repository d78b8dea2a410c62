import logging
import sys

from xiezuo.config.logs import WithoutPersonalData

FORMAT = WithoutPersonalData("%(levelname)s %(message)s")


def line(message: str, *arguments: object, error: bool = False) -> str:
    return FORMAT.format(
        logging.LogRecord("x", logging.WARNING, "x.py", 1, message, arguments, sys.exc_info() if error else None)
    )


def test_a_path_is_kept_and_what_was_searched_for_is_not() -> None:
    assert line("Not Found: %s", "/people/7/?q=付晓燕") == "WARNING Not Found: /people/7/?…"


def test_long_numbers_are_not_written_down() -> None:
    assert line("no row for %s or %s", "13800138000", "11010519491231002X") == "WARNING no row for # or #"


def test_an_error_says_what_kind_it_is_and_where_but_not_its_words() -> None:
    name, row = "付晓燕", "phone (13800138000) of 付晓燕 already exists"
    try:
        try:
            raise KeyError(name)
        except KeyError as error:
            raise ValueError(row) from error
    except ValueError:
        told = line("Internal Server Error: %s", "/people/new/", error=True)
    assert "付晓燕" not in told
    assert "13800138000" not in told
    assert "builtins.ValueError" in told
    assert "builtins.KeyError" in told
    assert "test_logs.py" in told


def test_the_secret_part_of_a_link_is_not_written_down() -> None:
    secret = "ZktgaAU_wr2O_SujCpfnShhjJjlDA-et"
    assert line("Gone: %s", f"/account/set-password/{secret}/") == "WARNING Gone: /account/set-password/…/"
