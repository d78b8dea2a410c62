"""Rules of the field: every one is told once, with its source and its mark; a place has its own; what a law asks stays."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest
from django.utils.translation import override

from tests.forms.rules_told import LOCAL, MARKS
from xiezuo.forms.ladders import Reached, grade, ladder, stars
from xiezuo.forms.packs import all_of, pack, places, shipped
from xiezuo.forms.packs.finding import IN_USE
from xiezuo.forms.packs.pointing import pointed
from xiezuo.forms.packs.reading import shipped_ids
from xiezuo.forms.rules import Rule, can_soften, rule, rules_of, second_signature
from xiezuo.forms.vocab import Mark, PackKind, RuleAct

ON = date(2026, 3, 5)
RANK = [Mark.UNVERIFIED, Mark.SECONDARY, Mark.VERIFIED]
BEIJING, FUJIAN, SHENZHEN = "110105", "350100", "440300"


@pytest.fixture
def house(tmp_path: Path, settings: object) -> Path:
    """A house's folder of packs of this test's own."""
    folder = tmp_path / "packs"
    folder.mkdir()
    settings.XIEZUO_HOUSE = replace(settings.XIEZUO_HOUSE, folder=tmp_path)  # type: ignore[attr-defined]
    return folder


def works_in(house: Path, *codes: str) -> None:
    (house / IN_USE).write_text(json.dumps({"places": codes}), encoding="utf-8")


def own(house: Path, *, act: str, code: str, pack_id: str) -> None:
    """The house lays its own copy of a pack beside, with one rule changed."""
    told = {name: dict(one) for name, one in shipped(pack_id).body["rules"].items()}
    told[code]["act"] = act
    lines = [f'id = "{pack_id}"', *(f"[rules.{name}]\n{_toml(one)}" for name, one in told.items())]
    (house / f"{pack_id}.toml").write_text("\n".join(lines), encoding="utf-8")


def _toml(one: dict[str, object]) -> str:
    names = ["zh", "en", "act", "source", "source_en", "mark", "trigger_zh", "trigger_en"]
    return "\n".join(f"{name} = {json.dumps(one[name], ensure_ascii=False)}" for name in names)


def entries() -> Iterator[tuple[str, str, dict[str, object]]]:
    """(pack, code, entry) of every rule that is shipped."""
    for pack_id in sorted(shipped_ids()):
        one = shipped(pack_id)
        if one.kind == PackKind.RULES:
            yield from ((pack_id, code, told) for code, told in one.body.get("rules", {}).items() if code.isupper())


# ── what is shipped ──


def test_every_rule_of_the_field_is_told_once_with_the_marks_it_has() -> None:
    told = [
        (code, (entry.get("duty_mark", entry["mark"]), entry.get("number_mark", entry["mark"])))
        for pack_id, code, entry in entries()
        if (pack_id, code) not in LOCAL
    ]
    assert sorted(told) == sorted(MARKS.items())


def test_places_tell_only_what_is_known_of_them() -> None:
    local = {(pack_id, code) for pack_id, code, _entry in entries() if (pack_id, code) in LOCAL}
    assert local == set(LOCAL)


def test_every_rule_has_its_words_and_its_source_in_both_languages() -> None:
    needed = ("trigger_zh", "trigger_en", "zh", "en", "act", "source", "source_en", "mark", "who")
    assert [(code, name) for _p, code, told in entries() for name in needed if not told.get(name)] == []


def test_a_mark_is_the_lower_of_the_two_and_that_of_a_pack_the_lowest_inside() -> None:
    wrong = [
        code
        for _p, code, told in entries()
        if told["mark"] != min(told.get("duty_mark", told["mark"]), told.get("number_mark", told["mark"]), key=_rank)
    ]
    inside: dict[str, set[str]] = {}
    for pack_id, _code, told in entries():
        inside.setdefault(pack_id, set()).add(str(told["mark"]))
    assert wrong == []
    assert {one: shipped(one).body["mark"] for one in inside} == {one: min(m, key=_rank) for one, m in inside.items()}


def _rank(mark: object) -> int:
    return RANK.index(Mark(str(mark)))


def test_a_value_that_another_pack_tells_is_told_there() -> None:
    missing = []
    for _pack_id, _code, told in entries():
        for pointer in told.get("values_from", {}).values():  # type: ignore[attr-defined]
            try:
                pointed(pointer)
            except KeyError:
                missing.append(pointer)
    assert missing == []


def test_every_number_in_a_sentence_has_a_value() -> None:
    loose = [
        (code, name)
        for _p, code, told in entries()
        for words in ("zh", "en", "trigger_zh", "trigger_en")
        for name in re.findall(r"\{(\w+)\}", str(told[words]))
        if name not in {**told.get("values", {}), **told.get("values_from", {})}  # type: ignore[dict-item]
    ]
    assert loose == []


def test_packs_of_places_name_real_places() -> None:
    local = [one for one in all_of(PackKind.RULES, ON) if one.place]
    known = places()
    assert len(local) == 9
    assert [one.place for one in local if one.place.removesuffix("00").removesuffix("00") not in known] == []


@pytest.mark.parametrize("pack_id", ["stars-340", "stars-local", "rating-skeleton"])
def test_a_ladder_rises(pack_id: str) -> None:
    known = [step.at for step in ladder(pack_id) if step.at is not None]
    assert known == sorted(set(known))


@pytest.mark.parametrize(
    ("pack_id", "part", "expected"),
    [
        ("aid-scales", "criteria", 9),
        ("criteria-mzt059", "criteria", 4),
        ("criteria-oecd", "criteria", 6),
        ("criteria-supportive", "steps", 10),
        ("criteria-supportive", "columns", 3),
        ("rating-skeleton", "criteria", 4),
        ("inspection-precheck", "items", 18),
        ("model-tongyuan", "pieces", 4),
        ("taxonomy-service", "lines", 4),
    ],
)
def test_what_a_pack_lists_is_complete(pack_id: str, part: str, expected: int) -> None:
    rows = pack(pack_id)[part]
    assert len({row["code"] for row in rows}) == len(rows) == expected


# ── the words of a rule ──


def test_a_rule_tells_its_numbers_from_the_pack_that_holds_them() -> None:
    with override("zh-hans"):
        assert "每 12 个月查询一次" in rule("CHD-5").words
        assert rule("FAI-2").words == "承诺后第 30、90、180、365 天各跟进一次。"
    with override("en"):
        assert rule("CHD-3").trigger == "When the file of someone under 18 is opened"
        assert str(rule("CHD-3").source) == "Regulation on the Protection of Minors on the Internet, article 36"


def test_a_value_that_no_pack_tells_has_to_be_asked() -> None:
    unknown = replace(rule("CAS-6"), values={})
    with override("en"):
        assert "more than (not in the pack: ask) open cases" in unknown.words


def test_rules_come_in_the_order_of_their_numbers() -> None:
    assert [one.code for one in rules_of("LAB")] == ["LAB-1", "LAB-2", "LAB-3", "LAB-4", "LAB-5", "LAB-6"]
    assert [one.code for one in rules_of("ORG")][-2:] == ["ORG-9", "ORG-10"]
    assert [one.code for one in rules_of("RET")] == ["RET"]


# ── where it holds ──


def test_a_house_in_fujian_has_the_rule_of_fujian_and_one_in_beijing_has_not(house: Path) -> None:
    works_in(house, FUJIAN)
    assert (rule("VOL-6").pack_id, [one.code for one in rules_of("VOL-8")]) == ("rules-fujian", [])
    works_in(house, BEIJING)
    house.touch()
    assert (rule("VOL-6").pack_id, rule("VOL-8").pack_id) == ("rules-national", "rules-beijing")


def test_a_rule_of_one_city_holds_in_no_other_of_the_province(house: Path) -> None:
    works_in(house, SHENZHEN)
    assert [one.code for one in rules_of("CHD-SZ")] == ["CHD-SZ-1"]
    works_in(house, "440100")
    house.touch()
    assert ([one.code for one in rules_of("CHD-SZ")], rule("CHD-GD-1").pack_id) == ([], "rules-guangdong")


def test_the_rule_of_beijing_holds_from_its_day() -> None:
    beijing = shipped("rules-beijing")
    assert [beijing.holds_on(date(2021, 2, 28)), beijing.holds_on(date(2021, 3, 1))] == [False, True]


# ── softening, and the second signature ──


@pytest.mark.parametrize(
    ("pack_id", "code", "wished", "act", "softened"),
    [
        ("rules-national", "CON-1", "inform", RuleAct.REFUSE, False),  # read in the law
        ("rules-national", "CHD-5", "warn", RuleAct.REFUSE, False),  # the duty is
        ("rules-national", "CAS-1", "warn", RuleAct.WARN, True),
        ("rules-national", "CAS-1", "inform", RuleAct.WARN, True),  # a warning is the least
        ("rules-core", "OUT-1", "warn", RuleAct.WARN, False),  # as it came
        ("rules-core", "EVA-1", "warn", RuleAct.WARN, True),
        ("rules-core", "EVA-3", "refuse", RuleAct.REFUSE, False),  # stricter is always possible
    ],
)
def test_what_a_law_asks_stays_and_the_rest_may_become_a_warning(
    house: Path, pack_id: str, code: str, wished: str, act: RuleAct, softened: bool
) -> None:
    own(house, act=wished, code=code, pack_id=pack_id)
    found = rule(code)
    assert (found.act, found.softened, found.edition.own) == (act, softened, True)


def test_a_copy_that_claims_to_know_less_does_not_lift_the_duty(house: Path) -> None:
    own(house, act="warn", code="CON-1", pack_id="rules-national")
    path = house / "rules-national.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('mark = "verified"', 'mark = "unverified"'), "utf-8")
    assert (can_soften(rule("CON-1")), rule("CON-1").act) == (False, RuleAct.REFUSE)


def marked(second: Mark | None) -> Rule:
    return replace(rule("CAS-1"), second=second)


@pytest.mark.parametrize(
    ("second", "solo", "expected"),
    [
        (Mark.VERIFIED, False, "required"),
        (Mark.VERIFIED, True, "required"),
        (Mark.SECONDARY, False, "required"),
        (Mark.SECONDARY, True, "review_task"),
        (Mark.UNVERIFIED, False, "required"),
        (Mark.UNVERIFIED, True, "review_task"),
        (None, False, "none"),
        (None, True, "none"),
    ],
)
def test_one_who_works_alone_signs_once_unless_the_law_asks_for_two(
    second: Mark | None, solo: bool, expected: str
) -> None:
    assert second_signature(marked(second), solo=solo) == expected


# ── stars and grades ──


@pytest.mark.parametrize(("minutes", "expected"), [(5_999, 0), (6_000, 1), (89_999, 4), (90_000, 5)])
def test_stars_by_booked_minutes(minutes: int, expected: int) -> None:
    assert stars(minutes) == expected


def test_another_scheme_has_its_own_ladder() -> None:
    assert [stars(minutes, "stars-local") for minutes in (1_799, 1_800, 18_000)] == [0, 1, 5]


@pytest.mark.parametrize(("score", "expected"), [("950", "5A"), ("949.5", "4A"), ("901", "4A")])
def test_a_score_becomes_a_grade(score: str, expected: str) -> None:
    step = grade(Decimal(score)).step
    assert step is not None and step.code == expected


def test_under_the_lowest_threshold_that_is_known_nobody_can_say() -> None:
    assert grade(Decimal(900)) == Reached(None, known=False)


def test_a_number_that_the_house_changes_is_told_so_wherever_the_rule_acts(house: Path) -> None:
    written = Path(str(files("xiezuo.forms.packs") / "checks-core.toml")).read_text(encoding="utf-8")
    (house / "checks-core.toml").write_text(written.replace("valid_months = 12", "valid_months = 6"), "utf-8")
    with override("en"):
        assert "again every 6 months" in rule("CHD-5").words
