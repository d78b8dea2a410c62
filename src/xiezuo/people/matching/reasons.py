"""Evidence in words."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AGREES: dict[str, Promise] = {
    "id_same": _("same identity number"),
    "name_same": _("same name"),
    "name_variant": _("same name in other characters"),
    "name_sound": _("name sounds the same"),
    "name_close": _("one character of the name differs"),
    "name_called": _("form of address fits"),
    "birth_day": _("same birth date"),
    "birth_swapped": _("day and month of birth exchanged"),
    "birth_year_off": _("birth date one year apart"),
    "birth_month": _("same month of birth"),
    "birth_year": _("same year of birth"),
    "phone_same": _("same phone number"),
    "guardian_same": _("same guardian"),
    "guardian_phone": _("same phone number in the family"),
    "address_same": _("same address"),
    "school_same": _("same school"),
}
DIFFERS: dict[str, Promise] = {
    "name_differs": _("name differs"),
    "id_differs": _("identity number differs"),
    "birth_differs": _("birth date differs"),
    "phone_differs": _("phone number differs"),
    "guardian_differs": _("guardian differs"),
    "address_differs": _("address differs"),
    "school_differs": _("school differs"),
    "sex_differs": _("sex differs"),
}


def reason_words(evidence: Iterable[str]) -> tuple[list[str], list[str]]:
    """What speaks for one human being, and what against, each in words, in the order of importance."""
    found = set(evidence)
    return ([str(w) for code, w in AGREES.items() if code in found], [str(w) for c, w in DIFFERS.items() if c in found])
