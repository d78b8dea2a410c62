"""A house built to tempt: every floor filled, and every fact carries a mark that would show wherever it leaked out.

Who may see which mark is written down here by hand, from what ties each colleague to each person; what such a tie opens is
the decision table of tests/people/test_sections.py.
"""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from tests.exchange.books import register
from tests.factories.cast import login
from tests.factories.filled import talk
from tests.walk.planned import shifts, tell
from tests.walk.referred import give_over, tell_case
from tests.walk.said import SAID
from xiezuo.exchange.actions.applying import apply_batch, begin_apply
from xiezuo.exchange.actions.exporting import Wanted, ask_export, decide_export, write_export
from xiezuo.exchange.actions.receiving import read_batch, receive_file
from xiezuo.exchange.vocab import ExportKind
from xiezuo.forms.actions import keep_draft
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.actions import begin_programme, begin_project, found_house, open_site
from xiezuo.orgs.models import Membership, Site
from xiezuo.orgs.vocab import OrgKind, StaffRole
from xiezuo.people.actions import (
    Given,
    PersonFacts,
    ask_access,
    assign,
    concerns,
    correct_household,
    decide_access,
    end_access,
    found_household,
    merge_people,
    name_collector,
    name_duplicate,
    note_breach,
    note_consent,
    note_guardianship,
    parts_of_notice,
    publish_notice,
    register_person,
    take_step,
    write_growth_note,
)
from xiezuo.people.checks import note_check
from xiezuo.people.models import Person
from xiezuo.people.sections import sections
from xiezuo.people.vocab import (
    AssignedFor,
    CheckResult,
    ConsentPurpose,
    ConsentState,
    ConsentWay,
    GuardianBasis,
    JourneyStep,
    Relation,
    Role,
    Section,
    TiedBy,
)
from xiezuo.service.actions import Helping, ServiceFacts, Taking, record_service
from xiezuo.service.evidence import add_evidence
from xiezuo.service.models import Series, ServiceRecord
from xiezuo.service.private import write_private_note
from xiezuo.service.vocab import Method, ParticipationMode, SeriesKind

LONG_AGO = date(2020, 1, 1)
DRAFT = uuid.UUID("7d2b0e4e-0000-4000-8000-00000000000a")
FILE = uuid.UUID("7d2b0e4e-0000-4000-8000-00000000001f")
NAMED, LISTED, COUNTED = ParticipationMode.NAMED, ParticipationMode.LISTED, ParticipationMode.COUNTED
HOUSE, SITE, ASSIGNED, GRANTED, VOLUNTEER = TiedBy
WORKER, SUPERVISOR, PLACED, COORDINATOR = (
    StaffRole.SOCIAL_WORKER,
    StaffRole.SUPERVISOR,
    StaffRole.PLACEMENT_STUDENT,
    StaffRole.VOLUNTEER_COORDINATOR,
)
# By which letter someone's marks are told apart: 甄甲 came for help in the East and helps there now; 甄乙 is her son of nine;
# 甄丙 came to the West; 甄丁 is sixteen and helps in the West.
MEMBERS = "甲乙丙丁"


def mark(letter: str, what: str) -> str:
    """A text that stands nowhere else."""
    return f"鑫{letter}{what}焱"


@dataclass
class Walker:
    """A colleague and what ties them to each person (by letter); what that opens, `sections` says. `records`: further
    marks they may see, which are of no one's file: what was said at open services, and what they brought or asked."""

    actor: Actor
    ties: dict[str, list[tuple[str, TiedBy]]] = field(default_factory=dict)
    records: set[str] = field(default_factory=set)

    def may_see(self, minors: set[str]) -> set[str]:
        found = set(self.records)
        for letter, held in self.ties.items():
            for section in sections(held, letter in minors).open:
                found |= {mark(letter, what) for what in SAID.get(section, ()) if letter in MEMBERS or what == "名"}
        return found


@dataclass
class Tempting:
    people: dict[str, Person]
    walkers: dict[str, Walker]
    marks: set[str]
    minors: set[str]


def _facts(letter: str, born: date, phone: str) -> PersonFacts:
    return PersonFacts(
        nickname=mark(letter, "名"),
        born_on=born,
        phone=phone,
        address=mark(letter, "址"),
        wechat=mark(letter, "微"),
        school=mark(letter, "校"),
        health_note=mark(letter, "病"),
        note=mark(letter, "注"),
        economic_state=mark(letter, "况"),
        sex="2",
    )


