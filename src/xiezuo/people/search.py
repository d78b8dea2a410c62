"""Finding a person by any scrap: part of a name, pinyin, initials, nickname, the end of a phone or ID number.

One module owns how the search works, so that a faster index can take its place without a caller noticing.
"""

import re

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from xiezuo.common.text import bare, digits, pinyin, tidy_name
from xiezuo.people.matching.sounds import sound_of
from xiezuo.people.models import Person

LAST_DIGITS = 4


def search_text_of(person: Person) -> str:
    """The words by which `person` is found; kept on the row by the transaction that saves the person.

    Of phone and identity number only the last four are kept here, each behind a sign that names cannot contain.
    """
    names = [tidy_name(name) for name in (person.full_name, person.nickname, person.alias) if name]
    words = [name.lower().replace("·", "") for name in names]
    for name in names:
        words += [word for word in pinyin(name) if word]
    for number in re.findall(r"\d{7,}", re.sub(r"[\s-]", "", person.phone)):
        words.append("#" + number[-LAST_DIGITS:])
    if person.id_number:
        words.append("#" + bare(str(person.id_number))[-LAST_DIGITS:].lower())
    return " " + " ".join(dict.fromkeys(words))


def keep_findable(person: Person) -> None:
    """Set what `person` is found by; call before the row is saved with a name or number that may be new."""
    person.search_text = search_text_of(person)
    person.sound = sound_of(tidy_name(person.full_name or person.nickname))


def matching(people: QuerySet[Person], scrap: str) -> QuerySet[Person]:
    """Those of `people` whom `scrap` fits, the likeliest first: whole name, beginning of a word, anywhere inside."""
    asked = tidy_name(scrap).lower().replace("·", "")
    if not asked:
        return people.none()
    number = digits(asked)
    if len(number) >= LAST_DIGITS and re.fullmatch(r"[\d\s+-]*x?", asked):
        tail = ("#" + (asked if asked.endswith("x") else number)[-LAST_DIGITS:]).lower()
        return people.filter(pk__in=_with(tail)).order_by("-id")
    asked = asked.replace(" ", "")
    if len(asked) == 1 and asked.isascii():
        # One letter stands inside nearly everyone's pinyin; it is the beginning of a name that is being typed, and
        # of thousands none is likelier than the next.
        return people.filter(pk__in=_with(f" {asked}")).order_by("-id")
    return (
        people.filter(pk__in=_with(asked))
        .annotate(
            fit=Case(
                When(Q(full_name=asked) | Q(nickname=asked), then=Value(0)),
                When(_holds(f" {asked}"), then=Value(1)),
                default=Value(2),
                output_field=IntegerField(),
            )
        )
        .order_by("fit", "-id")
    )


def _holds(scrap: str) -> GreaterThan:
    """That the words hold `scrap`; they are kept in small letters, so that looking for the very bytes suffices."""
    return GreaterThan(StrIndex("search_text", Value(scrap)), Value(0))


def _with(scrap: str) -> QuerySet[Person, int]:
    """Ids of those whose words hold `scrap`; asked apart, so that the database reads the words alone."""
    return Person.objects.filter(_holds(scrap)).values_list("pk", flat=True)
