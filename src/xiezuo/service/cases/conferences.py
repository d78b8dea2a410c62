"""Case conferences, as far as someone may know of them."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.service.access import cases_for
from xiezuo.service.models import Conference, ConferenceCase

TOLD = "what was decided about a case is told to whoever may read it"


def conferences_for(actor: Actor) -> QuerySet[Conference]:
    """Those the actor wrote down or was at, and of their sites those a supervisor answers for."""
    mine = Q(written_by=actor.user) | Q(
        pk__in=Conference.present.through.objects.filter(user=actor.user).values("conference")
    )
    sites = [site for role, site in actor.held if site and actor.supervises_at(site)]
    seen = (
        Conference.objects.all() if actor.supervises_at(None) else Conference.objects.filter(mine | Q(site__in=sites))
    )
    return seen.select_related("site", "written_by").prefetch_related("present")


def conference_told(actor: Actor, pk: int) -> tuple[Conference, list[ConferenceCase], int]:
    """One conference, what it said of the cases the actor may read, and of how many they may not. Raises NotAllowed."""
    found = conferences_for(actor).filter(pk=pk).first()
    if found is None:
        raise NotAllowed(_("You were not at this conference, or there is no such conference."))
    with opened("service.ConferenceCase", why=TOLD):
        rows = list(ConferenceCase.objects.filter(conference=found).select_related("case__person"))
    seen = set(cases_for(actor).filter(pk__in=[row.case_id for row in rows]).values_list("pk", flat=True))
    about = [row for row in rows if row.case_id in seen]
    return found, about, len(rows) - len(about)
