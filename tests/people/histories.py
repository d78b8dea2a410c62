"""Histories of people, told by whoever asks for them, and the whole house as rows to compare."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.utils import timezone

from tests.factories.cast import DAY, Cast
from tests.factories.facts import facts_of
from tests.factories.growth import begins, rests
from xiezuo.common.errors import RuleBroken
from xiezuo.common.walls import all_opened
from xiezuo.people.actions import (
    PersonFacts,
    add_to_household,
    correct_person,
    found_household,
    name_collector,
    note_consent,
    note_guardianship,
    register_person,
    relate,
    write_growth_note,
)
from xiezuo.people.models import Household, Person, RolePeriod
from xiezuo.people.vocab import ConsentPurpose, ConsentState, GuardianBasis, Relation, Role
from xiezuo.service.actions import Helping, ServiceFacts, Taking, correct_service, link_nickname, record_service
from xiezuo.service.models import ServiceRecord
from xiezuo.service.vocab import Method, ParticipationMode

# Books of their own: they tell of a merge and of its being taken back.
BOOKS = {
    "common.event",
    "common.eventhead",
    "people.merge",
    "people.mergedrow",
    "people.possibleduplicate",
    "people.readlog",
}
TODAY = DAY + timedelta(days=400)


@all_opened(why="a test compares every row of the house")
def the_house() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of ours but the books."""
    models = [
        model for app in apps.get_app_configs() if app.name.startswith("xiezuo.") for model in app.get_models(True)
    ]
    return {
        model._meta.label_lower: [
            {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
            for row in model._base_manager.order_by("pk")
        ]
        for model in models
        if model._meta.label_lower not in BOOKS
    }


@dataclass
class History:
    """People of the East, and what is told of them by numbers: who, whom, which."""

    cast: Cast
    people: list[Person] = field(default_factory=list)

    def person(self, n: int) -> Person:
        living = [p for p in Person.objects.order_by("pk") if p.merged_into_id is None]
        return living[n % len(living)]

    def register(self, n: int, m: int) -> None:
        names = ["王秀英", "王秀瑛", "小王", "阿强"]
        facts = PersonFacts(
            nickname=names[n % 4],
            full_name=["", "王秀英", "王秀英", "李强"][m % 4],
            phone=["", "13912345678", "13700000000"][n % 3],
            note=["", "怕狗", "夜班"][m % 3],
            tags=[["夜班"], [], ["租房", "夜班"]][n % 3],
            born_on=[None, date(1990, 5, 6), date(1990, 1, 1)][m % 3],
            born_precision=["", "day", "year"][m % 3],
            safe_to_message=bool(n % 2),
        )
        site = [self.cast.east, None, self.cast.west][m % 3]
        register_person(by=self.cast.chenli, facts=facts, on=DAY, site=site)

    def role(self, n: int, m: int) -> None:
        person, role = self.person(n), list(Role)[m % 3]
        if not person.role_periods.filter(role=role, to_on__isnull=True).exists():
            begins(self.cast.chenli, person, role, DAY + timedelta(days=m))

    def end(self, n: int, m: int) -> None:
        period = RolePeriod.objects.filter(person=self.person(n), to_on__isnull=True).first()
        if period:
            rests(self.cast.chenli, period.person, Role(period.role), period.from_on + timedelta(days=m))

    def answer(self, n: int, m: int) -> None:
        state = [ConsentState.GIVEN, ConsentState.REFUSED][m % 2]
        purpose = list(ConsentPurpose)[m % 2]
        note_consent(
            by=self.cast.chenli, person=self.person(n), purpose=purpose, state=state, way=None, at=timezone.now()
        )

    def home(self, n: int, m: int) -> None:
        members = [(self.person(m), Relation.CHILD)] if self.person(m) != self.person(n) else []
        found_household(by=self.cast.chenli, head=self.person(n), members=members, on=DAY)

    def join(self, n: int, m: int) -> None:
        for household in Household.objects.order_by("pk")[:2]:
            if not household.members.filter(person=self.person(n), to_on__isnull=True).exists():
                add_to_household(
                    by=self.cast.chenli,
                    household=household,
                    person=self.person(n),
                    relation=list(Relation)[1 + m % 3],
                    on=DAY + timedelta(days=m),
                )

    def tie(self, n: int, m: int) -> None:
        if self.person(n) != self.person(m):
            relation = [Relation.GUARDIAN, Relation.SIBLING][m % 2]
            relate(by=self.cast.chenli, person=self.person(n), other=self.person(m), relation=relation, on=DAY)

    def _service(self, n: int, m: int) -> ServiceFacts:
        takers = dict.fromkeys([self.person(n).pk, self.person(m).pk])
        helpers = dict.fromkeys([self.person(m).pk, self.person(n + m).pk])
        return ServiceFacts(
            method=Method.ACTIVITY,
            service_date=DAY + timedelta(days=m),
            site=self.cast.east,
            taking=[Taking(mode=ParticipationMode.NAMED, person=pk, came=bool((pk + m) % 3)) for pk in takers],
            helping=[Helping(person=pk, minutes=[60, 90, None][(pk + m) % 3]) for pk in helpers],
        )

    def serve(self, n: int, m: int) -> None:
        record_service(by=self.cast.chenli, facts=self._service(n, m), on=TODAY)

    def rewrite(self, n: int, m: int) -> None:
        record = ServiceRecord.objects.order_by("pk").first()
        if record:
            correct_service(by=self.cast.chenli, record=record, facts=self._service(n, m), on=TODAY)

    def guard(self, n: int, m: int) -> None:
        basis = GuardianBasis.STATUTORY
        note_guardianship(by=self.cast.chenli, ward=self.person(n), guardian=self.person(m), basis=basis, on=DAY)

    def collect(self, n: int, m: int) -> None:
        name_collector(
            by=self.cast.chenli,
            child=self.person(n),
            name=["姑姑", "王秀英"][m % 2],
            phone="13911112222",
            relation=Relation.OTHER,
            on=DAY + timedelta(days=m),
            person=self.person(m) if m % 3 else None,
        )

    def note(self, n: int, m: int) -> None:
        write_growth_note(by=self.cast.chenli, person=self.person(n), on=DAY, what=f"第{m}次")

    def drop_in(self, n: int, m: int) -> None:
        """Someone of whom only a nickname is known, and who lets it be put under their name."""
        listed = Taking(mode=ParticipationMode.LISTED, label=["阿涛", "小红"][n % 2])
        facts = ServiceFacts(
            method=Method.CHECKIN, service_date=DAY + timedelta(days=m), site=self.cast.east, taking=[listed]
        )
        record = record_service(by=self.cast.chenli, facts=facts, on=TODAY)
        if m % 2:
            entry = record.participations.get()
            link_nickname(by=self.cast.chenli, entry=entry, person=self.person(n + m), agreed=True, on=TODAY)

    def correct(self, n: int, m: int) -> None:
        person = self.person(n)
        facts = facts_of(person)
        facts.occupation = ["", "保洁", "家政"][m % 3]
        correct_person(by=self.cast.chenli, person=person, facts=facts, on=TODAY)


Deed = Callable[[History, int, int], None]
DEEDS: list[Deed] = [
    History.role,
    History.end,
    History.answer,
    History.home,
    History.join,
    History.tie,
    History.serve,
    History.serve,
    History.rewrite,
    History.correct,
    History.guard,
    History.collect,
    History.note,
    History.drop_in,
]


def told(cast: Cast, people: list[tuple[int, int]], deeds: list[tuple[int, int, int]]) -> History:
    history = History(cast)
    for n, m in people:
        history.register(n, m)
    for which, n, m in deeds:
        try:
            DEEDS[which % len(DEEDS)](history, n, m)
        except RuleBroken:  # a history may try what cannot be; then nothing happened
            continue
    return history
