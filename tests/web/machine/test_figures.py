"""A program asks for figures with a key: the same numbers as on the page and in the files, with the same rights."""

import json
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from tests.factories.cast import Cast, make_cast
from tests.factories.march import tell_march
from tests.web.staff.service.conftest import logged_in
from xiezuo.common.days import today
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.exchange.actions.releasing import Shape, release_ledger
from xiezuo.exchange.sheets import read_workbook
from xiezuo.insight.dimensions import year_of
from xiezuo.insight.models import Release
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import ProgramKey
from xiezuo.orgs.program_keys import end_key, make_key, own_keys, whose_key

pytestmark = pytest.mark.django_db
LAYOUT = "ledger-by-method"
ASKED = {"layout": LAYOUT, "from": "2026-01-01", "to": "2026-12-31", "reason": "街道平台每月取数"}


@pytest.fixture
def march(settings: Any, tmp_path: Any) -> Cast:
    settings.MEDIA_ROOT = tmp_path
    cast = make_cast()
    tell_march(cast)
    return cast


def key_of(who: Actor, days: int = 30) -> str:
    on = today()
    return make_key(by=who, name="街道平台", ends_on=on + timedelta(days=days), on=on, most_days=366)


def post(key: str, **change: Any) -> Any:
    asked = json.dumps({name: value for name, value in (ASKED | change).items() if value is not None})
    return Client().post(
        "/api/figures/", asked, content_type="application/json", headers={"Authorization": f"Bearer {key}"}
    )


def whole(sheets: list[dict[str, Any]], sheet: str) -> dict[str, Any]:
    """The total of a sheet, by indicator."""
    told = next(one for one in sheets if one["sheet"] == sheet)
    letters = {column["letter"]: column["indicator"] for column in told["columns"] if "indicator" in column}
    total = next(row for row in told["rows"] if row["kind"] == "total")
    return {letters[letter]: number for letter, number in total["numbers"].items()}


TOTAL = {"headcount": 9, "person_times": 44, "unnamed": 28, "event_count": 4, "session_count": 2, "group_count": 1}


def test_the_numbers_are_those_of_the_page(march: Cast) -> None:
    answer = post(key_of(march.chenli))
    assert answer.status_code == 200
    sheets = answer.json()["sheets"]
    assert [one["sheet"] for one in sheets] == ["按方法", "按站点", "按项目", "按领域", "按月份"]
    for sheet in ("按方法", "按站点", "按项目", "按领域", "按月份"):
        assert {code: whole(sheets, sheet)[code] for code in TOTAL} == TOTAL
    by_site = next(one for one in sheets if one["sheet"] == "按站点")
    headcounts = next(column["letter"] for column in by_site["columns"] if column.get("indicator") == "headcount")
    sums = [row["numbers"][headcounts] for row in by_site["rows"] if row["kind"] == "subtotal"]
    assert sums == [3, 4, 4]


def test_every_number_says_unit_and_rule_and_has_a_code_that_leads_to_its_rows(march: Cast) -> None:
    sheets = post(key_of(march.chenli)).json()["sheets"]
    counting = [column for column in sheets[0]["columns"] if "indicator" in column]
    assert (len(counting), all(column["unit"] and column["rule"] for column in counting)) == (12, True)
    code = sheets[0]["rows"][-1]["code"]
    assert logged_in(march.chenli).get(f"/insight/codes/{code}/").status_code == 200


def test_word_and_excel_say_the_same(march: Cast) -> None:
    from docx import Document

    ask = {"by": march.chenli, "layout": LAYOUT, "period": year_of(2026), "reason": "年报"}
    excel = read_workbook(release_ledger(**ask).content, "x.xlsx").sheets[0].grid
    document = Document(BytesIO(release_ledger(**ask, shape=Shape.WORD).content))
    table = document.tables[0]
    assert len(document.tables) == 5
    told = [cell.text for cell in table.rows[-1].cells]
    last = 2 + 2 + len(table.rows) - 2
    assert told[:8] == ["总计", "6", "4", "2", "2.6", "9", "44", "28"]
    assert [excel.own(last, column) for column in (1, 2, 3, 4, 6, 7)] == ["总计", 6, 4, 2, 9, 44]


