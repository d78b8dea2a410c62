"""Who may see which filled forms. One about a person is open like the part of the file it belongs to; one about nobody is for
its site, and a sensitive one of those for whoever wrote it, took part in it as staff, or supervises there."""

import uuid
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.common.walls import opened
from xiezuo.forms.models import SubmissionFile
from xiezuo.forms.rules import SecondSignature, rule, second_signature
from xiezuo.forms.vocab import SubmissionState
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import User
from xiezuo.orgs.queries import works_alone
from xiezuo.people.access import among, households_for, must_open, people_for, sections_of
from xiezuo.people.models import HouseholdMember, Person
from xiezuo.people.sections import Sections
from xiezuo.people.vocab import Section
from xiezuo.service.access.locked import may_unlock, must_be_unlocked, unlocked_for
from xiezuo.service.models import Activity, FilledForm, Group, ServiceRecord, SupervisionReceipt

CONTENTS, RECEIPTS = "forms.Submission", "service.SupervisionReceipt"
DECIDES = "access decides who knows of a filled form, and who reads it"
BESIDE = ("submission__author", "submission__changed_by", "person", "household", "site", "record", "case")
# Which rule asks for the second person who signs a form of a case.
SIGNED_UNDER = {"acceptance": "CAS-1", "plan": "CAS-2", "review": "CAS-2", "closure": "CAS-3"}
MOST = 200  # rows looked at for one list


class FormClosed(NotAllowed):
    """The actor may know that there is this form, and not what it says."""

    def __init__(self) -> None:
        super().__init__(
            _("This form is for whoever wrote it, took part, or supervises the site. Ask one of them what it says.")
        )


def forms_known_to(actor: Actor) -> QuerySet[FilledForm]:
    """Forms of which the actor may know that they are; what they say is for `open_among`. To be asked inside the walls."""
    if actor.everywhere:
        return FilledForm.objects.all()
    nobody = Q(person__isnull=True, household__isnull=True)
    return FilledForm.objects.filter(
        Q(submission__author=actor.user)
        | Q(pk__in=_supervised(actor))
        | among(people_for(actor))
        | Q(among(households_for(actor), by="household"), person__isnull=True)
        | Q(nobody, site__in=actor.sites)
        | Q(call__dispatched_to=actor.user)
    )


def opened_forms(actor: Actor, forms: QuerySet[FilledForm], most: int = MOST) -> list[FilledForm]:
    """The latest `most` of these forms that the actor may read, without their answers."""
    with opened(CONTENTS, RECEIPTS, why=DECIDES):
        found = list(forms.select_related(*BESIDE).defer("submission__answers").order_by("-id")[:most])
    return open_among(actor, found)


def open_among(actor: Actor, forms: Iterable[FilledForm]) -> list[FilledForm]:
    """Those of the forms that the actor may read, in their order; in at most seven queries."""
    found = list(forms)
    homes = {form.household_id for form in found if form.household_id and not form.person_id}
    living: dict[int | None, set[Person]] = defaultdict(set)
    for member in HouseholdMember.objects.filter(household__in=homes, to_on__isnull=True).select_related("person"):
        living[member.household_id].add(member.person)
    everyone = {form.person for form in found if form.person} | {person for home in living.values() for person in home}
    sections = sections_of(actor, everyone)
    joined = _joined(actor, found)
    return [
        form
        for form in found
        if form.submission.author_id == actor.id
        or _is_open(actor, form, sections, living[form.household_id])
        or form.pk in joined
    ]


def _is_open(actor: Actor, form: FilledForm, sections: dict[int, Sections], home: set[Person]) -> bool:
    if form.person is not None:
        return form.section in sections[form.person.pk]
    if form.household_id is not None:
        return any(form.section in sections[person.pk] for person in home)
    if actor.supervises_at(form.site_id):
        return True
    return not form.sensitive and (actor.everywhere or form.site_id in actor.sites)


def _joined(actor: Actor, forms: list[FilledForm]) -> set[int]:
    """Of forms about nobody: those whose record the actor took part in as staff, and those about their own supervision."""
    about_nobody = [form for form in forms if not (form.person_id or form.household_id)]
    records = {form.record_id: form.pk for form in about_nobody if form.record_id}
    others = [form.pk for form in about_nobody if not form.record_id]
    found: set[int] = set()
    if records:
        took_part = ServiceRecord.staff.through.objects.filter(user_id=actor.id, servicerecord_id__in=records)
        found |= {records[pk] for pk in took_part.values_list("servicerecord_id", flat=True)}
    if others:
        with opened(RECEIPTS, why=DECIDES):
            found |= set(_supervised(actor).filter(filled__in=others))
    return found


def _supervised(actor: Actor) -> QuerySet[SupervisionReceipt, int]:
    """Ids of forms about sessions in which the actor was supervised. To be asked inside the wall."""
    return SupervisionReceipt.objects.filter(supervisee=actor.user).values_list("filled", flat=True)


def filled_for(actor: Actor, pk: int) -> FilledForm:
    """One form the actor may read, with its answers. Raises NotAllowed with the same words whether it exists or not, and
    SectionClosed or FormClosed for one of which they may only know that it is."""
    with opened(CONTENTS, RECEIPTS, why=DECIDES):
        form = forms_known_to(actor).filter(pk=pk).select_related(*BESIDE).first()
    if form is None:
        raise NotAllowed(_("This form belongs to someone with whom you do not work, or there is no such form."))
    if not open_among(actor, [form]):
        if form.person is not None:
            must_open(actor, form.person, Section(form.section))
        raise FormClosed()
    return form


