"""Who looked at my record, and who changed what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from xiezuo.common.days import local
from xiezuo.orgs.queries import role_words
from xiezuo.people.own.record import own_changes, own_reads
from xiezuo.people.own.shapes import OwnChange, OwnRead
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


# What nobody of the staff did: whoever had the link did it.
BY_LINK: dict[str, Promise] = {
    "people.link.opened": gettext_lazy("This page was opened with a link"),
    "people.link.ended": gettext_lazy("This page was closed by whoever had opened it"),
    "people.request.received": gettext_lazy("A request was sent from this page"),
    "people.consent.answered": gettext_lazy("A consent was answered on this page"),
}


@dataclass
class DayChange:
    """What was done on one day by one colleague, and how many `times`."""

    on: date
    words: str
    fields: list[str]
    times: int = 0


def changes_by_day(changes: Iterable[OwnChange]) -> list[DayChange]:
    found: dict[tuple[date, str, tuple[str, ...]], DayChange] = {}
    for row in changes:
        words = f"{row.who} {in_words(row.code)}" if row.who else str(BY_LINK.get(row.code, in_words(row.code)))
        day, fields = local(row.at).date(), field_words(row.fields)
        found.setdefault((day, words, tuple(fields)), DayChange(day, words, fields)).times += 1
    return list(found.values())


@page(MEMBER)
@require_GET
def readers(request: MemberRequest) -> HttpResponse:
    days = by_day(own_reads(request.member))
    changes = changes_by_day(own_changes(request.member))
    most = None if request.GET.get("all") == "1" else LATEST
    what = shell(request.member, "member_readers") | {
        "days": days[:most],
        "changes": changes[:most],
        "more": most is not None and max(len(days), len(changes)) > LATEST,
    }
    return render(request, "member/readers.html", what)