@dataclass
class Builder:
    """Fills the house as its supervisor, so that nobody else is tied to anyone by having written them down."""

    by: Actor
    today: date

    def person(self, letter: str, site: Site, born: date, phone: str) -> Person:
        facts = _facts(letter, born, phone)
        return register_person(by=self.by, facts=facts, on=self.today, site=site, with_user=False)

    def record(self, method: Method, site: Site, taking: list[Taking], **more: object) -> ServiceRecord:
        facts = ServiceFacts(method=method, service_date=self.today, site=site, taking=taking, **more)  # type: ignore[arg-type]
        return record_service(by=self.by, facts=facts, on=self.today)

    def case(self, letter: str, person: Person, site: Site) -> ServiceRecord:
        return self.record(
            Method.VISIT,
            site,
            [Taking(mode=NAMED, person=person.pk)],
            title=mark(letter, "访"),
            note=mark(letter, "访"),
            own_words=mark(letter, "原"),
            next_step=mark(letter, "步"),
            next_on=self.today,
        )

    def family(self, letter: str, person: Person, guardian: Person) -> None:
        home = found_household(by=self.by, head=person, members=[(guardian, Relation.PARENT)], on=self.today)
        correct_household(by=self.by, household=home, facts={"unmet_needs": mark(letter, "需")})
        paper = mark(letter, "监")
        note_guardianship(by=self.by, ward=person, guardian=guardian, basis=GuardianBasis.STATUTORY, paper=paper)
        name_collector(
            by=self.by, child=person, name=mark(letter, "接"), phone="13800000000", relation=Relation.GRANDPARENT
        )

    def path(self, letter: str, person: Person) -> None:
        write_growth_note(
            by=self.by, person=person, on=self.today, what=mark(letter, "长"), own_words=mark(letter, "语")
        )

    def answer(self, letter: str, person: Person) -> None:
        given = Given(limits=mark(letter, "限"))
        note_consent(
            by=self.by,
            person=person,
            purpose=ConsentPurpose.SERVICE,
            state=ConsentState.REFUSED,
            way=ConsentWay.VERBAL,
            at=timezone.now(),
            given=given,
        )

    def helps(self, person: Person) -> None:
        take_step(
            by=self.by,
            person=person,
            role=Role.VOLUNTEER,
            step=JourneyStep.BEGINS,
            on=self.today,
            own_words="好",
            note="好",
        )


def _colleague(username: str, *held: tuple[StaffRole, Site | None], until: date | None = None) -> Actor:
    user = login(username, username.capitalize())
    for role, site in held:
        Membership.objects.create(user=user, role=role, site=site, from_on=LONG_AGO, to_on=until)
    return actor_for(user)


def build() -> Tempting:
    found_house(name="北京市协作者社会工作发展中心", short_name="协作者", org_kind=OrgKind.SOCIAL_SERVICE, on=LONG_AGO)
    boss = _colleague("boss", (SUPERVISOR, None))
    today = timezone.localdate()
    east, west = (open_site(by=boss, name=name, on=LONG_AGO) for name in ("东区童缘", "西区童缘"))
    make = Builder(boss, today)
    people = {
        "甲": make.person("甲", east, date(1988, 3, 1), "13911110001"),
        "乙": make.person("乙", east, date(today.year - 9, 1, 1), "13911110002"),
        "丙": make.person("丙", west, date(1990, 5, 1), "13911110003"),
        "丁": make.person("丁", west, date(today.year - 16, 1, 1), "13911110004"),
    }
    sites = {"甲": east, "乙": east, "丙": west, "丁": west}
    old = PersonFacts(nickname=mark("旧", "名"))
    people["旧"] = register_person(by=boss, facts=old, on=today, site=east, with_user=False)
    for letter in MEMBERS:
        person = people[letter]
        case = make.case(letter, person, sites[letter])
        write_private_note(by=boss, record=case, text=mark(letter, "私"), at=timezone.now())
        add_evidence(by=boss, record=case, content=b"%PDF-1.4 x", name=f"{mark(letter, '据')}.pdf", caption="")
        talk(boss, person, sites[letter], said=mark(letter, "谈"), felt=mark(letter, "感"))
        make.family(letter, person, people["旧" if letter == "甲" else "甲"])
        tell(boss, person, today, *(mark(letter, what) for what in "讯助劳证"))
        make.path(letter, person)
        tell_case(boss, person, sites[letter], today, letter, mark)
        make.answer(letter, person)
    for letter in "甲丁":
        make.helps(people[letter])
    rest = _rest_of_the_house(make, boss, east, west, people)
    walkers = _walkers(boss, east, west, people, rest.open_at)
    give_over(boss, walkers["west_worker"], today, mark)
    rest.marks |= _what_left_and_went_wrong(boss, walkers, people["丙"]) | shifts(boss, walkers, east, today)
    marks = {mark(letter, what) for letter in MEMBERS for said in SAID.values() for what in said} | rest.marks
    own = {mark(letter, what) for letter in MEMBERS for what in "私感"}
    walkers["boss"].records |= own
    return Tempting(people, walkers, marks | own, {"乙", "丁"})


