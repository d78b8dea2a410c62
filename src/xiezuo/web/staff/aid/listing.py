"""Every aid the actor may see, by where it stands; what waits for their own approval first."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xiezuo.common.errors import NotAllowed
from xiezuo.people.actions import note_reads
from xiezuo.service.access.aids import aids_for, aids_in
from xiezuo.service.models.aid import ENDED
from xiezuo.service.vocab import AidState
from xiezuo.web.base.nav import deciders_of_aid
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.service.aid_words import rows_of

S = AidState
LATEST = 50


@page(STAFF)
@require_safe
def aids(request: StaffRequest) -> HttpResponse:
    """`state`: those that stand at one step alone."""
    actor = request.actor
    if not deciders_of_aid(actor):
        raise NotAllowed(_("Aid is for those who work on it."))
    asked = request.GET.get("state", "")
    rows = rows_of(actor, aids_in(actor, asked) if asked in S.values else aids_for(actor))
    note_reads(by=actor, people={row.aid.applicant for row in rows if row.aid.applicant}, what="aid")
    parts = (
        (_("Waits to be assessed"), (S.APPLIED,)),
        (_("Waits to be approved"), (S.ASSESSED,)),
        (_("Promised, to be handed over"), (S.APPROVED,)),
        (_("Given"), (S.HANDED_OVER, S.FOLLOWED_UP, S.REPORTED)),
        (_("Ended without being given"), ENDED),
    )
    mine = [row for row in rows if row.is_mine]
    groups = [(title, [row for row in rows if row.aid.state in states and not row.is_mine]) for title, states in parts]
    what = {
        "mine": mine,
        "groups": [(title, found[:LATEST], len(found)) for title, found in groups if found],
        "every": len(rows),
        "states": S,
        "asked": asked,
        "nav": "aids",
    }
    return render(request, "staff/aid/aids.html", what)
