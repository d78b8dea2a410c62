"""docs/security.md tells what holds: every test and file it names as evidence is there."""

import re

from tests.architecture.source import ROOT, tree

PAGE = ROOT / "docs" / "security.md"
NAMED = re.compile(r"`((?:tests|src|docs|scripts|requirements)/[\w./-]+|pyproject\.toml)(?:::(test_\w+))?`")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
STATES = {"met", "n/a", "**open**"}


def named() -> list[tuple[str, str]]:
    return NAMED.findall(PAGE.read_text(encoding="utf-8"))


def names_in(path: str) -> set[str]:
    file = ROOT / path
    return {node.name for node in tree(file).body if hasattr(node, "name")} if file.is_file() else set()


def test_every_test_that_is_named_as_evidence_exists() -> None:
    missing = [f"{path}::{test}" for path, test in named() if test and test not in names_in(path)]
    assert [test for _path, test in named() if test] != []
    assert missing == []


def test_every_file_that_is_named_as_evidence_exists() -> None:
    assert [path for path, _test in named() if not (ROOT / path).exists()] == []


def test_every_line_of_the_standard_has_one_state_and_a_reason() -> None:
    """ASVS 5.0 has 70 requirements of level 1 and 183 of level 2."""
    rows = ROW.findall(PAGE.read_text(encoding="utf-8"))
    assert len({number for number, *_rest in rows}) == len(rows)
    assert [sum(level == wanted for _number, level, *_rest in rows) for wanted in "12"] == [70, 183]
    assert {state for _number, _level, _what, state, _why in rows} == STATES
    assert [number for number, *_rest, why in rows if not why.strip()] == []


def test_the_numbers_told_at_the_top_are_those_of_the_table() -> None:
    text = PAGE.read_text(encoding="utf-8")
    states = [state for *_rest, state, _why in ROW.findall(text)]
    told = re.search(r"Of (\d+) lines of ASVS (\d+) are met, (\d+) do not apply and (\d+) are open", text)
    assert told is not None
    assert [int(number) for number in told.groups()] == [
        len(states),
        states.count("met"),
        states.count("n/a"),
        states.count("**open**"),
    ]
