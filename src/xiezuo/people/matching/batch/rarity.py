"""How rare names and telephones are in a list: what many share tells little."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from xiezuo.people.matching.batch.names import Name
from xiezuo.people.matching.batch.record import Record

LARGEST = 6  # class; 64 bearers and more are one
COMMON_SCHOOL = 0.01  # share of the list; 打工 and 无 are written by very many
# How many names stand with one telephone: its own, one other, two, a few, a foreman's or a dormitory's.
SHARED = ((1, "phone_same"), (2, "phone_of_two"), (3, "phone_of_three"), (7, "phone_of_few"))
# Agreements of names whose rarity counts.
COUNTED = {
    *("name_same", "name_variant", "name_sound", "name_spelled", "name_near", "name_turned", "name_called_same"),
    *("name_short", "name_short_sound", "name_close_middle", "name_close_last"),
}


def magnitude(number: float) -> int:
    """0, 1, 2–3, 4–7 and so on as classes 0 to 6."""
    return min(LARGEST, int(number).bit_length())


class Rarity:
    """Counts over the records of one list; `among`: how many people there are, where the records are only some."""

    def __init__(self, records: Sequence[Record], among: int = 0) -> None:
        self._names: Counter[str] = Counter()
        self._sounds: Counter[str] = Counter()
        self._surnames: Counter[str] = Counter()
        self._given: Counter[str] = Counter()
        self._schools: Counter[str] = Counter()
        self._size, self._named = max(len(records), among, 1), 1
        at_phone: dict[str, set[str]] = defaultdict(set)
        for record in records:
            name = record.name
            self._names[name.plain] += 1
            self._sounds[name.sound] += 1
            if record.school:
                self._schools[record.school] += 1
            if name.kind == "full":
                self._surnames[name.surname] += 1
                self._given[name.given] += 1
                self._named += 1
            if record.phone and name.full:
                at_phone[record.phone].add(name.sound)
        self._phones = {phone: len(names) for phone, names in at_phone.items()}

    def of_names(self, one: Name, other: Name, code: str) -> tuple[str, ...]:
        """How many others bear the name here, and how many might by its surname and given name."""
        if code not in COUNTED:
            return ()
        if code in ("name_same", "name_variant"):
            bearers = self._names[one.plain] - 1
        else:
            bearers = max(self._sounds[one.sound], self._sounds[other.sound])
        usual = max(self._expected(one), self._expected(other))
        return f"bearers_{magnitude(bearers)}", f"usual_{magnitude(4 * usual)}"

    def _expected(self, name: Name) -> float:
        return self._surnames[name.surname] * self._given[name.given] / self._named if name.kind == "full" else 0.0

    def of_phone(self, phone: str) -> str:
        names = self._phones.get(phone, 1)
        return next((code for most, code in SHARED if names <= most), "phone_of_many")

    def of_school(self, school: str) -> str:
        return "school_same" if self._schools[school] < COMMON_SCHOOL * self._size else "school_common"
