"""What erasing a person does to this floor's own tables, and what tells it that someone is still in contact."""

import json
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from xiezuo.forms.models import Draft, DraftFile, KeptForm, SentForm
from xiezuo.people.erasing import Ends, Erasing, blanked, covered, dropped, end, stays
from xiezuo.people.models import (
    AccessRequest,
    Assignment,
    BackgroundCheck,
    BreachTelling,
    Collector,
    Complaint,
    Consent,
    DataRequest,
    Destruction,
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
    MergedRow,
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
from xiezuo.people.retention import Contact, tell_contacts
from xiezuo.people.vocab import Relation

MONEY = {"income_month": None, "debt": None}


def _sources(erasing: Erasing) -> None:
    """The name of a file stands with everyone who came in it. The person's own rows are emptied last, by the action."""
    for word in erasing.traces.words:
        erasing.mask(Person.objects.filter(legal_basis__contains=word), "legal_basis")


def _home(erasing: Erasing) -> None:
    """Someone else who lives there becomes its head; a home in which nobody is left whom anyone knows is emptied."""
    homes = Household.objects.filter(
        Q(head__in=erasing.ids)
        | Exists(HouseholdMember.objects.filter(household=OuterRef("pk"), person__in=erasing.ids))
    )
    for home in list(homes):
        others = home.members.exclude(person__in=erasing.ids).exclude(person__erased_on__isnull=False)
        living = others.order_by(F("to_on").desc(nulls_first=True), "id")
        if not living.exists():
            erasing.blank(Household.objects.filter(pk=home.pk), **MONEY)
            erasing.drop(home.earlier_facts.all())
        elif home.head_id in erasing.ids:
            _give_to(home, living.filter(relation=Relation.SPOUSE).first() or living[0])


def _give_to(home: Household, member: HouseholdMember) -> None:
    home.head_id = member.person_id
    home.save(update_fields=["head"])
    HouseholdMember.objects.filter(pk=member.pk).update(relation=Relation.SELF)


def _answers(erasing: Erasing) -> None:
    """Their own answers and papers go; what they answered for someone who is still known is that person's."""
    erasing.drop(erasing.pointing(Consent, "person"))


def _collectors(erasing: Erasing) -> None:
    """Also where their telephone stands with a child without saying that it is this person's."""
    erasing.drop(erasing.pointing(Collector, "child"))
    erasing.drop(erasing.pointing(Collector, "person"))
    erasing.drop(Collector.objects.filter(person__isnull=True, phone__in=erasing.traces.words))


def _merged_rows(erasing: Erasing) -> None:
    """The book of their merges keeps which rows moved, which is why figures changed, and nothing of what stood there."""
    theirs = Q(merge__kept__in=erasing.ids) | Q(merge__other__in=erasing.ids)
    MergedRow.objects.filter(theirs).update(before=None)
    # Merges of others may have removed a row that named this person.
    for row in MergedRow.objects.filter(~theirs, table=Collector._meta.label_lower, before__isnull=False):
        if _names(json.loads(str(row.before)), erasing):
            MergedRow.objects.filter(pk=row.pk).update(before=None)


def _names(before: dict[str, Any], erasing: Erasing) -> bool:
    return before.get("person_id") in erasing.ids or erasing.traces.are_in(json.dumps(before, ensure_ascii=False))


def _about(erasing: Erasing, page: object) -> bool:
    """Whether an address is of a page of this person."""
    return str(page).startswith(tuple(f"/people/{pk}/" for pk in erasing.ids))


def _drafts_about(erasing: Erasing) -> QuerySet[Draft]:
    """What someone began to write about this person and never finished."""
    told = [(draft, f"{draft.title!s}\n{draft.answers!s}\n{draft.page!s}") for draft in Draft.objects.all()]
    named = [
        draft.pk
        for draft, text in told
        if str(draft.title) in erasing.traces.whole or erasing.traces.are_in(text) or _about(erasing, draft.page)
    ]
    return Draft.objects.filter(pk__in=named)


def _draft_files(erasing: Erasing) -> None:
    erasing.drop(DraftFile.objects.filter(draft__in=_drafts_about(erasing)))


def _drafts(erasing: Erasing) -> None:
    erasing.drop(_drafts_about(erasing))


def _kept_forms(erasing: Erasing) -> None:
    """What someone sent about this person after their login had ended, and never looked at again."""
    told = [(form, f"{form.path!s}\n{form.fields!s}") for form in KeptForm.objects.all()]
    named = [form.pk for form, text in told if _about(erasing, form.path) or erasing.traces.are_in(text)]
    erasing.drop(KeptForm.objects.filter(pk__in=named))


def _sent_forms(erasing: Erasing) -> None:
    """Where forms about this person led."""
    told = [(sent, str(sent.address)) for sent in SentForm.objects.all()]
    named = [sent.pk for sent, address in told if _about(erasing, address) or erasing.traces.are_in(address)]
    erasing.drop(SentForm.objects.filter(pk__in=named))


def _destructions(erasing: Erasing) -> None:
    erasing.mask(Destruction.objects.all(), "appraisal", "dropped_why")


def _tasks(erasing: Erasing) -> None:
    """What was to be done about them goes; where a task about nobody names them, a sign stands in its place."""
    erasing.drop(erasing.pointing(Task, "person"))
    erasing.mask(Task.objects.filter(person__isnull=True), "title", "why", "postponed_why")


def tell() -> None:
    end(
        Ends(model=Person, columns=("merged_into",), erase=_sources),
        dropped(Findable, "person"),
        dropped(EarlierFact, "person"),
        dropped(RolePeriod, "person"),
        dropped(Assignment, "person"),
        Ends(model=Consent, columns=("person", "given_by"), erase=_answers),
        dropped(HouseholdMember, "person"),
        Ends(model=Household, columns=("head",), erase=_home),
        dropped(Relationship, "person", "other"),
        dropped(Guardianship, "ward", "guardian"),
        Ends(model=Collector, columns=("child", "person"), erase=_collectors),
        dropped(JourneyEntry, "person"),
        dropped(GrowthNote, "person"),
        dropped(PossibleDuplicate, "one", "other"),
        dropped(SensitiveFacts, "person"),
        dropped(AccessRequest, "person"),
        dropped(MemberLink, "subject", "looker"),
        dropped(Restriction, "person"),
        dropped(BackgroundCheck, "person"),
        dropped(Timeline, "person"),
        dropped(OutgoingMessage, "person"),
        dropped(MessageWish, "person"),
        Ends(model=Task, columns=("person",), erase=_tasks),
        stays(BreachTelling, "person", "whom"),
        # That someone asked, complained and was answered is told of for as long as such papers are kept.
        covered(DataRequest, "requester", "subject"),
        covered(Complaint, "person"),
        stays(Merge, "kept", "other"),
        Ends(model=MergedRow, erase=_merged_rows),
        # Who opened which page is a log with a period of its own.
        stays(ReadLog, "person"),
        blanked(LegalHold, "person"),
        Ends(model=Destruction, erase=_destructions),
        Ends(model=DraftFile, erase=_draft_files),
        Ends(model=Draft, erase=_drafts),
        Ends(model=KeptForm, erase=_kept_forms),
        Ends(model=SentForm, erase=_sent_forms),
    )
    tell_contacts(
        Contact(model=RolePeriod, column="person", day="from_on"),
        Contact(model=RolePeriod, column="person", day="to_on"),
        Contact(model=Consent, column="person", day="at__date"),
        Contact(model=Consent, column="given_by", day="at__date"),
        Contact(model=JourneyEntry, column="person", day="on"),
        Contact(model=GrowthNote, column="person", day="on"),
    )
