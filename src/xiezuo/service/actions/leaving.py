"""A child comes, and leaves with somebody who may take them (CHD-6): one tap for the listed, everything else written down."""

from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy, tidy_name
from xiezuo.forms.rules import rule
from xiezuo.forms.vocab import RuleAct
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site
from xiezuo.people.access import must_work_with
from xiezuo.people.consents import guardians_on
from xiezuo.people.models import Person
from xiezuo.people.vocab import Relation, Section
from xiezuo.service.access import must_work_at
from xiezuo.service.access.leaving import attendance_for
from xiezuo.service.leaving import AtTheDoor, at_the_door, leaves_with_somebody
from xiezuo.service.models import ChildAttendance, GoesAlone, TurnedAway
from xiezuo.service.vocab import LeftWith

RULE = "CHD-6"
LONGEST = 60  # characters of a name
FROM_THE_LIST = gettext_lazy(
    "Choose somebody of the list, a guardian, or write down what a guardian said on the phone."
)


@dataclass(frozen=True, kw_only=True)
class Going:
    """With whom a child leaves at `at`. `collector` is the number of a row of the list, `guardian` that of the guardian who came
    or who agreed by phone at `phoned_at`, in `words`, that `name` takes the child."""

    how: LeftWith
    at: time
    collector: int | None = None
    guardian: int | None = None
    name: str = ""
    relation: str = ""
    phoned_at: time | None = None
    words: str = ""


def note_coming(by: Actor, child: Person, site: Site, on: date, at: time | None) -> None:
    """Part of noting that somebody came in: a child is there from now on. Whoever is there already stays."""
    if leaves_with_somebody(child, on):
        ChildAttendance.objects.get_or_create(
            child=child, site=site, on=on, left_with="", defaults={"in_at": at, "noted_by": by.user}
        )


@transaction.atomic
def let_go(*, by: Actor, row: ChildAttendance, facts: Going, on: date) -> ChildAttendance:
    """The child leaves. Raises RuleBroken where nobody who may take them does; everything typed is the caller's to keep."""
    held = _held(by, row, on)
    if not held.is_there:
        raise RuleBroken("service.child_has_left", _("%(child)s has left already.") % {"child": held.child})
    if facts.at < (held.in_at or facts.at):
        raise RuleBroken("service.child_left_early", _("This is before the child came in."), field="at")
    told = _WAYS[facts.how](at_the_door([held])[0], facts)
    for name, value in told.items():
        setattr(held, name, value)
    held.left_with, held.out_at, held.let_go_by = facts.how, facts.at, by.user
    held.save(update_fields=[*told, "left_with", "out_at", "let_go_by"])
    happened("service.child.left", held, by_id=by.id, how=facts.how)
    return held


def _held(by: Actor, row: ChildAttendance, on: date) -> ChildAttendance:
    attendance_for(by, row.pk)
    held = ChildAttendance.objects.select_for_update(of=("self",)).select_related("child", "site").get(pk=row.pk)
    must_work_at(by, held.site_id)
    if held.on > on:
        raise RuleBroken("service.child_day_to_come", _("This day has not come yet."))
    return held


def _collected(door: AtTheDoor, facts: Going) -> dict[str, object]:
    one = door.collector(facts.collector)
    if one is None:
        raise RuleBroken("service.not_a_collector", not_listed(door, facts.name), field="name", rule=RULE)
    return {"collected_by": one.name, "relation": one.relation}


def _guardian(door: AtTheDoor, facts: Going) -> dict[str, object]:
    guardian = _known_guardian(door, facts)
    return {"collected_by": str(guardian)[:LONGEST], "relation": Relation.GUARDIAN, "agreed_by": guardian}


def _known_guardian(door: AtTheDoor, facts: Going) -> Person:
    guardian = door.guardian(facts.guardian)
    if guardian is None:
        raise RuleBroken("service.not_a_guardian", FROM_THE_LIST, field="guardian")
    return guardian


def _by_phone(door: AtTheDoor, facts: Going) -> dict[str, object]:
    guardian, name, words = _known_guardian(door, facts), tidy_name(facts.name)[:LONGEST], facts.words.strip()
    if not name:
        raise RuleBroken("service.child_with_whom", _("Write who takes the child home."), field="name")
    _may_be_told(door, name)
    if facts.phoned_at is None or facts.phoned_at > facts.at:
        raise RuleBroken(
            "service.child_phoned_at", _("Write at what time you spoke with the guardian."), field="phoned_at"
        )
    if not words:
        raise RuleBroken("service.child_words", _("Write what the guardian said, in their own words."), field="words")
    relation = facts.relation if facts.relation in Relation.values else Relation.OTHER
    told = {"collected_by": name, "relation": relation, "agreed_by": guardian, "phoned_at": facts.phoned_at}
    return told | {"words": words}


