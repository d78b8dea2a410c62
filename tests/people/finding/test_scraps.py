"""Someone is found by any part of what is known of them, and the reason is said where it is not the name."""

import pytest

from tests.factories.cast import DAY, Cast
from tests.people.finding.conftest import Find
from xiezuo.people.actions import add_to_household, found_household, relate
from xiezuo.people.vocab import Relation


@pytest.mark.parametrize(
    ("name", "scrap"),
    [
        *[("曾国荃", scrap) for scrap in ("zengguoquan", "cengguoquan", "zgq", "cgq", "ceng", "zengg")],
        *[("单雄信", scrap) for scrap in ("shanxiongxin", "danxiongxin", "sxx", "shxx")],
        *[("仇和平", scrap) for scrap in ("qiuheping", "chouheping")],
        *[("解晓东", scrap) for scrap in ("xiexiaodong", "jiexiaodong", "xxd")],
        *[("查良镛", scrap) for scrap in ("zhaliangyong", "chaliangyong", "zly", "zhly", "cly")],
        *[("区少平", scrap) for scrap in ("oushaoping", "qushaoping", "osp")],
        *[("缪小红", scrap) for scrap in ("miaoxiaohong", "mouxiaohong", "muxiaohong")],
        *[("员春花", scrap) for scrap in ("yunchunhua", "yuanchunhua")],
        *[("尉迟恭", scrap) for scrap in ("yuchigong", "weichigong", "ycg", "chigong")],
        *[("万俟雪", scrap) for scrap in ("moqixue", "mqx", "wansixue")],
        *[("吕梁", scrap) for scrap in ("lvliang", "luliang", "lyuliang")],
    ],
)
def test_every_reading_of_a_family_name_finds(cast: Cast, find: Find, name: str, scrap: str) -> None:
    cast.person(name, cast.east)
    assert find(scrap) == [(name, "")]


@pytest.mark.parametrize(
    "scrap", ["fuxiaoyan", "fuxy", "fxy", "fxiaoyan", "xiaoyan", "xyan", "fuxiaoy", "Fu Xiaoyan", "f"]
)
def test_pinyin_in_full_by_initials_mixed_and_half_typed_finds(cast: Cast, find: Find, scrap: str) -> None:
    cast.person("付晓燕", cast.east)
    assert find(scrap) == [("付晓燕", "")]


@pytest.mark.parametrize("scrap", ["劉曉燕", "刘晓燕", "劉晓燕", "曉燕", "曉"])
@pytest.mark.parametrize("name", ["刘晓燕", "劉曉燕"])
def test_traditional_and_plain_characters_find_each_other(cast: Cast, find: Find, name: str, scrap: str) -> None:
    cast.person(name, cast.east)
    assert find(scrap) == [(name, "")]


@pytest.mark.parametrize(
    ("name", "scrap"),
    [("髙桥", "高桥"), ("﨑山", "崎山"), ("李邨", "李村"), ("高桥", "髙"), ("王堃", "王坤"), ("李哲", "李喆")],
)
def test_variant_characters_find_each_other(cast: Cast, find: Find, name: str, scrap: str) -> None:
    cast.person(name, cast.east)
    assert find(scrap) == [(name, "")]


@pytest.mark.parametrize("dot", ["·", "・", "•", "‧", " ", ""])
def test_the_middle_dot_may_be_any_or_none(cast: Cast, find: Find, dot: str) -> None:
    cast.person("阿依古丽·麦麦提", cast.east)
    assert find(f"阿依古丽{dot}麦麦提") == find(f"丽{dot}麦") == [("阿依古丽·麦麦提", "")]


def test_a_name_written_with_other_characters_of_the_same_sound_finds(cast: Cast, find: Find) -> None:
    cast.person("王素芬", cast.east)
    assert find("王素分") == find("汪苏芬") == find("素分") == [("王素芬", "同音")]


def test_whom_others_call_otherwise_is_found_by_that(cast: Cast, find: Find) -> None:
    cast.person("王姐", cast.east, full_name="王素芬", alias="芬姨、老王家的")
    assert find("王姐") == [("王素芬", "别名 王姐")]
    assert find("芬姨") == find("fenyi") == [("王素芬", "别名 芬姨")]
    assert find("老王家") == [("王素芬", "别名 老王家的")]


@pytest.mark.parametrize(
    "scrap", ["1541", "5412", "1234", "2764", "412342", "154 1234 2764", "154-1234-2764", "+86 15412342764"]
)
def test_any_four_digits_of_a_phone_that_follow_each_other_find(cast: Cast, find: Find, scrap: str) -> None:
    cast.person("王素芬", cast.west, phone="154 9999 0000")
    cast.person("付晓燕", cast.east, phone="154-1234 2764")
    assert find(scrap) == [("付晓燕", "电话 …2764")]


