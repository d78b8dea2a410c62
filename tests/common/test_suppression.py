"""Small cells are hidden so that nobody finds them by adding and subtracting (SUP-1)."""

from collections.abc import Iterator
from itertools import product
from random import Random

import pytest

from xiezuo.common.suppression import Cell, hidden_cells, hidden_in_list, small_cells

Rows = list[list[int]]
K = 5
BY_AGE = [[3, 12, 8, 23], [9, 14, 2, 25], [11, 7, 10, 28], [23, 33, 20, 76]]


def with_totals(inner: Rows) -> Rows:
    rows = [[*row, sum(row)] for row in inner]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def published(cells: Rows, hidden: set[Cell]) -> list[str]:
    return [" ".join("·" if (r, c) in hidden else str(n) for c, n in enumerate(row)) for r, row in enumerate(cells)]


def fitting(cells: Rows, hidden: set[Cell], most: int) -> Iterator[Rows]:
    """Every table of counts up to `most` that agrees with all that is published: what a patient reader can find."""
    rows, columns = len(cells) - 1, len(cells[0]) - 1
    inside = [(r, c) for r in range(rows) for c in range(columns)]
    open_to = [range(most + 1) if cell in hidden else (cells[cell[0]][cell[1]],) for cell in inside]
    for numbers in product(*open_to):
        table = with_totals([list(numbers[r * columns : (r + 1) * columns]) for r in range(rows)])
        if all(table[r][c] == n for r, row in enumerate(cells) for c, n in enumerate(row) if (r, c) not in hidden):
            yield table


def values_of(cell: Cell, cells: Rows, hidden: set[Cell], most: int = 25) -> set[int]:
    return {table[cell[0]][cell[1]] for table in fitting(cells, hidden, most)}


def test_the_worked_table_hides_the_smallest_complement() -> None:
    hidden = hidden_cells(BY_AGE, K)
    assert published(BY_AGE, hidden) == ["· 12 · 23", "· 14 · 25", "11 7 10 28", "23 33 20 76"]
    assert hidden == {(0, 0), (0, 2), (1, 0), (1, 2)}


def test_the_smallest_child_of_the_worked_table_may_now_be_one_of_one_to_eleven() -> None:
    assert values_of((0, 0), BY_AGE, hidden_cells(BY_AGE, K)) == set(range(1, 12))


def test_hiding_only_the_small_ones_gives_them_away() -> None:
    assert values_of((0, 0), BY_AGE, {(0, 0), (1, 2)}) == {23 - 12 - 8}


def test_nought_is_shown_and_a_table_without_small_numbers_stays_whole() -> None:
    cells = with_totals([[0, 7], [9, 30]])
    assert hidden_cells(cells, K) == set()


def test_a_total_that_is_small_itself_is_hidden_too() -> None:
    cells = with_totals([[3, 0], [0, 40]])
    hidden = hidden_cells(cells, K)
    assert {(0, 0), (0, 2), (2, 0)} <= hidden
    assert len(values_of((0, 0), cells, hidden)) > 1


def test_one_row_of_one_number_hides_all_it_has_to() -> None:
    cells = with_totals([[3]])
    assert published(cells, hidden_cells(cells, K)) == ["· ·", "· ·"]


@pytest.mark.parametrize("seed", range(40))
def test_nobody_finds_a_small_number_of_a_table_whatever_it_holds(seed: int) -> None:
    random = Random(seed)
    rows, columns = random.choice([(1, 2), (2, 2), (2, 2), (1, 4), (2, 3)])
    cells = with_totals([[random.choice([0, 0, 1, 2, 3, 4, 5, 6]) for _c in range(columns)] for _r in range(rows)])
    hidden = hidden_cells(cells, 4)
    small = small_cells(cells, 4)
    assert small <= hidden
    found: dict[Cell, set[int]] = {cell: set() for cell in small}
    for table in fitting(cells, hidden, 7):  # a second value lies at most one away
        for r, c in small:
            found[r, c].add(table[r][c])
        if all(len(values) > 1 for values in found.values()):
            break
    assert {cell for cell, values in found.items() if len(values) < 2} == set()


@pytest.mark.parametrize(
    "numbers, hidden",
    [
        ([12, 3, 8, 40], {1, 2}),
        ([12, 3, 2, 40], {1, 2}),
        ([12, 9, 40], set()),
        ([0, 3, 0, 6], {1, 3}),
        ([3, 0], {0, 2}),
        ([], set()),
    ],
)
def test_a_list_with_its_total_never_hides_one_alone(numbers: list[int], hidden: set[int]) -> None:
    assert hidden_in_list(numbers, sum(numbers), K) == hidden


def test_what_an_earlier_release_hid_stays_hidden_and_the_small_one_stays_safe() -> None:
    cells = with_totals([[3, 12, 8], [9, 14, 20], [11, 7, 10]])
    hidden = hidden_cells(cells, K, before={(1, 1)})
    assert hidden == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert values_of((0, 0), cells, hidden) == set(range(13))
