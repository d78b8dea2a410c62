"""Writing down one activity with sixty people who are known by name; made for testing, so that it counts nowhere."""

from xiezuo.common.days import today
from xiezuo.config.cli.measuring.measure import Measure, in_ms, median
from xiezuo.config.cli.measuring.pages import colleagues
from xiezuo.config.cli.words import _
from xiezuo.orgs.access import sites_for
from xiezuo.people.access import people_for
from xiezuo.service.actions import ServiceFacts, Taking, record_service
from xiezuo.service.vocab import Method, ParticipationMode

PARTICIPANTS = 60


def measure(times: int) -> list[Measure]:
    actor = colleagues()[0]
    people = list(people_for(actor).values_list("pk", flat=True)[:PARTICIPANTS])
    facts = ServiceFacts(
        method=Method.ACTIVITY,
        service_date=today(),
        site=sites_for(actor).first(),
        title="60",
        taking=[Taking(mode=ParticipationMode.NAMED, person=pk) for pk in people],
        for_testing=True,
    )
    taken = median(lambda: record_service(by=actor, facts=facts, on=today()), times)
    return [in_ms(_("save a service with %(n)s people") % {"n": len(people)}, taken, 100)]