def test_small_numbers_are_hidden_for_publication_also_for_programs(march: Cast) -> None:
    answer = post(key_of(march.chenli), layout="ledger-monthly-return", publish=True)
    rows = answer.json()["sheets"][0]["rows"]
    small = [row["numbers"][letter] for row in rows for letter in row["hidden"]]
    assert answer.status_code == 200
    assert (len(small) > 0, {*small}) == (True, {None})


def test_what_a_program_fetched_stands_in_the_list_of_what_left(march: Cast) -> None:
    post(key_of(march.chenli))
    release = Release.objects.get()
    assert (release.reason, release.released_by, release.layout) == ("街道平台每月取数", march.chenli.user, LAYOUT)


def test_a_worker_of_one_site_fetches_the_figures_of_that_site_alone(march: Cast) -> None:
    key = key_of(march.xiaomei)
    answers = [post(key), post(key, site=march.west.pk), post(key, site=march.east.pk)]
    assert [answer.status_code for answer in answers] == [403, 403, 200]
    assert whole(answers[-1].json()["sheets"], "按方法")["person_times"] == 7
    assert post(key_of(march.zhiyuan)).status_code == 403


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"layout": "places-cn"}, "layout"),
        ({"from": "gestern"}, "from"),
        ({"to": "2025-01-01"}, "to"),
        ({"site": "东区"}, "site"),
        ({"who": "alle"}, None),
    ],
)
def test_what_is_not_understood_is_said_in_a_sentence(march: Cast, change: dict[str, Any], field: str | None) -> None:
    answer = post(key_of(march.chenli), **change)
    assert (answer.status_code, answer.json().get("field"), answer.json()["words"].endswith(("。", "."))) == (
        422,
        field,
        True,
    )
    assert Release.objects.count() == 0


def test_what_is_no_json_is_refused(march: Cast) -> None:
    key = key_of(march.chenli)
    answer = Client().post(
        "/api/figures/", b"\xff{", content_type="application/json", headers={"Authorization": f"Bearer {key}"}
    )
    assert answer.status_code == 422


def test_asking_without_sending_tells_which_tables_there_are(march: Cast) -> None:
    answer = Client().get("/api/figures/", headers={"Authorization": f"Bearer {key_of(march.chenli)}"})
    assert LAYOUT in {one["layout"] for one in answer.json()["layouts"]}
    assert Release.objects.count() == 0


def test_without_a_key_or_with_an_ended_one_nothing_is_told(march: Cast) -> None:
    key = key_of(march.chenli)
    end_key(by=march.chenli, pk=own_keys(march.chenli).get().pk)
    assert [post(wrong).status_code for wrong in (key, "", "xz_nothing")] == [401, 401, 401]
    assert logged_in(march.chenli).get("/api/figures/").status_code == 401


def test_a_key_ends_with_its_day_and_with_its_login(march: Cast) -> None:
    key, on = key_of(march.chenli, days=1), today()
    assert [whose_key(key, on + timedelta(days=n)) for n in (0, 1, 2)] == [march.chenli.user, march.chenli.user, None]
    march.chenli.user.is_active = False
    march.chenli.user.save()
    assert whose_key(key, on) is None


def test_nobody_ends_a_key_of_a_colleague(march: Cast) -> None:
    key_of(march.chenli)
    with pytest.raises(NotAllowed):
        end_key(by=march.xiaomei, pk=ProgramKey.objects.get().pk)


@pytest.mark.parametrize("ends_on", [date(2020, 1, 1), date(2099, 1, 1)])
def test_a_key_holds_for_a_year_at_most(march: Cast, ends_on: date) -> None:
    with pytest.raises(RuleBroken):
        make_key(by=march.chenli, name="平台", ends_on=ends_on, on=today(), most_days=366)


def test_a_key_is_shown_once_and_kept_nowhere(march: Cast) -> None:
    client = logged_in(march.chenli)
    session = client.session
    session["proved"] = 10**10
    session.save()
    page = client.post("/account/keys/", {"name": "街道平台", "ends_on": today().isoformat()})
    key = page.context["key"]
    assert (key.startswith("xz_"), key in page.content.decode()) == (True, True)
    assert key not in client.get("/account/keys/").content.decode()
    assert key not in str(ProgramKey.objects.values())
