"""The list of who was erased: a file beside the database, so that a backup made before brings nobody back.

It holds the day and a keyed digest of the key of each erased row, no name and no number. `xiezuo backup` carries it and lays
a copy beside the backup; `xiezuo restore` erases again whoever stands in it. What it should hold is told by the house
itself, so it can be written anew at any time; it never loses a line.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from xiezuo.common.crypto import blind
from xiezuo.common.days import local, now
from xiezuo.people.models import Person

FILE = "erased.list"
HEAD = "# 已清除人员名单，只有日期和密钥摘要，没有姓名。请与备份分开保存。 Erased people: days and keyed digests only."
AS_OF = "="  # a line: when the house wrote the list
GAP = "!"  # a line: restored from a backup of that day without a list from after it
AT_ONCE = 2000


@dataclass
class ErasedList:
    """`people`: digest → the day of erasing. `gaps`: days of backups that were restored without a later list. `as_of`: up
    to when it is complete; None for a list that no house wrote."""

    people: dict[str, date] = field(default_factory=dict)
    gaps: set[date] = field(default_factory=set)
    as_of: datetime | None = None

    def __or__(self, other: "ErasedList") -> "ErasedList":
        days = [day for day in (self.as_of, other.as_of) if day is not None]
        return ErasedList({**other.people, **self.people}, self.gaps | other.gaps, max(days, default=None))


def digest_of(key: object) -> str:
    return blind(str(key), "people.erased")


def list_path() -> Path:
    folder: Path = settings.XIEZUO_HOUSE.folder
    return folder / FILE


def read_list(path: Path) -> ErasedList:
    """What stands in a list; nothing where there is no file. Raises ValueError for a line that is none of ours."""
    found = ErasedList()
    if not path.exists():
        return found
    for line in path.read_text(encoding="utf-8").splitlines():
        first, _space, rest = line.strip().partition(" ")
        if first == AS_OF:
            found.as_of = datetime.fromisoformat(rest)
        elif first == GAP:
            found.gaps.add(date.fromisoformat(rest))
        elif first and not first.startswith("#"):
            found.people[_digest(rest)] = date.fromisoformat(first)
    return found


def _digest(text: str) -> str:
    if len(text) != 64 or not set(text) <= set("0123456789abcdef"):
        raise ValueError(text)
    return text


def write_list(path: Path, told: ErasedList) -> None:
    """In the place of what is there, whole or not at all."""
    moment = [f"{AS_OF} {told.as_of.isoformat()}"] if told.as_of else []
    lines = [HEAD, *moment, *(f"{GAP} {day.isoformat()}" for day in sorted(told.gaps))]
    lines += [f"{day.isoformat()} {digest}" for digest, day in sorted(told.people.items(), key=lambda one: one[::-1])]
    draft = path.with_name(path.name + ".part")
    with draft.open("w", encoding="utf-8") as file:
        draft.chmod(0o600)
        file.write("\n".join(lines) + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def erased_here() -> ErasedList:
    """Who is erased in this house, as the house itself tells it."""
    rows = Person.objects.filter(erased_on__isnull=False).values_list("key", "erased_on")
    return ErasedList({digest_of(key): day for key, day in rows if day is not None})


def keep_list(also: ErasedList | None = None, *, whole: bool = False, ask: bool = True) -> ErasedList:
    """Bring the file up to the house and to `also`; what only stands in the file stays. `whole`: no gap is left. `ask`:
    False where the tables are of an older version and cannot be asked; whoever was erased stands in the file already."""
    told = read_list(list_path()) | (also or ErasedList())
    if ask:
        told |= erased_here()
    told.as_of = local(now())
    if whole:
        told.gaps = set()
    write_list(list_path(), told)
    return told


def not_erased_yet(told: ErasedList) -> Iterator[int]:
    """People (ids) who stand in the list and are here all the same: they came back with a backup."""
    rows = Person.objects.filter(erased_on__isnull=True).order_by("merged_into_id", "pk").values_list("pk", "key")
    for pk, key in rows.iterator(chunk_size=AT_ONCE):
        if digest_of(key) in told.people:
            yield pk
