"""What must hold before a service is written down."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import Precision
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.text import tidy, tidy_name
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site
from xiezuo.people.access import must_do_casework, people_for
from xiezuo.people.holding import hold
from xiezuo.service.actions.facts import ServiceFacts
from xiezuo.service.vocab import ParticipationMode

FIRST_DAY = date(1900, 1, 1)


def check_day(facts: ServiceFacts, on: date) -> None:
    if facts.service_date is None and facts.precision != Precision.UNKNOWN:
        raise RuleBroken("service.date_missing", _("Choose the day of the service."), field="service_date")
    if facts.service_date and facts.service_date > on:
        raise RuleBroken(
            "service.date_in_future",
            _("A service is written down after it happened; this day is still to come."),
            field="service_date",
        )
    if facts.service_date and facts.service_date < FIRST_DAY:
        raise RuleBroken("service.date_too_early", _("This year cannot be right."), field="service_date")


def named_in(facts: ServiceFacts) -> list[int]:
    """Ids of everyone named, once for each place in which they stand."""
    return [pk for pk in (*(t.person for t in facts.taking), *(h.person for h in facts.helping)) if pk is not None]


def check_known(by: Actor, named: set[int]) -> None:
    """Everyone named must be someone the actor works with, and stays so until the transaction ends."""
    hold(named)
    if people_for(by).filter(pk__in=named).count() != len(named):
        raise NotAllowed(_("Someone named here is not a person you work with. A supervisor can assign them to you."))


def check_people(facts: ServiceFacts) -> None:
    """No one may take part twice or help twice, and everyone listed needs a name of their own."""
    takers = [row.person for row in facts.taking if row.person is not None]
    helpers = [row.person for row in facts.helping if row.person is not None]
    if len(takers) != len(set(takers)) or len(helpers) != len(set(helpers)):
        raise RuleBroken("service.named_twice", _("The same person stands on the record twice."), field="who")
    labels = [tidy_name(row.label) for row in facts.taking if row.mode == ParticipationMode.LISTED]
    if "" in labels or len(labels) != len(set(labels)):
        raise RuleBroken(
            "service.label_twice",
            _("Everyone listed needs a name of their own on this record: 小红, 小红的妹妹."),
            field="who",
        )


def check_site(by: Actor, facts: ServiceFacts) -> None:
    check_site_of(by, facts.site)


def check_site_of(by: Actor, site: Site | None) -> None:
    if site is None or by.places & {None, site.pk}:
        return
    raise NotAllowed(_("You do not work at this site, so you cannot write its records."))


def check(by: Actor, facts: ServiceFacts, on: date) -> None:
    must_do_casework(by)
    check_day(facts, on)
    check_site(by, facts)
    if facts.next_on and not tidy(facts.next_step):
        raise RuleBroken("service.step_missing", _("Write what is to be done by that day."), field="next_step")
    check_people(facts)
    check_known(by, set(named_in(facts)))
