"""Questions about the work that more than one caller asks."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.common.models import Event
from xiezuo.forms.packs import pack
from xiezuo.forms.vocab import SubmissionState
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Project, Site, User
from xiezuo.people.access import among, people_for, stand_for
from xiezuo.people.models import Assignment, Merge, MergedRow, Person
from xiezuo.service.access import (
    can_sign_form,
    forms_known_to,
    opened_forms,
    readable_records,
    records_about,
    records_for,
)
from xiezuo.service.counting import counted, series_key
from xiezuo.service.kept import kept
from xiezuo.service.models import (
    Case,
    FilledForm,
    FormMention,
    NicknameLink,
    Participation,
    ServiceRecord,
    VolunteerPart,
)
from xiezuo.service.vocab import Method, ParticipationMode, RecordState

LOOKED_AT = 3000  # events of colleagues, of which some are told


def steps_due(actor: Actor, until: date, *, everyone: bool = False) -> QuerySet[ServiceRecord]:
    """Next steps up to a day that the actor wrote or shares, the most pressing first; `everyone`: of a supervisor also
    those that colleagues wrote on records the supervisor reads."""
    mine = Q(recorded_by=actor.user) | Q(staff=actor.user)
    seen = readable_records(actor) if everyone and actor.supervises else records_for(actor).filter(mine)
    due = seen.filter(next_on__lte=until, next_done_on__isnull=True).exclude(state=RecordState.CANCELLED)
    return due.select_related("site", "recorded_by").order_by("next_on", "id").distinct()


def records_of_day(actor: Actor, on: date) -> QuerySet[ServiceRecord]:
    """What has been written down for a day, in the order of the clock."""
    day = records_for(actor).filter(service_date=on, date_precision="day", state=RecordState.RECORDED)
    with_times = day.annotate(times=Sum("participations__count", filter=Q(participations__came=True)))
    return with_times.select_related("site", "recorded_by").order_by(F("starts_at").asc(nulls_last=True), "id")


def not_met_for_long(actor: Actor, on: date) -> list[int]:
    """The actor's own people (a supervisor: everyone's own people they may see) who came once, and whom nobody has met for
    long; who was lost sight of last stands first, for of them somebody may still know where they are. How long is long
    stands in pack caring-default."""
    before = on - timedelta(days=pack("caring-default")["not_met"]["after_days"])
    given = Assignment.objects.filter(to_on__isnull=True)
    given = given.filter(user__isnull=False) if actor.supervises else given.filter(user=actor.user)
    lately = _met().filter(person__isnull=False, record__service_date__gt=before).values("person")
    # In the order in which it was written down, so that nobody's whole history is asked for.
    last = _met().filter(person=OuterRef("pk")).order_by("-pk").values("record__service_date")[:1]
    known = people_for(actor).filter(~Q(pk__in=lately), pk__in=given.values("person"), for_testing=False)
    met = known.annotate(last=Subquery(last)).filter(last__isnull=False).order_by("-last", "pk")
    found = met.values_list("pk", flat=True)
    # Of a whole house it is much to ask; whoever sees a part of it asks of fewer, and each time of this moment.
    return kept("not_met", found, lambda: list(found)) if actor.everywhere else list(found)


def last_met_on(people: Collection[int]) -> dict[int, date]:
    """Person id → the day on which somebody met them last."""
    days = _met().filter(person__in=people).order_by().values("person").annotate(on=Max("record__service_date"))
    return dict(days.values_list("person", "on"))


def _met() -> QuerySet[Participation]:
    return Participation.objects.filter(
        came=True, record__state=RecordState.RECORDED, record__service_date__isnull=False
    )


def changes_since(actor: Actor, since: object) -> QuerySet[Event]:
    """What colleagues did with records and people the actor may see, newest first; among the latest so many events."""
    people, subject = people_for(actor), OuterRef("subject_id")
    known = Exists(people.filter(pk=subject)) | Exists(people.filter(merged_rows=subject))
    seen = Q(Exists(records_for(actor).filter(pk=subject)), subject="service.servicerecord") | Q(
        known, subject="people.person"
    )
    told_of = ("service.servicerecord", "people.person")
    lately = Event.objects.filter(at__gt=since, subject__in=told_of).exclude(by_id=actor.id).order_by("-at")
    return Event.objects.filter(seen, pk__in=lately.values("pk")[:LOOKED_AT]).order_by("-at", "-id")


def services_of(actor: Actor, person: Person) -> QuerySet[Participation]:
    """A person's services that the actor may see, the latest first."""
    return (
        Participation.objects.filter(person=person, record__in=records_about(actor, person))
        .select_related("record__site", "record__recorded_by")
        .order_by(F("record__service_date").desc(nulls_last=True), "-record_id")
    )


