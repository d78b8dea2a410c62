"""Who sees which enquiries and calls: whoever may read the form that each of them is; and a call, whoever it was passed to."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.orgs.access import Actor
from xiezuo.people.access import people_for
from xiezuo.service.access.filled import filled_for, forms_known_to, opened_forms
from xiezuo.service.models import Enquiry, HotlineCall
from xiezuo.service.vocab import Triage

URGENCY = {Triage.RED: 0, Triage.AMBER: 1, Triage.GREEN: 2}
BESIDE = ("person", "site", "filled", "filled__submission")


def enquiries_for(actor: Actor, *, closed: bool = False) -> list[Enquiry]:
    """Enquiries that wait (the oldest first), or those closed already (the latest first)."""
    forms = forms_known_to(actor).filter(enquiry__isnull=False, enquiry__closed_on__isnull=not closed)
    seen = opened_forms(actor, forms)
    rows = Enquiry.objects.filter(filled__in=[form.pk for form in seen]).select_related("person", "site")
    found = list(rows.order_by("-closed_on", "-id") if closed else rows)
    _hide_unknown(actor, found)
    return found


def _hide_unknown(actor: Actor, rows: list[Enquiry] | list[HotlineCall]) -> None:
    """Of those said later to be a person, the name is for whoever knows them."""
    known = set(people_for(actor).filter(pk__in={row.person_id for row in rows}).values_list("pk", flat=True))
    for row in rows:
        if row.person_id not in known:
            row.person = None


def enquiry_for(actor: Actor, pk: int) -> Enquiry:
    """One enquiry the actor may read. Raises NotAllowed with the same words whether it exists or not, and FormClosed."""
    row = Enquiry.objects.filter(pk=pk).select_related("person", "site").first()
    if row is None:
        raise NotAllowed(_("This form belongs to someone with whom you do not work, or there is no such form."))
    row.filled = filled_for(actor, row.filled_id)
    _hide_unknown(actor, [row])
    return row


def calls_for(actor: Actor, *, done: bool = False) -> list[HotlineCall]:
    """Calls with which nobody is done yet, the most urgent first and of those the oldest; or those done, the latest first."""
    forms = forms_known_to(actor).filter(call__isnull=False, call__done_at__isnull=not done)
    seen = opened_forms(actor, forms)
    rows = HotlineCall.objects.filter(filled__in=[form.pk for form in seen])
    found = list(rows.select_related("person", "site", "dispatched_to"))
    by_id = {form.pk: form for form in seen}
    for call in found:
        call.filled = by_id[call.filled_id]
    _hide_unknown(actor, found)
    if done:
        return sorted(found, key=lambda call: (call.done_at, call.pk), reverse=True)
    return sorted(found, key=lambda call: (URGENCY[Triage(call.triage)], call.called_at, call.pk))


def call_for(actor: Actor, pk: int) -> HotlineCall:
    """One call the actor may read. Raises NotAllowed with the same words whether it exists or not, and FormClosed."""
    call = HotlineCall.objects.filter(pk=pk).select_related("person", "site", "dispatched_to").first()
    if call is None:
        raise NotAllowed(_("This form belongs to someone with whom you do not work, or there is no such form."))
    call.filled = filled_for(actor, call.filled_id)
    _hide_unknown(actor, [call])
    return call


def own_calls(actor: Actor) -> list[HotlineCall]:
    """Open calls that were passed to the actor."""
    return [call for call in calls_for(actor) if call.dispatched_to_id == actor.id] if _has_some(actor) else []


def _has_some(actor: Actor) -> bool:
    return HotlineCall.objects.filter(Q(dispatched_to=actor.user), done_at__isnull=True).exists()
