"""What an import does with the services it brought: let them count, or take them back. Part of its transaction."""

from collections.abc import Collection, Iterable

from xiezuo.common.models import Event
from xiezuo.service.models import ServiceRecord
from xiezuo.service.vocab import RecordState

EVENTS = ("service.record.corrected", "service.record.cancelled", "service.step.finished")


def count_from_now(services: Iterable[int]) -> None:
    """What arrived counts from now on, all of it at once."""
    ServiceRecord.objects.filter(pk__in=services, state=RecordState.ARRIVING).update(state=RecordState.RECORDED)


def services_worked_on_since(services: Collection[int]) -> set[int]:
    """Those of `services` that someone corrected, cancelled or bound a file to."""
    told = Event.objects.filter(subject="service.servicerecord", code__in=EVENTS, subject_id__in=services)
    with_files = ServiceRecord.objects.filter(pk__in=services, evidence__isnull=False)
    return {*told.values_list("subject_id", flat=True), *with_files.values_list("pk", flat=True)}


def take_back_services(services: Collection[int]) -> None:
    ServiceRecord.objects.filter(pk__in=services).delete()
