"""What a household is called to someone who looks: by its head, where the family part of the head's file is open to them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from xiezuo.orgs.access import Actor
from xiezuo.people.access import people_for, sections_of
from xiezuo.people.models import Household
from xiezuo.people.vocab import Section


def names_of_homes(actor: Actor, homes: Iterable[Household]) -> dict[int, str]:
    """By id. A household whose head's family is closed to the actor is told by its number alone."""
    found = list(homes)
    heads = people_for(actor).in_bulk({home.head_id for home in found})
    sections = sections_of(actor, heads.values())
    return {
        home.pk: _("Household of %(name)s") % {"name": heads[home.head_id]}
        if home.head_id in heads and Section.FAMILY in sections[home.head_id]
        else str(home)
        for home in found
    }
