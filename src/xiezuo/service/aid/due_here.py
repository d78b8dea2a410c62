"""What aid tells of what is due: approvals that wait for the actor, promises that wait to be handed over, and asking how it went."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from xiezuo.orgs.access import Actor
from xiezuo.people.access import people_for
from xiezuo.people.due import Asked, Due, tell_due
from xiezuo.service.access.aids import still_to_do
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


def aids(asked: Asked) -> Iterator[Due]:
    """Approvals, what is to be handed over, and asking how it went; of a supervisor who asks for everyone's, all they see."""
    found = still_to_do(asked.actor, asked.until, everyone=asked.everyone and asked.actor.supervises)
    known = names_known(asked.actor, found)
    for aid in found:
        if aid.state == AidState.ASSESSED:
            due = _due(known, aid, "request", _("Aid: do you approve it?"), aid.assessed_on)
            yield replace(due, whose=asked.actor.user.name)
        elif aid.state == AidState.APPROVED:
            yield _due(known, aid, "step", _("Aid: hand it over"), aid.approved_on)
        else:
            yield _due(known, aid, "follow_up", _("Aid: ask how it went"), aid.follow_up_on)


def tell() -> None:
    tell_due(aids)
