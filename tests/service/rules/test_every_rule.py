"""Each rule of these five families has one test here that names it and asserts its numbers."""

import ast
from pathlib import Path

from tests.forms.rules_told import MARKS

FAMILIES = ("CAS", "CHD", "CNT", "LAB", "TIM")
BEGINS = tuple(f"test_{family.lower()}_" for family in FAMILIES)


def test_every_rule_has_a_test_that_bears_its_name() -> None:
    named = [
        node.name.split("_")[1:3]
        for path in sorted(Path(__file__).parent.glob("test_*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith(BEGINS)
    ]
    told = [f"{family.upper()}-{number}" for family, number in named]
    assert sorted(told) == sorted(code for code in MARKS if code.partition("-")[0] in FAMILIES)
