"""What the first view of a person shows beside the growth path: figures, and the family as a picture."""

from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext as _

from xiezuo.orgs.access import Actor
from xiezuo.people.models import HouseholdMember, Person
from xiezuo.people.vocab import Relation, Sex
from xiezuo.service.access import records_about
from xiezuo.service.vocab import RecordState
from xiezuo.web.base.pictures.tree import Family, Kin
from xiezuo.web.staff.people.words import age_words

# Generations relative to the head of the household.
ABOVE = {Relation.GRANDPARENT: -2, Relation.PARENT: -1, Relation.CHILD: 1}
SEXES: dict[str, Literal["male", "female"]] = {Sex.MALE: "male", Sex.FEMALE: "female"}


NO_FIGURES: dict[str, Any] = {"every": 0, "seen": 0, "hidden": 0, "first": None, "voices": 0}


def figures_of(actor: Actor, person: Person) -> dict[str, Any]:
    """Counts of services: `seen` by the actor, `hidden` from them, `voices` with own words; the `first` day seen."""
    rows = person.participations.filter(record__state=RecordState.RECORDED)
    every = list(rows.values_list("record_id", "record__service_date", "came", "record__own_words"))
    open_to_actor = set(records_about(actor, person).values_list("pk", flat=True))
    seen = [row for row in every if row[0] in open_to_actor]
    return {
        "every": len(every),
        "seen": len(seen),
        "hidden": len(every) - len(seen),
        "first": min((day for _record, day, came, _words in seen if came and day), default=None),
        "voices": sum(bool(words) for _record, _day, _came, words in seen),
    }


def _kin(member: HouseholdMember, about: Person, on: date) -> Kin:
    """A member as the picture shows them; whoever is not open to the actor is there without a name."""
    seen = getattr(member, "is_open", False)
    return Kin(
        id=member.person_id,
        label=str(member.person) if seen else _("not open to you"),
        generation=ABOVE.get(Relation(member.relation), 0),
        sex=SEXES.get(member.person.sex, "unknown") if seen else "unknown",
        about=age_words(member.person, on) if seen else str(member.get_relation_display()),
        is_self=member.person_id == about.pk,
        lives_here=member.to_on is None,
    )


def family_picture(members: list[HouseholdMember], about: Person, on: date) -> Family | None:
    """The household as a tree around its head; None while nobody else belongs to it."""
    first = members[0].household_id if members else None
    here = {m.person_id: m for m in members if m.household_id == first and m.to_on is None}
    if len(here) < 2:
        return None
    kin = [_kin(member, about, on) for member in here.values()]
    eldest = min(k.generation for k in kin)
    kin = [Kin(**{**vars(k), "generation": k.generation - eldest}) for k in kin]

    def those(*relations: Relation) -> list[int]:
        return [pk for pk, member in here.items() if member.relation in relations]

    heads, spouses, parents = those(Relation.SELF)[:1], those(Relation.SPOUSE)[:1], those(Relation.PARENT)[:2]
    couples = [tuple(pair) for pair in (heads + spouses, parents) if len(pair) == 2]
    children = [(tuple(heads + spouses), child) for child in those(Relation.CHILD) if heads]
    children += [(tuple(parents), child) for child in heads + those(Relation.SIBLING) if parents]
    children += [((elder,), parents[0]) for elder in those(Relation.GRANDPARENT)[:1] if parents]
    return Family(kin, couples=couples, children=children)  # type: ignore[arg-type]
