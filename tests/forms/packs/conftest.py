"""A folder of packs of its own for each test, and a district's checklist that the house keeps in it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

from tests.factories.cast import Cast, login, make_cast
from xiezuo.config.house import House
from xiezuo.forms.models import PackEdition
from xiezuo.forms.workshop.actions import begin_new, publish, review
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.vocab import StaffRole

CHECKLIST: dict[str, Any] = {
    "id": "centre-checklist",
    "kind": "checklist",
    "title": "儿童之家清单",
    "title_en": "Checklist of a children's home",
    "version": "1.2",
    "applies_to": "organisation",
    "source": "区里2025年的清单",
    "mark": "secondary",
    "licence": "",
    "items": [
        {"code": "room", "zh": "场地不少于50平方米", "en": "A room of 50 square metres at least"},
        {"code": "books", "zh": "图书不少于200册", "en": "200 books at least"},
        {"code": "sign", "zh": "门口有标牌", "en": "A sign at the door"},
    ],
}


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder in which the house of this test keeps its packs."""
    here: House = replace(settings.XIEZUO_HOUSE, folder=tmp_path)
    monkeypatch.setattr(settings, "XIEZUO_HOUSE", here)
    yield tmp_path / "packs"


@pytest.fixture
def cast(db: None, folder: Path) -> Cast:
    return make_cast()


@pytest.fixture
def heqing(cast: Cast) -> Actor:
    """The data steward, who reads and publishes what chenli wrote."""
    return actor_for(login("heqing", "何青", (StaffRole.DATA_STEWARD, None)))


@pytest.fixture
def checklist(cast: Cast, heqing: Actor, django_capture_on_commit_callbacks: Any) -> PackEdition:
    """Version 1.2 of the district's checklist, in force since January."""
    with django_capture_on_commit_callbacks(execute=True):
        edition = begin_new(by=cast.chenli, body=CHECKLIST)
        review(by=cast.chenli, edition=edition, changes="照区里的清单")
        return publish(by=heqing, edition=edition, valid_from=date(2026, 1, 1))
