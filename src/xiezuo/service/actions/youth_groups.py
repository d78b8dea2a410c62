"""Groups of a youth hub's own: an idea, a group, and one day one that leads itself."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site
from xiezuo.people.access import must_work_with
from xiezuo.people.models import Person
from xiezuo.service.access import must_work_at
from xiezuo.service.models import YouthGroup, YouthGroupStep
from xiezuo.service.vocab import YouthGroupState

# Where a group may go from where it is.
NEXT: dict[str, tuple[YouthGroupState, ...]] = {
    YouthGroupState.PROPOSED: (YouthGroupState.FORMED, YouthGroupState.ENDED),
    YouthGroupState.FORMED: (YouthGroupState.SELF_LED, YouthGroupState.PAUSED, YouthGroupState.ENDED),
    YouthGroupState.SELF_LED: (YouthGroupState.FORMED, YouthGroupState.PAUSED, YouthGroupState.ENDED),
    YouthGroupState.PAUSED: (YouthGroupState.FORMED, YouthGroupState.SELF_LED, YouthGroupState.ENDED),
    YouthGroupState.ENDED: (),
}
NEEDS_REASON = (YouthGroupState.PAUSED, YouthGroupState.ENDED)


@transaction.atomic
def propose_youth_group(*, by: Actor, name: str, about: str, site: Site | None, on: date) -> YouthGroup:
    """Members have an idea for a group of their own. Raises RuleBroken for a name that one of the site has already."""
    must_work_at(by, site.pk if site else None)
    name = tidy(name)[:120]
    if not name:
        raise RuleBroken("service.youth_group_without_name", _("Write what the group is called."), field="name")
    if YouthGroup.objects.filter(name=name, site=site).exclude(state=YouthGroupState.ENDED).exists():
        words = _("There is a group of this name here already. Choose another name.")
        raise RuleBroken("service.youth_group_twice", words, field="name")
    group = YouthGroup.objects.create(name=name, about=tidy(about)[:200], site=site)
    _step(by, group, on, "")
    return group


def _step(by: Actor, group: YouthGroup, on: date, why: str) -> None:
    YouthGroupStep.objects.create(youth_group=group, state=group.state, on=on, why=why, by=by.user)
    happened("service.youth_group.moved", group, by_id=by.id, state=group.state)


@transaction.atomic
def move_youth_group(
    *, by: Actor, group: YouthGroup, to: YouthGroupState, on: date, leader: Person | None = None, why: str = ""
) -> YouthGroup:
    """The group comes into another state. One that leads itself has a `leader`, who is a member and not on the staff; pausing
    and ending say why. Raises RuleBroken."""
    must_work_at(by, group.site_id)
    group = YouthGroup.objects.select_for_update(of=("self",)).get(pk=group.pk)
    if to not in NEXT[group.state]:
        words = _("From “%(now)s” a group does not come to “%(to)s”.")
        raise RuleBroken("service.youth_group_way", words % {"now": group.get_state_display(), "to": to.label})
    if to in NEEDS_REASON and not tidy(why):
        raise RuleBroken("service.youth_group_why", _("Write why; the group and its story stay."), field="why")
    if to == YouthGroupState.SELF_LED:
        leader = leader or group.leader
        if leader is None:
            words = _("Choose who of the group leads it. Colleagues stand beside it.")
            raise RuleBroken("service.youth_group_leader", words, field="leader")
        if leader != group.leader:
            must_work_with(by, leader)
    group.state = to
    group.leader = leader if to == YouthGroupState.SELF_LED else group.leader
    group.save()
    _step(by, group, on, tidy(why)[:200])
    return group
