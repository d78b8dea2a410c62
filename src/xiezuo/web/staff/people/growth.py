"""The growth path of a person as bands of roles over the years and as a line of dated entries."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Min, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xiezuo.common.days import local
from xiezuo.orgs.access import Actor
from xiezuo.people.access import among
from xiezuo.people.journey import giving_roles
from xiezuo.people.models import Merge, Person, RolePeriod
from xiezuo.people.vocab import CameFrom, Role
from xiezuo.service.access import readable_records, records_for
from xiezuo.service.indicators import counted
from xiezuo.service.queries import nobody_beside, services_of
from xiezuo.service.vocab import RecordState
from xiezuo.web.base.pictures.bands import Band, Bands, Span
from xiezuo.web.base.shapes import LineEntry
from xiezuo.web.base.words import day_words, hours_words

MOST_VOICES = 4  # on the first view; the page of the path has them all


def _month(day: date) -> str:
    return day_words(day, "month", get_language())


def _period_words(period: RolePeriod) -> str:
    if period.to_on is None:
        return _("since %(day)s") % {"day": _month(period.from_on)}
    if (period.from_on.year, period.from_on.month) == (period.to_on.year, period.to_on.month):
        return _month(period.from_on)
    return _("%(first)s to %(last)s") % {"first": _month(period.from_on), "last": _month(period.to_on)}


def bands_of(periods: list[RolePeriod], on: date) -> Bands:
    """One band per role in the order in which the roles came; giving roles are filled."""
    giving = giving_roles()
    by_role: dict[str, list[RolePeriod]] = {}
    for period in periods:
        by_role.setdefault(period.role, []).append(period)
    rows = [
        Band(
            Role(role).label,
            [Span(p.from_on, p.to_on, "gave" if role in giving else "") for p in held],
            _(", ").join(_period_words(p) for p in held),
        )
        for role, held in by_role.items()
    ]
    return Bands(rows, until=on)


def helping_of(actor: Actor, person: Person) -> dict[str, Any]:
    """When the person first helped, how often and how many minutes in all, as far as the actor may see."""
    parts = person.volunteer_parts.filter(record__in=counted(records_for(actor)).filter(volunteer_parts__person=person))
    return parts.aggregate(first=Min("record__service_date"), times=Count("pk"), minutes=Sum("minutes"))


def _voices(actor: Actor, person: Person) -> list[LineEntry]:
    """Own words from records on which nobody else is named, so that it is known who said them."""
    alone = services_of(actor, person).filter(record__state=RecordState.RECORDED).exclude(record__own_words="")
    alone = alone.filter(among(readable_records(actor), by="record"))
    alone = alone.filter(nobody_beside(), record__service_date__isnull=False)
    return [
        LineEntry(
            on=row.record.service_date,
            title=str(row.record),
            voice=row.record.own_words,
            precision="year" if row.record.date_precision == "year" else "month",
        )
        for row in alone
        if row.record.service_date
    ]


def _role_entries(periods: Iterable[RolePeriod]) -> list[LineEntry]:
    """When a role began and, where someone served others or said something of it, when it rested."""
    entries, giving = [], giving_roles()
    for period in periods:
        words, gives, said = {"role": Role(period.role).label}, period.role in giving, vars(period)
        title, kind = _("Became: %(role)s") % words, "gave" if gives else ""
        entries.append(
            LineEntry(period.from_on, title, kind, said["began_words"], note=said["began_note"])  # type: ignore[arg-type]
        )
        if period.to_on and (gives or said["rest_told"]):
            title = _("Pauses as: %(role)s") % words
            entries.append(LineEntry(period.to_on, title, "rest", said["rested_words"], note=said["rested_note"]))
    return entries


def _loose_entries(person: Person, periods: Iterable[RolePeriod]) -> list[LineEntry]:
    """What was said on a day on which no role period begins or ends any more, since two records became one."""
    days = {(period.role, period.from_on) for period in periods} | {(period.role, period.to_on) for period in periods}
    return [
        LineEntry(entry.on, str(entry.get_role_display()), voice=entry.own_words, note=entry.note)
        for entry in person.journey_entries.all()
        if (entry.role, entry.on) not in days
    ]


def _merge_entries(merges: Iterable[Merge]) -> list[LineEntry]:
    """When a person was written down once more, and when it was found that both are one."""
    entries = []
    for merge in merges:
        words = {"name": merge.other.nickname}
        entries.append(LineEntry(local(merge.other.recorded_at).date(), _("Registered once more, as %(name)s") % words))
        entries.append(LineEntry(local(merge.at).date(), _("Found to be the same person as %(name)s") % words))
    return entries


def _helping_entry(helping: dict[str, Any]) -> LineEntry:
    meta = _("%(n)s times up to today") % {"n": helping["times"]}
    if helping["minutes"]:
        words = {"n": helping["times"], "hours": hours_words(helping["minutes"])}
        meta = _("%(n)s times, %(hours)s hours up to today") % words
    return LineEntry(helping["first"], _("Helped others for the first time"), "gave", meta=meta)


def growth_of(
    actor: Actor,
    person: Person,
    periods: list[RolePeriod],
    figures: dict[str, Any],
    helping: dict[str, Any],
    merges: Iterable[Merge] = (),
    *,
    all_of_it: bool = False,
) -> list[LineEntry]:
    """The growth path in the order of the days: what was received and what was given; the first view has few voices.

    `periods` as queries.periods_told gives them.
    """
    entries = [*_merge_entries(merges), *_role_entries(periods)]
    if all_of_it:
        entries += _loose_entries(person, periods)
    if vars(person).get("has_notes", True):
        entries += [LineEntry(note.on, note.what, voice=note.own_words) for note in person.growth_notes.all()]
    voices = _voices(actor, person) if figures["voices"] else []
    entries += voices if all_of_it else voices[:MOST_VOICES]
    if figures["first"]:
        entries.append(LineEntry(figures["first"], _("First service")))
    if helping["first"]:
        entries.append(_helping_entry(helping))
    came = _("Taken in from an imported sheet") if person.came_from == CameFrom.IMPORTED else _("Registered here")
    entries.append(LineEntry(person.recorded_at.date(), came))
    return sorted(entries, key=lambda entry: entry.on)
