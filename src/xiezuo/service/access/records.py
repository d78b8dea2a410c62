"""Who may see which service records: that there was a service, and what was said in it."""

import uuid
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.orgs.access import Actor
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.access import among, case_people_for, whole_files_for
from xiezuo.people.models import Person
from xiezuo.people.sections import rules
from xiezuo.service.access.locked import record_is_locked
from xiezuo.service.models import Evidence, Participation, ServiceRecord
from xiezuo.service.vocab import RecordState

# What a closed record does not tell to whoever may only know that there was one.
NOT_TOLD = ("title", "place_text", "note", "own_words", "next_step")


def records_for(actor: Actor) -> QuerySet[ServiceRecord]:
    """Records of the actor's sites, those they wrote and those they took part in as staff: what they may count and know
    of. What was said in them is for `readable_records`."""
    if not actor.does_casework:
        return ServiceRecord.objects.none()
    arrived = ServiceRecord.objects.exclude(state=RecordState.ARRIVING)
    return arrived if actor.everywhere else arrived.filter(_of_sites_or_own(actor))


def _of_sites_or_own(actor: Actor) -> Q:
    joined = ServiceRecord.staff.through.objects.filter(user_id=actor.id).values("servicerecord_id")
    return Q(site__in=actor.sites) | Q(recorded_by=actor.user) | Q(pk__in=joined)


def records_about(actor: Actor, person: Person) -> QuerySet[ServiceRecord]:
    """Records naming the person that the actor may know of: as `records_for`, and all where the whole file is open."""
    named = ServiceRecord.objects.exclude(state=RecordState.ARRIVING).filter(participations__person=person)
    if actor.everywhere:
        return named
    whole = Exists(whole_files_for(actor).filter(pk=person.pk))
    return named.filter(_of_sites_or_own(actor) | Q(whole)) if actor.does_casework else named.filter(whole)


def _naming(people: QuerySet[Person]) -> Exists:
    """For a query of records: whether one of these people stands on it by name."""
    return Exists(Participation.objects.filter(record=OuterRef("pk"), person__in=people.values("pk")))


def known_records(actor: Actor) -> QuerySet[ServiceRecord]:
    """As `records_for`, and those that belong to a file which is open to the actor wherever it was written."""
    arrived = ServiceRecord.objects.exclude(state=RecordState.ARRIVING)
    if not actor.does_casework:
        return arrived.filter(_naming(whole_files_for(actor)))
    return arrived if actor.everywhere else arrived.filter(_of_sites_or_own(actor) | Q(_naming(whole_files_for(actor))))


def readable_records(actor: Actor) -> QuerySet[ServiceRecord]:
    """Records of which the actor may read what was said. Of the methods that pack roles-default closes: those they wrote or
    took part in, those of people on whose case they work by name, and, for a supervisor, those of their sites."""
    records = known_records(actor)
    if (StaffRole.SUPERVISOR, None) in actor.held:
        return records
    joined = ServiceRecord.staff.through.objects.filter(user_id=actor.id).values("servicerecord_id")
    supervised = [site for role, site in actor.held if role == StaffRole.SUPERVISOR]
    return records.filter(
        ~Q(method__in=rules()["records"]["closed_methods"])
        | Q(recorded_by=actor.user)
        | Q(pk__in=joined)
        | Q(site__in=supervised)
        | Q(_naming(case_people_for(actor)))
    )


def as_told_to(actor: Actor, records: Iterable[ServiceRecord]) -> list[ServiceRecord]:
    """The records as the actor may know them: of those closed to them only day, method, site and writer are left, and
    `is_closed` says so. The objects are for showing; saving one would lose what it does not tell."""
    shown, closing = list(records), rules()["records"]["closed_methods"]
    doubtful = [record.pk for record in shown if record.method in closing]
    if not doubtful or (StaffRole.SUPERVISOR, None) in actor.held:
        return shown
    readable = set(readable_records(actor).filter(pk__in=doubtful).values_list("pk", flat=True))
    for record in shown:
        if record.pk in doubtful and record.pk not in readable:
            record.is_closed = True
            for name in NOT_TOLD:
                setattr(record, name, "")
    return shown


class RecordClosed(NotAllowed):
    """The actor may know that there was this service, and not what was said in it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "What was said here is for those who work on the case. Whoever wrote it or a supervisor of the site can "
                "tell you, or name you as a colleague who works with the person."
            )
        )


def record_for(actor: Actor, pk: int) -> ServiceRecord:
    """One record the actor may read. Raises NotAllowed with the same words whether it exists or not, and RecordClosed for
    one of which they may only know that it was."""
    record = known_records(actor).filter(pk=pk).select_related("site", "recorded_by", "series").first()
    if record is None:
        raise NotAllowed(_("This record belongs to a site where you do not work, or there is no such record."))
    if as_told_to(actor, [record])[0].is_closed:
        raise RecordClosed()
    return record


def written_under(actor: Actor, key: uuid.UUID) -> ServiceRecord | None:
    """The record that the actor already finished from the form with this key, if any."""
    return ServiceRecord.objects.filter(key=key, recorded_by=actor.user).first()


def can_correct(actor: Actor, record: ServiceRecord) -> bool:
    """The one who wrote a record corrects it; so does a supervisor of its site. One of a closed case is locked."""
    if record.recorded_by_id != actor.id and not actor.supervises_at(record.site_id):
        return False
    return not record_is_locked(actor, record)


def evidence_for(actor: Actor, pk: int) -> Evidence:
    """A file of a record the actor may see. Raises NotAllowed with the same words whether it exists or not."""
    evidence = Evidence.objects.filter(among(readable_records(actor), by="record"), pk=pk).first()
    if evidence is None:
        raise NotAllowed(_("This file belongs to a record you may not see, or there is no such file."))
    return evidence
