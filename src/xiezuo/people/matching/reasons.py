"""Evidence in words."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

AGREES: dict[str, Promise] = {
    "id_same": _("same identity number"),
    "name_same": _("same name"),
    "name_variant": _("same name in other characters"),
    "name_spelled": _("same name spelled in pinyin"),
    "name_sound": _("name sounds the same"),
    "name_near": _("name sounds nearly the same"),
    "name_turned": _("same name with the surname last"),
    "name_short": _("one character of the name is missing"),
    "name_short_sound": _("one character is missing and the name sounds alike"),
    "name_close": _("one character of the name differs"),
    "name_close_short": _("given name differs by its only character"),
    "name_close_first": _("surname written otherwise"),
    "name_close_middle": _("one character of the name differs"),
    "name_close_last": _("last character of the name differs"),
    "name_called_same": _("same form of address"),
    "name_called_both": _("forms of address fit each other"),
    "name_called": _("form of address fits"),
    "name_called_sound": _("form of address sounds like the name"),
    "name_titled": _("surname with a title fits"),
    "name_addressed": _("form of address fits the surname"),
    "name_rare": _("hardly anyone else here bears the name"),
    "birth_day": _("same birth date"),
    "birth_lunar": _("same birthday, once in the lunar calendar"),
    "birth_swapped": _("day and month of birth exchanged"),
    "birth_year_off": _("birth date one year apart"),
    "birth_month": _("same month of birth"),
    "birth_year": _("same year of birth"),
    "birth_near": _("birth date partly the same"),
    "birth_year_next": _("year of birth one apart"),
    "id_near": _("identity number nearly the same"),
    "phone_same": _("same phone number"),
    "phone_of_two": _("same phone number, under two names"),
    "phone_of_three": _("same phone number, under three names"),
    "phone_of_few": _("same phone number, under several names"),
    "phone_near": _("phone number nearly the same"),
    "guardian_same": _("same guardian"),
    "guardian_fits": _("guardian fits"),
    "guardian_phone": _("same phone number in the family"),
    "address_same": _("same address"),
    "address_village": _("same village or street"),
    "school_same": _("same school"),
    "school_common": _("same school or work, as many have"),
}
DIFFERS: dict[str, Promise] = {
    "name_differs": _("name differs"),
    "name_surname": _("only the surname is the same"),
    "name_common": _("many people here bear the name"),
    "id_differs": _("identity number differs"),
    "id_unsound": _("identity number differs, one is mistyped"),
    "birth_other_day": _("another day of the same year"),
    "birth_differs": _("birth date differs"),
    "birth_generation": _("a generation apart in age"),
    "phone_of_many": _("same phone number, under very many names"),
    "phone_differs": _("phone number differs"),
    "guardian_differs": _("guardian differs"),
    "guardian_other": _("one is named as the guardian of the other"),
    "rivalled": _("someone else fits as well"),
    "address_neighbour": _("other house of the same village or street"),
    "address_differs": _("address differs"),
    "school_differs": _("school differs"),
    "sex_differs": _("sex differs"),
}


def reason_words(evidence: Iterable[str]) -> tuple[list[str], list[str]]:
    """What speaks for one human being, and what against, each in words, in the order of importance."""
    found = set(evidence)
    return ([str(w) for code, w in AGREES.items() if code in found], [str(w) for c, w in DIFFERS.items() if c in found])


def listed(reasons: Iterable[str]) -> str:
    """Reasons as one line."""
    return pgettext("between reasons", ", ").join(reasons)
