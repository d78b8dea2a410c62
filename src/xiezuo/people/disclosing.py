"""What would identify a child to whoever reads it outside (CHD-4): one place, asked by everything that leaves the house.

Pictures leave with the consent of everyone in them, whatever their age (`exchange.evidence.photos`), lists with the consent of
everyone on them, a referral with a consent of its own. Texts that colleagues write freely and others read are held against the
names of those under 18 who come here: an evidence pack and a ledger leave such a title or caption out, the annual report and
the public page of an activity refuse it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.common.days import years_before
from xiezuo.common.errors import RuleBroken
from xiezuo.orgs.access import Actor
from xiezuo.people.access import people_for
from xiezuo.people.consents import standings
from xiezuo.people.models import Person
from xiezuo.people.sections import is_minor, rules
from xiezuo.people.vocab import ConsentPurpose

RULE = "CHD-4"
SHORTEST_NAME = 2  # a single character is a word of its own


@dataclass
class Names:
    """Full names of everyone under 18 who comes to the house, as of a day. `left_out` counts the texts that did not leave.

    Nicknames are words of every day (小雨), so that only full names are looked for; those who were there are asked of
    `among`, with whatever they are called.
    """

    on: date
    left_out: int = field(default=0, compare=False)

    @cached_property
    def _minors(self) -> dict[str, list[int]]:
        young = Q(born_on__gt=years_before(self.on, rules()["minors"]["under"] + 1)) | Q(born_on=None) & ~Q(grade="")
        people = Person.objects.filter(young, merged_into=None, erased_on=None).exclude(full_name="")
        found: dict[str, list[int]] = {}
        for person in people.only("full_name", "born_on", "born_precision", "grade"):
            if len(person.full_name) >= SHORTEST_NAME and is_minor(person, self.on):
                found.setdefault(person.full_name, []).append(person.pk)
        return found

    def in_text(self, text: str, among: Iterable[Person] = ()) -> list[Person]:
        """The minors whom a text names and of whom nobody agreed to publish anything, in the order of their rows."""
        named = {pk for name, pks in self._minors.items() if name in text for pk in pks}
        for person in among:
            called = {person.full_name, person.nickname, *person.alias.split()}
            if is_minor(person, self.on) and any(len(name) >= SHORTEST_NAME and name in text for name in called):
                named.add(person.pk)
        if not named:
            return []
        people = list(Person.objects.filter(pk__in=named).order_by("pk"))
        agreed = standings(people, [ConsentPurpose.PUBLISH], self.on)
        return [person for person in people if not agreed[person.pk][0].is_open]

    def may_leave(self, text: str, among: Iterable[Person] = ()) -> str:
        """The text, or "" where it names a child."""
        if text and self.in_text(text, among):
            self.left_out += 1
            return ""
        return text


def must_name_no_minor(by: Actor, text: str, on: date, field: str = "") -> None:
    """Raises RuleBroken where a text that is shown outside names a child without consent. Whom the actor may not know is not
    told, but that it is someone."""
    found = Names(on).in_text(text)
    if not found:
        return
    known = people_for(by).filter(pk__in=[person.pk for person in found]).order_by("pk")
    named = [str(person) for person in known] or [_("someone whose file is not open to you")]
    told = pgettext("between the items of a list", ", ").join(named)
    words = _(
        "This text leaves the house and names a child without consent to publish: %(names)s. Say it without the name, or "
        "ask for the consent first. What you typed is kept."
    )
    raise RuleBroken("people.names_a_minor", words % {"names": told}, field=field, rule=RULE)
