"""Words for what may be decided about a kind of problem."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.exchange.answers import allowed

Words = str | Promise

ANSWERS: dict[str, Words] = {
    "as_known": _("as far as it is certain"),
    "as_written": _("take it as written"),
    "leave_out": _("leave the value out"),
    "row_out": _("leave these rows out"),
    "parts": _("the parts count"),
    "sum": _("the sum as written counts"),
    "day_as_written": _("the day as written"),
    "day_with_zero": _("a lost zero: 6.3 is the 30th"),
    "date_as_written": _("the date as written"),
    "sheet_year": _("the year of the sheet"),
    "both": pgettext_lazy("rows", "take both in"),
    "once": pgettext_lazy("rows", "only the first"),
    "leave_empty": _("without a service line"),
    "nearest": _("the nearest of the list"),
    "choose": _("this line"),
    "read": _("read it like the others"),
    "column_out": _("leave the column out"),
}
OF_KIND: dict[tuple[str, str], Words] = {
    ("duplicate_person", "both"): _("keep both"),
    ("duplicate_person", "once"): _("take in once"),
    ("date_ambiguous", "day_as_written"): _("6.3 is the 3rd"),
    ("date_missing", "row_out"): _("leave these rows out"),
}


def answer_words(kind: str, answer: str) -> Words:
    return OF_KIND.get((kind, answer)) or ANSWERS[answer]


def choices(kind: str) -> list[tuple[str, Words]]:
    """The answers to a kind of problem with their words; none where there is nothing to decide."""
    return [(answer, answer_words(kind, answer)) for answer in allowed(kind)]