def forms_about(actor: Actor, person: Person) -> tuple[list[FilledForm], int]:
    """The forms about a person and about the household in which they live now, that the actor may read; and how many
    there are that they may not."""
    homes = HouseholdMember.objects.filter(person=person, to_on__isnull=True).values("household")
    theirs = FilledForm.objects.filter(Q(person=person) | Q(person__isnull=True, household__in=homes))
    found = opened_forms(actor, theirs)
    return found, min(theirs.count(), MOST) - len(found)


def forms_within(actor: Actor, row: Group | Activity) -> list[FilledForm]:
    """The forms written in a group or about an activity that the actor may read, the latest first."""
    forms: QuerySet[FilledForm] = row.forms.all()
    return opened_forms(actor, forms)


def authors_among(forms: Iterable[int]) -> dict[int, User]:
    """Who wrote each of these forms; for rows that whoever asks sees already, such as a group by its plan."""
    with opened(CONTENTS, why=DECIDES):
        rows = FilledForm.objects.filter(pk__in=list(forms)).values_list("pk", "submission__author")
        found = dict(rows)
    users = User.objects.in_bulk(set(found.values()))
    return {pk: users[author] for pk, author in found.items()}


def own_among(actor: Actor, forms: QuerySet[FilledForm]) -> list[int]:
    """Ids of those of the forms that the actor wrote."""
    with opened(CONTENTS, why=DECIDES):
        return list(forms.filter(submission__author=actor.user).order_by().values_list("pk", flat=True))


def form_under(actor: Actor, key: uuid.UUID) -> FilledForm | None:
    """The form that the actor already finished from the draft with this key, if any."""
    with opened(CONTENTS, why=DECIDES):
        return FilledForm.objects.filter(submission__key=key, submission__author=actor.user).first()


def form_of_record(actor: Actor, record: ServiceRecord) -> FilledForm | None:
    """The form that recorded a service, where the actor may read it."""
    return next(iter(opened_forms(actor, FilledForm.objects.filter(record=record), 1)), None)


def file_of_form(actor: Actor, key: uuid.UUID) -> SubmissionFile:
    """A file of a form the actor may read, or that they sent for one they have not finished. Raises NotAllowed."""
    held = SubmissionFile.objects.filter(pk=key).first()
    if held is not None and held.submission_id is None and held.added_by_id == actor.id:
        return held
    if held is not None and held.submission_id is not None:
        form = FilledForm.objects.filter(submission=held.submission_id).first()
        if form is not None:
            filled_for(actor, form.pk)
            return held
    raise NotAllowed(_("This file belongs to a form you may not see, or there is no such file."))


def can_correct_form(actor: Actor, form: FilledForm) -> bool:
    """The one who wrote a form corrects it; so does a supervisor of its site. One of a case that is locked is corrected by a
    supervisor alone, who has written why."""
    if actor.watched or not (form.submission.author_id == actor.id or actor.supervises_at(form.site_id)):
        return False
    return not is_locked(form) or unlocked_for(actor, form.pk)


def must_correct_form(actor: Actor, form: FilledForm) -> None:
    if can_correct_form(actor, form):
        return
    if is_locked(form) and (form.submission.author_id == actor.id or actor.supervises_at(form.site_id)):
        must_be_unlocked(actor, form.case)
    raise NotAllowed(_("Only the one who wrote a form, or a supervisor of its site, corrects it."))


def is_locked(form: FilledForm) -> bool:
    """Of a case: agreed to by a supervisor, or the case is closed."""
    case = form.case
    return case is not None and (case.is_locked or form.submission.state == SubmissionState.APPROVED)


def may_unlock_form(actor: Actor, form: FilledForm) -> bool:
    return is_locked(form) and not unlocked_for(actor, form.pk) and may_unlock(actor, form)


def can_sign_form(actor: Actor, form: FilledForm) -> bool:
    """A supervisor of the site who did not write it, while it waits. Nobody decides about their own case either; in a house
    of one or two who works alone does, where no law asks for a second one."""
    waits = form.submission.state == SubmissionState.WAITING
    if not waits or actor.watched or not actor.supervises_at(form.site_id):
        return False
    return not is_own_work(actor, form) or signs_alone(form.submission.form)


def is_own_work(actor: Actor, form: FilledForm) -> bool:
    return actor.id == form.submission.author_id or (form.case is not None and form.case.worker_id == actor.id)


def signs_alone(form: str) -> bool:
    """Whether a form of this kind may be signed by whoever wrote it, to be looked at again on a day that is set."""
    if form not in SIGNED_UNDER:
        return False
    return second_signature(rule(SIGNED_UNDER[form]), solo=works_alone()) == SecondSignature.REVIEW_TASK


def must_sign_form(actor: Actor, form: FilledForm) -> None:
    if can_sign_form(actor, form):
        return
    if actor.supervises_at(form.site_id) and is_own_work(actor, form):
        raise NotAllowed(
            _(
                "You wrote this, or the case is yours. Nothing was changed: another supervisor decides about it. Ask one."
            )
        )
    raise NotAllowed(
        _("A supervisor of the site who did not write the form decides about it, while it waits. Ask one of them.")
    )
