"""Finding people by any scrap: one search for the box, the pickers, the lists and what comes in.

Access comes first: whoever asks hands in the people they may see (`people_for`), and nobody else is found.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from xiezuo.common.text import tidy_name
from xiezuo.orgs.access import Actor
from xiezuo.people.finding.engine import hits
from xiezuo.people.finding.found import LIKELIEST, Found, find
from xiezuo.people.finding.reasons import reasons_for
from xiezuo.people.finding.scrap import understand
from xiezuo.people.matching.sounds import sound_of
from xiezuo.people.models import Person


@dataclass(frozen=True)
class Hit:
    """Someone found, and in words why, where it is not the name that is shown anyway."""

    person: Person
    reason: str


def keep_findable(person: Person) -> None:
    """Set by what whoever is here is recognised; call before the row is saved with a name that may be new."""
    person.sound = sound_of(tidy_name(person.full_name or person.nickname))


def ranked(actor: Actor, people: QuerySet[Person], scrap: str) -> Found:
    """Ids of at most LIKELIEST of `people` whom `scrap` fits, the likeliest first."""
    asked = understand(scrap)
    return find(actor, people, asked) if asked else Found([], more=False)


def why(actor: Actor, people: Sequence[Person], scrap: str) -> dict[int, str]:
    """Id → why someone found is found, for those whose name does not say so."""
    asked = understand(scrap)
    return reasons_for(actor, people, asked) if asked else {}


def found(actor: Actor, people: QuerySet[Person], scrap: str, most: int = LIKELIEST) -> list[Hit]:
    """At most `most` of `people` whom `scrap` fits, the likeliest first, each with the reason."""
    ids = ranked(actor, people, scrap).ids[:most]
    shown = {person.pk: person for person in people.filter(pk__in=ids)} if ids else {}
    reasons = why(actor, list(shown.values()), scrap)
    return [Hit(shown[pk], reasons.get(pk, "")) for pk in ids]


def matching(people: QuerySet[Person], scrap: str) -> QuerySet[Person]:
    """Everyone of `people` whom `scrap` fits in any way, the newest first, for asking on; not for one's own digits."""
    asked = understand(scrap)
    if asked is None or asked.own:
        return people.none()
    fitting = Q(pk__in=hits((*asked.names, *asked.sounds, *asked.beside)))
    if asked.number is not None:
        fitting |= Q(pk=asked.number)
    return people.filter(fitting).order_by("-pk")
