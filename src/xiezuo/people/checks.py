"""Checks of those who work near children (CHD-5): who needs one, whose is missing or due, and noting one.

The check is a duty of the organisation for staff; for volunteers the pack checks-core says. Others call `check_in_force`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, overload

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.forms.packs import pack
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Membership, User
from xiezuo.orgs.queries import in_force
from xiezuo.people.models import Assignment, BackgroundCheck, Person, RolePeriod
from xiezuo.people.vocab import CheckResult


class Standing(StrEnum):
    """Where someone stands on a day."""

    HIT = "hit"
    MISSING = "missing"
    OVER = "over"
    PENDING = "pending"
    SOON = "soon"
    CLEAR = "clear"


NOT_YET = {Standing.HIT, Standing.MISSING, Standing.OVER, Standing.PENDING}


def _rules() -> dict[str, Any]:
    return pack("checks-core")


def recheck_on(checked_on: date) -> date:
    """The first day on which a check no longer holds: of 2025-09-01 it is 2026-09-01; of 29 February 1 March."""
    months = checked_on.month - 1 + int(_rules()["check"]["valid_months"])
    year, month = checked_on.year + months // 12, months % 12 + 1
    first = date(year, month, 1)
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return first.replace(day=checked_on.day) if checked_on.day <= last else date(year + month // 12, month % 12 + 1, 1)


@dataclass(frozen=True)
class Standings:
    """Where someone stands, and the last check that decides it with the day from which it holds no more."""

    standing: Standing
    check: BackgroundCheck | None = None
    until: date | None = None


def _standing(checks: Iterable[BackgroundCheck], on: date) -> Standings:
    """A hit outweighs what was before it; while an answer is pending an earlier clear check still holds."""
    known = sorted((row for row in checks if row.checked_on <= on), key=lambda row: (row.checked_on, row.pk))
    decided = [row for row in known if row.result != CheckResult.PENDING]
    last = decided[-1] if decided else None
    if last is not None and last.result == CheckResult.HIT:
        return Standings(Standing.HIT, last)
    until = recheck_on(last.checked_on) if last else None
    if last is not None and until is not None and on < until:
        soon = until - timedelta(days=int(_rules()["check"]["due_soon_days"])) <= on
        return Standings(Standing.SOON if soon else Standing.CLEAR, last, until)
    if known and known[-1].result == CheckResult.PENDING:
        return Standings(Standing.PENDING, known[-1])
    return Standings(Standing.OVER, last, until) if last else Standings(Standing.MISSING)


def check_in_force(*, on: date, user: User | None = None, person: Person | None = None) -> bool:
    """Whether a clear check of this colleague or person holds on that day."""
    of = Q(user=user) | Q(person__user=user) if user else Q(person=person)
    rows = BackgroundCheck.objects.filter(of)
    return _standing(rows, on).standing in {Standing.CLEAR, Standing.SOON}


def is_needed(*, for_staff: bool) -> bool:
    """Whether this house asks for a check: of colleagues always by law, of volunteers as its pack says."""
    return bool(_rules()["staff" if for_staff else "volunteers"]["needed"])


def must_be_checked(*, on: date, user: User | None = None, person: Person | None = None) -> None:
    """Raises RuleBroken unless a check holds on that day or none is needed."""
    if is_needed(for_staff=user is not None) and not check_in_force(on=on, user=user, person=person):
        words = _("No clear background check holds for %(name)s on this day, so they cannot work near children then.")
        raise RuleBroken("people.check_missing", words % {"name": user or person}, rule="CHD-5")


# ── who sees, and whom ──


def must_see_checks(actor: Actor) -> None:
    """Raises NotAllowed unless the actor directs, supervises or looks after volunteers."""
    if not (actor.directs or actor.supervises or actor.coordinates_volunteers):
        words = _("Only the director, supervisors and volunteer coordinators see who was checked. Ask one of them.")
        raise NotAllowed(words)


def _sees_staff(actor: Actor) -> bool:
    return actor.directs or actor.supervises


def staff_to_check(actor: Actor, *, on: date) -> QuerySet[User]:
    """Colleagues whose role on that day brings them close to children; nobody for a volunteer coordinator alone."""
    must_see_checks(actor)
    if not _sees_staff(actor):
        return User.objects.none()
    held = in_force(on) & Q(role__in=_rules()["staff"]["roles"])
    near = Membership.objects.filter(held, user=OuterRef("pk"))
    return User.objects.filter(Exists(near), is_active=True).order_by("name", "pk")


def volunteers_to_check(actor: Actor, *, on: date) -> QuerySet[Person]:
    """People who volunteer on that day, who came last first: all of them, or those of the sites of whoever looks after some
    sites only."""
    must_see_checks(actor)
    helping = RolePeriod.objects.filter(in_force(on), person=OuterRef("pk"), role__in=_rules()["volunteers"]["roles"])
    people = Person.objects.filter(Exists(helping), merged_into__isnull=True, erased_on__isnull=True)
    if not (actor.directs or actor.everywhere or None in actor.volunteer_sites):
        sites = [site for site in actor.volunteer_sites | actor.sites if site]
        here = Assignment.objects.filter(in_force(on), person=OuterRef("pk"), site__in=sites)
        people = people.filter(Exists(here))
    return people.order_by("-pk")


@dataclass(frozen=True)
class Line:
    """One colleague or volunteer on the list. `key` names them in a form: `user-7`, `person-12`."""

    who: User | Person
    standing: Standings

    @property
    def key(self) -> str:
        return f"{'user' if isinstance(self.who, User) else 'person'}-{self.who.pk}"

    @property
    def names(self) -> str:
        """Every name by which they are looked for."""
        return f"{self.who.name} {self.who.username}" if isinstance(self.who, User) else str(self.who)


def _staff_lines(staff: QuerySet[User], on: date) -> list[Line]:
    """Colleagues with their checks, also those noted of them as a person."""
    known = list(staff)
    checks: dict[int | None, list[BackgroundCheck]] = defaultdict(list)
    rows = BackgroundCheck.objects.filter(Q(user__in=known) | Q(person__user__in=known)).select_related("person")
    for row in rows:
        checks[row.person.user_id if row.person else row.user_id].append(row)
    return [Line(who, _standing(checks[who.pk], on)) for who in known]


class VolunteerLines(Sequence[Line]):
    """Volunteers in the order of what presses. There may be very many of whom no check is known: of them a page is asked for
    at a time."""

    def __init__(self, volunteers: QuerySet[Person], on: date) -> None:
        noted = BackgroundCheck.objects.filter(person__isnull=False).values("person")
        self._missing = volunteers.exclude(pk__in=noted)
        known = list(volunteers.filter(pk__in=noted))
        checks: dict[int | None, list[BackgroundCheck]] = defaultdict(list)
        for row in BackgroundCheck.objects.filter(person__in=known):
            checks[row.person_id].append(row)
        lines = _by_what_presses(Line(who, _standing(checks[who.pk], on)) for who in known)
        self._hits = [line for line in lines if line.standing.standing == Standing.HIT]
        self._others = lines[len(self._hits) :]
        self._n = self._missing.count()

    def __len__(self) -> int:
        return len(self._hits) + self._n + len(self._others)

    @overload
    def __getitem__(self, part: int) -> Line: ...
    @overload
    def __getitem__(self, part: slice) -> list[Line]: ...
    def __getitem__(self, part: int | slice) -> Line | list[Line]:
        if isinstance(part, int):
            return self[range(len(self))[part] :][0]
        first, end, _step = part.indices(len(self))
        before, after = len(self._hits), len(self._hits) + self._n
        found = self._hits[first:end]
        if max(first, before) < min(end, after):
            missing = self._missing[max(first, before) - before : min(end, after) - before]
            found += [Line(who, Standings(Standing.MISSING)) for who in missing]
        return found + self._others[max(first - after, 0) : max(end - after, 0)]

    def __iter__(self) -> Iterator[Line]:
        return iter(self[:])

    @property
    def not_yet(self) -> int:
        """How many of them have no check that holds."""
        return len(self._hits) + self._n + not_yet(self._others)


def not_yet(lines: Iterable[Line]) -> int:
    return sum(line.standing.standing in NOT_YET for line in lines)


def _by_what_presses(lines: Iterable[Line]) -> list[Line]:
    order = list(Standing)
    return sorted(lines, key=lambda line: order.index(line.standing.standing))


def staff_checks(actor: Actor, *, on: date) -> list[Line]:
    """Every colleague the actor may know of who needs a check, those without one first; nobody where none is needed."""
    staff = staff_to_check(actor, on=on)
    return _by_what_presses(_staff_lines(staff, on)) if is_needed(for_staff=True) else []


def volunteer_checks(actor: Actor, *, on: date, asked: str = "") -> VolunteerLines:
    """Every volunteer the actor may know of who needs a check, or those in whose name `asked` stands."""
    volunteers = volunteers_to_check(actor, on=on)
    if asked:
        volunteers = volunteers.filter(Q(nickname__contains=asked) | Q(full_name__contains=asked))
    return VolunteerLines(volunteers if is_needed(for_staff=False) else volunteers.none(), on)


def to_check(actor: Actor, key: str, *, on: date) -> User | Person:
    """Who is named by `key`. Raises NotAllowed for someone the actor may not know of."""
    kind, _dash, number = key.partition("-")
    pk = int(number) if number.isdigit() else 0
    found = (
        staff_to_check(actor, on=on).filter(pk=pk).first()
        if kind == "user"
        else volunteers_to_check(actor, on=on).filter(pk=pk).first()
    )
    if found is None:
        raise NotAllowed(_("There is nobody of this kind whose check you look after."))
    return found


@transaction.atomic
def note_check(
    *, by: Actor, whom: User | Person, checked_on: date, source: str, result: CheckResult, on: date
) -> BackgroundCheck:
    """Write down that someone was checked, where, and with what result: nothing of what was found."""
    key = f"{'user' if isinstance(whom, User) else 'person'}-{whom.pk}"
    whom = to_check(by, key, on=on)
    if isinstance(whom, User) and whom.pk == by.id:
        raise NotAllowed(_("Nobody writes down their own check. Ask the director or another supervisor."))
    if checked_on > on:
        raise RuleBroken("people.check_later", _("A check cannot lie in the future."), field="checked_on")
    if not tidy(source):
        raise RuleBroken("people.check_source", _("Write where it was checked."), field="source")
    of = {"user": whom} if isinstance(whom, User) else {"person": whom}
    check = BackgroundCheck.objects.create(
        **of, checked_on=checked_on, source=tidy(source)[:80], result=result, noted_by=by.user
    )
    happened("people.check.noted", check, by_id=by.id)
    return check