@pytest.mark.parametrize("scrap", ["1111", "11111111111", "15412341234", "54127", "1123427640"])
def test_digits_that_do_not_follow_each_other_find_nobody(cast: Cast, find: Find, scrap: str) -> None:
    cast.person("付晓燕", cast.east, phone="15412342764")
    assert find(scrap) == []


def test_three_digits_find_only_those_one_works_with_oneself(cast: Cast, find: Find) -> None:
    cast.person("付晓燕", cast.east, phone="15412342764")
    other = cast.person("王素芬", cast.east, phone="15412342764")
    other.assignments.filter(user__isnull=False).delete()
    assert find("764") == find("412") == [("付晓燕", "电话 …2764")]
    assert [name for name, _reason in find("2764")] == ["付晓燕", "王素芬"]
    assert find("64") == []


def test_the_last_four_of_an_identity_number_and_the_whole_of_it_find(cast: Cast, find: Find) -> None:
    cast.person("付晓燕", cast.east, id_number="11010519491231002X")
    for scrap in ("002X", "002x", "００２Ｘ", "11010519491231002X"):
        assert find(scrap) == [("付晓燕", "证件尾号 002X")]
    assert find("1231") == find("110105") == find("110105194912310021") == []


def test_a_child_finds_the_mother_and_the_mother_the_child(cast: Cast, find: Find) -> None:
    mother, child = cast.person("王素芬", cast.east), cast.person("小宇", cast.east, full_name="刘浩宇")
    relate(by=cast.xiaomei, person=child, other=mother, relation=Relation.CHILD)
    assert find("刘浩宇") == find("liuhaoyu") == [("刘浩宇", ""), ("王素芬", "子女 刘浩宇")]
    assert find("小宇")[1] == ("王素芬", "子女 小宇")
    assert find("素芬") == [("王素芬", ""), ("刘浩宇", "父母 王素芬")]


def test_who_lives_together_is_found_by_each_other(cast: Cast, find: Find) -> None:
    mother, child, aunt = (cast.person(name, cast.east) for name in ("王素芬", "刘浩宇", "陈姨"))
    home = found_household(by=cast.xiaomei, head=mother, members=[(child, Relation.CHILD)], on=DAY, address="皮村12号")
    add_to_household(by=cast.xiaomei, household=home, person=aunt, relation=Relation.OTHER, on=DAY)
    assert find("陈姨") == [("陈姨", ""), ("刘浩宇", "家人 陈姨"), ("王素芬", "家人 陈姨")]
    assert {name for name, _reason in find("皮村")} == {"王素芬", "刘浩宇", "陈姨"}


def test_a_name_of_the_family_is_told_only_to_who_works_with_them(cast: Cast, find: Find) -> None:
    mother, child = cast.person("王素芬", cast.east), cast.person("刘浩宇", cast.west)
    relate(by=cast.chenli, person=child, other=mother, relation=Relation.CHILD)
    assert find("刘浩宇") == [("王素芬", "")]


def test_a_place_finds_who_lives_there(cast: Cast, find: Find) -> None:
    cast.person("王素芬", cast.east, address="朝阳区东风乡六里屯 12 号", hukou_place="河南周口")
    assert find("东风乡") == find("六里屯12号") == [("王素芬", "地址 朝阳区东风乡六里屯 12 号")]
    assert find("周口") == [("王素芬", "地址 河南周口")]
    assert find("风六") == []


def test_the_number_of_a_person_finds_the_person(cast: Cast, find: Find) -> None:
    person = cast.person("王素芬", cast.east)
    for scrap in (person.number, person.number.lower(), f"P{person.pk}", f"Ｐ{person.pk}", f"{person.pk:06d}"):
        assert find(scrap) == [("王素芬", f"编号 {person.number}")]
    assert find(f"P{person.pk + 1}") == []
    assert find(cast.person("付晓燕", cast.west).number) == []


def test_characters_and_letters_may_be_mixed(cast: Cast, find: Find) -> None:
    cast.person("王素芬", cast.east)
    assert find("王sf") == find("王sufen") == find("wang素芬") == [("王素芬", "")]
    assert find("王xy") == []


def test_a_name_in_latin_letters_is_found_by_any_part(cast: Cast, find: Find) -> None:
    cast.person("José García", cast.east)
    for scrap in ("josé", "JOSE", "garc", "seg", "José García"):
        assert find(scrap) == [("José García", "")]
