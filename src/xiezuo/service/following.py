"""How the work someone took part in follows when two rows of one human become one."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import local, today
from xiezuo.orgs.access import Actor
from xiezuo.people.actions import sites_now_serve
from xiezuo.people.following import Changes, Follows, Said, follow, since_the_earlier
from xiezuo.service.access import activities_for, as_told_to, cases_for, groups_for, opened_forms, records_for
from xiezuo.service.access.aids import aids_among
from xiezuo.service.filling.contents import form_of_submission
from xiezuo.service.models import (
    Aid,
    Case,
    ChildAttendance,
    DayHelper,
    EcoTie,
    Enquiry,
    Entrusting,
    FilledForm,
    FormMention,
    Goal,
    GoesAlone,
    GroupMember,
    HotlineCall,
    LabourMatter,
    Measured,
    NicknameLink,
    ParentContact,
    Participation,
    PlacedByHand,
    Referral,
    RiskReport,
    SignIn,
    SignUp,
    TurnedAway,
    VolunteerPart,
    YouthGroup,
)

LEFT = ("out_at", "left_with", "collected_by", "relation", "agreed_by_id", "phoned_at", "words", "let_go_by_id")


def _came(kept: Participation, gone: Participation) -> Changes:
    """Standing twice on one record she was there once; whoever says that she came is right."""
    return {"came": True} if gone.came and not kept.came else {}


def _helped(kept: VolunteerPart, gone: VolunteerPart) -> Changes:
    """Nobody gives the same hours twice: the longer of both, never their sum."""
    longer = max((minutes for minutes in (kept.minutes, gone.minutes) if minutes is not None), default=None)
    return {"minutes": longer} if longer != kept.minutes else {}


def _helper(kept: DayHelper, gone: DayHelper) -> Changes:
    """Marked twice on one day they were there once, for the longer time of both."""
    changes: Changes = {"came": True} if gone.came and not kept.came else {}
    longer = max((minutes for minutes in (kept.minutes, gone.minutes) if minutes is not None), default=None)
    return changes | ({"minutes": longer} if longer != kept.minutes else {})


def _said(actor: Actor, rows: Collection[Participation | VolunteerPart]) -> dict[int, Said]:
    records = records_for(actor).filter(pk__in={row.record_id for row in rows})
    told = as_told_to(actor, records)
    seen = {record.pk: Said(f"{record} {record.serial_no}", record.service_date) for record in told}
    return {row.pk: seen[row.record_id] for row in rows if row.record_id in seen}


def _services_said(actor: Actor, ids: Collection[int]) -> dict[int, Said]:
    return _said(actor, list(Participation.objects.filter(pk__in=ids)))


def _help_said(actor: Actor, ids: Collection[int]) -> dict[int, Said]:
    return _said(actor, list(VolunteerPart.objects.filter(pk__in=ids)))


def _member(kept: GroupMember, gone: GroupMember) -> Changes:
    """Of two memberships that are one: since the earlier, and still, if either still is."""
    changes: Changes = {}
    if gone.joined_on < kept.joined_on:
        changes["joined_on"] = gone.joined_on
    if gone.left_on is None and kept.left_on is not None:
        changes |= {"left_on": None, "left_why": ""}
    return changes


def _members_said(actor: Actor, ids: Collection[int]) -> dict[int, Said]:
    rows = GroupMember.objects.filter(pk__in=ids, group__in=groups_for(actor).order_by().values("pk"))
    return {row.pk: Said(row.group.name, row.joined_on) for row in rows.select_related("group")}


def _sign_ups_said(actor: Actor, ids: Collection[int]) -> dict[int, Said]:
    rows = SignUp.objects.filter(pk__in=ids, activity__in=activities_for(actor).order_by().values("pk"))
    return {row.pk: Said(row.activity.name, local(row.signed_up_at).date()) for row in rows.select_related("activity")}


def _forms_said(actor: Actor, ids: Collection[int]) -> dict[int, Said]:
    seen = opened_forms(actor, FilledForm.objects.filter(pk__in=ids), len(ids))
    return {form.pk: Said(str(form_of_submission(form).label), form.submission.service_date) for form in seen}


def _was_there(kept: ChildAttendance, gone: ChildAttendance) -> Changes:
    """Standing twice on one day the child came once: with the earlier time, and left if either row says so."""
    changes: Changes = {}
    times = [row.in_at for row in (kept, gone) if row.in_at]
    if min(times, default=None) != kept.in_at:
        changes["in_at"] = min(times)
    if kept.is_there and not gone.is_there:
        changes |= {name: getattr(gone, name) for name in LEFT}
    return changes


def _by_the_child(row: GoesAlone, kept: int) -> bool:
    return kept in {row.child_id, row.allowed_by_id}


def _tied_to_self(tie: EcoTie, kept: int) -> bool:
    return kept in {tie.person_id, tie.other_id}


def _cases_said(actor: Actor, ids: Collection[int]) -> dict[int, Said]:
    return {case.pk: Said(case.case_no, case.opened_on) for case in cases_for(actor).filter(pk__in=ids)}


def _aids_said(actor: Actor, ids: Collection[int]) -> dict[int, Said]:
    rows = aids_among(actor, ids)
    return {row.pk: Said(row.number, row.asked_on) for row in rows}


def _served_there(row: Participation | VolunteerPart, person: int) -> None:
    if row.record.site is not None:
        sites_now_serve(people=[person], site=row.record.site, on=row.record.service_date or today())


def tell() -> None:
    follow(
        Follows(
            model=Participation,
            column="person",
            label=_("services they took part in"),
            once=("record_id",),
            join=_came,
            place="record",
            words=_services_said,
            sent=_served_there,
        ),
        Follows(
            model=VolunteerPart,
            column="person",
            label=_("services they helped with"),
            once=("record_id",),
            join=_helped,
            place="record",
            words=_help_said,
            sent=_served_there,
        ),
        Follows(model=FilledForm, column="person", label=_("forms about them"), words=_forms_said),
        Follows(
            model=FormMention,
            column="person",
            label=_("forms that name them"),
            once=("filled_id",),
            place="filled",
        ),
        Follows(model=Case, column="person", label=_("their cases"), words=_cases_said),
        Follows(model=Referral, column="person", label=_("their referrals")),
        Follows(model=Aid, column="applicant", label=_("aid they asked for"), words=_aids_said),
        Follows(model=EcoTie, column="person", label=_("ties on their ecomap"), senseless=_tied_to_self),
        Follows(model=EcoTie, column="other", senseless=_tied_to_self),
        Follows(
            model=GroupMember,
            column="person",
            label=_("groups they are in"),
            once=("group_id",),
            join=_member,
            words=_members_said,
        ),
        Follows(model=SignUp, column="person", label=_("activities they signed up for"), words=_sign_ups_said),
        Follows(model=SignIn, column="person", label=_("days on which they signed in"), once=("day_id",)),
        Follows(
            model=DayHelper,
            column="person",
            label=_("days of activities on which they help"),
            once=("day_id",),
            join=_helper,
        ),
        Follows(model=YouthGroup, column="leader", label=_("youth groups they lead")),
        Follows(model=NicknameLink, column="person", label=_("nicknames they were met under")),
        Follows(
            model=ChildAttendance,
            column="child",
            label=_("days on which they came and left as a child"),
            once=("site_id", "on"),
            join=_was_there,
        ),
        Follows(model=ChildAttendance, column="agreed_by", label=_("children they let go home")),
        Follows(model=TurnedAway, column="child", label=_("people who asked for them in vain")),
        Follows(
            model=GoesAlone,
            column="child",
            label=_("permissions to go home alone"),
            once=("allowed_by_id",),
            while_open=True,
            join=since_the_earlier,
            senseless=_by_the_child,
        ),
        Follows(
            model=GoesAlone,
            column="allowed_by",
            label=_("permissions they gave to go home alone"),
            once=("child_id",),
            while_open=True,
            join=since_the_earlier,
            senseless=_by_the_child,
        ),
        Follows(
            model=Entrusting,
            column="child",
            label=_("times in which they lived with others than their parents"),
            once=(),
            while_open=True,
            join=since_the_earlier,
        ),
        Follows(model=ParentContact, column="child", label=_("contacts with their parents")),
        Follows(model=Measured, column="person", label=_("measures they filled in")),
        Follows(model=LabourMatter, column="person", label=_("matters of their rights at work")),
        Follows(model=Goal, column="person", label=_("goals they set")),
        Follows(model=Enquiry, column="person", label=_("what they asked at the desk")),
        Follows(model=HotlineCall, column="person", label=_("their calls to the hotline")),
        Follows(model=RiskReport, column="person", label=_("reports that they were at risk")),
        Follows(
            model=PlacedByHand,
            column="person",
            label=_("their place in an order of need"),
            once=("measure",),
        ),
    )
