"""Seeing starts in access.py: pages, exchange and indicators never reach for a model's own manager."""

import ast

from tests.architecture.source import HOUSE, files, short, tree

MANAGERS = {"objects", "_default_manager", "_base_manager"}


def _exchange_models() -> set[str]:
    """Imports keep books of their own; exchange may read and write these rows directly. Its actions are actions."""
    sources = files(".py", under=HOUSE / "exchange" / "models")
    return {node.name for path in sources for node in tree(path).body if isinstance(node, ast.ClassDef)}


def _hangs_on_seen_rows(call: ast.AST) -> bool:
    """`Participation.objects.filter(record__in=records)`: rows that hang on rows someone was given to see."""
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "filter"):
        return False
    return any((word.arg or "").endswith("__in") and isinstance(word.value, ast.Name) for word in call.keywords)


def managers_reached_for(source: ast.AST, own: set[str]) -> list[str]:
    """`Person.objects` and the like in a module, as written; models named in `own` are free."""
    seen = [call.func.value for call in ast.walk(source) if _hangs_on_seen_rows(call)]  # type: ignore[attr-defined]
    reached = [node for node in ast.walk(source) if isinstance(node, ast.Attribute) and node.attr in MANAGERS]
    return [ast.unparse(node) for node in reached if node not in seen and ast.unparse(node.value) not in own]


def test_the_search_for_managers_finds_them() -> None:
    written = ast.parse("Person.objects.all()\nImportBatch.objects.all()\ntype(x)._default_manager.get()")
    assert managers_reached_for(written, {"ImportBatch"}) == ["Person.objects", "type(x)._default_manager"]


def test_rows_that_hang_on_seen_rows_may_be_asked_for() -> None:
    written = ast.parse("Evidence.objects.filter(record__in=records)\nEvidence.objects.filter(record__in=[1, 2])")
    assert managers_reached_for(written, set()) == ["Evidence.objects"]


def test_pages_exchange_and_indicators_start_from_access() -> None:
    own = _exchange_models()
    found = []
    for path in files(".py"):
        floor, inner = path.relative_to(HOUSE).parts[0], path.relative_to(HOUSE).parts[1:]
        if floor in {"web", "api"} or "indicators" in {path.stem, *inner}:
            found += [f"{short(path)}: {text}" for text in managers_reached_for(tree(path), set())]
        elif floor == "exchange" and not {"models", "actions"} & {*inner}:
            found += [f"{short(path)}: {text}" for text in managers_reached_for(tree(path), own)]
    assert found == []
