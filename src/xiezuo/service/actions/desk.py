"""The front desk: someone comes in."""

from datetime import date, time

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.common.events import happened
from xiezuo.orgs.access import Actor, sites_for
from xiezuo.orgs.models import Site
from xiezuo.people.access import must_do_casework, people_for
from xiezuo.people.actions import PersonFacts, register_person, sites_now_serve
from xiezuo.people.models import Person
from xiezuo.people.vocab import Role
from xiezuo.service.actions.facts import ServiceFacts
from xiezuo.service.actions.leaving import note_coming
from xiezuo.service.actions.recording import record_service
from xiezuo.service.models import Participation, ServiceRecord
from xiezuo.service.vocab import Method, ParticipationMode, RecordState


@transaction.atomic
def check_in(
    *, by: Actor, site: Site, on: date, person: Person | None = None, nickname: str = "", at: time | None = None
) -> tuple[ServiceRecord, Person]:
    """Ten seconds at the front desk: someone came in. One record per site and day; a newcomer needs only a nickname.

    Coming twice on one day is one visit. Of a child it is written down that they are there since `at`, until somebody who may
    takes them home.
    """
    _must_work_at(by, site)
    if person is not None and not people_for(by).filter(pk=person.pk).exists():
        raise NotAllowed(_("This is not a person you work with. A supervisor can assign them to you."))
    day = _day_of(by, site, on)
    # Only now: the end of the event chain is the last thing that anyone waits for.
    if person is None:
        facts = PersonFacts(nickname=nickname)
        person = register_person(by=by, facts=facts, on=on, site=site, role=Role.VISITOR, with_user=False)
    _row, new = Participation.objects.get_or_create(
        record=day, person=person, mode=ParticipationMode.NAMED, defaults={"as_role": Role.VISITOR}
    )
    if new:
        sites_now_serve(people=[person.pk], site=site, on=on)
        happened("service.checkin.noted", day, by_id=by.id, person=person.pk)
    note_coming(by, person, site, on, at)
    return day, person


@transaction.atomic
def count_in(*, by: Actor, site: Site, on: date) -> ServiceRecord:
    """Someone came in of whom nobody knows a name: one more person-time of the day, and nobody's (CNT-4)."""
    _must_work_at(by, site)
    day = _day_of(by, site, on)
    row = day.participations.filter(mode=ParticipationMode.COUNTED, stated_heads__isnull=True).first()
    if row is None:
        Participation.objects.create(record=day, mode=ParticipationMode.COUNTED, count=1, as_role=Role.VISITOR)
    else:
        Participation.objects.filter(pk=row.pk).update(count=F("count") + 1)
    happened("service.checkin.counted", day, by_id=by.id)
    return day


def _must_work_at(by: Actor, site: Site) -> None:
    must_do_casework(by)
    if not sites_for(by).filter(pk=site.pk).exists():
        raise NotAllowed(_("You do not work at this site, so you cannot write its records."))


def _day_of(by: Actor, site: Site, on: date) -> ServiceRecord:
    """The record of the desk on a day, begun by whoever comes first."""
    # Two desks of one site may open the day at once; the site's row makes them take turns. Rows that point to the site
    # may be written meanwhile.
    site = Site.objects.select_for_update(no_key=True).get(pk=site.pk)
    day = ServiceRecord.objects.filter(
        method=Method.CHECKIN, site=site, service_date=on, state=RecordState.RECORDED, for_testing=False
    ).first()
    return day or record_service(by=by, facts=ServiceFacts(method=Method.CHECKIN, service_date=on, site=site), on=on)
