"""What colleagues of the sample organisation have to do: steps begun after closing and intake, and a few single tasks."""

from datetime import date

from xiezuo.demo.clock import DAY
from xiezuo.demo.house import DemoHouse
from xiezuo.demo.words import words
from xiezuo.orgs.access import Actor
from xiezuo.people.access import case_people_for
from xiezuo.people.actions import TaskFacts, begin_timeline, finish_task, write_task
from xiezuo.people.vocab import Section

# Series, and how many days ago it began: some steps were done, some are near, one is overdue.
BEGUN = (("after_closing", 94), ("intake", 20), ("referral", 12))


def plan_what_follows(house: DemoHouse, until: date) -> None:
    """For three people of each of the first colleagues, and on their own lists."""
    for worker in house.workers[:4]:
        people = case_people_for(worker).order_by("pk")[: len(BEGUN)]
        for person, (code, ago) in zip(people, BEGUN, strict=False):
            row = begin_timeline(by=worker, person=person, code=code, anchor_on=until - ago * DAY, whose=worker.user)
            first = row.tasks.order_by("pk").first()
            if code == "after_closing" and first is not None:
                finish_task(by=worker, task=first, on=until - 60 * DAY)
        _own(worker, until)
    _own(house.supervisor, until)


def _own(worker: Actor, until: date) -> None:
    for told in words()["tasks"]:
        due_on = until + told["days"] * DAY
        write_task(by=worker, facts=TaskFacts(title=told["title"], kind=told["kind"], due_on=due_on, whose=worker.user))
    person = case_people_for(worker).order_by("-pk").first()
    if person is not None:
        facts = TaskFacts(
            title=words()["task_about_someone"],
            kind="call",
            due_on=until + 2 * DAY,
            whose=worker.user,
            person=person,
            section=Section.SERVICES,
        )
        write_task(by=worker, facts=facts)