def forms_of_services(actor: Actor, records: Collection[int]) -> list[FilledForm]:
    """The forms that recorded these services, those that go on from them, and those of the activities whose days they are, as
    far as the actor may read them."""
    held = Q(activity__series__service_records__in=records)
    forms = FilledForm.objects.filter(Q(record__in=records) | Q(follows__record__in=records) | held).distinct()
    return opened_forms(actor, forms, most=max(2 * len(records), 1))


def entry_for(actor: Actor, pk: int) -> Participation:
    """An entry under a nickname on a record the actor may see. Raises NotAllowed, the same whether it exists or not."""
    entries = Participation.objects.filter(
        among(readable_records(actor), by="record"), pk=pk, mode=ParticipationMode.LISTED
    )
    entry = entries.select_related("record", "record__series", "record__site").first()
    if entry is None:
        raise NotAllowed(_("There is no such entry under a nickname, or it belongs to a site where you do not work."))
    return entry


def entries_like(actor: Actor, entry: Participation) -> QuerySet[Participation]:
    """All entries that count as the same nickname (CNT-1), as far as the actor may see their records."""
    key = Participation.objects.annotate(within=series_key()).filter(pk=entry.pk).values_list("within", flat=True)[0]
    same = Participation.objects.filter(
        among(readable_records(actor), by="record"), mode=ParticipationMode.LISTED, label=entry.label
    )
    return same.annotate(within=series_key()).filter(within=key).order_by("record__service_date", "id")


def nobody_beside() -> Q:
    """For a query of participations: that nobody else stands on the record."""
    others = Participation.objects.filter(record=OuterRef("record")).exclude(pk=OuterRef("pk"))
    return Q(~Exists(others))


def nicknames_of(person: Person) -> QuerySet[NicknameLink]:
    """Under which nicknames the person came before their name was known, with the number of `times`."""
    return person.nickname_links.filter(parted_at__isnull=True).annotate(times=Count("entries"))


def nickname_entries(actor: Actor, person: Person) -> list[Participation]:
    """Entries under the nickname of the person that are put to nobody's name, at sites where the person comes."""
    sites = person.assignments.filter(site__isnull=False, to_on__isnull=True).values("site")
    entries = Participation.objects.filter(
        among(readable_records(actor).filter(site__in=sites, state=RecordState.RECORDED), by="record"),
        mode=ParticipationMode.LISTED,
        label=person.nickname,
        person__isnull=True,
        came=True,
    )
    return list(entries.select_related("record").order_by("-record__service_date", "-id")[:50])


def _given(people: Collection[int]) -> QuerySet[VolunteerPart]:
    return VolunteerPart.objects.filter(
        person__in=people, record__state=RecordState.RECORDED, record__for_testing=False
    ).order_by()


def minutes_given(people: Collection[int], year: int = 0) -> dict[int, int]:
    """Person id → minutes they gave as volunteers, in all or in one year. It tells nothing else of the services."""
    parts = _given(people).filter(record__service_date__year=year) if year else _given(people)
    return {pk: n or 0 for pk, n in parts.values_list("person").annotate(n=Sum("minutes"))}


