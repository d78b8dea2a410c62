"""Saying how someone is tied to what stands around them."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_work_with
from xiezuo.people.models import Person
from xiezuo.people.vocab import Section
from xiezuo.service.ecomap import around, eco_tie_for, thing_of
from xiezuo.service.models import EcoTie
from xiezuo.service.vocab import EcoPart, TieFlow, TieKind

KEEPS = "whoever writes works on the case"


@dataclass(kw_only=True)
class TieFacts:
    """`key`: of something that stands around them; empty for something new, with its `name` and `part`."""

    key: str = ""
    name: str = ""
    part: EcoPart = EcoPart.OTHER
    kind: TieKind = TieKind.PLAIN
    flow: TieFlow = TieFlow.NONE
    note: str = ""


@transaction.atomic
def set_eco_tie(*, by: Actor, person: Person, facts: TieFacts, on: date) -> EcoTie:
    """Say how strong a tie is and which way strength flows; what was said before gives way. Raises RuleBroken."""
    must_work_with(by, person, section=Section.CASE)
    with opened("service.EcoTie", why=KEEPS):
        row = _row(by, person, facts, on)
        row.kind, row.flow, row.note = facts.kind, facts.flow, facts.note.strip()
        row.set_by, row.set_on = by.user, on
        row.save()
    happened("service.ecomap.tied", row, by_id=by.id, person=person.pk)
    return row


def _row(by: Actor, person: Person, facts: TieFacts, on: date) -> EcoTie:
    """The tie that stands, or a new one."""
    if not facts.key:
        name = tidy(facts.name)
        if not name:
            raise RuleBroken("service.ecomap_name", _("Choose what it is about, or write its name."), field="name")
        return EcoTie(person=person, part=facts.part, name=name)
    thing = thing_of(around(by, person, on), facts.key)
    if thing is None:
        words = _("This does not stand around them any more. Open the page again and choose anew.")
        raise RuleBroken("service.ecomap_thing", words, field="key")
    if thing.tie is not None:
        return thing.tie
    kind, _sep, number = facts.key.partition(":")
    if kind == "person":
        return EcoTie(person=person, part=thing.part, other_id=int(number))
    return EcoTie(person=person, part=thing.part, source=facts.key)


@transaction.atomic
def drop_eco_tie(*, by: Actor, tie: EcoTie) -> None:
    """What was said of a tie goes; what is recorded stays on the ecomap."""
    row = eco_tie_for(by, tie.pk)
    must_work_with(by, row.person, section=Section.CASE)
    happened("service.ecomap.untied", row, by_id=by.id)
    with opened("service.EcoTie", why=KEEPS):
        EcoTie.objects.filter(pk=row.pk).delete()
