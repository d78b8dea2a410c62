"""What the gallery shows. All people and figures are invented."""

import re
from datetime import date, timedelta
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from xiezuo.web.base.pictures.bands import Band, Bands, Span
from xiezuo.web.base.pictures.bars import Bar, BarChart
from xiezuo.web.base.pictures.tree import Family, Kin
from xiezuo.web.base.shapes import Cell, LineEntry, Sheet, SheetRow, Tab

LONG_NAME = "迪丽拜尔·吐尔逊江"
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
TOKENS = (
    ("paper", "纸", gettext_lazy("ground")),
    ("sheet", "宣", gettext_lazy("cards and inputs")),
    ("sunk", "灰", gettext_lazy("heads, chosen")),
    ("ink", "墨", gettext_lazy("text")),
    ("ink2", "淡墨", gettext_lazy("secondary text")),
    ("line", "线", gettext_lazy("separators")),
    ("edge", "边", gettext_lazy("edges of what can be touched")),
    ("pine", "松", gettext_lazy("can be done; is well")),
    ("wait", "柿", gettext_lazy("someone must do something")),
    ("late", "朱", gettext_lazy("overdue, danger, stop")),
    ("brick", "青砖", gettext_lazy("locked or masked")),
)


def icons() -> list[str]:
    """The name of every icon there is, as the sprite has them."""
    sprite = Path(finders.find("xiezuo/icons.svg") or "").read_text(encoding="utf-8")
    return re.findall(r'symbol id="([a-z]+)"', sprite)


def tabs() -> list[Tab]:
    return [
        Tab(_("Overview"), "#tabs", current=True),
        Tab(_("Services 41"), "#tabs"),
        Tab(_("Household"), "#tabs"),
        Tab(_("Who has read"), "#tabs"),
    ]


def step_names() -> list[str]:
    return [_("Choose a file"), _("Understand"), _("Answer questions"), _("Try"), pgettext("step", "Done")]


def line() -> list[LineEntry]:
    return [
        LineEntry(date(2022, 3, 1), _("Came to ask about school"), voice=_("I know few characters and fear the form.")),
        LineEntry(date(2022, 9, 1), _("Xiaoyu started school"), meta=_("Papers done, 600 yuan of help.")),
        LineEntry(date(2024, 9, 1), _("Became a volunteer in the book corner"), "gave", voice=_("Now I read to them.")),
        LineEntry(date(2026, 1, 1), _("Paused to care for her mother"), "rest", meta=_("Her hours stay.")),
    ]


def bands() -> Bands:
    return Bands(
        [
            Band(_("Help-seeker"), [Span(date(2022, 3, 1), date(2022, 3, 31))], _("Mar 2022")),
            Band(_("Service user"), [Span(date(2022, 4, 1), date(2024, 8, 31))], _("Apr 2022 to Aug 2024")),
            Band(_("Participant"), [Span(date(2023, 5, 1), None)], _("since May 2023")),
            Band(
                _("Volunteer"),
                [Span(date(2024, 9, 1), date(2025, 12, 31), "gave"), Span(date(2026, 1, 1), None, "paused")],
                _("since Sep 2024, paused since Jan 2026"),
            ),
        ],
        until=date(2026, 3, 5),
    )


def family() -> Family:
    return Family(
        [
            Kin(1, "李秀英", 0, "female", _("71, in Henan")),
            Kin(2, "王素芬", 1, "female", "38", is_self=True, lives_here=True),
            Kin(3, "张建国", 1, "male", _("40, decorator"), lives_here=True),
            Kin(4, "张小宇", 2, "male", "11", lives_here=True),
            Kin(5, "张小雨", 2, "female", "6", lives_here=True),
        ],
        couples=[(2, 3)],
        children=[((1,), 2), ((2, 3), 4), ((2, 3), 5)],
    )