def hours_by_year(person: Person) -> list[tuple[int | None, int, int]]:
    """(year or None where no date is known, minutes, how often) the person gave as a volunteer, the latest first."""
    years = _given([person.pk]).values_list("record__service_date__year")
    found = years.annotate(n=Sum("minutes"), times=Count("pk")).order_by("-record__service_date__year")
    return [(year, minutes or 0, times) for year, minutes, times in found]


@dataclass(frozen=True)
class Given:
    """One time someone helped: the day, where, and the minutes. Not what the service was, nor for whom."""

    on: date | None
    site: str
    minutes: int | None


def hours_given(person: Person) -> list[Given]:
    """Every time the person helped, the latest first."""
    rows = _given([person.pk]).order_by(F("record__service_date").desc(nulls_last=True), "-pk")
    facts = rows.values_list("record__service_date", "record__site__name", "minutes")
    return [Given(on, site or "", minutes) for on, site, minutes in facts]


def last_place(actor: Actor) -> ServiceRecord | None:
    """The actor's latest record, whose site and place are offered again."""
    return ServiceRecord.objects.filter(recorded_by=actor.user).order_by("-recorded_at").first()


@dataclass(frozen=True)
class Happening:
    """An event with the colleague's name, and what it was about where the reader may know it."""

    event: Event
    by: str
    about: str = ""


def history_of(record: ServiceRecord) -> list[Happening]:
    """What was done with a record, the first first."""
    events = list(Event.objects.filter(subject="service.servicerecord", subject_id=record.pk).order_by("id"))
    return told(events)


def told(events: list[Event], actor: Actor | None = None) -> list[Happening]:
    """Events with the names of those who did them; with an actor, also what each was about if they may see it."""
    names = dict(User.objects.filter(pk__in={event.by_id for event in events}).values_list("pk", "name"))
    about = _things(events, actor) if actor else {}
    return [
        Happening(event, names.get(event.by_id or 0, ""), about.get((event.subject, event.subject_id), ""))
        for event in events
    ]


def _things(events: list[Event], actor: Actor) -> dict[tuple[str, int], str]:
    """The names of the records and people that events are about, as far as the actor may see them."""
    visible: dict[str, QuerySet[ServiceRecord] | QuerySet[Person]] = {
        "service.servicerecord": readable_records(actor).select_related("site"),
        "people.person": people_for(actor),
    }
    found = {}
    for subject, things in visible.items():
        wanted = {event.subject_id for event in events if event.subject == subject}
        for thing in things.filter(pk__in=wanted) if wanted else ():
            found[(subject, thing.pk)] = str(thing)
    people = {event.subject_id for event in events if event.subject == "people.person"}
    now = stand_for(actor, {pk for pk in people if ("people.person", pk) not in found})
    names = people_for(actor).in_bulk(set(now.values())) if now else {}
    return found | {("people.person", pk): str(names[kept]) for pk, kept in now.items()}


def records_of_year(year: int, site: str = "") -> QuerySet[ServiceRecord]:
    """Every record of a year that counts, of the whole house or of the site with this name; for its operator."""
    records = counted(ServiceRecord.objects.filter(service_date__year=year))
    return records.filter(site__name=site) if site else records


def came_in(site: Site, on: date) -> list[Participation]:
    """Who came to the front desk of a site on a day, the latest first."""
    rows = Participation.objects.filter(
        record__method=Method.CHECKIN, record__site=site, record__service_date=on, record__state=RecordState.RECORDED
    )
    return list(rows.select_related("person").order_by("-id"))


def visits_before(person: Person, on: date) -> int:
    """How many services the person took part in before a day."""
    return _came(person).filter(record__service_date__lt=on).count()


def services_until(person: Person, on: date) -> int:
    """How many services the person took part in up to a day, that day included."""
    return _came(person).filter(record__service_date__lte=on).count()


def _came(person: Person) -> QuerySet[Participation]:
    return Participation.objects.filter(person=person, came=True, record__state=RecordState.RECORDED)


