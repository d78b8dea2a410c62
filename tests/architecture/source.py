"""The files of the repository as the tests of this folder read them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src" / "xiezuo"
FLOORS = ["common", "orgs", "forms", "people", "service", "insight", "exchange", "web", "demo", "config"]
NOT_OURS = {"vendor", "__pycache__", "node_modules"}


def files(*suffixes: str, under: Path = HOUSE) -> Iterator[Path]:
    """Our own files with one of these endings, in a fixed order; nothing vendored, no migration."""
    for path in sorted(under.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if path.suffix in suffixes and not NOT_OURS & {*parts} and "migrations" not in parts:
            yield path


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
