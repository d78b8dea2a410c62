"""After handing over: asking how it went, and telling the donor."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.orgs.access import Actor, funding_for
from xiezuo.orgs.models import Funding
from xiezuo.service.access.aids import must_work_on_aid
from xiezuo.service.actions.aid.moving import held, move, must_go, step
from xiezuo.service.aid.balance import HOLDS
from xiezuo.service.aid.course import Act
from xiezuo.service.models import Aid
from xiezuo.service.vocab import AidState

TELLABLE = (AidState.HANDED_OVER, AidState.FOLLOWED_UP)


@transaction.atomic
def follow_up_aid(*, by: Actor, aid: Aid, words: str, on: date) -> Aid:
    """How it went, as the household says."""
    aid = held(by, aid.pk)
    must_work_on_aid(by, aid)
    must_go(Act.FOLLOW_UP, aid)
    if aid.followed_up_on is not None:
        told = _("That was asked on %(day)s already.")
        raise RuleBroken("service.aid_followed_up", told % {"day": aid.followed_up_on.isoformat()})
    if not words.strip():
        raise RuleBroken(
            "service.aid_follow_up_words", _("Write how it went, also when nobody was reached."), field="words"
        )
    return move(by, aid, Act.FOLLOW_UP, on, why=words, followed_up_on=on)


def may_report(actor: Actor) -> bool:
    """Tells a donor what became of their gift."""
    return (actor.directs or actor.supervises) and not actor.watched


@transaction.atomic
def report_aid(*, by: Actor, funding: Funding, number: str, first: date, last: date, on: date) -> int:
    """The donor was told, in the report `number`, of everything that was handed over from their gift in these days and that
    no report told before. Gives how many."""
    funding = funding_for(by, funding.pk)
    if not may_report(by):
        raise NotAllowed(_("A supervisor or the director tells the donor. Ask one of them."))
    if not tidy(number):
        raise RuleBroken("service.aid_report_no", _("Write the number of the report."), field="number")
    rows = Aid.objects.filter(HOLDS, funding=funding, state__in=TELLABLE, handed_on__range=(first, last))
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    told = list(Aid.objects.select_for_update(of=("self",)).filter(pk__in=ids, state__in=TELLABLE))
    if not told:
        words = _("Nothing was handed over from this gift in these days that the donor has not been told of.")
        raise RuleBroken("service.aid_nothing_to_report", words, field="first")
    for aid in told:
        aid.state, aid.reported_on, aid.report_no = AidState.REPORTED, on, tidy(number)[:60]
        aid.save(update_fields=["state", "reported_on", "report_no"])
        step(by, aid, on)
    happened("orgs.funding.reported", funding, by_id=by.id, n=len(told))
    return len(told)
