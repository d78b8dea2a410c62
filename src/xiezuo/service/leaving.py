"""What is known at the door: who may take each child home today, how many came and left, and who is still there.

Rows are given by `access.leaving`; nothing here decides who may see them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time

from django.db.models import Q

from xiezuo.common.text import tidy_name
from xiezuo.forms.packs import pack
from xiezuo.orgs.models import Site
from xiezuo.people.models import Collector, Guardianship, Person
from xiezuo.people.rights import not_to_be_told
from xiezuo.people.sections import is_under
from xiezuo.service.models import ChildAttendance, GoesAlone
from xiezuo.service.vocab import LeftWith


def leaves_with_somebody(person: Person, on: date) -> bool:
    """Whether it is written down with whom they leave: under the age of pack desk-default."""
    return is_under(person, pack("desk-default")["leaving"]["under"], on)


def closes_at() -> time:
    """From when on whoever is still there is named (pack desk-default)."""
    return time.fromisoformat(pack("desk-default")["leaving"]["closes_at"])


def _in_force(on: date) -> Q:
    return (Q(from_on__isnull=True) | Q(from_on__lte=on)) & (Q(to_on__isnull=True) | Q(to_on__gte=on))


@dataclass
class AtTheDoor:
    """One child who is there: who is listed for that day, who answers for them by law, and whether they may go alone.

    `barred`: what was said of who may not be told of the child. Whoever is named by that is neither listed nor phoned here.
    """

    row: ChildAttendance
    barred: list[str] = field(default_factory=list)
    collectors: list[Collector] = field(default_factory=list)
    guardians: list[Person] = field(default_factory=list)
    alone: GoesAlone | None = None

    @property
    def careful(self) -> bool:
        return bool(self.barred)

    def bars(self, name: str) -> bool:
        """Whether somebody of this name may not be told of the child."""
        return _is_barred(self.barred, name)

    def guardian(self, pk: int | None) -> Person | None:
        return next((person for person in self.guardians if person.pk == pk), None)

    def collector(self, pk: int | None) -> Collector | None:
        return next((row for row in self.collectors if row.pk == pk), None)

    def listed(self, name: str) -> Collector | None:
        """Whoever is listed under this name."""
        return next((row for row in self.collectors if row.name == tidy_name(name)), None)


def at_the_door(rows: Sequence[ChildAttendance]) -> list[AtTheDoor]:
    """In four queries, however many children there are; the rows are of one day."""
    if not rows:
        return []
    barred = not_to_be_told({row.child_id for row in rows})
    found = {row.child_id: AtTheDoor(row, barred.get(row.child_id, [])) for row in rows}
    today = _in_force(rows[0].on)
    for one in Collector.objects.filter(today, child__in=found).select_related("person").order_by("pk"):
        if not _is_barred(found[one.child_id].barred, one.name, *_names(one.person)):
            found[one.child_id].collectors.append(one)
    for tie in Guardianship.objects.filter(today, ward__in=found).select_related("guardian").order_by("pk"):
        if not _is_barred(found[tie.ward_id].barred, *_names(tie.guardian)):
            found[tie.ward_id].guardians.append(tie.guardian)
    for allowed in GoesAlone.objects.filter(today, child__in=found).select_related("allowed_by"):
        if not _is_barred(found[allowed.child_id].barred, *_names(allowed.allowed_by)):
            found[allowed.child_id].alone = allowed
    return [found[row.child_id] for row in rows]


def _names(person: Person | None) -> tuple[str, ...]:
    return (person.full_name, person.nickname, person.alias) if person else ()


def _is_barred(words: list[str], *names: str) -> bool:
    """Whether one of the names stands in what was said of who may not be told."""
    return any(name and name in said for said in words for name in names)


@dataclass(frozen=True)
class InAndOut:
    """How many children came to a site on a day and how many of them left."""

    came: int
    left: int

    @property
    def there(self) -> int:
        return self.came - self.left


def in_and_out(site: Site, on: date) -> InAndOut:
    """Everybody is counted, whoever asks: no name is told."""
    rows = ChildAttendance.objects.filter(site=site, on=on).exclude(left_with=LeftWith.NOT_HERE)
    return InAndOut(rows.count(), rows.exclude(left_with="").count())


def is_closing_time(on: date, today: date, clock: time) -> bool:
    """Whether a day is so late, or over, that nobody should be there any more."""
    return on < today or (on == today and clock >= closes_at())
