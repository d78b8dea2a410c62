"""What held before is kept when it changes: an earlier telephone, name, home. A slip of the pen leaves no trace."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_work_with, people_for
from xiezuo.people.finding.index import index_people
from xiezuo.people.models import EarlierFact, Household, Person
from xiezuo.people.vocab import DatedFact, Section


def keep_earlier(
    *, by: Actor, of: Person | Household, before: Mapping[str, str], changed: Iterable[str], on: date
) -> list[EarlierFact]:
    """Part of a correction: of the `changed` facts those that have a history, as they were `before`, until `on`.

    Raises RuleBroken when a later change is written down already.
    """
    facts = [DatedFact(name) for name in sorted(changed) if name in DatedFact.values and before[name]]
    if not facts:
        return []
    ended: dict[str, date] = {}
    for row in of.earlier_facts.order_by("to_on", "id"):
        ended[row.fact] = row.to_on
    if any(ended.get(fact, on) > on for fact in facts):
        raise RuleBroken(
            "people.changed_later_already",
            _("A later change is written down already. Look at the history and choose a later day."),
            field="changed_on",
        )
    whose = {"person": of} if isinstance(of, Person) else {"household": of}
    rows = [
        EarlierFact(**whose, fact=fact, value=before[fact], from_on=ended.get(fact), to_on=on, recorded_by=by.user)
        for fact in facts
    ]
    return EarlierFact.objects.bulk_create(rows)


@transaction.atomic
def move_household(*, by: Actor, household: Household, address: str, on: date) -> list[Person]:
    """The household lives at `address` from `on`. The earlier home stays in its history, and in that of everyone who
    lives there and with whom the actor works; gives those people. Who moved away by themselves is not moved along.
    """
    must_work_with(by, household.head, section=Section.FAMILY)
    if not address.strip():
        raise RuleBroken("people.new_home_missing", _("Write where the family lives now."), field="address")
    former = household.address
    if former == address:
        raise RuleBroken("people.same_home", _("That is the address written down already."), field="address")
    keep_earlier(by=by, of=household, before={"address": former}, changed=["address"], on=on)
    household.address = address
    household.save(update_fields=["address"])
    living_here = household.members.filter(to_on__isnull=True, person__in=people_for(by)).select_related("person")
    moved = [member.person for member in living_here if member.person.address in {"", former}]
    for person in moved:
        keep_earlier(by=by, of=person, before={"address": person.address}, changed=["address"], on=on)
        person.address = address
        person.save(update_fields=["address"])
    index_people(household.members.filter(to_on__isnull=True).values_list("person_id", flat=True))
    told = {"on": on.isoformat(), "members": [person.pk for person in moved]}
    happened("people.household.moved", household, by_id=by.id, **told)
    return moved
