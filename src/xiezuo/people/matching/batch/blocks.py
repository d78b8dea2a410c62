"""Which records of a list are worth comparing: those that share something whoever is the same would share."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from xiezuo.common.text import pinyin
from xiezuo.people.matching.batch.record import Record

LARGEST = (
    400  # records; a larger block is divided by what else its records share, and what is still larger is not searched
)


def candidates(records: Sequence[Record]) -> Iterator[tuple[int, list[int]]]:
    """For each record, by its place in the list, those before it to compare it with. Memory grows with the list only."""
    beside: list[list[list[int]]] = [[] for _record in records]
    for block in _searched(records):
        for at in block:
            beside[at].append(block)
    for at, blocks in enumerate(beside):
        found = {other for block in blocks for other in block if other < at}
        if found:
            yield at, sorted(found)


def _searched(records: Sequence[Record]) -> Iterator[list[int]]:
    blocks: dict[str, list[int]] = defaultdict(list)
    for at, record in enumerate(records):
        for key in {*_keys(record)}:
            blocks[key].append(at)
    for block in blocks.values():
        if len(block) > LARGEST:
            yield from _divided(records, block)
        elif len(block) > 1:
            yield block


def _divided(records: Sequence[Record], block: list[int]) -> Iterator[list[int]]:
    parts: dict[str, list[int]] = defaultdict(list)
    for at in block:
        for key in _marks(records[at]):
            parts[key].append(at)
    yield from (part for part in parts.values() if 1 < len(part) <= LARGEST)


def _marks(record: Record) -> Iterator[str]:
    if record.birth:
        yield f"b{record.birth}"
        yield f"y{record.birth[0]}"
    if record.place:
        yield f"a{record.place}"
        yield f"v{record.place[0]}"
    if record.phone:
        yield f"p{record.phone}"
    if record.school:
        yield f"s{record.school}"
    for guardian in record.guardians:
        yield f"g{guardian.plain}"


def _keys(record: Record) -> Iterator[str]:
    if record.phone:
        yield f"p{record.phone}"
    if record.id_number:
        yield f"i{record.id_number[:17]}"
    if record.birth and record.birth[2]:
        yield f"b{record.birth}"
    if record.place and record.place[1]:
        yield f"a{record.place}"
    for guardian in record.guardians:
        if guardian.kind == "full":
            yield f"g{guardian.plain}{record.name.surname}"
    yield from _keys_of_name(record)


def _keys_of_name(record: Record) -> Iterator[str]:
    name = record.name
    if not name.full:
        return
    yield f"s{name.sound}"
    if name.kind == "spelled":
        yield f"s{name.core}"
        return
    plain = name.plain
    for n in range(1, min(len(plain), 3)):  # the surname written last
        yield f"s{pinyin(plain[n:] + plain[:n])[0]}"
    # One character other or missing, where something else is near.
    near = str(record.birth[0]) if record.birth else record.place[0] if record.place else ""
    for n in range(1, len(plain)) if len(plain) > 2 else ():
        less = plain[:n] + plain[n + 1 :]
        yield f"d{less} {near}"
        if record.school:
            yield f"e{less} {record.school}"
    if len(plain) == 2:
        yield f"d{plain} {near}"
