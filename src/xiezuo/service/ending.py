"""What erasing a person does to the work they took part in: it stays, and counts as before; what was said of them goes."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from xiezuo.people.ending import tell_holding, tell_texts
from xiezuo.people.erasing import MASK, Ends, Erasing, blanked, dropped, end, keep_age, stays
from xiezuo.people.models import HouseholdMember, Person
from xiezuo.people.retention import Contact, RecordClass, tell_class, tell_contacts
from xiezuo.service import forms_end
from xiezuo.service.access.risks import people_at_risk
from xiezuo.service.models import (
    Aid,
    AidApproval,
    AidHandover,
    AidStep,
    Case,
    CaseHandover,
    CaseStep,
    ChildAttendance,
    Conference,
    ConferenceCase,
    DailyReport,
    DayHelper,
    EcoTie,
    Enquiry,
    Entrusting,
    Evidence,
    FormUnlock,
    Goal,
    GoalScore,
    GoesAlone,
    GroupMember,
    Handover,
    HotlineCall,
    LabourInterruption,
    LabourMatter,
    Measured,
    NicknameLink,
    ParentContact,
    Participation,
    PlacedByHand,
    PlannedVisit,
    PrivateNote,
    Referral,
    ReferralLink,
    ReferralOpening,
    RiskReport,
    RiskStep,
    ServiceRecord,
    SignIn,
    SignUp,
    SupervisionReceipt,
    Transfer,
    TurnedAway,
    VolunteerPart,
    YouthGroup,
)
from xiezuo.service.vague import leave_what_counts
from xiezuo.service.vocab import AidState, ParticipationMode, RecordState

TEXTS = ("title", "place_text", "note", "own_words", "next_step")


def records_of_nobody_else(people: Collection[int]) -> QuerySet[ServiceRecord]:
    """Records in which these people are the only ones who took part, apart from those erased before."""
    theirs = Participation.objects.filter(record=OuterRef("pk"), person__in=people)
    others = Participation.objects.filter(record=OuterRef("pk")).exclude(person__in=people)
    others = others.exclude(person__erased_on__isnull=False)
    return ServiceRecord.objects.filter(Exists(theirs), ~Exists(others))


def _records(erasing: Erasing) -> None:
    """What is written of them alone is emptied, its files go; day, place of work, method and minutes stay."""
    alone = records_of_nobody_else(erasing.ids)
    erasing.drop(Evidence.objects.filter(record__in=alone.values("pk")))
    pks = list(alone.values_list("pk", flat=True))
    erasing.rows += len(pks)
    records = ServiceRecord.objects.filter(pk__in=pks)
    records.exclude(cancelled_why="").update(cancelled_why=MASK)
    records.update(**dict.fromkeys(TEXTS, ""), next_on=None, next_done_on=None)


def _private_notes(erasing: Erasing) -> None:
    """Nobody but its author can look through a note, so those on records with this person go."""
    theirs = Participation.objects.filter(record=OuterRef("record"), person__in=erasing.ids)
    erasing.drop(PrivateNote.objects.filter(Exists(theirs)))


def _reports(erasing: Erasing) -> None:
    """What colleagues wrote of their days stays; where it names this person, a sign stands in its place."""
    erasing.mask(DailyReport.objects.all(), "remark")


def _handovers(erasing: Erasing) -> None:
    erasing.mask(Handover.objects.all(), "text")


def _nicknames(erasing: Erasing) -> None:
    links = erasing.pointing(NicknameLink, "person")
    Participation.objects.filter(nickname_link__in=links).update(nickname_link=None)
    erasing.drop(links)


def _participations(erasing: Erasing) -> None:
    """A row keeps its record, the role in which it counts, whether they came, and that it was one distinct person."""
    rows = erasing.pointing(Participation, "person")
    erasing.rows += rows.update(label="", sex_guess=Person.sex.field.default, age_guess="")


def _helpings(erasing: Erasing) -> None:
    erasing.rows += erasing.pointing(VolunteerPart, "person").update(label="")


def _goals(erasing: Erasing) -> None:
    erasing.drop(GoalScore.objects.filter(goal__person__in=erasing.ids))
    erasing.drop(erasing.pointing(Goal, "person"))


def _cases(erasing: Erasing) -> None:
    """That there was a case, and how long it took, stays; why it came into a state, and what colleagues said of it, goes."""
    theirs = erasing.pointing(Case, "person")
    erasing.rows += CaseStep.objects.filter(case__in=theirs).update(why="", form=None)
    erasing.rows += CaseHandover.objects.filter(case__in=theirs).update(note="")
    erasing.rows += ConferenceCase.objects.filter(case__in=theirs).update(discussed="", decision="")


def _referrals(erasing: Erasing) -> None:
    """That someone was referred, and when, stays; to whom, why, what was told and every link to it go."""
    rows = erasing.pointing(Referral, "person")
    erasing.drop(ReferralOpening.objects.filter(link__referral_id__in=rows.values("pk")))
    erasing.drop(ReferralLink.objects.filter(referral_id__in=rows.values("pk")))
    erasing.blank(rows, consent=None, form=None)


def _aids(erasing: Erasing) -> None:
    """That aid was given, of which kind, when and how much stays, for the donor was told of it; what was said goes."""
    rows = erasing.pointing(Aid, "applicant")
    erasing.rows += AidStep.objects.filter(aid__in=rows.values("pk")).update(why=None, form=None)
    erasing.blank(AidHandover.objects.filter(aid__in=rows.values("pk")), form=None)


def people_promised(on: date) -> set[int]:
    """Ids of people to whom something is promised: it is handed over or withdrawn first."""
    rows = Aid.objects.filter(state=AidState.APPROVED, applicant__isnull=False)
    return {pk for pk in rows.values_list("applicant_id", flat=True) if pk is not None}


def _transfers(erasing: Erasing) -> None:
    erasing.blank(Transfer.objects.filter(case__in=erasing.pointing(Case, "person")))


def _risks(erasing: Erasing) -> None:
    """That there was a report, when, to which authority and how it ended stays (CHD-1); what was said is covered.
    While one is open nothing is erased (`people_at_risk`)."""
    rows = erasing.pointing(RiskReport, "person")
    steps = RiskStep.objects.filter(report__in=rows.values("pk")).exclude(text__isnull=True)
    erasing.rows += steps.update(text=MASK)
    for name in ("described", "facts", "immediate", "receipt_no", "supervisor_reason"):
        rows.exclude(**{f"{name}__isnull": True}).update(**{name: MASK})
    erasing.rows += rows.update(signs=[])


def _visits(erasing: Erasing) -> None:
    """To a home in which nobody lives any more who is still known: that two went there stays."""
    homes = HouseholdMember.objects.filter(household=OuterRef("household"))
    others = homes.exclude(person__in=erasing.ids).exclude(person__erased_on__isnull=False)
    theirs = PlannedVisit.objects.filter(Exists(homes.filter(person__in=erasing.ids)), ~Exists(others))
    erasing.rows += theirs.update(aim=None, outline=None)
    theirs.exclude(dropped_why__isnull=True).update(dropped_why=MASK)
    theirs.exclude(companion="").update(companion=MASK)


def _came_and_left(erasing: Erasing) -> None:
    """That a child came and left, and when, stays with the figures of the day; who took them, and what was said, is covered. So is
    whoever is erased where they took a child or were sent away."""
    theirs = erasing.pointing(ChildAttendance, "child") | erasing.pointing(ChildAttendance, "agreed_by")
    named = Q(collected_by__in=erasing.traces.whole)
    told = ChildAttendance.objects.filter(named | Q(pk__in=theirs.values("pk")))
    erasing.rows += told.exclude(collected_by="").update(collected_by=MASK)
    erasing.rows += theirs.exclude(words__isnull=True).update(words=MASK)
    erasing.mask(ChildAttendance.objects.exclude(words__isnull=True), "words")


def _sent_away(erasing: Erasing) -> None:
    erasing.drop(erasing.pointing(TurnedAway, "child"))
    erasing.rows += TurnedAway.objects.filter(name__in=erasing.traces.whole).update(name=MASK)


def _entrusted(erasing: Erasing) -> None:
    erasing.drop(erasing.pointing(Entrusting, "child"))
    erasing.rows += Entrusting.objects.filter(carer__in=erasing.traces.whole).update(carer=MASK)


def _led(erasing: Erasing) -> None:
    """The group stays; who led it is forgotten."""
    erasing.rows += erasing.pointing(YouthGroup, "leader").update(leader=None)


def texts_of_several(people: Collection[int]) -> dict[int, list[str]]:
    """Person id → serial numbers of records of several people with a text or a file in which their name may stand."""
    said = ~Q(title="", place_text="", note="", own_words="", next_step="") | Exists(
        Evidence.objects.filter(record=OuterRef("pk"))
    )
    theirs: dict[int, set[int]] = defaultdict(set)
    for model in (Participation, VolunteerPart):
        rows = model._base_manager.filter(person__in=people)
        for record, pk in rows.values_list("record_id", "person_id"):
            theirs[record].add(pk)
    told = ServiceRecord.objects.filter(said, pk__in=theirs).order_by("pk").values_list("pk", "serial_no")
    serials = dict(told)
    known = _still_known(serials)
    named: dict[int, list[str]] = defaultdict(list)
    for record, serial in serials.items():
        for pk in sorted(theirs[record]):
            if known[record] != {pk}:
                named[pk].append(serial)
    return dict(named)


def _still_known(records: Collection[int]) -> dict[int, set[int | None]]:
    """Record id → who took part and is not erased; None for those without a name."""
    found: dict[int, set[int | None]] = defaultdict(set)
    rows = Participation.objects.filter(record__in=records).exclude(person__erased_on__isnull=False)
    for record, pk in rows.values_list("record_id", "person_id"):
        found[record].add(pk)
    return found


def _helped(of: RecordClass) -> Exists:
    return Exists(VolunteerPart.objects.filter(person=OuterRef("pk")))


def _took_part(of: RecordClass) -> Exists:
    """In a record of the methods that the pack names for the class."""
    return Exists(Participation.objects.filter(person=OuterRef("pk"), record__method__in=of.methods))


def tell() -> None:
    forms_end.tell()
    end(
        Ends(model=Participation, columns=("person",), erase=_participations),
        Ends(model=VolunteerPart, columns=("person",), erase=_helpings),
        Ends(model=NicknameLink, columns=("person",), erase=_nicknames),
        # Of records they stand on alone the files go with the texts; others are for a human to go through.
        stays(Evidence),
        Ends(model=PrivateNote, erase=_private_notes),
        Ends(model=ServiceRecord, erase=_records),
        dropped(Measured, "person"),
        Ends(model=Goal, columns=("person",), erase=_goals),
        Ends(model=Case, columns=("person",), erase=_cases),
        Ends(model=Aid, columns=("applicant",), erase=_aids),
        stays(AidApproval),
        # Covered with their aid.
        stays(AidStep),
        stays(AidHandover),
        # Before the cases in which they were made.
        Ends(model=Transfer, erase=_transfers),
        Ends(model=Referral, columns=("person",), erase=_referrals),
        stays(ReferralLink),
        stays(ReferralOpening),
        dropped(EcoTie, "person", "other"),
        # Covered with its case.
        stays(CaseStep),
        stays(CaseHandover),
        stays(ConferenceCase),
        stays(Conference),
        # Go with their form; the answer of a colleague is covered where the form is.
        stays(FormUnlock),
        stays(SupervisionReceipt),
        # Goes with its goal.
        stays(GoalScore),
        dropped(PlacedByHand, "person"),
        Ends(model=RiskReport, columns=("person",), erase=_risks),
        # Covered with their report.
        stays(RiskStep),
        blanked(Enquiry, "person"),
        stays(HotlineCall, "person"),
        Ends(model=PlannedVisit, erase=_visits),
        dropped(LabourMatter, "person"),
        # Goes with its matter.
        stays(LabourInterruption),
        Ends(model=DailyReport, erase=_reports),
        Ends(model=Handover, erase=_handovers),
        # That they came stands on the records; the lists it was taken from go.
        Ends(model=ChildAttendance, columns=("child", "agreed_by"), erase=_came_and_left),
        Ends(model=TurnedAway, columns=("child",), erase=_sent_away),
        dropped(GoesAlone, "child", "allowed_by"),
        Ends(model=Entrusting, columns=("child",), erase=_entrusted),
        dropped(ParentContact, "child"),
        dropped(GroupMember, "person"),
        dropped(SignIn, "person"),
        dropped(DayHelper, "person"),
        dropped(SignUp, "person"),
        Ends(model=YouthGroup, columns=("leader",), erase=_led),
    )
    keep_age(leave_what_counts)
    tell_texts(texts_of_several)
    tell_holding(people_at_risk, people_promised)
    happened = ~Q(record__state=RecordState.CANCELLED)
    came = Q(came=True, mode=ParticipationMode.NAMED)
    for model, only in ((Participation, came & happened), (VolunteerPart, happened)):
        tell_contacts(
            Contact(
                model=model,
                column="person",
                day="record__service_date",
                precision="record__date_precision",
                only=only & Q(record__service_date__isnull=False),
            ),
            Contact(
                model=model,
                column="person",
                day="record__recorded_at__date",
                only=only & Q(record__service_date__isnull=True),
            ),
        )
    tell_class("volunteer", _helped)
    tell_class("case", _took_part)
    tell_class("aid", _took_part)
