"""What this floor tells of what is due: the monthly return of a site with groups of a youth hub, until it left the house."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from xiezuo.forms.deadlines import due
from xiezuo.forms.packs import pack
from xiezuo.insight.access import can_release, releases_for
from xiezuo.insight.dimensions import Period, month_of
from xiezuo.orgs.models import Site
from xiezuo.people.due import Asked, Due, tell_due
from xiezuo.service.access import youth_groups_for
from xiezuo.service.vocab import YouthGroupState

ACTIVE = (YouthGroupState.FORMED, YouthGroupState.SELF_LED, YouthGroupState.PAUSED)
SITE = Site._meta.label_lower


def hub_returns(asked: Asked) -> Iterator[Due]:
    """Of the month that is over, for whoever works at the hub and may let its figures leave."""
    month = _month_before(asked.on)
    until = due("HUB-return", month.last)
    if isinstance(until, date) and until > asked.until:
        return
    groups = youth_groups_for(asked.actor).filter(state__in=ACTIVE, site__isnull=False).order_by("site_id")
    sites = {group.site_id: group.site for group in groups.select_related("site")}
    layout = pack("groups-default")["hub_return"]["layout"]
    handed_in = set(
        releases_for(asked.actor)
        .filter(layout=layout, site__in=list(sites), from_on__lte=month.first, to_on__gte=month.last)
        .values_list("site_id", flat=True)
    )
    for pk, site in sites.items():
        if site is not None and pk not in handed_in and can_release(asked.actor, site):
            yield Due(
                kind="writing",
                title=_("Monthly return of %(month)s") % {"month": month.first.strftime("%Y-%m")},
                table=SITE,
                pk=site.pk,
                then=(month.first.year, month.first.month),
                on=until if isinstance(until, date) else None,
                waits_for=None if isinstance(until, date) else until.year,
                about=site.name,
            )


def _month_before(on: date) -> Period:
    last = on.replace(day=1) - timedelta(days=1)
    return month_of(last.year, last.month)


def tell() -> None:
    tell_due(hub_returns)
