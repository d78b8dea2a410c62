"""What the front desk asks: who came today, how often someone came, and who comes often without telling a name."""

from datetime import date

from django.db.models import Count, Q, Sum

from xiezuo.forms.packs import pack
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site
from xiezuo.people.access import people_for
from xiezuo.people.models import Person
from xiezuo.service.models import Participation
from xiezuo.service.vocab import Method, ParticipationMode, RecordState

MOST_SEEN = 12


def counted_today(site: Site, on: date) -> int:
    """How many came to the desk of a site without a name (CNT-4)."""
    rows = Participation.objects.filter(
        mode=ParticipationMode.COUNTED,
        record__method=Method.CHECKIN,
        record__site=site,
        record__service_date=on,
        record__state=RecordState.RECORDED,
    )
    return rows.aggregate(n=Sum("count"))["n"] or 0


def times_at_desk(person: Person, until: date) -> int:
    """On how many days someone came to the front desk up to a day, that day included."""
    rows = Participation.objects.filter(
        person=person,
        came=True,
        record__method=Method.CHECKIN,
        record__state=RecordState.RECORDED,
        record__service_date__lte=until,
    )
    return rows.count()


def seen_without_a_name(actor: Actor, site: Site, on: date) -> list[tuple[Person, int]]:
    """Who came to the desk of a site several times and is known by a nickname alone, with how often; the most frequent first.
    How many times stands in pack desk-default."""
    came = Q(
        participations__record__method=Method.CHECKIN,
        participations__record__site=site,
        participations__record__state=RecordState.RECORDED,
        participations__record__service_date__lte=on,
        participations__came=True,
    )
    seen = (
        people_for(actor).filter(full_name="", for_testing=False).annotate(times=Count("participations", filter=came))
    )
    often = seen.filter(times__gte=pack("desk-default")["seen"]["times"]).order_by("-times", "pk")
    return [(person, person.times) for person in often[:MOST_SEEN]]
