"""After saving: what else a record shares time with (CAS-9)."""

from django.contrib import messages

from xiezuo.service.models import ServiceRecord
from xiezuo.service.overlaps import overlaps_of, sentence
from xiezuo.web.base.pages import StaffRequest


def tell_overlaps(request: StaffRequest, record: ServiceRecord | None) -> None:
    """Say it beside the word that it was kept; nothing where a form is no service record."""
    if record is None:
        return
    for one in overlaps_of(request.actor, record):
        messages.warning(request, sentence(one))
