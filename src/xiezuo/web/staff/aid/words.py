"""The page of an aid in words: how far it has come, and what is offered to whoever looks."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from xiezuo.orgs.access import Actor
from xiezuo.people.access import people_for
from xiezuo.service.access.aids import works_on_aid
from xiezuo.service.aid.course import PATH
from xiezuo.service.models import Aid
from xiezuo.service.models.aid import ENDED
from xiezuo.service.vocab import AidState

S = AidState


def knows_applicant(actor: Actor, aid: Aid) -> bool:
    return people_for(actor).filter(pk=aid.applicant_id).exists() if aid.applicant_id else False


@dataclass(frozen=True)
class Stop:
    """One place on the way; `when`: done, here, or to come."""

    label: str
    when: str


def way_of(aid: Aid) -> list[Stop]:
    """The straight way with where the aid stands; one that ended early shows that alone."""
    state = AidState(aid.state)
    if state in ENDED:
        return [Stop(str(S.APPLIED.label), "done"), Stop(str(state.label), "here")]
    here = PATH.index(state)
    return [
        Stop(str(stop.label), "done" if n < here else "here" if n == here else "ahead") for n, stop in enumerate(PATH)
    ]


@dataclass(frozen=True)
class Button:
    label: str
    url: str


@dataclass
class Coming:
    """What the page offers whoever looks: one big button, and what may be done besides."""

    main: Button | None = None
    also: list[Button] = field(default_factory=list)


def _form(key: str, aid: Aid) -> str:
    return f"{reverse('fill_form', args=[key])}?aid={aid.pk}"


def coming(actor: Actor, aid: Aid) -> Coming:
    if not works_on_aid(actor, aid) or aid.imported:
        return Coming()
    if aid.state == S.APPLIED:
        visit = Button(_("Plan a visit"), f"{reverse('plan_visit')}?household={aid.household_id}")
        written = Button(_("Write the visit down"), _form("visit", aid))
        return Coming(Button(_("Assess it"), _form("aid_assessment", aid)), [visit, written])
    if aid.state == S.ASSESSED:
        return Coming(also=[Button(_("Assess it anew"), _form("aid_assessment", aid))])
    if aid.state == S.APPROVED:
        return Coming(Button(_("Hand it over"), _form("aid_distribution", aid)))
    return Coming()
