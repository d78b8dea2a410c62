"""What aid tells of what is due: approvals that wait for the actor, promises that wait to be handed over, and asking how it went."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from xiezuo.orgs.access import Actor
from xiezuo.people.access import people_for
from xiezuo.people.due import Asked, Due, tell_due
from xiezuo.service.access.aids import aids_for, to_follow_up, waiting_for
from xiezuo.service.aid.balance import kind_words
from xiezuo.service.models import Aid
from xiezuo.service.vocab import AidState

AID = Aid._meta.label_lower


def _due(known: set[int], aid: Aid, kind: str, title: str, on: date | None) -> Due:
    """Told by the name where the actor may know it, else by the number alone."""
    who = str(aid.applicant) if aid.applicant_id in known else ""
    about = " · ".join(filter(None, [who, kind_words(aid.kind), aid.number]))
    return Due(kind=kind, title=title, table=AID, pk=aid.pk, on=on, about=about, whose=aid.asked_by.name)


def names_known(actor: Actor, aids: list[Aid]) -> set[int]:
    """Ids of the applicants whose names the actor may know."""
    ids = {aid.applicant_id for aid in aids if aid.applicant_id}
    return set(people_for(actor).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()


def approvals(asked: Asked) -> Iterator[Due]:
    waiting = waiting_for(asked.actor)
    known = names_known(asked.actor, waiting)
    for aid in waiting:
        if aid.assessed_on is not None and aid.assessed_on <= asked.until:
            due = _due(known, aid, "request", _("Aid: do you approve it?"), aid.assessed_on)
            yield Due(**{**vars(due), "whose": asked.actor.user.name})


def promises(asked: Asked) -> Iterator[Due]:
    """Of one's own: what was approved and is not handed over yet."""
    approved = Aid.objects.filter(state=AidState.APPROVED, approved_on__lte=asked.until)
    mine = approved if asked.everyone and asked.actor.supervises else approved.filter(asked_by=asked.actor.user)
    found = aids_for(asked.actor, mine)
    known = names_known(asked.actor, found)
    for aid in found:
        yield _due(known, aid, "step", _("Aid: hand it over"), aid.approved_on)


def follow_ups(asked: Asked) -> Iterator[Due]:
    found = to_follow_up(asked.actor, asked.until, everyone=asked.everyone)
    known = names_known(asked.actor, found)
    for aid in found:
        yield _due(known, aid, "follow_up", _("Aid: ask how it went"), aid.follow_up_on)


def tell() -> None:
    tell_due(approvals, promises, follow_ups)
