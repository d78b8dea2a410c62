"""What was written of someone in the session of a group (F31): it belongs to their own file, and is read there by those to whom
its case part is open, also where the rest of the session is not."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from xiezuo.common.walls import opened
from xiezuo.forms.submitting import answers_in
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_open, stand_for
from xiezuo.people.models import Person
from xiezuo.people.vocab import Section
from xiezuo.service.models import FilledForm
from xiezuo.service.vocab import RecordState

NOTES = "whoever reads the case part of someone's file reads what was observed of them in a group"
MOST = 100


@dataclass(frozen=True)
class MemberNote:
    """`form`: of the session, which stays for those who may read it."""

    on: date | None
    group: str
    group_id: int | None
    no: int
    note: str
    form: int


def notes_about(actor: Actor, person: Person) -> list[MemberNote]:
    """The latest first. Raises SectionClosed where the case part of the file is not open to the actor."""
    must_open(actor, person, Section.CASE)
    held = FilledForm.objects.filter(mentions__person=person, submission__form="group_session")
    with opened("forms.Submission", why=NOTES):
        rows = list(held.select_related("submission", "group", "record").order_by("-id")[:MOST])
        told = [(row, answers_in(row.submission.answers)) for row in rows]
    found = [
        note
        for row, answers in told
        if row.record is None or row.record.state != RecordState.CANCELLED
        for note in _of(actor, person, row, answers)
    ]
    return sorted(found, key=lambda note: (note.on or date.min, note.form), reverse=True)


def _of(actor: Actor, person: Person, row: FilledForm, answers: dict[str, Any]) -> list[MemberNote]:
    """Only what is about this person, whichever of their merged rows it named."""
    notes = answers.get("member_notes", [])
    now = stand_for(actor, {one["person"] for one in notes if isinstance(one.get("person"), int)})
    return [
        MemberNote(
            on=row.submission.service_date,
            group=row.group.name if row.group else "",
            group_id=row.group_id,
            no=int(answers.get("no") or 0),
            note=str(one["note"]),
            form=row.pk,
        )
        for one in notes
        if isinstance(one.get("person"), int) and now.get(one["person"], one["person"]) == person.pk
    ]
