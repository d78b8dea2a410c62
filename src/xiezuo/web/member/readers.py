"""Who looked at my record, and who changed what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from xiezuo.common.days import local
from xiezuo.orgs.queries import role_words
from xiezuo.people.own_record import OwnRead, own_changes, own_reads
from xiezuo.web.base.happenings import in_words
from xiezuo.web.base.pages import MEMBER, MemberRequest, page
from xiezuo.web.member.words import field_words, read_words, shell

LATEST = 60


@dataclass
class DayRead:
    """What one colleague looked at on one day, each part once."""

    on: date
    who: str
    role: str
    parts: list[str]


def by_day(reads: Iterable[OwnRead]) -> list[DayRead]:
    rows = list(reads)
    roles = role_words(row.user_id for row in rows)
    found: dict[tuple[date, int], DayRead] = {}
    for row in rows:
        day = local(row.at).date()
        line = found.setdefault(
            (day, row.user_id), DayRead(day, row.who, next(iter(roles.get(row.user_id, [])), ""), [])
        )
        if (words := read_words(row.what)) not in line.parts:
            line.parts.append(words)
    return list(found.values())


@page(MEMBER)
@require_GET
def readers(request: MemberRequest) -> HttpResponse:
    days = by_day(own_reads(request.member))
    changes = own_changes(request.member)
    most = None if request.GET.get("all") == "1" else LATEST
    what = shell(request.member, "member_readers") | {
        "days": days[:most],
        "changes": [(row, in_words(row.code), field_words(row.fields)) for row in changes[:most]],
        "more": most is not None and max(len(days), len(changes)) > LATEST,
    }
    return render(request, "member/readers.html", what)
