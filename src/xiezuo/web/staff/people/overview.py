"""What the first view of a person shows: roles over the years, the growth path, the family as a picture."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from django.db.models import Count, Min, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xiezuo.common.days import local
from xiezuo.orgs.access import Actor
from xiezuo.people.models import HouseholdMember, Merge, Person, RolePeriod
from xiezuo.people.vocab import CameFrom, Relation, Role, Sex
from xiezuo.service.access import records_for
from xiezuo.service.indicators import counted
from xiezuo.service.queries import records_of, services_of
from xiezuo.service.vocab import RecordState
from xiezuo.web.base.pictures.bands import Band, Bands, Span
from xiezuo.web.base.pictures.tree import Family, Kin
from xiezuo.web.base.shapes import LineEntry
from xiezuo.web.base.words import day_words, hours_words
from xiezuo.web.staff.people.words import age_words

GIVING = frozenset({Role.VOLUNTEER, Role.CORE_VOLUNTEER, Role.ORGANISER, Role.COLLEAGUE})
MOST_VOICES = 4
# Generations relative to the head of the household.
ABOVE = {Relation.GRANDPARENT: -2, Relation.PARENT: -1, Relation.CHILD: 1}
SEXES: dict[str, Literal["male", "female"]] = {Sex.MALE: "male", Sex.FEMALE: "female"}


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
    by_role: dict[str, list[RolePeriod]] = {}
    for period in periods:
        by_role.setdefault(period.role, []).append(period)
    rows = [
        Band(
            Role(role).label,
            [Span(p.from_on, p.to_on, "gave" if role in GIVING else "") for p in held],
            _(", ").join(_period_words(p) for p in held),
        )
        for role, held in by_role.items()
    ]
    return Bands(rows, until=on)


def figures_of(actor: Actor, person: Person) -> dict[str, Any]:
    """Counts of services: `seen` by the actor, `hidden` from them, `voices` with own words; the `first` day seen."""
    rows = person.participations.filter(record__state=RecordState.RECORDED)
    every = list(rows.values_list("record_id", "record__service_date", "came", "record__own_words"))
    open_to_actor = set(records_of(actor, person).values_list("pk", flat=True))
    seen = [row for row in every if row[0] in open_to_actor]
    return {
        "every": len(every),
        "seen": len(seen),
        "hidden": len(every) - len(seen),
        "first": min((day for _record, day, came, _words in seen if came and day), default=None),
        "voices": sum(bool(words) for _record, _day, _came, words in seen),
    }


def helping_of(actor: Actor, person: Person) -> dict[str, Any]:
    """When the person first helped, how often and how many minutes in all, as far as the actor may see."""
    parts = person.volunteer_parts.filter(record__in=counted(records_for(actor)).filter(volunteer_parts__person=person))
    return parts.aggregate(first=Min("record__service_date"), times=Count("pk"), minutes=Sum("minutes"))


def _voices(actor: Actor, person: Person) -> list[LineEntry]:
    """Own words from records on which nobody else is named, so that it is known who said them."""
    alone = services_of(actor, person).filter(record__state=RecordState.RECORDED).exclude(record__own_words="")
    alone = alone.annotate(others=Count("record__participations")).filter(others=1, record__service_date__isnull=False)
    return [
        LineEntry(
            on=row.record.service_date,
            title=str(row.record),
            voice=row.record.own_words,
            precision="year" if row.record.date_precision == "year" else "month",
        )
        for row in alone[:MOST_VOICES]
        if row.record.service_date
    ]


def _role_entries(periods: list[RolePeriod]) -> list[LineEntry]:
    entries = []
    for period in periods:
        words = {"role": Role(period.role).label}
        gives = period.role in GIVING
        entries.append(LineEntry(period.from_on, _("Became: %(role)s") % words, "gave" if gives else ""))
        if period.to_on and gives:
            entries.append(LineEntry(period.to_on, _("Pauses as: %(role)s") % words, "rest"))
    return entries


def _helping_entry(helping: dict[str, Any]) -> LineEntry:
    meta = _("%(n)s times up to today") % {"n": helping["times"]}
    if helping["minutes"]:
        words = {"n": helping["times"], "hours": hours_words(helping["minutes"])}
        meta = _("%(n)s times, %(hours)s hours up to today") % words
    return LineEntry(helping["first"], _("Helped others for the first time"), "gave", meta=meta)


def _merge_entries(merges: Iterable[Merge]) -> list[LineEntry]:
    """When a person was written down once more, and when it was found that both are one."""
    entries = []
    for merge in merges:
        words = {"name": merge.other.nickname}
        entries.append(LineEntry(local(merge.other.recorded_at).date(), _("Registered once more, as %(name)s") % words))
        entries.append(LineEntry(local(merge.at).date(), _("Found to be the same person as %(name)s") % words))
    return entries


def growth_of(
    actor: Actor,
    person: Person,
    periods: list[RolePeriod],
    figures: dict[str, Any],
    helping: dict[str, Any],
    merges: Iterable[Merge] = (),
) -> list[LineEntry]:
    """The growth path in the order of the days: what was received and what was given."""
    entries = [*_merge_entries(merges), *_role_entries(periods), *(_voices(actor, person) if figures["voices"] else [])]
    if figures["first"]:
        entries.append(LineEntry(figures["first"], _("First service")))
    if helping["first"]:
        entries.append(_helping_entry(helping))
    came = _("Taken in from an imported sheet") if person.came_from == CameFrom.IMPORTED else _("Registered here")
    entries.append(LineEntry(person.recorded_at.date(), came))
    return sorted(entries, key=lambda entry: entry.on)


def _kin(member: HouseholdMember, about: Person, on: date) -> Kin:
    """A member as the picture shows them; whoever is not open to the actor is there without a name."""
    seen = getattr(member, "is_open", False)
    return Kin(
        id=member.person_id,
        label=str(member.person) if seen else _("not open to you"),
        generation=ABOVE.get(Relation(member.relation), 0),
        sex=SEXES.get(member.person.sex, "unknown") if seen else "unknown",
        about=age_words(member.person, on) if seen else str(member.get_relation_display()),
        is_self=member.person_id == about.pk,
        lives_here=member.to_on is None,
    )


def family_picture(members: list[HouseholdMember], about: Person, on: date) -> Family | None:
    """The household as a tree around its head; None while nobody else belongs to it."""
    first = members[0].household_id if members else None
    here = {m.person_id: m for m in members if m.household_id == first and m.to_on is None}
    if len(here) < 2:
        return None
    kin = [_kin(member, about, on) for member in here.values()]
    eldest = min(k.generation for k in kin)
    kin = [Kin(**{**vars(k), "generation": k.generation - eldest}) for k in kin]

    def those(*relations: Relation) -> list[int]:
        return [pk for pk, member in here.items() if member.relation in relations]

    heads, spouses, parents = those(Relation.SELF)[:1], those(Relation.SPOUSE)[:1], those(Relation.PARENT)[:2]
    couples = [tuple(pair) for pair in (heads + spouses, parents) if len(pair) == 2]
    children = [(tuple(heads + spouses), child) for child in those(Relation.CHILD) if heads]
    children += [(tuple(parents), child) for child in heads + those(Relation.SIBLING) if parents]
    children += [((elder,), parents[0]) for elder in those(Relation.GRANDPARENT)[:1] if parents]
    return Family(kin, couples=couples, children=children)  # type: ignore[arg-type]
