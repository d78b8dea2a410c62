"""Who may see which people, decided here for page, search, export and figures alike."""

from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import today
from xiezuo.common.errors import NotAllowed
from xiezuo.orgs.access import Actor
from xiezuo.people.holding import hold
from xiezuo.people.models import (
    Assignment,
    Destruction,
    Household,
    LegalHold,
    Merge,
    Person,
    PossibleDuplicate,
)


def people_for(actor: Actor) -> QuerySet[Person]:
    """People the actor works with: assigned to them or to one of their sites; whoever works at all sites sees all.

    A system administrator alone runs the machine and sees nobody. A row that was merged into another, or erased, is
    nobody any more.
    """
    if not actor.does_casework:
        return Person.objects.none()
    people = Person.objects.filter(merged_into__isnull=True, erased_on__isnull=True)
    if actor.everywhere:
        return people
    day = today()
    assigned = (
        Assignment.objects.filter(person=OuterRef("pk"), from_on__lte=day)
        .filter(Q(user=actor.user) | Q(site__in=actor.sites))
        .filter(Q(to_on__isnull=True) | Q(to_on__gte=day))
    )
    return people.filter(Exists(assigned))


def households_for(actor: Actor) -> QuerySet[Household]:
    """Households with at least one member whom the actor may see."""
    if actor.everywhere:
        return Household.objects.all()
    return Household.objects.filter(members__person__in=people_for(actor)).distinct()


def household_for(actor: Actor, pk: int) -> Household:
    """One household the actor may see. Raises NotAllowed with the same words whether it exists or not."""
    household = households_for(actor).filter(pk=pk).select_related("head").first()
    if household is None:
        raise NotAllowed(_("You work with nobody of this household, or there is no such household."))
    return household


class MergedAway(NotAllowed):
    """The row with the id `pk` was merged into one that the actor may see: `kept` is its id, `name` what the row was
    called."""

    def __init__(self, row: Person) -> None:
        super().__init__(
            _("%(name)s was merged with another record of the same person. Go on with that one; nothing was lost.")
            % {"name": row}
        )
        self.pk, self.kept, self.name = row.pk, row.merged_into_id, str(row)


def person_for(actor: Actor, pk: int, **marks: Exists) -> Person:
    """One person the actor may see. Raises NotAllowed with the same words whether the person exists or not, and
    MergedAway for a row that was merged into one they may see.

    `marks`: what upper floors ask about the person, answered in the same query (True or False under its name).
    """
    people = people_for(actor).filter(pk=pk)
    person = (people.annotate(**marks) if marks else people).first()
    if person is None:
        merged = Person.objects.filter(pk=pk, merged_into__in=people_for(actor)).first()
        if merged is not None:
            raise MergedAway(merged)
        raise NotAllowed(
            _("You do not work with this person, or there is no such person. A supervisor can assign them to you.")
        )
    return person


def stand_for(actor: Actor, ids: Iterable[int]) -> dict[int, int]:
    """Of rows (ids) that were merged: the row that stands for each of them now, as far as the actor may see it."""
    wanted = set(ids)
    if not wanted:
        return {}
    merged = Person.objects.filter(pk__in=wanted, merged_into__in=people_for(actor).values("pk"))
    return {pk: kept for pk, kept in merged.values_list("pk", "merged_into_id") if kept}


def must_do_casework(actor: Actor) -> None:
    """Raises NotAllowed unless the actor works with people."""
    if not actor.does_casework:
        raise NotAllowed(
            _("Your account runs the system and does not read or write work with people. Ask a supervisor.")
        )


def must_work_with(actor: Actor, *people: Person) -> None:
    """Raises NotAllowed unless the actor works with everyone named."""
    must_do_casework(actor)
    wanted = {person.pk for person in people}
    hold(wanted)
    if people_for(actor).filter(pk__in=wanted).count() != len(wanted):
        raise NotAllowed(_("Someone named here is not a person you work with. A supervisor can assign them to you."))


def must_supervise(actor: Actor) -> None:
    """Raises NotAllowed unless the actor may decide who works with a person."""
    if not actor.supervises:
        raise NotAllowed(_("Only a supervisor decides who works with a person. Ask one of them."))


def must_merge(actor: Actor, kept: Person, other: Person) -> None:
    """Raises NotAllowed unless the actor works with both rows that are to become one."""
    must_do_casework(actor)
    if people_for(actor).filter(pk__in=[kept.pk, other.pk]).count() != 2:
        raise NotAllowed(
            _("Whoever merges two records works with both. You work with one of them; a supervisor sees both.")
        )


