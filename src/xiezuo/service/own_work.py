"""The work done with someone, as they themselves may read it: their cases, matters at work, visits, groups and days.

What they said themselves, and what was agreed on with them and signed, is theirs and nobody else's: a guardian reads that there
is a case, and no word of it. What colleagues assess, note for each other or say in supervision is withheld like their notes. A
report that somebody is at risk stands in no copy, nor anything that follows on it (docs/own-copy.md).
"""

from dataclasses import dataclass
from datetime import date, time

from django.db.models import Max, Min, Q

from xiezuo.common.days import local
from xiezuo.common.walls import opened
from xiezuo.forms.submitting import answers_in
from xiezuo.people.members import Reader
from xiezuo.service.labour.limits import limits_of
from xiezuo.service.models import (
    Case,
    ChildAttendance,
    Enquiry,
    Entrusting,
    FilledForm,
    GoesAlone,
    GroupMember,
    HotlineCall,
    LabourMatter,
    ParentContact,
    PlannedVisit,
    RiskReport,
    SignUp,
    YouthGroup,
)
from xiezuo.service.vocab import LabourKind, LeftWith, YouthGroupState

OWN = "the person reads of the work that was done with them"
AT_RISK = "whether somebody was worried about a child, so that nobody who may be the danger reads of the work"
# Of these forms of a case the answers that are the person's own words, or what they signed.
SAID = {"intake": ("own_words", "own_words"), "plan": ("overall_aim", "aim"), "closure": ("own_view", "own_view")}


@dataclass(frozen=True)
class OwnCase:
    """`own_words`, `aim` and `own_view`: what they said at the beginning, agreed to in the plan, and said at the end."""

    opened_on: date
    number: str
    state: str
    state_words: str
    who: str
    closed_on: date | None
    own_words: str = ""
    aim: str = ""
    own_view: str = ""


@dataclass(frozen=True)
class OwnMatter:
    """`limits`: "rule: last day" as the law counts it today; `interrupted`: "day: what, proof"."""

    what: str
    happened_on: date | None
    own_words: str
    limits: list[str]
    interrupted: list[str]
    ended_on: date | None


@dataclass(frozen=True)
class OwnVisit:
    on: date
    who: list[str]


@dataclass(frozen=True)
class OwnGroup:
    """A group they are or were in, a youth group they lead, or an activity they signed up for (`kind`)."""

    kind: str
    name: str
    from_on: date
    to_on: date | None
    state_words: str


@dataclass(frozen=True)
class OwnDay:
    """A child's day at a site. With whom they left is said by what that one is to the child, and not by name."""

    on: date
    where: str
    in_at: time | None
    out_at: time | None
    left_with: str
    words: str


@dataclass(frozen=True)
class OwnCare:
    """`kind`: "alone" (a guardian allows going home alone), "entrusted" (the parents left the child with somebody),
    "contact" (a parent and the child were in contact)."""

    kind: str
    from_on: date
    to_on: date | None
    words: str


@dataclass(frozen=True)
class OwnAsked:
    """A question at the desk or a call to the hotline; `own_words` as the colleague wrote them down."""

    on: date
    kind: str
    own_words: str
    closed_on: date | None


def _may_read(reader: Reader) -> bool:
    """Whether the looker may read that there was work at all: themselves always; a guardian not of somebody for whom anyone
    was ever worried, for the guardian may be whom they were worried about."""
    if reader.reduced:
        return False
    if reader.own:
        return True
    with opened("service.RiskReport", why=AT_RISK):
        return not RiskReport.objects.filter(person=reader.subject).exists()


def own_cases(reader: Reader) -> list[OwnCase]:
    """The latest first."""
    if not _may_read(reader):
        return []
    cases = list(Case.objects.filter(person=reader.subject).select_related("worker"))
    said = _said_in({case.pk for case in cases}) if reader.own else {}
    return [
        OwnCase(
            case.opened_on,
            case.case_no,
            case.state,
            str(case.get_state_display()),
            case.worker.name,
            case.closed_on,
            **said.get(case.pk, {}),
        )
        for case in cases
    ]


def _said_in(cases: set[int]) -> dict[int, dict[str, str]]:
    """Case id → their own words, from the latest form of each kind."""
    found: dict[int, dict[str, str]] = {}
    with opened("forms.Submission", why=OWN):
        forms = FilledForm.objects.filter(case__in=cases, submission__form__in=SAID)
        for filled in forms.select_related("submission").order_by("pk"):
            key, name = SAID[filled.submission.form]
            words = str(answers_in(filled.submission.answers).get(key) or "").strip()
            if words:
                found.setdefault(filled.case_id or 0, {})[name] = words
    return found