def _alone(door: AtTheDoor, facts: Going) -> dict[str, object]:
    if door.alone is None:
        words = _("No guardian has allowed that %(child)s goes alone. %(phone)s")
        asked = {"child": door.row.child, "phone": whom_to_phone(door)}
        raise RuleBroken("service.not_alone", words % asked, rule=RULE)
    return {"agreed_by": door.alone.allowed_by}


def _unlisted(door: AtTheDoor, facts: Going) -> dict[str, object]:
    """Only where the house softened the rule to a warning."""
    name = tidy_name(facts.name)[:LONGEST]
    if rule(RULE, door.row.on).act == RuleAct.REFUSE or not name:
        raise RuleBroken("service.not_a_collector", not_listed(door, name), field="name", rule=RULE)
    _may_be_told(door, name)
    return {"collected_by": name, "relation": Relation.OTHER}


def _may_be_told(door: AtTheDoor, name: str) -> None:
    if door.bars(name):
        words = _("Somebody of this name may not be told of %(child)s. The child stays: ask a supervisor.")
        raise RuleBroken("service.may_not_be_told", words % {"child": door.row.child}, field="name", rule=RULE)


def _was_not_here(door: AtTheDoor, facts: Going) -> dict[str, object]:
    """The check-in was a mistake: the row stays with the reason, for a child who is missing must not be a row that is gone."""
    if not facts.words.strip():
        raise RuleBroken("service.not_here_why", _("Write why the child was not here after all."), field="words")
    return {"words": facts.words.strip()}


_WAYS = {
    LeftWith.COLLECTOR: _collected,
    LeftWith.GUARDIAN: _guardian,
    LeftWith.PHONE: _by_phone,
    LeftWith.ALONE: _alone,
    LeftWith.UNLISTED: _unlisted,
    LeftWith.NOT_HERE: _was_not_here,
}


def not_listed(door: AtTheDoor, name: str) -> str:
    """Who is not on the list, and whom to phone."""
    words = _("%(name)s is not listed to take %(child)s home today. %(phone)s")
    return words % {"name": name or _("This person"), "child": door.row.child, "phone": whom_to_phone(door)}


def whom_to_phone(door: AtTheDoor) -> str:
    reached = [f"{person} {person.phone}".strip() for person in door.guardians]
    if not reached:
        return _("No guardian is written down: ask a supervisor, and the child stays.")
    return _("Phone %(guardians)s; the child stays until they agree.") % {
        "guardians": pgettext("between people to phone", " or ").join(reached)
    }


@transaction.atomic
def turn_away(*, by: Actor, row: ChildAttendance, name: str, at: time, on: date) -> TurnedAway | None:
    """Somebody asks for the child by name. None where they are listed; else it is written down that they were refused."""
    held, told = _held(by, row, on), tidy_name(name)[:LONGEST]
    if not told:
        raise RuleBroken("service.child_with_whom", _("Write who takes the child home."), field="name")
    door = at_the_door([held])[0]
    if door.listed(told) or any(told in {person.full_name, str(person)} for person in door.guardians):
        return None
    found = TurnedAway.objects.create(child=held.child, site=held.site, on=held.on, at=at, name=told, noted_by=by.user)
    happened("service.child.turned_away", found, by_id=by.id, child=held.child_id)
    return found


@transaction.atomic
def allow_alone(
    *, by: Actor, child: Person, guardian: int, source: str, from_on: date, to_on: date | None = None
) -> GoesAlone:
    """A guardian allows that the child goes home alone; `source` says where they said so."""
    must_work_with(by, child, section=Section.FAMILY)
    if guardian not in set(guardians_on(child, from_on)):
        raise RuleBroken(
            "service.not_a_guardian", _("Only a guardian written down here can allow this."), field="guardian"
        )
    if not tidy(source):
        words = _("Write where the guardian said so: on which paper, or when and to whom.")
        raise RuleBroken("service.alone_source", words, field="source")
    if to_on is not None and to_on < from_on:
        raise RuleBroken("people.ends_before_it_began", _("This cannot end before it began."), field="to_on")
    row, new = GoesAlone.objects.get_or_create(
        child=child,
        allowed_by_id=guardian,
        to_on=to_on,
        defaults={"source": tidy(source)[:200], "from_on": from_on, "noted_by": by.user},
    )
    if new:
        happened("service.child.may_go_alone", row, by_id=by.id, child=child.pk)
    return row


@transaction.atomic
def end_alone(*, by: Actor, row: GoesAlone, on: date) -> GoesAlone:
    """From the day after `on` the child does not go alone; that it was allowed, stays."""
    must_work_with(by, row.child, section=Section.FAMILY)
    if row.to_on is not None and row.to_on <= on:
        raise NotAllowed(_("There is no such permission any more."))
    row.to_on = max(on, row.from_on)
    row.save(update_fields=["to_on"])
    happened("service.child.not_alone", row, by_id=by.id, child=row.child_id)
    return row
