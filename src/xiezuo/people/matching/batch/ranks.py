"""Codes in their order from agreeing to contradicting, by which two groups of records are summed up."""

from collections.abc import Iterable

# A birth date, telephone and so on that is left open lies where nothing is said for or against.
OPEN = ""
ORDERS = (
    "name_same name_variant name_spelled name_sound name_near name_turned name_called_same name_called name_titled "
    "name_addressed name_short name_called_sound name_short_sound name_close_first name_close_middle name_close_last "
    "name_close_short name_called_both name_surname name_differs",
    "birth_day birth_lunar birth_swapped birth_year_off birth_month birth_year birth_near birth_year_next "
    "birth_other_day birth_differs birth_generation",
    "id_same id_near id_unsound id_differs",
    "phone_same phone_of_two phone_of_three phone_of_few phone_of_many phone_near phone_differs",
    "address_same address_village address_neighbour address_differs",
    "school_same school_common school_differs",
    "guardian_same guardian_fits guardian_other guardian_differs",
    "sex_same sex_differs",
)
RANK = {code: n for order in ORDERS for n, code in enumerate(order.split())}
RARITY = ("bearers", "usual")


def field_of(code: str) -> str:
    return code.partition("_")[0]


def summed_up(pairs: Iterable[tuple[str, ...]]) -> tuple[dict[str, str], dict[str, str]]:
    """Of the codes of several pairs: in each field the most agreeing and the most contradicting one.

    The rarity of names is that of the most agreeing names.
    """
    best: dict[str, str] = {}
    worst: dict[str, str] = {}
    for codes in pairs:
        name = codes[0]
        if "name" not in best or RANK[name] < RANK[best["name"]]:
            best |= {"bearers": OPEN, "usual": OPEN} | {field_of(c): c for c in codes if field_of(c) in RARITY}
        for code in codes:
            field = field_of(code)
            if field in RARITY:
                continue
            if field not in best or RANK[code] < RANK[best[field]]:
                best[field] = code
            if field not in worst or RANK[code] > RANK[worst[field]]:
                worst[field] = code
    return {field: code for field, code in best.items() if code}, worst
