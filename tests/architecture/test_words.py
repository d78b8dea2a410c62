"""Words before code: every identifier stands in docs/glossary.md, once; and some words are never used."""

import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.db.models import Choices

from tests.architecture.source import HOUSE, ROOT, files, short
from tests.architecture.test_pages import addresses

GLOSSARY = ROOT / "docs" / "glossary.md"
NEVER = ["弱势群体", "受益人", "问题儿童", "帮扶对象", "低端人口", "残废", "外来人口"]
NEVER_ENGLISH = re.compile(r"\b(beneficiar(?:y|ies)|(?<!-)clients?)\b", re.IGNORECASE)


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def rows() -> list[tuple[str, str, list[str], str]]:
    """Chinese, English, identifiers, meaning of every row of the glossary's tables."""
    found = []
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) == 4 and "`" in cells[2]:
            found.append((cells[0], cells[1], re.findall(r"`([^`]+)`", cells[2]), cells[3]))
    return found


def packages() -> Iterator[str]:
    """The floors, and the folders of the pages; how a floor is divided inside is its own business."""
    for path in HOUSE.rglob("__init__.py"):
        parts = path.parent.relative_to(HOUSE).parts
        if parts and (len(parts) == 1 or parts[0] == "web") and "templatetags" not in parts:
            yield parts[-1]


def choice_values() -> Iterator[str]:
    for path in files(".py"):
        if path.name != "vocab.py":
            continue
        module = import_module("xiezuo." + ".".join(path.relative_to(HOUSE).with_suffix("").parts))
        for name, thing in vars(module).items():
            if isinstance(thing, type) and issubclass(thing, Choices) and thing.__module__ == module.__name__:
                yield from (f"{snake(name)}={value}" for value in thing.values if value != "")


def identifiers() -> set[str]:
    """Every word of ours that stands in code, as the glossary writes it: `word`, or `list=value` for a choice."""
    own = [app for app in apps.get_app_configs() if app.name.startswith("xiezuo.")]
    tables = {snake(model.__name__) for app in own for model in app.get_models()}
    in_addresses = {
        word
        for address, _pattern in addresses()
        for word in re.sub(r"<[^>]*>", "/", address).split("/")
        if re.fullmatch(r"[a-z][a-z_-]*", word)
    }
    return tables | in_addresses | set(packages()) | set(choice_values())


def test_every_word_of_the_code_stands_in_the_glossary() -> None:
    known = {identifier for row in rows() for identifier in row[2]}
    assert sorted(identifiers() - known) == []


def test_every_word_has_one_meaning() -> None:
    told = [identifier for row in rows() for identifier in row[2]]
    assert sorted({identifier for identifier in told if told.count(identifier) > 1}) == []


def test_the_glossary_tells_of_no_word_that_is_not_used() -> None:
    told = {identifier for row in rows() for identifier in row[2]}
    assert sorted(told - identifiers()) == []


def test_every_row_of_the_glossary_is_complete() -> None:
    assert [row for row in rows() if not (row[0] and row[1] and row[3])] == []


def _shown() -> Iterator[tuple[str, str]]:
    """What people may get to read: templates, choice words, catalogues."""
    for path in files(".html", ".txt", ".po", ".py"):
        if path.suffix != ".py" or path.name in {"vocab.py", "forms.py", "urls.py"} or "models" in path.parts:
            yield short(path), path.read_text(encoding="utf-8")


def test_words_that_hurt_are_nowhere() -> None:
    assert [f"{path}: {word}" for path, text in _shown() for word in NEVER if word in text] == []


def test_nobody_is_called_by_words_of_two_meanings() -> None:
    assert [f"{path}: {found[0]}" for path, text in _shown() if (found := NEVER_ENGLISH.search(text))] == []


@pytest.mark.parametrize("text", ["the client said", "Beneficiaries", "{{ client.name }}"])
def test_the_search_for_words_of_two_meanings_finds_them(text: str) -> None:
    assert NEVER_ENGLISH.search(text)
