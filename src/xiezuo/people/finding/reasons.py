"""Why someone was found, in words, where the name that is shown does not say it."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.orgs.access import Actor
from xiezuo.people.access import people_for
from xiezuo.people.finding import words
from xiezuo.people.finding.family import families_of
from xiezuo.people.finding.plain import plain
from xiezuo.people.finding.scrap import Scrap, Way
from xiezuo.people.models import EarlierFact, Person
from xiezuo.people.vocab import DatedFact, Relation

LONGEST = 24  # characters of an address
PLACES = {DatedFact.ADDRESS, DatedFact.CURRENT_PLACE}


def reasons_for(actor: Actor, people: Sequence[Person], scrap: Scrap) -> dict[int, str]:
    """Id → reason, of those whose shown name does not fit. The family is asked about for nobody else."""
    found = {person.pk: _of_record(person, scrap) for person in people}
    left = [person for person in people if found[person.pk] is None]
    of_family = _of_families(actor, left, scrap) if left else {}
    for person in left:
        found[person.pk] = of_family.get(person.pk) or _of_place(person, scrap)
    of_before = [person for person in left if not found[person.pk]]
    if of_before:
        found |= _of_before(of_before, scrap)
    return {pk: reason for pk, reason in found.items() if reason}


def _fit(ways: Iterable[Way], some: str) -> bool:
    return any(way.fits(f" {some} ") for way in ways)


def _of_record(person: Person, scrap: Scrap) -> str | None:
    """Empty where the shown name says it; None where nothing does that stands on the record itself."""
    if person.pk == scrap.number:
        return _("number %(number)s") % {"number": person.number}
    if _fit(scrap.names, words.name_words(str(person))):
        return ""
    return _of_other_names(person, scrap) or _of_numbers(person, scrap)


def _of_other_names(person: Person, scrap: Scrap) -> str | None:
    for ways in (scrap.names, scrap.sounds):
        if ways is scrap.sounds and _fit(ways, words.name_words(str(person))):
            return _("sounds the same")
        for name in words.names_in(f"{person.nickname}、{person.alias}"):
            if name != str(person) and _fit(ways, words.name_words(name)):
                return _("also called %(name)s") % {"name": name}
    return None


def _of_numbers(person: Person, scrap: Scrap) -> str | None:
    for number in words.digit_runs(person.phone):
        if _fit(scrap.beside, words.phone_words(number)):
            return _("phone …%(digits)s") % {"digits": number[-words.RUN :]}
    number = str(person.id_number or "")
    if number and _fit(scrap.beside, words.id_words(number, person.id_number_index)):
        return _("identity number …%(digits)s") % {"digits": plain(number)[-words.RUN :].upper()}
    return None


def _of_families(actor: Actor, people: Sequence[Person], scrap: Scrap) -> dict[int, str]:
    """Names only those of the family whom the actor may see."""
    families = families_of([person.pk for person in people])
    seen = people_for(actor).filter(pk__in=families.everyone())
    named = {pk: names for pk, *names in seen.values_list("pk", "full_name", "nickname", "alias")}
    found = {}
    for person in people:
        for other in families.of(person.pk):
            for name in named.get(other, ()):
                if name and person.pk not in found and _fit(scrap.beside, words.family_words(name)):
                    label = _relation_words(families.relation(person.pk, other))
                    found[person.pk] = _("%(relation)s %(name)s") % {"relation": label, "name": name}
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
