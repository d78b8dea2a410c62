"""Until when an answer is due, whether a record rests, and who may not be told (F03, F04, DAT-1, DAT-7)."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from xiezuo.common.walls import opened
from xiezuo.forms.packs import pack
from xiezuo.orgs.access import Actor
from xiezuo.people.access import people_for
from xiezuo.people.models import Consent, Person, Restriction
from xiezuo.people.vocab import DataRequestKind


def answer_due(kind: DataRequestKind, received_on: date) -> date:
    """The last day for an answer to a request (DAT-1); the day of receipt does not count."""
    rule = pack("rights-core")["requests"]
    return received_on + timedelta(days=rule["days_of"].get(kind, rule["answer_days"]))


def complaint_due(received_on: date) -> date:
    return received_on + timedelta(days=pack("rights-core")["complaints"]["answer_days"])


def _in_force(on: date) -> Q:
    return Q(from_on__lte=on) & (Q(to_on__isnull=True) | Q(to_on__gte=on))


def restricted_on(person: Person, on: date) -> Restriction | None:
    """The restriction under which the record rests on that day: read for a duty by law, used for nothing else."""
    return Restriction.objects.filter(_in_force(on), person=person).select_related("request").first()


def at_rest(on: date) -> Exists:
    """For a query of people: whether their record rests on that day. Exports and pickers leave them out."""
    return Exists(Restriction.objects.filter(_in_force(on), person=OuterRef("pk")))


def people_to_choose(actor: Actor, on: date) -> QuerySet[Person]:
    """People whom the actor may name on a record: those they work with, without whose record rests."""
    return people_for(actor).exclude(at_rest(on))


def resting(people: list[Person], on: date) -> set[int]:
    """Ids of those of `people` whose record rests on that day."""
    return set(Restriction.objects.filter(_in_force(on), person__in=people).values_list("person_id", flat=True))


def withholdings(person: Person) -> list[Consent]:
    """Answers that say who may not be told something about the person, until someone ends it; the latest first.

    A later answer to the same purpose does not end it: nobody is put in danger by a form that was filled in anew.
    """
    with opened("people.Consent", why="whoever reads about someone is told what must not be told on"):
        told = Consent.objects.filter(person=person.pk, withhold_ended_on__isnull=True).exclude(withhold_from="")
        return list(told.select_related("given_by"))


def not_to_be_told(people: Collection[int]) -> dict[int, list[str]]:
    """Person id → the words of who may not be told something about them, for those of whom somebody asked that."""
    found: dict[int, list[str]] = {}
    with opened(
        "people.Consent", why="whoever hands a child over must not do so to somebody who may not be told of it"
    ):
        rows = Consent.objects.filter(person__in=people, withhold_ended_on__isnull=True).exclude(withhold_from="")
        for person, words in rows.values_list("person_id", "withhold_from"):
            found.setdefault(person, []).append(words)
    return found


def withheld_from(looker: Person, subject: Person, cleared_to: int = 0) -> list[Consent]:
    """What others asked not to be told about `subject` while somebody else looks: for each the looker may be meant.

    Up to the answer with the id `cleared_to` a worker said that the looker is not meant; who is named always is.
    """
    if looker == subject:
        return []
    rows = [row for row in withholdings(subject) if row.given_by_id != looker.pk]
    return [row for row in rows if row.pk > cleared_to or is_named(looker, row)]


def is_named(looker: Person, row: Consent) -> bool:
    """Whether the words of who may not be told name the looker."""
    return any(name and name in row.withhold_from for name in (looker.full_name, looker.nickname, looker.alias))
