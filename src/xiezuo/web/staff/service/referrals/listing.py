"""Every referral the actor may see, by what is waited for; and transfers that wait for an answer."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xiezuo.people.access import must_do_casework
from xiezuo.people.actions import note_reads
from xiezuo.service.access.referrals import referrals_in, transfers_for
from xiezuo.service.vocab import ReferralState
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.service.referrals.words import rows_of

S = ReferralState


@page(STAFF)
@require_safe
def listing(request: StaffRequest) -> HttpResponse:
    must_do_casework(request.actor)
    parts = (
        (_("Still to go out"), (S.DRAFTED, S.CONSENTED, S.OVERRIDDEN)),
        (_("Waits for an answer"), (S.SENT,)),
        (_("Waits for what became of it"), (S.ACCEPTED,)),
        (_("To talk about and close"), (S.REJECTED, S.SERVED, S.NOT_SERVED)),
    )
    every = rows_of(referrals_in(request.actor, *S))
    groups = [(title, [row for row in every if row.referral.state in states]) for title, states in parts]
    over = [row for row in every if row.referral.state in {S.REVOKED, S.CLOSED}]
    note_reads(by=request.actor, people={row.referral.person for row in every}, what="referrals")
    what = {
        "groups": [(title, sorted(rows, key=lambda row: (row.due is None, row.due))) for title, rows in groups if rows],
        "over": over[:50],
        "every": len(every),
        "transfers": transfers_for(request.actor),
        "nav": "referrals",
    }
    return render(request, "staff/service/referrals/listing.html", what)
