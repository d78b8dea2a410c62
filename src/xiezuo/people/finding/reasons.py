"""Why someone was found, in words, where the name that is shown does not say it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.orgs.access import Actor
from xiezuo.people.access import people_for, sections_of
from xiezuo.people.finding import words
from xiezuo.people.finding.family import families_of
from xiezuo.people.finding.plain import plain
from xiezuo.people.finding.scrap import Scrap, Way
from xiezuo.people.models import EarlierFact, Person
from xiezuo.people.sensitive import id_numbers_of
from xiezuo.people.vocab import DatedFact, Relation, Section

LONGEST = 24  # characters of an address
PLACES = {DatedFact.ADDRESS, DatedFact.CURRENT_PLACE}


@dataclass
class Reasons:
    """`words`: id → reason, of those whose shown name does not fit. `hidden`: those whom nothing fits that the actor may
    know: only the name of someone of their family whom the actor may not see, or what is closed of their own file."""

    words: dict[int, str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)


def reasons_for(actor: Actor, people: Sequence[Person], scrap: Scrap) -> Reasons:
    """Why each of these people was found. The family is asked about only for those on whose record nothing fits; whoever's
    file is closed to the actor is found by name alone."""
    open_to = sections_of(actor, people)
    by_name = [person for person in people if Section.CONTACT not in open_to[person.pk]]
    told = {person.pk: _of_names(person, scrap) for person in by_name}
    found = _of_open_files(actor, [person for person in people if person.pk not in told], scrap)
    words_told = {pk: reason for pk, reason in told.items() if reason} | found.words
    return Reasons(words_told, found.hidden | {pk for pk, reason in told.items() if reason is None})


def _of_open_files(actor: Actor, people: Sequence[Person], scrap: Scrap) -> Reasons:
    found = {person.pk: _of_record(person, scrap) for person in people}
    found |= _of_id_numbers([person for person in people if found[person.pk] is None], scrap)
    left = [person for person in people if found[person.pk] is None]
    of_family = _of_families(actor, left, scrap) if left else Reasons()
    for person in left:
        found[person.pk] = of_family.words.get(person.pk) or _of_place(person, scrap)
    of_before = [person for person in left if not found[person.pk]]
    if of_before:
        found |= _of_before(of_before, scrap)
    told = {pk: reason for pk, reason in found.items() if reason}
    return Reasons(told, of_family.hidden - told.keys())


def _fit(ways: Iterable[Way], some: str) -> bool:
    return any(way.fits(f" {some} ") for way in ways)


def _of_record(person: Person, scrap: Scrap) -> str | None:
    """Empty where the shown name says it; None where nothing does that stands on the record itself."""
    reason = _of_names(person, scrap)
    return _of_phones(person, scrap) if reason is None else reason


def _of_names(person: Person, scrap: Scrap) -> str | None:
    """The same, of the names alone."""
    if person.pk == scrap.number:
        return _("number %(number)s") % {"number": person.number}
    if _fit(scrap.names, words.name_words(str(person))):
        return ""
    return _of_other_names(person, scrap)


def _of_other_names(person: Person, scrap: Scrap) -> str | None:
    for ways in (scrap.names, scrap.sounds):
        if ways is scrap.sounds and _fit(ways, words.name_words(str(person))):
            return _("sounds the same")
        for name in words.names_in(f"{person.nickname}、{person.alias}"):
            if name != str(person) and _fit(ways, words.name_words(name)):
                return _("also called %(name)s") % {"name": name}
    return None


def _of_phones(person: Person, scrap: Scrap) -> str | None:
    for number in words.digit_runs(person.phone):
        if _fit(scrap.beside, words.phone_words(number)):
            return _("phone …%(digits)s") % {"digits": number[-words.RUN :]}
    return None


def _of_id_numbers(people: Sequence[Person], scrap: Scrap) -> dict[int, str]:
    numbers = id_numbers_of(people)
    return {
        person.pk: _("identity number …%(digits)s") % {"digits": plain(number)[-words.RUN :].upper()}
        for person in people
        if (number := numbers.get(person.pk)) and _fit(scrap.beside, words.id_words(number, person.id_number_index))
    }


def _of_families(actor: Actor, people: Sequence[Person], scrap: Scrap) -> Reasons:
    """Names only those of the family whom the actor may see."""
    families = families_of([person.pk for person in people])
    everyone = families.everyone()
    seen = everyone if actor.everywhere else set(people_for(actor).filter(pk__in=everyone).values_list("pk", flat=True))
    rows = Person.objects.filter(pk__in=everyone).values_list("pk", "full_name", "nickname", "alias")
    names = {pk: [name for name in told if name] for pk, *told in rows}
    found = Reasons()
    for person in people:
        for other in families.of(person.pk):
            fitting = next((n for n in names.get(other, ()) if _fit(scrap.beside, words.family_words(n))), "")
            if fitting and other in seen:
                label = _relation_words(families.relation(person.pk, other))
                found.words.setdefault(person.pk, _("%(relation)s %(name)s") % {"relation": label, "name": fitting})
            elif fitting:
                found.hidden.add(person.pk)
    return found


def _of_before(people: Sequence[Person], scrap: Scrap) -> dict[int, str]:
    """What once was a name, a number or a place of theirs."""
    found: dict[int, str] = {}
    for row in EarlierFact.objects.filter(person__in=people).order_by("-to_on", "-id"):
        phone = row.fact == DatedFact.PHONE
        read = words.phone_words if phone else words.place_words if row.fact in PLACES else words.name_words
        ways = scrap.beside if phone or row.fact in PLACES else (*scrap.names, *scrap.sounds)
        if row.person_id is not None and _fit(ways, read(row.value)):
            value = f"…{row.value[-words.RUN :]}" if phone else row.value[:LONGEST]
            found.setdefault(
                row.person_id, _("earlier %(fact)s %(value)s") % {"fact": row.get_fact_display(), "value": value}
            )
    return found


def _relation_words(relation: str) -> str:
    if relation in {"", Relation.OTHER}:
        return pgettext("someone of the family", "family")
    return str(Relation(relation).label)


def _of_place(person: Person, scrap: Scrap) -> str:
    places = (person.address, person.current_place, person.hukou_place)
    fitting = next((place for place in places if place and _fit(scrap.beside, words.place_words(place))), "")
    if not fitting:
        return ""
    return _("address %(place)s") % {"place": fitting[:LONGEST] + ("…" if len(fitting) > LONGEST else "")}
