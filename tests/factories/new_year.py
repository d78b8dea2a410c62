"""The working days of 2027 as a house may lay them in; only the first of January is off."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from xiezuo.forms.packs import OWN

CALENDAR_2027: dict[str, Any] = {
    "id": "holidays-2027",
    "kind": "calendar",
    "title": "2027年放假安排",
    "version": "1.0",
    "applies_to": "national",
    "valid_from": "2027-01-01",
    "source": "测试",
    "mark": "unverified",
    "years": {"2027": {"off": {"01-01": "new_year"}, "work": {}}},
}


def lay_in(folder: Path, settings: Any) -> None:
    """Into the folder of packs of a house that lies in `folder` from now on."""
    (folder / OWN).mkdir()
    (folder / OWN / "holidays-2027.json").write_text(json.dumps(CALENDAR_2027), encoding="utf-8")
    settings.XIEZUO_HOUSE = replace(settings.XIEZUO_HOUSE, folder=folder)