def stands_for_others() -> Exists:
    """For a query of people: whether another row was merged into theirs."""
    return Exists(Person.objects.filter(merged_into=OuterRef("pk")))


def merges_for(actor: Actor) -> QuerySet[Merge]:
    """Merges, also those taken back, whose kept row the actor may see."""
    seen = people_for(actor).values("pk")
    now = Q(kept__in=seen) | Q(kept__merged_into__in=seen)
    return Merge.objects.filter(now).select_related("kept", "other", "by", "undone_by")


def merge_for(actor: Actor, pk: int) -> Merge:
    """One merge. Raises NotAllowed with the same words whether it exists or not."""
    merge = merges_for(actor).filter(pk=pk).first()
    if merge is None:
        raise NotAllowed(_("You do not work with the person this was about, or there is no such merge."))
    return merge


def duplicates_for(actor: Actor) -> QuerySet[PossibleDuplicate]:
    """Pairs that may be one human, of which the actor may see at least one; `sees_one`, `sees_other` say which."""
    pairs = PossibleDuplicate.objects.filter(one__merged_into__isnull=True, other__merged_into__isnull=True)
    pairs = pairs.filter(one__erased_on__isnull=True, other__erased_on__isnull=True)
    seen = {
        "sees_one": Exists(people_for(actor).filter(pk=OuterRef("one"))),
        "sees_other": Exists(people_for(actor).filter(pk=OuterRef("other"))),
    }
    return pairs.annotate(**seen).filter(Q(sees_one=True) | Q(sees_other=True)).select_related("one", "other")


def duplicate_for(actor: Actor, pk: int) -> PossibleDuplicate:
    """One pair, also one that was decided. Raises NotAllowed with the same words whether it exists or not."""
    pair = duplicates_for(actor).filter(pk=pk).first()
    if pair is None:
        raise NotAllowed(_("You work with neither of these two, they were merged meanwhile, or there is no such pair."))
    return pair


def sees_endings(actor: Actor) -> bool:
    """Who sees what is proposed to end: the data steward, the director, and supervisors, who are asked for a signature."""
    return actor.keeps_data or actor.directs or actor.supervises


def must_see_endings(actor: Actor) -> None:
    """Raises NotAllowed unless the actor takes part in deciding what ends."""
    if not sees_endings(actor):
        raise NotAllowed(
            _("What is to be destroyed is for the data steward, the director and supervisors. Ask one of them.")
        )


def must_see_what_is_over(actor: Actor) -> None:
    """Raises NotAllowed unless the actor may see everything that has passed its period."""
    if not (actor.keeps_data or actor.directs):
        raise NotAllowed(_("What has passed its period is for the data steward and the director. Ask one of them."))


def must_keep_data(actor: Actor) -> None:
    """Raises NotAllowed unless the actor answers for how long data is kept."""
    if not actor.keeps_data:
        raise NotAllowed(_("Only the data steward may do this. Ask them, or the system administrator who that is."))


def must_hold(actor: Actor) -> None:
    """Raises NotAllowed unless the actor may stop every destruction that concerns a person."""
    if not (actor.keeps_data or actor.directs):
        raise NotAllowed(_("A legal hold is set and ended by the data steward or the director. Ask one of them."))


def must_sign_endings(actor: Actor) -> None:
    """Raises NotAllowed unless the actor's word counts for a destruction."""
    if not (actor.directs or actor.supervises):
        raise NotAllowed(_("A destruction is approved by a director or a supervisor. Ask one of them."))


def destructions_for(actor: Actor) -> QuerySet[Destruction]:
    """Every destruction, the newest first, for whoever takes part in deciding. Raises NotAllowed."""
    must_see_endings(actor)
    return Destruction.objects.select_related("proposed_by", "approver_1", "approver_2", "ended_by")


def destruction_for(actor: Actor, pk: int) -> Destruction:
    """One destruction. Raises NotAllowed with the same words whether it exists or not."""
    found = destructions_for(actor).filter(pk=pk).first()
    if found is None:
        raise NotAllowed(_("There is no such destruction."))
    return found


def holds_for(actor: Actor) -> QuerySet[LegalHold]:
    """Every legal hold, those that stand first. Raises NotAllowed."""
    must_see_endings(actor)
    return LegalHold.objects.select_related("person", "set_by", "ended_by").order_by(
        F("to_on").desc(nulls_first=True), "-from_on", "-id"
    )


def hold_for(actor: Actor, pk: int) -> LegalHold:
    """One legal hold. Raises NotAllowed with the same words whether it exists or not."""
    found = holds_for(actor).filter(pk=pk).first()
    if found is None:
        raise NotAllowed(_("There is no such legal hold."))
    return found