def big_family() -> Family:
    return Family(
        [
            Kin(1, "吐尔逊江·买买提", 0, "male", "68", lives_here=True),
            Kin(2, "阿依古丽·艾合买提", 0, "female", "66", lives_here=True),
            Kin(3, LONG_NAME, 1, "female", "34", is_self=True, lives_here=True),
            Kin(4, "买买提江·阿不都热依木", 1, "male", _("36, works in Suzhou")),
            Kin(5, "努尔兰·吐尔逊江", 1, "male", "29"),
            Kin(6, "古丽娜尔", 2, "female", "12", lives_here=True),
            Kin(7, "艾力", 2, "male", "9", lives_here=True),
            Kin(8, "阿迪力", 2, "male", "7", lives_here=True),
            Kin(9, "小妹", 2, "unknown", "0", lives_here=True),
        ],
        couples=[(1, 2), (3, 4)],
        children=[((1, 2), 3), ((1, 2), 5), ((3, 4), 6), ((3, 4), 7), ((3, 4), 8), ((3, 4), 9)],
    )


def alone() -> Family:
    return Family([Kin(1, "赵桂芝", 0, "female", "72", is_self=True, lives_here=True)])


def chart() -> BarChart:
    now = (573, 490, 1027, 1087, 1122, 1051, 1242, 1170, 991, 943, 1099, 1146)
    then = (577, 398, 860, 923, 1017, 881, 1153, 1059, 839, 776, 944, 1059)
    names = _("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()
    found = [Bar(name, a, b, "#bars") for name, a, b in zip(names, now, then, strict=True)]
    return BarChart(_("Person-times by month"), "2025", found, before="2024", label=_("Month"))


def one_bar() -> BarChart:
    return BarChart(_("Person-times by site"), "2025", [Bar("皮村童缘", 3)], label=_("Site"))


def days() -> dict[date, int]:
    """Open from Tuesday to Saturday, more in the holidays, closed at the Spring Festival."""
    open_days = (FIRST + timedelta(i) for i in range(250))
    return {
        day: 6 + (day.day * 7 + day.month * 5) % 13 + (10 if day.month in (7, 8) else 0)
        for day in open_days
        if 1 <= day.weekday() <= 5 and not date(2026, 2, 10) <= day <= date(2026, 2, 28)
    }


def sixty() -> list[str]:
    surnames = "王李张刘陈杨赵黄周吴徐孙"
    return [f"{surname}{given}" for given in ("小宇", "建国", "秀英", "雨桐", "桂芝") for surname in surnames]


def sheet() -> Sheet:
    top = [Cell(_("No."), "header", down=2), Cell(_("Day"), "header", down=2), Cell(_("Adults"), "header", span=2)]
    return Sheet(
        ["A", "B", "C", "D", "E"],
        [
            SheetRow(1, [*top, Cell("生活扶助", "side")]),
            SheetRow(2, [Cell(_("men"), "header"), Cell(_("women"), "header"), Cell("能力建设", "side")]),
            SheetRow(
                3,
                [
                    Cell(_("Total"), "total"),
                    Cell("", "total"),
                    Cell("14", "total", is_number=True),
                    Cell("34", "total", is_number=True),
                    Cell("", "side"),
                ],
            ),
            SheetRow(
                4,
                [
                    Cell("1"),
                    Cell("1.2", "question", why=_("2 January or 20 January")),
                    Cell("8", is_number=True),
                    Cell("31", is_number=True),
                    Cell("", "side"),
                ],
                "data",
            ),
            SheetRow(
                5,
                [Cell("2"), Cell("2023-1-7"), Cell("6", is_number=True), Cell("3", is_number=True), Cell("", "side")],
                "data",
            ),
        ],
        [
            ("header", _("Header, rows 1–2")),
            ("total", _("Σ Total, row 3, not read as data")),
            ("data", _("Data, rows 4–5")),
            ("side", _("A list of codes beside it")),
            ("question", _("A cell with a question")),
        ],
    )
