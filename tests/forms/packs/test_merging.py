"""Two houses change one list, and both are put together: nothing that only one of them changed is lost."""

from copy import deepcopy
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xiezuo.forms.packs.merging import Anew, Change, Side, changes, merge
from xiezuo.forms.packs.trees import NOTHING, ORDER, Path, find, put

BASE = {
    "title": "接案",
    "fields": [
        {"key": "need", "zh": "需求", "required": True},
        {"key": "source", "zh": "来源"},
        {"key": "note", "zh": "备注"},
    ],
}


def told(found: list[Change]) -> list[tuple[Path, Any, Any]]:
    return [(change.path, change.before, change.after) for change in found]


def test_what_was_renamed_added_taken_away_and_moved_is_told_by_its_key() -> None:
    now = deepcopy(BASE)
    need, source, note = now["fields"]
    note["zh"] = "说明"  # type: ignore[index]
    now["fields"] = [note, {"key": "who", "zh": "谁"}, need]
    assert told(changes(BASE, now)) == [
        (("fields", "source"), source, NOTHING),
        (("fields", "note", "zh"), "备注", "说明"),
        (("fields", "who"), NOTHING, {"key": "who", "zh": "谁"}),
        (("fields", ORDER), ["need", "source", "note"], ["note", "who", "need"]),
    ]


def test_yes_is_not_one() -> None:
    assert told(changes({"n": 1}, {"n": True})) == [(("n",), 1, True)]


def test_ours_and_theirs_stand_beside_each_other() -> None:
    ours = put(BASE, ("fields", "need", "zh"), "主要需求")
    theirs = put(put(BASE, ("title",), "初次接案"), ("fields", "phone"), {"key": "phone", "zh": "电话"})
    merged = merge(BASE, ours, theirs)
    assert merged.clashes == []
    assert find(merged.body, ("fields", "need", "zh")) == "主要需求"
    assert find(merged.body, ("title",)) == "初次接案"
    assert find(merged.body, ("fields", ORDER)) == ["need", "source", "note", "phone"]


def test_the_same_word_changed_by_both_waits_for_a_choice() -> None:
    ours, theirs = put(BASE, ("title",), "我们的"), put(BASE, ("title",), "他们的")
    merged = merge(BASE, ours, theirs)
    assert (merged.clashes, merged.body["title"]) == ([("title",)], "我们的")
    for choice, title in ((Side.OURS, "我们的"), (Side.THEIRS, "他们的"), (Anew("都不要"), "都不要")):
        chosen = merge(BASE, ours, theirs, {("title",): choice})
        assert (chosen.clashes, chosen.body["title"]) == ([], title)


def test_what_we_changed_and_they_took_away_clashes() -> None:
    ours, theirs = put(BASE, ("fields", "note", "zh"), "说明"), put(BASE, ("fields", "note"), NOTHING)
    assert merge(BASE, ours, theirs).clashes == [("fields", "note")]
    without = merge(BASE, ours, theirs, {("fields", "note"): Side.THEIRS})
    assert find(without.body, ("fields", ORDER)) == ["need", "source"]


def test_our_own_change_may_be_given_up_for_theirs_without_a_clash() -> None:
    ours = put(BASE, ("fields", "need", "zh"), "主要需求")
    theirs = put(BASE, ("title",), "初次接案")
    merged = merge(BASE, ours, theirs, {("fields", "need", "zh"): Side.THEIRS})
    assert find(merged.body, ("fields", "need", "zh")) == "需求"
    assert merged.body["title"] == "初次接案"


def test_the_order_moved_by_one_stays_and_a_new_line_follows_its_neighbour() -> None:
    ours = put(BASE, ("fields", ORDER), ["note", "need", "source"])
    theirs = deepcopy(BASE)
    theirs["fields"].insert(1, {"key": "phone", "zh": "电话"})  # type: ignore[attr-defined]
    merged = merge(BASE, ours, theirs)
    assert (find(merged.body, ("fields", ORDER)), merged.clashes) == (["note", "need", "phone", "source"], [])
    other = put(BASE, ("fields", ORDER), ["source", "need", "note"])
    assert merge(BASE, ours, other).clashes == [("fields", ORDER)]


KEYS = [f"k{n}" for n in range(8)]
VALUES = st.dictionaries(st.sampled_from(["zh", "en", "help"]), st.integers(0, 3), min_size=1)
TREES = st.lists(st.sampled_from(KEYS), unique=True, min_size=1).flatmap(
    lambda keys: st.fixed_dictionaries(dict.fromkeys(keys, VALUES))
)


def listed(tree: dict[str, dict[str, int]]) -> dict[str, Any]:
    return {"fields": [{"key": key, **values} for key, values in tree.items()]}


def outside(path: Path, others: list[Change]) -> bool:
    """Whether nothing of `others` stands above, at or under this path, or moves what stands there."""
    for other in others:
        short = min(len(path), len(other.path))
        if path[:short] == other.path[:short] or (other.path[-1] == ORDER and path[-1] == ORDER):
            return False
    return True


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TREES, TREES, TREES)
def test_of_changes_that_do_not_touch_each_other_none_is_lost(
    base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    start = listed(base)
    mine, other = changes(start, listed(ours)), changes(start, listed(theirs))
    merged = merge(start, listed(ours), listed(theirs)).body
    for change, others in [*((one, other) for one in mine), *((one, mine) for one in other)]:
        if change.path[-1] != ORDER and outside(change.path, others):
            found = find(merged, change.path)
            assert found is change.after or found == change.after, change.path


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TREES, TREES)
def test_what_only_one_changed_is_taken_as_it_is(base: dict[str, Any], now: dict[str, Any]) -> None:
    start, changed = listed(base), listed(now)
    assert merge(start, changed, start).body == changed
    assert merge(start, start, changed).body == changed
    assert merge(start, changed, changed).body == changed
    assert merge(start, changed, start).clashes == []