@dataclass
class Rest:
    """What is not of one person's file: what open services say, by site, and all marks of imports, drafts and requests."""

    open_at: dict[str, set[str]]
    marks: set[str]


def _rest_of_the_house(make: Builder, boss: Actor, east: Site, west: Site, people: dict[str, Person]) -> Rest:
    open_at: dict[str, set[str]] = {}
    lane = Series.objects.create(kind=SeriesKind.ACTIVITY, name="读书会")
    for name, site, letters in (("东", east, "甲乙"), ("西", west, "丙丁")):
        open_at[name] = {mark(name, what) for what in ("题", "记", "称")}
        make.record(
            Method.ACTIVITY,
            site,
            [*(Taking(mode=NAMED, person=people[x].pk) for x in letters), Taking(mode=LISTED, label=mark(name, "称"))],
            series=lane,
            title=mark(name, "题"),
            note=mark(name, "记"),
            helping=[Helping(person=people["甲" if name == "东" else "丁"].pk, minutes=90)],
        )
    gone = register_person(
        by=boss, facts=PersonFacts(nickname=mark("并", "名")), on=make.today, site=east, with_user=False
    )
    name_duplicate(by=boss, person=people["甲"], other=people["旧"])
    merge_people(by=boss, kept=people["甲"], other=gone)
    for purpose in ConsentPurpose:
        publish_notice(by=boss, purpose=purpose, says=dict.fromkeys(parts_of_notice(purpose), "说明"), plain="说明")
    programme = begin_programme(by=boss, name="新市民之家")
    begin_project(by=boss, name="项目一", from_on=LONG_AGO, programme=programme, sites=[east])
    sheet = register([(1, mark("表", "名"), "女", date(2015, 3, 2), "", "", "皮村9号")])
    batch = read_batch(receive_file(by=boss, content=sheet, file_name="名册.xlsx").pk)
    begin_apply(by=boss, batch=batch, site=east, centres={})
    apply_batch(batch.pk)
    keep_draft(by=boss, form="service_record", key=DRAFT, title=mark("稿", "题"), answers={"note": [mark("稿", "记")]})
    marks = set().union(*open_at.values())
    marks |= {mark(*pair) for pair in ("表名", "稿题", "稿记", "旧名", "并名", "丙因")}
    return Rest(open_at, marks)


