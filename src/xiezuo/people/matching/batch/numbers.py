"""Identity numbers and telephones: the same, mistyped, or others."""

from xiezuo.people.identity import check_character

OF_A_FAMILY = 14  # characters: county and birth date, which twins share


def is_sound(number: str) -> bool:
    """Whether the check character of a resident identity number fits."""
    return len(number) == 18 and number[:17].isdigit() and check_character(number[:17]) == number[17]


def one_slip(one: str, other: str) -> bool:
    """One character other, two neighbours exchanged, or one character missing."""
    if len(one) == len(other):
        at = [n for n in range(len(one)) if one[n] != other[n]]
        if len(at) == 2 and at[1] == at[0] + 1:
            return one[at[0]] == other[at[1]] and one[at[1]] == other[at[0]]
        return len(at) == 1
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return len(longer) == len(shorter) + 1 and any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))


def compare_ids(one: str, one_sound: bool, other: str, other_sound: bool) -> str:
    """Numbers in the clear, or blind indexes, which are only the same or not."""
    if one == other:
        return "id_same"
    if one_slip(one, other) or (one[:OF_A_FAMILY] == other[:OF_A_FAMILY] and not (one_sound and other_sound)):
        return "id_near"
    return "id_differs" if one_sound and other_sound else "id_unsound"
