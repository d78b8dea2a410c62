"""What is recorded about me, and a copy of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from xiezuo.common.days import now, today
from xiezuo.exchange.own_copy import copy_file, own_record
from xiezuo.people.members import Reader
from xiezuo.people.own.labels import WITHHELD
from xiezuo.web.base.pages import MEMBER, MemberRequest, page
from xiezuo.web.member.words import parts_of, shell, source_words

LATEST = 10
# Parts of the copy that the page shows as they are.
LATER = ("cases", "labour", "visits", "groups", "care", "asked", "checks", "complaints", "rests", "told")


def told(reader: Reader, *, whole: bool) -> dict[str, Any]:
    """Everything that the copy holds, in plain words; long lists begin with the latest, or stand there `whole`."""
    found = own_record(reader)
    most = None if whole else LATEST
    return {
        "own": reader.own,
        "subject": reader.subject,
        "parts": parts_of(found.facts),
        "earlier": [(row, source_words(row.source)) for row in found.earlier],
        "workers": found.workers,
        "household": found.household,
        "roles": found.roles,
        "path": [(step, source_words(step.source)) for step in found.path],
        "days": found.days[:most],
        "services": found.services[:most],
        "helped": found.helped[:most],
        "goals": found.goals,
        "measured": found.measured,
        "forms": found.forms,
        "passed_on": found.passed_on,
        "aid": found.aid,
        "messages_to_them": found.messages,
        **{name: getattr(found, name) for name in LATER},
        "n_services": len(found.services),
        "n_helped": len(found.helped),
        "minutes": sum(row.minutes or 0 for row in found.helped),
        "more": not whole and max(len(found.services), len(found.helped), len(found.days)) > LATEST,
        "withheld": [WITHHELD[code] for code in found.withheld],
    }


@page(MEMBER)
@require_GET
def record(request: MemberRequest) -> HttpResponse:
    what = shell(request.member, "member") | told(request.member, whole=request.GET.get("all") == "1")
    return render(request, "member/record.html", what)


@page(MEMBER)
@require_GET
def copy(request: MemberRequest) -> HttpResponse:
    """The same for machines, and as tables: one file to take along or to bring to another organisation."""
    response = HttpResponse(copy_file(request.member, now()), content_type="application/zip")
    name = f"{request.member.subject.number}-{today().isoformat()}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
