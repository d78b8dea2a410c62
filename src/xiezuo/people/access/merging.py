"""Who may say that two records are one, and take that back."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.orgs.access import Actor
from xiezuo.people.access.seeing import must_do_casework, people_for, sections_of
from xiezuo.people.models import (
    Merge,
    Person,
    PossibleDuplicate,
)
from xiezuo.people.vocab import Section


def must_merge(actor: Actor, kept: Person, other: Person) -> None:
    """Raises NotAllowed unless the actor works with both rows that are to become one, and reads both files."""
    must_do_casework(actor)
    if people_for(actor).filter(pk__in=[kept.pk, other.pk]).count() != 2:
        raise NotAllowed(
            _("Whoever merges two records works with both. You work with one of them; a supervisor sees both.")
        )
    if not reads_both(actor, kept, other):
        raise NotAllowed(_("Whoever says that two records are one reads both files. A supervisor does, and decides."))


def reads_both(actor: Actor, one: Person, other: Person) -> bool:
    """Both files are open to the actor down to what is sensitive, so that they can be compared."""
    return all(Section.SENSITIVE in found for found in sections_of(actor, [one, other]).values())


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
