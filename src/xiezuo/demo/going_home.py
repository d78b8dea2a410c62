"""How children went home on the last day of the story: one with her grandmother, one after a call because whoever came was on no
list, one alone; and one whose parents work elsewhere and were not in touch for nine days."""

from datetime import date, time

from xiezuo.demo.clock import DAY
from xiezuo.demo.house import DemoHouse
from xiezuo.demo.words import words
from xiezuo.orgs.access import Actor
from xiezuo.people.access import case_people_for
from xiezuo.people.actions import name_collector, note_guardianship
from xiezuo.people.models import Collector, Person
from xiezuo.people.queries import family_of
from xiezuo.people.sections import is_minor
from xiezuo.people.vocab import GuardianBasis, Relation
from xiezuo.service.access.leaving import children_at
from xiezuo.service.actions import check_in
from xiezuo.service.actions.entrusted import entrust, note_contact
from xiezuo.service.actions.leaving import Going, allow_alone, let_go, turn_away
from xiezuo.service.models import ChildAttendance
from xiezuo.service.vocab import InTouch, LeftWith, WhichParent

CHILDREN = 4
CAME = (time(15, 35), time(15, 40), time(15, 40), time(15, 55))


def tell_of_going_home(house: DemoHouse, until: date) -> None:
    """At the first site, by its worker; the supervisor was told who answers for whom."""
    day, worker, site = until - DAY, house.workers[0], house.sites[0]
    with_mother = _children(house.supervisor, worker, until)
    collectors = [_listed(worker, child, n, day) for n, (child, _mother) in enumerate(with_mother)]
    for (child, _mother), at in zip(with_mother, CAME, strict=False):
        check_in(by=worker, site=site, on=day, person=child, at=at)
    rows = {row.child_id: row for row in children_at(worker, site, day)}
    for n, (child, mother) in enumerate(with_mother):
        _leaves(worker, rows[child.pk], n, collectors[n], mother, day)
    if with_mother:
        _elsewhere(worker, with_mother[-1][0], until)


def _children(supervisor: Actor, worker: Actor, until: date) -> list[tuple[Person, Person]]:
    """Children with a grown-up of their home, who answers for them by law."""
    found: list[tuple[Person, Person]] = []
    for child in case_people_for(worker).order_by("pk"):
        if len(found) == CHILDREN or not is_minor(child, until):
            continue
        grown = [row.person for row in family_of(supervisor, child) if not is_minor(row.person, until)]
        if grown:
            told = {"basis": GuardianBasis.STATUTORY, "on": child.born_on}
            note_guardianship(by=supervisor, ward=child, guardian=grown[0], **told)  # type: ignore[arg-type]
            found.append((child, grown[0]))
    return found


def _listed(by: Actor, child: Person, n: int, day: date) -> Collector:
    told = words()["going_home"]["collectors"][n]
    relation = Relation(told["relation"])
    return name_collector(
        by=by, child=child, name=told["name"], phone=told["phone"], relation=relation, on=day - 60 * DAY
    )


def _leaves(by: Actor, row: ChildAttendance, n: int, collector: Collector, mother: Person, day: date) -> None:
    told = words()["going_home"]
    if n == 1:
        turn_away(by=by, row=row, name=told["refused"], at=time(17, 40), on=day)
        phoned = {"guardian": mother.pk, "phoned_at": time(17, 44), "words": told["said"], "name": told["refused"]}
        facts = Going(how=LeftWith.PHONE, at=time(17, 50), relation=Relation.OTHER, **phoned)
    elif n == 2:
        allow_alone(by=by, child=row.child, guardian=mother.pk, source=told["alone"], from_on=day - 30 * DAY)
        facts = Going(how=LeftWith.ALONE, at=time(17, 30))
    else:
        facts = Going(how=LeftWith.COLLECTOR, at=time(17, 20 + n), collector=collector.pk)
    let_go(by=by, row=row, facts=facts, on=day)


def _elsewhere(by: Actor, child: Person, until: date) -> None:
    entrust(by=by, child=child, carer=words()["going_home"]["carer"], from_on=until - 80 * DAY, on=until - DAY)
    for ago, who, how in ((16, WhichParent.MOTHER, InTouch.VIDEO), (9, WhichParent.FATHER, InTouch.PHONE)):
        note_contact(by=by, child=child, who=who, how=how, day=until - ago * DAY, on=until - DAY)
