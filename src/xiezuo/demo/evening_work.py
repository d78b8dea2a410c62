"""What an evening leaves in the sample organisation: daily reports, a handover, messages to be told, a limit that is watched."""

from datetime import date

from xiezuo.demo.clock import DAY
from xiezuo.demo.house import DemoHouse
from xiezuo.demo.words import words
from xiezuo.people.access import case_people_for
from xiezuo.people.models import Person
from xiezuo.people.outbox.putting import put_in_outbox, wish_discretion
from xiezuo.service.actions.labour import MatterFacts, interrupt, write_matter
from xiezuo.service.actions.workday import hand_in, hand_over, take_note
from xiezuo.service.handing_over import open_matters
from xiezuo.service.vocab import InterruptionKind, LabourKind
from xiezuo.service.workday import work_of


def leave_the_evening(house: DemoHouse, until: date) -> None:
    """As of the day before `until`."""
    day, told = until - DAY, words()["evening"]
    at_work = [worker for worker in house.workers if work_of(worker, worker.user, day).exists()]
    for worker, remark in zip(at_work, told["remarks"], strict=False):
        hand_in(by=worker, day=day, remark=remark, on=day)
    for worker in at_work[:1]:
        take_note(by=house.supervisor, author=worker.user, day=day)
    site = house.sites[0]
    offered = open_matters(house.workers[0], site, day)[:3]
    hand_over(
        by=house.workers[0],
        site=site,
        text=told["handover"],
        matters=[(one.table, one.pk) for one in offered],
        on=day,
    )
    _tell_people(house, until)
    _watch_a_limit(house, day)


def _tell_people(house: DemoHouse, until: date) -> None:
    """Two said that messages are fine, one of them that they be discreet; of the third nobody knows that it is safe."""
    worker, told = house.workers[0], words()["evening"]
    grown = case_people_for(worker).filter(born_on__lt=until - 20 * 365 * DAY).exclude(phone="").order_by("pk")
    people = list(grown[:3])
    Person.objects.filter(pk__in=[person.pk for person in people[:2]]).update(safe_to_message=True)
    for person in people[1:2]:
        wish_discretion(by=worker, person=person, discreet=True)
    for person, template in zip(people, ("waiting_moved_up", "activity_cancelled", "activity_cancelled"), strict=False):
        values = {"what": told["activity"], "on": until + 3 * DAY, "place": house.sites[0].name}
        put_in_outbox(by=worker, to_person=person, template=template, values=values, on=until - DAY)


def _watch_a_limit(house: DemoHouse, day: date) -> None:
    """A year is nearly over for someone who left with wages unpaid; of another the period began anew."""
    worker, told = house.workers[0], words()["evening"]
    people = list(case_people_for(worker).filter(born_on__lt=day - 20 * 365 * DAY).order_by("pk")[:2])
    for person, ago in zip(people, (340, 300), strict=False):
        facts = MatterFacts(kind=LabourKind.LEFT, happened_on=day - ago * DAY, migrant_worker=True, words=told["wages"])
        matter = write_matter(by=worker, person=person, facts=facts, on=day)
    if len(people) > 1:
        claimed = InterruptionKind.CLAIM
        interrupt(by=worker, matter=matter, kind=claimed, day=day - 90 * DAY, proof=told["proof"], on=day)
