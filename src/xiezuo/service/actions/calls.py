"""Calls to the hotline: each form F62 is a call that stays open until someone is done with it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.forms.definitions import form_definition
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site, User
from xiezuo.people.actions.todo import must_be_open_to
from xiezuo.people.models import Person
from xiezuo.people.vocab import Section
from xiezuo.service.access.enquiries import call_for
from xiezuo.service.actions.form_facts import Filling
from xiezuo.service.actions.forms import submit_form
from xiezuo.service.actions.sequels import Sequel, tell_sequel
from xiezuo.service.models import FilledForm, HotlineCall
from xiezuo.service.vocab import Triage

FORM = "hotline_call"


def _moment(told: object) -> datetime | None:
    """A moment as an answer keeps it: in the zone of the house."""
    return timezone.make_aware(datetime.fromisoformat(told)) if isinstance(told, str) else None


def _told(filling: Filling) -> dict[str, object]:
    """The columns of a call, as its form says."""
    answers = filling.answers
    to = answers.get("dispatched_to")
    triage = str(answers.get("triage") or "")
    return {
        "site": filling.site,
        "called_at": _moment(answers.get("at")) or now(),
        "problem": str(answers.get("problem") or ""),
        "triage": triage if triage in Triage.values else Triage.AMBER,
        "dispatched_to_id": to if isinstance(to, int) else None,
        "done_at": _moment(answers.get("done_at")),
    }


def _check(by: Actor, filling: Filling, on: date) -> None:
    to = filling.answers.get("dispatched_to")
    if isinstance(to, int) and filling.person is not None:
        must_be_open_to(User.objects.get(pk=to), filling.person, Section.CASE)


def _called(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    told = _told(filling)
    due = on if told["dispatched_to_id"] and not told["done_at"] else None
    HotlineCall.objects.create(filled=filled, person=filling.person, due_on=due, **told)


def _corrected(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    told = _told(filling)
    row = HotlineCall.objects.select_for_update().filter(filled=filled).first()
    if row is None:
        return
    if told["dispatched_to_id"] is None:
        told["due_on"] = None
    told["done_at"] = told["done_at"] or row.done_at
    HotlineCall.objects.filter(pk=row.pk).update(**told)


@dataclass(kw_only=True)
class CallFacts:
    """What whoever answers writes down. `due_on`: until when `dispatched_to` has to do something. `done`: nothing is left."""

    at: datetime
    problem: str
    triage: Triage
    action: str
    direction: str = "inbound"
    minutes: int = 0
    caller: str = ""
    phone: str = ""
    story: str = ""
    person: Person | None = None
    site: Site | None = None
    dispatched_to: User | None = None
    due_on: date | None = None
    done: bool = False


def _answers(facts: CallFacts) -> dict[str, object]:
    told = {
        "direction": facts.direction,
        "at": timezone.localtime(facts.at).strftime("%Y-%m-%dT%H:%M"),
        "minutes": facts.minutes,
        "caller": facts.caller.strip(),
        "phone": facts.phone.strip(),
        "problem": facts.problem,
        "triage": facts.triage.value,
        "action": facts.action.strip(),
        "story": facts.story.strip(),
        "dispatched_to": facts.dispatched_to.pk if facts.dispatched_to else None,
        "done_at": timezone.localtime(facts.at).strftime("%Y-%m-%dT%H:%M") if facts.done else None,
    }
    return {key: value for key, value in told.items() if value not in (None, "")}


@transaction.atomic
def take_call(*, by: Actor, facts: CallFacts, on: date, key: UUID) -> HotlineCall:
    """Write a call down as its form F62, passed to a colleague where someone has to go on with it. The same `key` again gives
    the call that stands. Raises RuleBroken for a call to come, and for a day without somebody."""
    if facts.at > now():
        raise RuleBroken(
            "service.call_in_future", _("This call is still to come. Look at the day and time."), field="at"
        )
    if not facts.action.strip():
        raise RuleBroken("service.call_says_what", _("Write what you did or said."), field="action")
    if facts.due_on and facts.due_on < on:
        raise RuleBroken("service.call_due", _("This day has passed. Choose one to come."), field="due_on")
    filling = Filling(
        form=form_definition(FORM),
        answers=_answers(facts),
        person=facts.person,
        site=facts.site,
        staff=[facts.dispatched_to] if facts.dispatched_to else [],
    )
    filled = submit_form(by=by, filling=filling, on=on, key=key)
    if facts.due_on and facts.dispatched_to and not facts.done:
        HotlineCall.objects.filter(filled=filled).update(due_on=facts.due_on)
    return HotlineCall.objects.get(filled=filled)


@transaction.atomic
def finish_call(*, by: Actor, call: HotlineCall, at: datetime) -> HotlineCall:
    """Nothing is left to do; whoever may read the call says so."""
    if by.watched:
        raise NotAllowed(_("You are looking at the house as another role would. Go back to your own to write."))
    call_for(by, call.pk)
    held = HotlineCall.objects.select_for_update().get(pk=call.pk)
    if held.done_at is None:
        held.done_at = at
        held.save(update_fields=["done_at"])
        happened("service.call.done", held, by_id=by.id)
    return held


def tell() -> None:
    tell_sequel(FORM, Sequel(check=_check, submitted=_called, corrected=_corrected))