def _walkers(
    boss: Actor, east: Site, west: Site, people: dict[str, Person], open_at: dict[str, set[str]]
) -> dict[str, Walker]:
    """The colleagues. `并` became one with `甲`; whoever knows her name knows that one too."""
    yesterday = timezone.localdate() - timedelta(days=1)
    in_east, in_west = (WORKER, east), (WORKER, west)
    of_east: dict[str, list[tuple[str, TiedBy]]] = {x: [(WORKER, SITE)] for x in "甲乙旧"}
    of_west: dict[str, list[tuple[str, TiedBy]]] = {x: [(WORKER, SITE)] for x in "丙丁"}
    everything = set().union(*open_at.values()) | {
        mark("丙", "因"),
        mark("表", "名"),
        mark("稿", "题"),
        mark("稿", "记"),
    }
    walkers = {
        "boss": Walker(boss, {x: [(SUPERVISOR, HOUSE)] for x in people}, everything),
        "east_worker": Walker(_colleague("east_worker", in_east), of_east, open_at["东"] | {mark("表", "名")}),
        "west_worker": Walker(_colleague("west_worker", in_west), of_west, open_at["西"]),
        "case_worker": Walker(
            _colleague("case_worker", in_east),
            of_east | {x: [(WORKER, SITE), (WORKER, ASSIGNED)] for x in "甲乙"},
            open_at["东"] | {mark("表", "名")},
        ),
        "west_supervisor": Walker(
            _colleague("west_supervisor", (SUPERVISOR, west)),
            {x: [(SUPERVISOR, SITE)] for x in "丙丁"},
            open_at["西"] | {mark("丙", "因")},
        ),
        "student": Walker(_colleague("student", (PLACED, east)), {"甲": [(PLACED, ASSIGNED)]}, open_at["东"]),
        "east_coordinator": Walker(
            _colleague("east_coordinator", (COORDINATOR, east)), {"甲": [(COORDINATOR, VOLUNTEER)]}
        ),
        "coordinator": Walker(
            _colleague("coordinator", (COORDINATOR, None)), {x: [(COORDINATOR, VOLUNTEER)] for x in "甲丁"}
        ),
        # Whoever decides about a request knows whose file it is about.
        "director": Walker(
            _colleague("director", (StaffRole.DIRECTOR, None)),
            {},
            _copy_of("丙") | {mark("丙", what) for what in "因诉"} | {mark(letter, "名") for letter in "甲丁"},
        ),
        # Whoever answers a request for a copy makes it, and it holds what the person themselves may read.
        "steward": Walker(_colleague("steward", (StaffRole.DATA_STEWARD, None)), {}, _copy_of("丙")),
        "admin": Walker(_colleague("admin", (StaffRole.SYSADMIN, None))),
        "gone": Walker(_colleague("gone", in_east, until=yesterday)),
        "granted": Walker(
            _colleague("granted", in_east),
            of_east | {"丙": [(WORKER, GRANTED)]},
            open_at["东"] | open_at["西"] | {mark("丙", "因"), mark("表", "名")},
        ),
        "was_granted": Walker(_colleague("was_granted", in_east), of_east, open_at["东"] | {mark("表", "名")}),
    }
    note_check(
        by=boss,
        whom=walkers["case_worker"].actor.user,
        checked_on=timezone.localdate(),
        source="公安机关",
        result=CheckResult.CLEAR,
        on=timezone.localdate(),
    )
    for name, letter in (("case_worker", "甲"), ("case_worker", "乙"), ("student", "甲")):
        named, why, on = walkers[name].actor.user, AssignedFor.CASE_TEAM, timezone.localdate()
        assign(by=boss, person=people[letter], why=why, on=on, user=named)
    _grant(boss, walkers["granted"].actor, people["丙"], timezone.now() + timedelta(days=1))
    _grant(boss, walkers["was_granted"].actor, people["丁"], timezone.now() + timedelta(seconds=1), ended=True)
    for walker in walkers.values():
        if mark("甲", "名") in walker.may_see(set()):
            walker.records.add(mark("并", "名"))
    return walkers


def _copy_of(letter: str) -> set[str]:
    """What someone reads of themselves: their goals and answers, and all but what colleagues wrote for each other."""
    said = [what for section, marks in SAID.items() if section != Section.CASE for what in marks]
    return {mark(letter, what) for what in [*said, *"标量劳证案热问"]} | {mark(letter, "求"), mark("西", "题")}


def _what_left_and_went_wrong(boss: Actor, walkers: dict[str, Walker], third: Person) -> set[str]:
    """A list with everyone in it left, and 丙 has to be told of a breach. Whoever answers for data knows why, and learns
    of a breach whom to tell; nobody else does."""
    why, said, what = mark("出", "由"), mark("出", "话"), mark("漏", "事")
    director, steward, now = walkers["director"].actor, walkers["steward"].actor, timezone.now()
    wanted = Wanted(ExportKind.PEOPLE, "statutory", why, ["name", "phone", "health_note"])
    export = ask_export(by=boss, wanted=wanted, at=now)
    decide_export(by=director, export=export, approved=True, words=said, at=now)
    write_export(by=boss, export=export, at=now)
    breach = note_breach(by=boss, what=what, found_at=now, kinds=["name"], cause=what, at=now)
    concerns(by=steward, breach=breach, people=[third.pk], on=timezone.localdate())
    walkers["boss"].records |= {why, said, what}
    walkers["director"].records |= {why, said, what}
    walkers["steward"].records |= {why, said, what, mark("丙", "名")}
    return {why, said, what}


def _grant(boss: Actor, asker: Actor, person: Person, until: datetime, ended: bool = False) -> None:
    asked = ask_access(by=asker, person=person.pk, why=mark("丙", "因"), until=until, at=timezone.now())
    assert asked is not None
    decide_access(by=boss, request=asked, approved=True, words="好", at=timezone.now())
    if ended:
        end_access(by=boss, request=asked, at=timezone.now())
