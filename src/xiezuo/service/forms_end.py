"""What erasing a person does to filled forms: those about them go, in those of others their traces are covered."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from xiezuo.forms.models import AuthorsAnswers, EarlierSubmission, Submission, SubmissionFile
from xiezuo.forms.submitting import answers_in, written
from xiezuo.people.ending import tell_texts
from xiezuo.people.erasing import MASK, Ends, Erasing, end, stays
from xiezuo.people.models import HouseholdMember
from xiezuo.service.models import FilledForm, FormMention, Participation, SupervisionReceipt

# Walls are open while a person is erased: what approved the erasing goes through every table.


def _about(people: Collection[int]) -> Q:
    """Forms about them, and those about nobody that recorded a service in which nobody else is known."""
    theirs = Participation.objects.filter(record=OuterRef("record"), person__in=people)
    others = Participation.objects.filter(record=OuterRef("record")).exclude(person__in=people)
    others = others.exclude(person__erased_on__isnull=False)
    nobody = Q(person__isnull=True, household__isnull=True)
    return Q(person__in=people) | nobody & Exists(theirs) & ~Exists(others) | _of_empty_homes(people)


def _of_empty_homes(people: Collection[int]) -> Q:
    """Forms about a household in which nobody else ever lived who is still known."""
    homes = HouseholdMember.objects.filter(household=OuterRef("household"))
    others = homes.exclude(person__in=people).exclude(person__erased_on__isnull=False)
    return Q(person__isnull=True) & Exists(homes.filter(person__in=people)) & ~Exists(others)


def _naming(people: Collection[int]) -> QuerySet[FilledForm]:
    """Forms about others in which they may stand: named in an answer, of a service they took part in, of their home."""
    mentioned = FormMention.objects.filter(filled=OuterRef("pk"), person__in=people)
    took_part = Participation.objects.filter(record=OuterRef("record"), person__in=people)
    lived = HouseholdMember.objects.filter(household=OuterRef("household"), person__in=people)
    return FilledForm.objects.filter(Exists(mentioned) | Exists(took_part) | Exists(lived)).exclude(_about(people))


def _forms(erasing: Erasing) -> None:
    about = list(FilledForm.objects.filter(_about(erasing.ids)).values_list("pk", "submission_id"))
    gone, submissions = [pk for pk, _held in about], [held for _pk, held in about]
    _cover(erasing)
    FilledForm.objects.filter(follows__in=gone).update(follows=None)
    erasing.drop(SubmissionFile.objects.filter(submission__in=submissions))
    erasing.drop(FilledForm.objects.filter(pk__in=gone))
    erasing.drop(Submission.objects.filter(pk__in=submissions))


def _cover(erasing: Erasing) -> None:
    """Nobody but its author can look through what is theirs alone, so that goes where this person stands in the form."""
    submissions = list(_naming(erasing.ids).values_list("submission_id", flat=True))
    erasing.drop(AuthorsAnswers.objects.filter(submission__in=submissions))
    erasing.mask(SupervisionReceipt.objects.filter(filled__submission__in=submissions), "reply")
    for rows in (
        Submission.objects.filter(pk__in=submissions),
        EarlierSubmission.objects.filter(submission__in=submissions),
    ):
        for row in rows:
            clean = erasing.traces.out_of(_unsaid(str(row.answers or ""), erasing.ids))
            if clean != row.answers:
                row._meta.model._base_manager.filter(pk=row.pk).update(answers=clean)
                erasing.rows += 1


def _unsaid(answers: str, people: Collection[int]) -> str:
    """What was observed of them in the session of a group goes; that they were observed stays."""
    told = answers_in(answers) if '"member_notes"' in answers else {}
    theirs = [row for row in told.get("member_notes", ()) if row.get("person") in people]
    for row in theirs:
        row["note"] = MASK
    return written(told) if theirs else answers


def texts_of_several(people: Collection[int]) -> dict[int, list[str]]:
    """Person id → forms about others in which their name may stand in a text or a picture. Asks as often for many as for one."""
    mentioned = _by(FormMention.objects.filter(person__in=people), "filled_id")
    served = _by(Participation.objects.filter(person__in=people, record__filled_form__isnull=False), "record_id")
    lived = _by(HouseholdMember.objects.filter(person__in=people), "household_id")
    forms = FilledForm.objects.filter(Q(pk__in=mentioned) | Q(record__in=served) | Q(household__in=lived)).order_by(
        "pk"
    )
    rows = list(forms.values_list("pk", "person_id", "household_id", "record_id"))
    still = Q(person__isnull=True) | Q(person__erased_on__isnull=True)
    there = _by(Participation.objects.filter(still, record__in={row[3] for row in rows if row[3]}), "record_id")
    living = _by(
        HouseholdMember.objects.filter(still, household__in={row[2] for row in rows if row[2]}), "household_id"
    )
    found: dict[int, list[str]] = {}
    for pk, about, home, record in rows:
        tied = mentioned.get(pk, set()) | served.get(record, set()) | lived.get(home, set())
        alone = {about} if about else living.get(home, set()) if home else there.get(record, set())
        for person in sorted(one for one in tied if one is not None and alone != {one}):
            found.setdefault(person, []).append(str(pk))
    return found


def _by(rows: QuerySet[Any], column: str) -> dict[int | None, set[int | None]]:
    """What the rows hang on (id) → the people (ids) on it; None for someone without a name."""
    found: dict[int | None, set[int | None]] = defaultdict(set)
    for on, person in rows.values_list(column, "person_id"):
        found[on].add(person)
    return found


def tell() -> None:
    # What stands on the floor below goes with the forms; it is told of first, so that it is asked last.
    end(
        stays(Submission),
        stays(EarlierSubmission),
        stays(AuthorsAnswers),
        stays(SubmissionFile),
        Ends(
            model=FormMention,
            columns=("person",),
            erase=lambda erasing: erasing.drop(erasing.pointing(FormMention, "person")),
        ),
        Ends(model=FilledForm, columns=("person",), erase=_forms),
    )
    tell_texts(texts_of_several)
