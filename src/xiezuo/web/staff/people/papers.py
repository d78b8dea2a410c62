"""What the number of a paper says about itself, in words (IDN-1 to IDN-3)."""

from datetime import date
from typing import Literal, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiezuo.people.actions import ID_ERRORS
from xiezuo.people.identity import check_paper
from xiezuo.people.models import Person

WARNINGS: dict[str, Promise] = {
    "region": _("The first six digits name no county that exists today."),
    "age": _("By this number the person is older than 120 years."),
    "sex": _("This number says another sex than the one chosen."),
}
UNKNOWN: dict[str, Promise] = {
    "layout": _("Of a foreign resident's number only the date and the last character are checked."),
    "kind": _("The number of this kind of paper cannot be checked here."),
}


class Checked(NamedTuple):
    """`state` of a number: right, odd (a warning), wrong, or not checkable; the words say why."""

    state: Literal["ok", "wait", "late", ""]
    words: list[Promise]


def checked(person: Person, on: date) -> Checked:
    """What can be said of the number that stands on the record."""
    found = check_paper(person.id_type, str(person.id_number), on=on, sex=person.sex)
    if found.error:
        return Checked("late", [ID_ERRORS[found.error]])
    if found.warnings:
        return Checked("wait", [WARNINGS[code] for code in found.warnings])
    if found.unknown:
        return Checked("", [UNKNOWN[code] for code in found.unknown])
    return Checked("ok", [_("The number fits its rules.")])
