"""Rows that repeat, as a page carries them: `goals` holds the numbers of its rows, `goals.0.text` what was typed in one."""

from xiezuo.forms.filling.values import Typed


def row_ids(typed: Typed, name: str) -> list[str]:
    """The numbers of the rows of `name`, in their order."""
    return [number for number in dict.fromkeys(typed.get(name, ())) if number.isdecimal() and len(number) < 6]


def add_row(typed: Typed, name: str) -> None:
    """One more row at the end."""
    numbers = row_ids(typed, name)
    typed[name] = [*numbers, str(max(map(int, numbers), default=-1) + 1)]


def drop_row(typed: Typed, name: str, number: str) -> None:
    """Without this row and what was typed in it."""
    typed[name] = [kept for kept in row_ids(typed, name) if kept != number]
    for inside in [key for key in typed if key.startswith(f"{name}.{number}.")]:
        del typed[inside]
