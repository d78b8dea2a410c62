"""What the killed house runs, each in a process of its own: `python -m tests.service.writing found | write | prove`.

`found` makes the cast and sixty people; `write` saves services for ever and prints a line after each; `prove` prints as
JSON whatever is not whole. The house comes from XIEZUO_HOUSE.
"""

import json
import os
import re
import shutil
import sys
from datetime import date

import django

from tests.factories.tables import empty_tables

DAY = date(2026, 3, 2)
PEOPLE = 60


def found() -> None:
    from django.db import connection

    from tests.factories.cast import make_cast
    from xiezuo.people.actions import PersonFacts, register_people
    from xiezuo.people.vocab import Role

    shutil.copy(empty_tables(), connection.settings_dict["NAME"])
    cast = make_cast()
    sixty = [(PersonFacts(nickname=f"第{number}位"), DAY) for number in range(PEOPLE)]
    register_people(by=cast.xiaomei, everyone=sixty, site=cast.east, role=Role.PARTICIPANT)


def write() -> None:
    from xiezuo.orgs.access import actor_for
    from xiezuo.orgs.models import Site, User
    from xiezuo.people.models import Person
    from xiezuo.service.actions import ServiceFacts, Taking, record_service
    from xiezuo.service.vocab import Method, ParticipationMode

    by, site = actor_for(User.objects.get(username="xiaomei")), Site.objects.get(name="东区童缘")
    everyone = [Taking(mode=ParticipationMode.NAMED, person=pk) for pk in Person.objects.values_list("pk", flat=True)]
    facts = ServiceFacts(method=Method.ACTIVITY, service_date=DAY, site=site, taking=everyone, note="读书会。" * 200)
    while True:
        record_service(by=by, facts=facts, on=DAY)
        sys.stdout.write("saved\n")
        sys.stdout.flush()


def prove() -> None:
    from django.db import connection
    from django.db.models import Count

    from xiezuo.common.events import verify_chain
    from xiezuo.common.models import Event
    from xiezuo.service.models import SerialCounter, ServiceRecord

    records = list(ServiceRecord.objects.annotate(people=Count("participations")).order_by("id"))
    told = set(Event.objects.filter(code="service.record.written").values_list("subject_id", flat=True))
    serials = [int(re.sub(r"^2026-", "", record.serial_no)) for record in records]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        integrity = cursor.fetchone()[0]
    found = {
        "integrity": integrity,
        "records": len(records),
        "without everyone": [record.serial_no for record in records if record.people != PEOPLE],
        "without event": sorted({record.pk for record in records} ^ told),
        "breaks": len(list(verify_chain())),
        "serials whole": serials == list(range(1, len(records) + 1)),
        "counter": SerialCounter.objects.get(year=2026).last - len(records),
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "xiezuo.config.settings"
    django.setup()
    {"found": found, "write": write, "prove": prove}[sys.argv[1]]()