def own_matters(reader: Reader) -> list[OwnMatter]:
    if not reader.own or reader.reduced:
        return []
    with opened("service.LabourMatter", "service.LabourInterruption", why=OWN):
        rows = LabourMatter.objects.filter(person=reader.subject).prefetch_related("interruptions")
        return [_matter(row) for row in rows]


def _matter(row: LabourMatter) -> OwnMatter:
    interruptions = list(row.interruptions.all())
    limits = limits_of(LabourKind(row.kind), row.happened_on, [one.on for one in interruptions]).found
    return OwnMatter(
        str(row.get_kind_display()),
        row.happened_on,
        str(row.words),
        [f"{one.rule}: {one.day.isoformat()}" for one in limits],
        [f"{one.on.isoformat()}: {one.get_kind_display()}, {one.proof!s}" for one in interruptions],
        row.ended_on,
    )


def own_visits(reader: Reader) -> list[OwnVisit]:
    """Visits that were made and at which they were met. One that is planned may be for somebody else of the home."""
    if not _may_read(reader):
        return []
    with opened("service.PlannedVisit", why=OWN):
        rows = PlannedVisit.objects.filter(
            made_on__isnull=False, made__record__participations__person=reader.subject
        ).select_related("visitor_1", "visitor_2")
        return [
            OwnVisit(row.made_on, [one.name for one in (row.visitor_1, row.visitor_2) if one])
            for row in rows.distinct()
            if row.made_on
        ]


def own_groups(reader: Reader) -> list[OwnGroup]:
    if reader.reduced:
        return []
    person = reader.subject
    members = GroupMember.objects.filter(person=person).select_related("group")
    found = [
        OwnGroup("group", one.group.name, one.joined_on, one.left_on, str(one.group.get_state_display()))
        for one in members
    ]
    signed = SignUp.objects.filter(person=person).select_related("activity")
    found += [
        OwnGroup("activity", one.activity.name, local(one.signed_up_at).date(), None, str(one.get_state_display()))
        for one in signed
    ]
    led = YouthGroup.objects.filter(leader=person).annotate(began=Min("steps__on"), last=Max("steps__on"))
    found += [
        OwnGroup(
            "led",
            one.name,
            one.began,
            one.last if one.state == YouthGroupState.ENDED else None,
            str(one.get_state_display()),
        )
        for one in led
        if one.began
    ]
    return sorted(found, key=lambda one: one.from_on, reverse=True)


def own_days(reader: Reader) -> list[OwnDay]:
    """The days on which a child came to a site and left, the latest first."""
    if reader.reduced:
        return []
    rows = ChildAttendance.objects.filter(child=reader.subject).exclude(left_with=LeftWith.NOT_HERE)
    rows = rows.select_related("site").order_by("-on", "-pk")
    return [
        OwnDay(
            row.on,
            row.site.name,
            row.in_at,
            row.out_at,
            row.left_with,
            " · ".join(
                filter(
                    None,
                    [
                        str(LeftWith(row.left_with).label) if row.left_with else "",
                        str(row.get_relation_display()) if row.relation else "",
                    ],
                )
            ),
        )
        for row in rows
    ]


def own_cares(reader: Reader) -> list[OwnCare]:
    if reader.reduced:
        return []
    child = reader.subject
    found = [OwnCare("alone", row.from_on, row.to_on, "") for row in GoesAlone.objects.filter(child=child)]
    found += [OwnCare("entrusted", row.from_on, row.to_on, "") for row in Entrusting.objects.filter(child=child)]
    found += [
        OwnCare("contact", row.on, row.on, f"{row.get_who_display()} · {row.get_how_display()}")
        for row in ParentContact.objects.filter(child=child)
    ]
    return sorted(found, key=lambda one: one.from_on, reverse=True)


def own_asked(reader: Reader) -> list[OwnAsked]:
    """What they asked at the desk and on the telephone; their words for themselves alone."""
    if not reader.own or reader.reduced:
        return []
    mine = Q(person=reader.subject)
    with opened("forms.Submission", why=OWN):
        asked = [
            OwnAsked(row.received_on, "enquiry", _answer(row.filled, "question"), row.closed_on)
            for row in Enquiry.objects.filter(mine).select_related("filled__submission")
        ]
        asked += [
            OwnAsked(
                local(row.called_at).date(),
                "call",
                _answer(row.filled, "story"),
                local(row.done_at).date() if row.done_at else None,
            )
            for row in HotlineCall.objects.filter(mine).select_related("filled__submission")
        ]
    return sorted(asked, key=lambda one: one.on, reverse=True)


def _answer(filled: FilledForm, key: str) -> str:
    return str(answers_in(filled.submission.answers).get(key) or "")