def merges_that_changed(records: QuerySet[ServiceRecord], since: datetime) -> list[int]:
    """Ids of merges made or taken back after `since` that changed who took part in, or helped with, one of `records`:
    why a figure of a closed period is not what it was (CNT-6)."""
    tables = [Participation._meta.label_lower, VolunteerPart._meta.label_lower]
    touched = MergedRow.objects.filter(
        merge=OuterRef("pk"), table__in=tables, place__in=records.order_by().values("pk")
    )
    lately = Merge.objects.filter(Q(at__gt=since) | Q(undone_at__gt=since))
    return list(lately.filter(Exists(touched)).order_by("pk").values_list("pk", flat=True))


def years_of(records: QuerySet[ServiceRecord]) -> list[int]:
    """The years that occur among the dates of `records`, in order."""
    days = records.filter(service_date__isnull=False).order_by("service_date").values_list("service_date", flat=True)
    return kept("years", days, lambda: list(_years(days)))


def _years(days: QuerySet[ServiceRecord, Any]) -> Iterator[int]:
    """Leaps from year to year in the index of days instead of reading every day."""
    day = days.first()
    while day is not None:
        yield day.year
        day = days.filter(service_date__gt=date(day.year, 12, 31)).first()


def sites_of(records: QuerySet[ServiceRecord]) -> list[tuple[int | None, str | None]]:
    """(id, name) of the sites of `records` by name; (None, None) where some belong to none."""
    records = records.order_by()
    with_work = Site.objects.filter(Exists(records.filter(site=OuterRef("pk")))).order_by("name")
    return kept("sites", records, lambda: _named(with_work, records.filter(site__isnull=True)))


def projects_of(records: QuerySet[ServiceRecord]) -> list[tuple[int | None, str | None]]:
    """(id, name) of the projects of `records` by name; (None, None) where some belong to none."""
    records = records.order_by()
    with_work = Project.objects.filter(Exists(records.filter(projects=OuterRef("pk")))).order_by("name", "pk")
    return kept("projects", records, lambda: _named(with_work, records.filter(projects__isnull=True)))


def _named(things: QuerySet[Any], without: QuerySet[ServiceRecord]) -> list[tuple[int | None, str | None]]:
    return [*things.values_list("pk", "name"), *([(None, None)] if without.exists() else [])]


def last_form(actor: Actor, form: str, person: Person | None) -> FilledForm | None:
    """The last form of a kind that the actor wrote about the same person, or about nobody."""
    theirs = FilledForm.objects.filter(submission__author=actor.user, submission__form=form, person=person)
    return next(iter(opened_forms(actor, theirs, 1)), None)


def latest_of_case(actor: Actor, case: Case, form: str) -> FilledForm | None:
    """The latest form of a kind in a case, where the actor may read it."""
    return next(iter(opened_forms(actor, FilledForm.objects.filter(case=case, submission__form=form), 1)), None)


def own_forms(actor: Actor, most: int) -> list[FilledForm]:
    """The latest forms that the actor finished."""
    return opened_forms(actor, FilledForm.objects.filter(submission__author=actor.user), most)


def forms_waiting(actor: Actor, most: int) -> list[FilledForm]:
    """Forms that wait for the actor's decision, the oldest first."""
    if not actor.supervises:
        return []
    waiting = forms_known_to(actor).filter(submission__state=SubmissionState.WAITING)
    return [form for form in reversed(opened_forms(actor, waiting)) if can_sign_form(actor, form)][:most]


def form_history(filled: FilledForm) -> list[Happening]:
    """What was done with a form, the latest first."""
    events = Event.objects.filter(subject="service.filledform", subject_id=filled.pk).order_by("-id")
    return told(list(events))


def forms_naming_others(forms: Iterable[FilledForm], within: Collection[int]) -> set[int]:
    """Of forms that someone may read: ids of those that name a person who is not among `within` (ids)."""
    mentions = FormMention.objects.filter(filled__in=[form.pk for form in forms])
    return set(mentions.exclude(person__in=within).values_list("filled_id", flat=True))
