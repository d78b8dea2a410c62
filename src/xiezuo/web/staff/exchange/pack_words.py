"""Why a file with layouts was refused, in sentences."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiezuo.exchange.layout_packs import BrokenPack

ALTERED = _("It was altered or damaged on its way: its checksum does not fit. Ask for it again.")
WORDS: dict[str, str | Promise] = {
    "not_json": _("It is not a file with layouts. They end in .json and come from the export of this page."),
    "not_a_pack": _("It is not a file with layouts. They end in .json and come from the export of this page."),
    "too_large": _("It is too large for a file with layouts."),
    "other_kind": _("It is a pack of another kind: %(where)s."),
    "field_missing": _("It does not say its “%(where)s”."),
    "id_wrong": _("Its id “%(where)s” is none."),
    "version_wrong": _("Its version “%(where)s” is none; it must look like 1.0."),
    "altered": ALTERED,
    "no_parts": _("There is no layout in it."),
    "part_wrong": _("Layout “%(where)s” is not complete."),
    "kind_unknown": _("Layout “%(where)s” is for a kind of sheet that this version does not know. Upgrade first."),
    "field_unknown": _("Layout “%(where)s” names a field that this version does not know. Upgrade first."),
    "field_twice": _("Layout “%(where)s” has two columns for one field."),
}


def broken_words(problem: BrokenPack) -> str:
    """What is wrong with the file, and that nothing was taken."""
    why = str(WORDS[problem.code]) % {"where": problem.where}
    return _("The file was not taken over; nothing has changed. %(why)s") % {"why": why}
