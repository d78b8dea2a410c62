"""Who may see which service records."""

import uuid

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.orgs.access import Actor
from xiezuo.service.models import Evidence, ServiceRecord
from xiezuo.service.vocab import RecordState


def records_for(actor: Actor) -> QuerySet[ServiceRecord]:
    """Records of the actor's sites, those they wrote and those they took part in as staff."""
    if not actor.does_casework:
        return ServiceRecord.objects.none()
    arrived = ServiceRecord.objects.exclude(state=RecordState.ARRIVING)
    if actor.everywhere:
        return arrived
    joined = ServiceRecord.staff.through.objects.filter(user_id=actor.id).values("servicerecord_id")
    return arrived.filter(Q(site__in=actor.sites) | Q(recorded_by=actor.user) | Q(pk__in=joined))


def record_for(actor: Actor, pk: int) -> ServiceRecord:
    """One record the actor may see. Raises NotAllowed with the same words whether it exists or not."""
    record = records_for(actor).filter(pk=pk).select_related("site", "recorded_by", "series").first()
    if record is None:
        raise NotAllowed(_("This record belongs to a site where you do not work, or there is no such record."))
    return record


def written_under(actor: Actor, key: uuid.UUID) -> ServiceRecord | None:
    """The record that the actor already finished from the form with this key, if any."""
    return ServiceRecord.objects.filter(key=key, recorded_by=actor.user).first()


def can_correct(actor: Actor, record: ServiceRecord) -> bool:
    """The one who wrote a record corrects it; so does a supervisor of its site."""
    if record.recorded_by_id == actor.id:
        return True
    return actor.supervises_at(record.site_id)


def evidence_for(actor: Actor, pk: int) -> Evidence:
    """A file of a record the actor may see. Raises NotAllowed with the same words whether it exists or not."""
    evidence = Evidence.objects.filter(pk=pk, record__in=records_for(actor)).first()
    if evidence is None:
        raise NotAllowed(_("This file belongs to a record you may not see, or there is no such file."))
    return evidence
