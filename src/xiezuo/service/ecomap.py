"""What stands around someone, as far as it is recorded, and how a worker says they are tied to it: for the ecomap."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_open, people_for, sections_for
from xiezuo.people.models import Assignment, Person
from xiezuo.people.queries import Tie, family_of, ties_of
from xiezuo.people.sections import Sections
from xiezuo.people.vocab import Section
from xiezuo.service.access import records_about
from xiezuo.service.access.referrals import referrals_of
from xiezuo.service.models import EcoTie
from xiezuo.service.vocab import EcoPart, RecordState, ReferralState, TieFlow, TieKind

LATELY = timedelta(days=365)
SERIES = 8
REFERRED = (ReferralState.SENT, ReferralState.ACCEPTED, ReferralState.SERVED)
OF_THE_CASE = "the case part of the file is open to whoever asks"
NOT_OPEN = _("not open to you")


@dataclass(frozen=True)
class Thing:
    """`key` is how a tie names it: "person:12", "school", "tie:3" for what a worker wrote by hand."""

    key: str
    part: EcoPart
    label: str | Promise
    about: str | Promise = ""
    tie: EcoTie | None = None

    @property
    def kind(self) -> TieKind:
        return TieKind(self.tie.kind) if self.tie else TieKind.PLAIN

    @property
    def flow(self) -> TieFlow:
        return TieFlow(self.tie.flow) if self.tie else TieFlow.NONE


def living_with(actor: Actor, person: Person) -> list[str]:
    """Who lives with the person, as far as the family part is open."""
    if Section.FAMILY not in sections_for(actor, person):
        return []
    here = [one for one in family_of(actor, person) if one.to_on is None and one.person_id != person.pk]
    return [str(one.person) if getattr(one, "is_open", False) else str(NOT_OPEN) for one in here]


def around(actor: Actor, person: Person, on: date) -> list[Thing]:
    """What stands around the person, each with the latest that was said of the tie. Raises SectionClosed."""
    must_open(actor, person, Section.CASE)
    with opened("service.EcoTie", why=OF_THE_CASE):
        ties = list(EcoTie.objects.filter(person=person).select_related("set_by"))
    said = {_key(tie): tie for tie in ties}
    found = [*_recorded(actor, person, on, sections_for(actor, person))]
    things = [Thing(one.key, one.part, one.label, one.about, said.get(one.key)) for one in found]
    told = {one.key for one in things}
    things += [_by_hand(actor, tie) for key, tie in said.items() if key not in told]
    return sorted(things, key=lambda one: list(EcoPart).index(one.part))


def _key(tie: EcoTie) -> str:
    return f"person:{tie.other_id}" if tie.other_id else tie.source or f"tie:{tie.pk}"


def _by_hand(actor: Actor, tie: EcoTie) -> Thing:
    """What a worker wrote; of something that is recorded no longer what is left of it."""
    label: str | Promise = str(tie.name)
    if tie.other_id:
        other = people_for(actor).filter(pk=tie.other_id).first()
        label = str(other) if other else NOT_OPEN
    return Thing(_key(tie), EcoPart(tie.part), label or _("recorded before"), "", tie)


def _recorded(actor: Actor, person: Person, on: date, seen: Sections) -> Iterator[Thing]:
    if Section.FAMILY in seen:
        yield from _relatives(actor, person)
    if Section.CONTACT in seen:
        if person.school:
            yield Thing("school", EcoPart.SCHOOL, person.school, person.grade)
        if work := person.occupation or person.employment:
            yield Thing("work", EcoPart.WORK, work)
    yield from _groups(actor, person, on)
    yield from _organisations(actor, person)
    yield from _colleagues(person, on)


def _relatives(actor: Actor, person: Person) -> Iterator[Thing]:
    home = {one.person_id for one in family_of(actor, person) if one.to_on is None}
    shown = {person.pk, *home}
    for tie in ties_of(actor, person):
        other = _other(tie, person)
        if other is not None and other.pk not in shown:
            shown.add(other.pk)
            yield Thing(f"person:{other.pk}", EcoPart.FAMILY, str(other), tie.relation if tie.one == other else "")


def _other(tie: Tie, person: Person) -> Person | None:
    return tie.other if tie.one == person else tie.one


def _groups(actor: Actor, person: Person, on: date) -> Iterator[Thing]:
    rows = records_about(actor, person).exclude(state=RecordState.CANCELLED)
    rows = rows.filter(series__isnull=False, service_date__gte=on - LATELY).order_by("-service_date")
    named: dict[int, str] = {}
    for pk, name in rows.values_list("series_id", "series__name"):
        named.setdefault(pk, name)
    for pk, name in [*named.items()][:SERIES]:
        yield Thing(f"series:{pk}", EcoPart.GROUP, name)


def _organisations(actor: Actor, person: Person) -> Iterator[Thing]:
    shown: set[str] = set()
    for row in referrals_of(actor, person):
        name = str(row.to_organisation)
        if row.state in REFERRED and name not in shown:
            shown.add(name)
            yield Thing(f"referral:{row.pk}", EcoPart.ORGANISATION, name, row.get_state_display())


def _colleagues(person: Person, on: date) -> Iterator[Thing]:
    rows = Assignment.objects.filter(person=person, user__isnull=False, from_on__lte=on).select_related("user")
    for row in rows.order_by("id"):
        if (row.to_on is None or row.to_on >= on) and row.user is not None:
            yield Thing(f"user:{row.user_id}", EcoPart.COLLEAGUE, row.user.name)


def eco_tie_for(actor: Actor, pk: int) -> EcoTie:
    """One tie. Raises NotAllowed with the same words whether it exists or not, SectionClosed."""
    with opened("service.EcoTie", why="whose it is; the file is asked next"):
        row = EcoTie.objects.filter(pk=pk).select_related("person").first()
    if row is None or not people_for(actor).filter(pk=row.person_id).exists():
        raise NotAllowed(_("This belongs to a person with whom you do not work, or there is no such tie."))
    must_open(actor, row.person, Section.CASE)
    return row


def thing_of(things: Iterable[Thing], key: str) -> Thing | None:
    return next((one for one in things if one.key == key), None)
