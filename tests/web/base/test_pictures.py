"""Pictures say what the figures say."""

import re
from datetime import date

import pytest

from xiezuo.web.base.pictures import bands, bars, heat, tree


@pytest.mark.parametrize(
    ("most", "marks"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (4, [0, 1, 2, 3, 4]),
        (7, [0, 2, 4, 6, 8]),
        (40, [0, 10, 20, 30, 40]),
        (1242, [0, 500, 1000, 1500]),
        (11_941, [0, 5000, 10_000, 15_000]),
    ],
)
def test_marks_beside_bars_are_round_and_reach_the_highest(most: int, marks: list[int]) -> None:
    assert bars.ticks(most) == marks


def test_a_bar_is_as_tall_as_its_share_of_the_top_mark() -> None:
    chart = bars.BarChart("t", "2025", [bars.Bar("一月", 5), bars.Bar("二月", 10)])
    drawn = bars.svg(chart)
    assert bars.marks(chart) == [10, 5, 0]
    assert re.findall(r'y="([\d.]+)" width="18" height="([\d.]+)"', drawn) == [("50.0", "50.0"), ("0.0", "100.0")]


def test_two_series_are_told_apart_without_colour() -> None:
    chart = bars.BarChart("t", "2025", [bars.Bar("一月", 5, 4)], before="2024")
    assert re.findall(r'rect class="([^"]+)"', bars.svg(chart)) == ["fill", "out bg"]
    assert (chart.total, chart.total_before) == (5, 4)


def test_a_year_without_any_figure_still_draws() -> None:
    empty = bars.BarChart("t", "2025", [])
    assert bars.marks(empty) == [1, 0]
    assert "<rect" not in bars.svg(empty)


def test_a_role_lies_where_its_years_lie() -> None:
    span = bands.Span(date(2024, 1, 1), date(2025, 1, 1))
    still = bands.Span(date(2025, 1, 1), None, "gave")
    drawn = bands.Bands([bands.Band("志愿者", [span, still], "")], until=date(2026, 1, 1))
    assert drawn.years() == ["2024", "2025", "2026"]
    assert re.findall(r'class="(\w+)" x="([\d.]+)" y="4" width="([\d.]+)"', bands.svg(drawn, drawn.rows[0])) == [
        ("ink", "0.0", "333.3"),
        ("fill", "333.3", "333.4"),
    ]


def test_twenty_years_get_at_most_six_labels() -> None:
    long = bands.Bands([bands.Band("会员", [bands.Span(date(2007, 1, 1), None)], "")], until=date(2026, 1, 1))
    assert [year for year in long.years() if year] == ["2007", "2011", "2015", "2019", "2023"]
    assert len(long.years()) == 20


@pytest.mark.parametrize(("count", "level"), [(0, 0), (1, 1), (5, 1), (6, 2), (15, 3), (16, 4), (20, 4)])
def test_a_day_is_as_dark_as_its_quarter_of_the_fullest_day(count: int, level: int) -> None:
    assert heat.level(count, 20) == level


def test_every_day_of_the_calendar_says_its_figure() -> None:
    counts = {date(2026, 3, 5): 12, date(2026, 3, 6): 3, date(2026, 4, 1): 1}
    drawn = heat.svg(counts, date(2026, 3, 1), date(2026, 4, 30), "zh-hans")
    assert drawn.count("<rect") == 61
    assert "<title>2026年3月5日: 12</title>" in drawn
    assert heat.by_month(counts) == [(date(2026, 3, 1), 15), (date(2026, 4, 1), 1)]


def kin(number: int, generation: int, **facts: bool) -> tree.Kin:
    return tree.Kin(number, f"人{number}", generation, **facts)


def test_parents_stand_over_the_middle_of_their_children() -> None:
    family = tree.Family(
        [kin(1, 0), kin(2, 0), kin(3, 1), kin(4, 1), kin(5, 1)],
        couples=[(1, 2)],
        children=[((1, 2), 3), ((1, 2), 4), ((1, 2), 5)],
    )
    assert tree.places(family) == {1: (0.5, 0), 2: (1.5, 0), 3: (0.0, 1), 4: (1.0, 1), 5: (2.0, 1)}


def test_a_husband_who_married_in_stands_beside_his_wife_under_her_mother() -> None:
    family = tree.Family([kin(1, 0), kin(2, 1), kin(3, 1)], couples=[(2, 3)], children=[((1,), 2)])
    assert tree.places(family) == {1: (0.5, 0), 2: (0.0, 1), 3: (1.0, 1)}


def test_the_dashed_line_leaves_out_who_lives_elsewhere() -> None:
    both = tree.Family([kin(1, 0, lives_here=True), kin(2, 0, lives_here=True)], couples=[(1, 2)])
    apart = tree.Family([kin(1, 0, lives_here=True), kin(2, 0)], couples=[(1, 2)])
    homes = [re.findall(r'class="home" d="([^"]*)"', tree.svg(family))[0] for family in (both, apart)]
    assert [home.count("h66") for home in homes] == [8, 4]


def test_a_bold_line_marks_the_person_of_the_page_and_a_name_is_never_markup() -> None:
    drawn = tree.svg(tree.Family([tree.Kin(1, "<b>小宇</b>", 0, "male", is_self=True)]))
    assert 'class="ln bg self"' in drawn
    assert "<b>" not in drawn


def test_a_long_name_takes_two_lines_and_a_very_long_one_says_that_it_goes_on() -> None:
    assert tree.wrapped("迪丽拜尔·吐尔逊江") == ["迪丽拜尔·吐尔逊江"]
    assert tree.wrapped("买买提江·阿不都热依木") == ["买买提江·阿不都热依", "木"]
    assert tree.wrapped("人" * 25) == ["人" * 10, "人" * 9 + "…"]
