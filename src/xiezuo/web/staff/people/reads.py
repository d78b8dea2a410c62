"""The read log as people read it: the same look of the same colleague on one day is one line with its number."""

from collections.abc import Iterable
from dataclasses import dataclass

from xiezuo.common.days import local, today
from xiezuo.people.models import ReadLog


@dataclass
class Look:
    """`read` is the latest of `times` openings; `this_year` says whether its year is plain."""

    read: ReadLog
    times: int
    this_year: bool


def looks(reads: Iterable[ReadLog]) -> list[Look]:
    """Newest first, as the log comes; order of the first (latest) opening of each line."""
    lines: dict[tuple[object, int, str], Look] = {}
    for read in reads:
        day = local(read.at).date()
        line = lines.setdefault((day, read.user_id, read.what), Look(read, 0, day.year == today().year))
        line.times += 1
    return list(lines.values())
