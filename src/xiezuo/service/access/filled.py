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
from xiezuo.forms.vocab import SubmissionState
from xiezuo.orgs.access import Actor
from xiezuo.people.access import households_for, must_open, people_for, sections_of
from xiezuo.people.models import HouseholdMember, Person
from xiezuo.people.sections import Sections
from xiezuo.people.vocab import Section
from xiezuo.service.models import Activity, FilledForm, Group, ServiceRecord

CONTENTS = "forms.Submission"
DECIDES = "access decides who knows of a filled form, and who reads it"
BESIDE = ("submission__author", "submission__changed_by", "person", "household", "site", "record")
MOST = 200  # rows looked at for one list


class FormClosed(NotAllowed):
    """The actor may know that there is this form, and not what it says."""

    def __init__(self) -> None:
        super().__init__(
            _("This form is for whoever wrote it, took part, or supervises the site. Ask one of them what it says.")
        )


def forms_known_to(actor: Actor) -> QuerySet[FilledForm]:
    """Forms of which the actor may know that they are; what they say is for `open_among`. To be asked inside the wall."""
    if actor.everywhere:
        return FilledForm.objects.all()
    nobody = Q(person__isnull=True, household__isnull=True)
    return FilledForm.objects.filter(
        Q(submission__author=actor.user)
        | Q(person__in=people_for(actor).values("pk"))
        | Q(person__isnull=True, household__in=households_for(actor).values("pk"))
        | Q(nobody, site__in=actor.sites)
        | Q(call__dispatched_to=actor.user)
    )


def opened_forms(actor: Actor, forms: QuerySet[FilledForm], most: int = MOST) -> list[FilledForm]:
    """The latest `most` of these forms that the actor may read, without their answers."""
    with opened(CONTENTS, why=DECIDES):
        found = list(forms.select_related(*BESIDE).defer("submission__answers").order_by("-id")[:most])
    return open_among(actor, found)


def open_among(actor: Actor, forms: Iterable[FilledForm]) -> list[FilledForm]:
    """Those of the forms that the actor may read, in their order; in at most six queries."""
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
        or form.record_id in joined
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
    """Records of forms about nobody in which the actor took part as staff."""
    about_nobody = [form.record_id for form in forms if form.record_id and not (form.person_id or form.household_id)]
    if not about_nobody:
        return set()
    took_part = ServiceRecord.staff.through.objects.filter(user_id=actor.id, servicerecord_id__in=about_nobody)
    return set(took_part.values_list("servicerecord_id", flat=True))


def filled_for(actor: Actor, pk: int) -> FilledForm:
    """One form the actor may read, with its answers. Raises NotAllowed with the same words whether it exists or not, and
    SectionClosed or FormClosed for one of which they may only know that it is."""
    with opened(CONTENTS, why=DECIDES):
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
    """The one who wrote a form corrects it; so does a supervisor of its site."""
    return not actor.watched and (form.submission.author_id == actor.id or actor.supervises_at(form.site_id))


def must_correct_form(actor: Actor, form: FilledForm) -> None:
    if not can_correct_form(actor, form):
        raise NotAllowed(_("Only the one who wrote a form, or a supervisor of its site, corrects it."))


def can_sign_form(actor: Actor, form: FilledForm) -> bool:
    """A supervisor of the site who did not write it, while it waits."""
    waits = form.submission.state == SubmissionState.WAITING
    return waits and not actor.watched and form.submission.author_id != actor.id and actor.supervises_at(form.site_id)


def must_sign_form(actor: Actor, form: FilledForm) -> None:
    if not can_sign_form(actor, form):
        raise NotAllowed(
            _("A supervisor of the site who did not write the form decides about it, while it waits. Ask one of them.")
        )
