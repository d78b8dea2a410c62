"""In what a form is written: a case, a group, an activity, an aid. It stands in the address of a new form (`case=12`) and in what is
typed (`under`), so that a draft goes on where it was begun, and the page of it is where one comes back to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from xiezuo.forms.filling import Typed
from xiezuo.orgs.access import Actor
from xiezuo.people.models import Person
from xiezuo.service.access import activity_for, case_for, group_for
from xiezuo.service.access.aids import aid_for
from xiezuo.service.actions.referral_form import referral_of_form
from xiezuo.service.models import FilledForm
from xiezuo.web.base.nav import address

UNDER = "under"


@dataclass(frozen=True)
class Under:
    """`name`: of the field of a Filling, of the column of a FilledForm and of the page; `person`: whom it is about."""

    name: str
    row: Any
    person: Person | None = None

    @property
    def url(self) -> str:
        return address(self.name, self.row.pk)

    @property
    def typed(self) -> str:
        return f"{self.name}:{self.row.pk}"


LOADS: dict[str, Callable[[Actor, int], Any]] = {
    "case": case_for,
    "group": group_for,
    "activity": activity_for,
    "aid": aid_for,
}


def _found(actor: Actor, name: str, number: str) -> Under | None:
    if name not in LOADS or not number.isdecimal() or len(number) > 15:
        return None
    row = LOADS[name](actor, int(number))
    return Under(name, row, getattr(row, "person", None))


def under_typed(actor: Actor, typed: Typed) -> Under | None:
    """Raises NotAllowed for one that the actor may not see."""
    name, _sep, number = next(iter(typed.get(UNDER, [])), "").partition(":")
    return _found(actor, name, number)


def under_asked(actor: Actor, asked: dict[str, str]) -> Under | None:
    """What the address of a new form names."""
    return next((found for name in LOADS if (found := _found(actor, name, asked.get(name, "")))), None)


def under_of(filled: FilledForm) -> Under | None:
    """In what a filled form was written."""
    rows = ((name, getattr(filled, name)) for name in LOADS)
    return next((Under(name, row, getattr(row, "person", None)) for name, row in rows if row is not None), None)


# Forms that open a page of their own once they are finished: the name of it, and which row it shows.
LEADS: dict[str, tuple[str, Callable[[FilledForm], Any]]] = {
    "referral": ("referral", referral_of_form),
    "aid_application": ("aid", lambda filled: filled.aid),
}


def own_page(filled: FilledForm) -> str:
    """The page on which it goes on after a form was finished; "" for most forms."""
    name, find = LEADS.get(filled.submission.form, ("", None))
    row = find(filled) if find else None
    return address(name, row.pk) if row else ""


def leads_to(filled: FilledForm) -> str:
    """Where one goes on after a form was finished: its own page, that in which it was written, or the form."""
    under = under_of(filled)
    return own_page(filled) or (under.url if under else "") or address("filled_form", filled.pk)
