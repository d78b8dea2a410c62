"""How this floor's own rows follow when two rows of one human become one."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import local
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.people.following import Changes, Follows, Said, follow, since_the_earlier
from xiezuo.people.models import (
    AccessRequest,
    Assignment,
    BackgroundCheck,
    BreachTelling,
    Collector,
    Complaint,
    Consent,
    DataRequest,
    EarlierFact,
    Findable,
    GrowthNote,
    Guardianship,
    Household,
    HouseholdMember,
    JourneyEntry,
    LegalHold,
    MemberLink,
    Merge,
    MessageWish,
    OutgoingMessage,
    Person,
    PossibleDuplicate,
    ReadLog,
    Relationship,
    Restriction,
    RolePeriod,
    SensitiveFacts,
    Task,
    Timeline,
)
from xiezuo.people.timelines import kind_label
from xiezuo.people.vocab import Relation


def _lives(kept: HouseholdMember, gone: HouseholdMember) -> Changes:
    """One place in the household; whoever is its head stays its head."""
    head = gone.relation == Relation.SELF and kept.relation != Relation.SELF
    return since_the_earlier(kept, gone) | ({"relation": Relation.SELF} if head else {})


def _roles_said(actor: Actor, ids: Collection[int]) -> dict[int, Said]:
    return {row.pk: Said(str(row.get_role_display()), row.from_on) for row in RolePeriod.objects.filter(pk__in=ids)}


def _answers_said(actor: Actor, ids: Collection[int]) -> dict[int, Said]:
    with opened("people.Consent", why="an answer written since a merge is told to whoever takes it back"):
        answers = list(Consent.objects.filter(pk__in=ids))
    return {
        row.pk: Said(f"{row.get_purpose_display()}: {row.get_state_display()}", local(row.at).date()) for row in answers
    }


def _steps_said(actor: Actor, ids: Collection[int]) -> dict[int, Said]:
    steps = JourneyEntry.objects.filter(pk__in=ids)
    return {row.pk: Said(f"{row.get_role_display()}: {row.get_step_display()}", row.on) for row in steps}


def _notes_said(actor: Actor, ids: Collection[int]) -> dict[int, Said]:
    return {row.pk: Said(row.what, row.on) for row in GrowthNote.objects.filter(pk__in=ids)}


def _asked_said(actor: Actor, ids: Collection[int]) -> dict[int, Said]:
    asked = DataRequest.objects.filter(pk__in=ids)
    return {row.pk: Said(f"{row.receipt_no} {row.get_kind_display()}", row.received_on) for row in asked}


def _tasks_said(actor: Actor, ids: Collection[int]) -> dict[int, Said]:
    return {row.pk: Said(kind_label(row.kind), row.due_on) for row in Task.objects.filter(pk__in=ids)}


def _with_oneself(tie: Any, kept: int) -> bool:
    return kept in {tie.person_id, tie.other_id}


def _own_guardian(row: Guardianship, kept: int) -> bool:
    return kept in {row.ward_id, row.guardian_id}


def _own_collector(row: Collector, kept: int) -> bool:
    return kept in {row.child_id, row.person_id}


def tell() -> None:
    follow(
        Follows(model=Person, column="merged_into"),
        Follows(
            model=RolePeriod,
            column="person",
            label=_("roles"),
            once=("role",),
            while_open=True,
            join=since_the_earlier,
            words=_roles_said,
        ),
        Follows(
            model=Assignment,
            column="person",
            label=_("colleagues and sites who work with them"),
            once=("user_id", "site_id"),
            while_open=True,
            join=since_the_earlier,
        ),
        Follows(
            model=Consent,
            column="person",
            label=_("answers about consent"),
            words=_answers_said,
        ),
        Follows(model=Consent, column="given_by", label=_("answers given for others")),
        Follows(model=EarlierFact, column="person", label=_("earlier names, numbers and homes")),
        Follows(model=JourneyEntry, column="person", label=_("steps on the growth path"), words=_steps_said),
        Follows(model=BackgroundCheck, column="person", label=_("background checks")),
        Follows(model=GrowthNote, column="person", label=_("growth notes"), words=_notes_said),
        *(
            Follows(
                model=Guardianship,
                column=column,
                label=_("guardians"),
                once=(beside,),
                while_open=True,
                join=since_the_earlier,
                senseless=_own_guardian,
            )
            for column, beside in (("ward", "guardian_id"), ("guardian", "ward_id"))
        ),
        Follows(
            model=Collector,
            column="child",
            label=_("those who may take them home"),
            once=("name", "phone"),
            while_open=True,
            join=since_the_earlier,
            senseless=_own_collector,
        ),
        Follows(model=Collector, column="person", label=_("children they may take home"), senseless=_own_collector),
        # Facts are joined with those of the person (actions.joining), and the book of a merge holds them with them.
        Follows(model=SensitiveFacts, column="person", stays=True),
        Follows(model=DataRequest, column="subject", label=_("requests about their data"), words=_asked_said),
        Follows(model=DataRequest, column="requester", label=_("requests they made")),
        Follows(
            model=Restriction,
            column="person",
            label=_("times in which their record rests"),
            once=(),
            while_open=True,
            join=since_the_earlier,
        ),
        Follows(model=Complaint, column="person", label=_("complaints they made")),
        Follows(model=MemberLink, column="subject", label=_("links to what is recorded about them")),
        Follows(model=MemberLink, column="looker", label=_("links they hold")),
        # The words by which a row is found are made anew for both; the one that is not shown finds nobody.
        Follows(model=Findable, column="person", stays=True),
        # A hold on one row holds whoever it was merged into.
        Follows(model=LegalHold, column="person", stays=True),
        Follows(model=Household, column="head", label=_("households they head")),
        Follows(
            model=HouseholdMember,
            column="person",
            label=_("places in a household"),
            once=("household_id",),
            while_open=True,
            join=_lives,
        ),
        Follows(
            model=Relationship,
            column="person",
            label=_("relationships"),
            once=("other_id", "relation"),
            while_open=True,
            join=since_the_earlier,
            senseless=_with_oneself,
        ),
        Follows(
            model=Relationship,
            column="other",
            label=_("relationships"),
            once=("person_id", "relation"),
            while_open=True,
            join=since_the_earlier,
            senseless=_with_oneself,
        ),
        # Who read which page is a fact about that page; the log of a person is asked of all their rows.
        Follows(model=ReadLog, column="person", stays=True),
        Follows(model=AccessRequest, column="person", label=_("approvals to read the file")),
        # Who was told of what is a fact of that day; each row was owed to whoever it names.
        Follows(model=BreachTelling, column="person", stays=True),
        Follows(model=BreachTelling, column="whom", stays=True),
        Follows(model=OutgoingMessage, column="person", label=_("messages to them")),
        Follows(
            model=MessageWish,
            column="person",
            label=_("whether messages to them should be discreet"),
            once=(),
        ),
        Follows(model=Timeline, column="person", label=_("series of steps begun for them")),
        Follows(model=Task, column="person", label=_("tasks about them"), words=_tasks_said),
        Follows(model=Merge, column="kept", stays=True),
        Follows(model=Merge, column="other", stays=True),
        Follows(model=PossibleDuplicate, column="one", stays=True),
        Follows(model=PossibleDuplicate, column="other", stays=True),
    )
