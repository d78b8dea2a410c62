"""What was published lies in the house's folder, one file for each version; the database knows which, and how they read."""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xiezuo.forms.models import PackEdition
from xiezuo.forms.models.pack_edition import WAS_IN_FORCE
from xiezuo.forms.packs.finding import IN_USE
from xiezuo.forms.packs.reading import KEPT, all_shipped, folder
from xiezuo.forms.packs.trees import plain
from xiezuo.forms.packs.versions import checksum

MISSING, ALTERED, UNKNOWN = "missing", "altered", "unknown"


@dataclass(frozen=True)
class Difference:
    """`kind`: a file is missing, was altered, or is of no version the database knows."""

    kind: str
    path: Path


def file_of(pack_id: str, version: str) -> Path:
    return folder() / f"{pack_id}@{version}.json"


def write_file(path: Path, told: dict[str, Any]) -> None:
    """Write a file in one step: whoever reads meets the old one or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"_{path.name}.part")
    with part.open("w", encoding="utf-8") as file:
        file.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def write_edition(edition: PackEdition) -> None:
    write_file(file_of(edition.pack_id, edition.version), {**edition.body, "checksum": edition.checksum})


def write_editions(editions: Iterable[PackEdition]) -> None:
    for edition in editions:
        write_edition(edition)


def _published() -> list[PackEdition]:
    return list(PackEdition.objects.filter(state__in=WAS_IN_FORCE))


def differences() -> list[Difference]:
    """Where the folder and the database differ, by path."""
    found = []
    expected = {file_of(one.pack_id, one.version): one.checksum for one in _published()}
    for path, sum_ in expected.items():
        if not path.exists():
            found.append(Difference(MISSING, path))
        elif _sum_in(path) != sum_:
            found.append(Difference(ALTERED, path))
    there = set(folder().glob("[!_]*@*.json"))
    found += [Difference(UNKNOWN, path) for path in there - expected.keys()]
    return sorted(found, key=lambda one: str(one.path))


def _sum_in(path: Path) -> str:
    try:
        return checksum(dict(json.loads(path.read_text(encoding="utf-8"))))
    except (OSError, ValueError, TypeError):
        return ""


def write_missing() -> list[Path]:
    """Write what the database knows and the folder lacks. What was altered stays as it is, to be looked at."""
    lacking = [one for one in _published() if not file_of(one.pack_id, one.version).exists()]
    write_editions(lacking)
    return [file_of(one.pack_id, one.version) for one in lacking]


def keep_shipped() -> int:
    """Keep a copy of every shipped version, so that records find the one they were written with after an upgrade.

    The number of copies that were new.
    """
    kept = folder() / KEPT
    new = 0
    for one in all_shipped():
        path = kept / f"{one.pack_id}@{one.version}.json"
        if not path.exists():
            write_file(path, {**plain(one.body), "checksum": checksum(one.body)})
            new += 1
    if new:
        os.utime(folder())  # readers look at the folder's own time
    return new


def write_in_use(places: list[str], funders: list[str]) -> None:
    write_file(folder() / IN_USE, {"places": places, "funders": funders})
