"""The growth path: moved by the person's own word and a worker's note, both ways, several stages at once."""

from datetime import date

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_work_with
from xiezuo.people.journey import ladder_name, ladder_rules, stages
from xiezuo.people.models import GrowthNote, JourneyEntry, Person, RolePeriod
from xiezuo.people.vocab import JourneyStep, Role, Section


@transaction.atomic
def take_step(
    *, by: Actor, person: Person, role: Role, step: JourneyStep, on: date, own_words: str = "", note: str = ""
) -> JourneyEntry:
    """The person begins or rests as `role` on `on`. A stage of the growth path wants their own word and a note.

    Raises RuleBroken when a word is missing, or when the stage is open already or not open at all.
    """
    must_work_with(by, person, section=Section.GROWTH)
    own_words, note = own_words.strip(), note.strip()
    if role in stages():
        _wants_words(own_words, note)
    if step == JourneyStep.BEGINS:
        _begin(person, role, on)
    else:
        _rest(person, role, on)
    entry = JourneyEntry.objects.create(
        person=person,
        role=role,
        step=step,
        on=on,
        own_words=own_words,
        note=note,
        ladder=ladder_name(),
        recorded_by=by.user,
    )
    code = "people.role.began" if step == JourneyStep.BEGINS else "people.role.ended"
    happened(code, person, by_id=by.id, role=role, on=on.isoformat())
    return entry


@transaction.atomic
def write_growth_note(*, by: Actor, person: Person, on: date, what: str, own_words: str = "") -> GrowthNote:
    """Write down something that happened on the way, and what the person says of it."""
    must_work_with(by, person, section=Section.GROWTH)
    if not what.strip():
        raise RuleBroken("people.growth_note_says_nothing", _("Write what happened."), field="what")
    note = GrowthNote.objects.create(
        person=person, on=on, what=what.strip(), own_words=own_words.strip(), recorded_by=by.user
    )
    happened("people.growth.noted", person, by_id=by.id, note=note.pk)
    return note


WANTED: dict[str, tuple[str, Promise]] = {
    "needs_own_words": ("own_words", _("Write what the person says of it, in their own words.")),
    "needs_note": ("note", _("Write your own note beside the person's word.")),
}


def _wants_words(own_words: str, note: str) -> None:
    given = {"own_words": own_words, "note": note}
    for rule, (field, words) in WANTED.items():
        if ladder_rules()[rule] and not given[field]:
            raise RuleBroken(f"people.step_{rule}", words, field=field)


def _begin(person: Person, role: Role, on: date) -> None:
    _period, new = RolePeriod.objects.get_or_create(person=person, role=role, to_on=None, defaults={"from_on": on})
    if not new:
        words = _("%(person)s is that already: %(role)s.") % {"person": person, "role": role.label}
        raise RuleBroken("people.role_open_already", words, field="role")


def _rest(person: Person, role: Role, on: date) -> None:
    period = person.role_periods.filter(role=role, to_on__isnull=True).first()
    if period is None:
        words = _("%(person)s is not that at present: %(role)s.") % {"person": person, "role": role.label}
        raise RuleBroken("people.role_not_open", words, field="role")
    if on < period.from_on:
        raise RuleBroken("people.role_ends_early", _("A role cannot end before it began."), field="on")
    period.to_on = on
    period.save(update_fields=["to_on"])
