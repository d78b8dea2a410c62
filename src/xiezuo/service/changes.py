"""What colleagues did since someone last looked, with records, people and forms they may see: by time, person, site or record."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from xiezuo.common.models import Event
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site
from xiezuo.people.access import case_people_for, people_for
from xiezuo.people.models import Person
from xiezuo.service.access import as_told_to, open_among, opened_forms, records_for
from xiezuo.service.filling.contents import form_of_submission
from xiezuo.service.models import FilledForm, ServiceRecord
from xiezuo.service.queries import Happening, changes_since, told
from xiezuo.service.workday import people_named

RECORD, PERSON, FORM = "service.servicerecord", "people.person", "service.filledform"
SAID_BY_THE_RECORD = {"service.form.filled", "service.form.corrected"}


@dataclass(frozen=True)
class Change:
    """`people` are those it concerns as far as the reader may know; `mine`: it is of the reader's own work."""

    happening: Happening
    people: list[Person] = field(default_factory=list)
    site: Site | None = None
    record: ServiceRecord | None = None
    mine: bool = False

    @property
    def event(self) -> Event:
        return self.happening.event


def changes(actor: Actor, since: datetime, most: int) -> list[Change]:
    """The latest `most` changes, the latest first; in a fixed number of queries."""
    events = list(changes_since(actor, since)[:most])
    of_forms = Event.objects.filter(subject=FORM, at__gt=since).exclude(by_id=actor.id).order_by("-id")[:most]
    forms = _open_forms(actor, of_forms)
    recorded = {event.subject_id for event in events if event.subject == RECORD}
    events += [event for event in of_forms if event.subject_id in forms and not _is_said(event, forms, recorded)]
    events = sorted(events, key=lambda event: -event.pk)[:most]
    return list(_changes(actor, events, forms))


def _open_forms(actor: Actor, events: Iterable[Event]) -> dict[int, FilledForm]:
    ids = {event.subject_id for event in events}
    found = opened_forms(actor, FilledForm.objects.filter(pk__in=ids), len(ids)) if ids else []
    return {form.pk: form for form in open_among(actor, found)}


def _is_said(event: Event, forms: dict[int, FilledForm], recorded: set[int]) -> bool:
    """A form that is a service record is told of once, by its record."""
    return event.code in SAID_BY_THE_RECORD and forms[event.subject_id].record_id in recorded


def _changes(actor: Actor, events: list[Event], forms: dict[int, FilledForm]) -> Iterable[Change]:
    ids = {event.subject_id for event in events if event.subject == RECORD}
    ids |= {form.record_id for form in forms.values() if form.record_id}
    rows = records_for(actor).filter(pk__in=ids).select_related("site", "recorded_by").prefetch_related("staff")
    records = {record.pk: record for record in as_told_to(actor, rows)}
    named = people_named(records.values(), actor)
    people = people_for(actor).in_bulk({event.subject_id for event in events if event.subject == PERSON})
    own = set(case_people_for(actor).filter(pk__in=_ids(people, named, forms)).values_list("pk", flat=True))
    for happening in told(events, actor):
        event = happening.event
        form = forms.get(event.subject_id) if event.subject == FORM else None
        record = records.get((form.record_id or 0) if form else event.subject_id) if event.subject != PERSON else None
        about = [form.person] if form and form.person else named.get(record.pk, []) if record else []
        if event.subject == PERSON and event.subject_id in people:
            about = [people[event.subject_id]]
        if form is not None:
            happening = Happening(event, happening.by, _form_words(form))
        site = record.site if record else form.site if form else None
        mine = bool(own & {person.pk for person in about}) or _is_of(actor, record, form)
        yield Change(happening, about, site, record, mine)


def _ids(people: dict[int, Person], named: dict[int, list[Person]], forms: dict[int, FilledForm]) -> set[int]:
    found = {person.pk for persons in named.values() for person in persons} | set(people)
    return found | {form.person_id for form in forms.values() if form.person_id}


def _is_of(actor: Actor, record: ServiceRecord | None, form: FilledForm | None) -> bool:
    if form is not None and form.submission.author_id == actor.id:
        return True
    if record is None:
        return False
    return record.recorded_by_id == actor.id or any(user.pk == actor.id for user in record.staff.all())


def _form_words(form: FilledForm) -> str:
    label = str(form_of_submission(form).label)
    return f"{label} · {form.person}" if form.person else label
