"""Keeping the words of everyone: of a few people inside the transaction that changed them, or of all anew."""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Max

from xiezuo.common.walls import opened
from xiezuo.people.finding.engine import built_anew
from xiezuo.people.finding.family import among, families_of
from xiezuo.people.finding.words import Known, id_words, words_of
from xiezuo.people.models import EarlierFact, Findable, Person
from xiezuo.people.vocab import DatedFact

AT_ONCE = 5000
ALONE = 20_000  # people; for more, other processes are worth their start
BESIDE = 2  # processes that work out words
AHEAD = 4  # parts of AT_ONCE that may wait for them
LOOKED_AT = 300  # people whose words are compared with what they should be
NAMES = ("full_name", "nickname", "alias")
REST = ("phone", "sensitive__id_number", "id_number_index", "address", "current_place", "hukou_place")


def index_people(people: Iterable[int], *, and_once: Iterable[int] = ()) -> None:
    """Write the words of these persons (ids) and of their families anew, in the transaction that changed a name, a
    number, a place or a tie of theirs, after the change. `and_once`: who was family before it. Who is gone is left out.
    """
    ids = set(people)
    for some in _in_parts(sorted(ids)):
        _write(set(some) | families_of(some).everyone())
    for some in _in_parts(sorted(set(and_once) - ids)):
        _write(some)


def index_everyone() -> int:
    """Throw all words away and make them anew; how many people there are."""
    done, last = 0, Person.objects.aggregate(last=Max("pk"))["last"] or 0
    parts = (known_of(range(start, start + AT_ONCE)) for start in range(0, last + 1, AT_ONCE))
    with transaction.atomic(), built_anew():
        for rows in _by_others(parts) if last > ALONE else map(words_of, parts):
            _write_new(rows)
            done += len(rows)
    return done


def _by_others(parts: Iterable[list[Known]]) -> Iterator[list[tuple[int, str, str]]]:
    """The words of each part in turn, worked out by other processes while this one reads and writes."""
    with ProcessPoolExecutor(BESIDE) as pool:
        waiting: deque[Future[list[tuple[int, str, str]]]] = deque()
        for part in parts:
            waiting.append(pool.submit(words_of, part))
            if len(waiting) > AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def known_of(people: Collection[int]) -> list[Known]:
    """What finds each of these persons, read from the records in eight queries."""
    known = Person.objects.filter(among("pk", people), erased_on__isnull=True)
    with opened("people.SensitiveFacts", why="the last digits of a number find its bearer"):
        rows = list(known.order_by("pk").values_list("pk", *NAMES, *REST))
    families = families_of(people)
    earlier = _earlier(people)
    names = {pk: told[: len(NAMES)] for pk, *told in rows}
    elsewhere = Person.objects.filter(pk__in=families.everyone() - names.keys())
    names |= {pk: told for pk, *told in elsewhere.values_list("pk", *NAMES)}
    return [
        Known(
            pk,
            (full_name, nickname, alias, *earlier[pk].names),
            "、".join([phone, *earlier[pk].phones]),
            id_words(number, index),
            tuple(name for other in families.of(pk) for name in names.get(other, ()) if name),
            (*places, *families.addresses_of(pk), *earlier[pk].places),
        )
        for pk, full_name, nickname, alias, phone, number, index, *places in rows
    ]


@dataclass
class Earlier:
    """Names, phones and places of before, by which someone is still found."""

    names: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


# As what of someone an earlier fact finds them.
EARLIER = {
    DatedFact.FULL_NAME: "names",
    DatedFact.NICKNAME: "names",
    DatedFact.PHONE: "phones",
    DatedFact.ADDRESS: "places",
    DatedFact.CURRENT_PLACE: "places",
}


def _earlier(people: Collection[int]) -> defaultdict[int, Earlier]:
    """Person id → what held of them before, and what stands on rows that were merged into theirs."""
    found: defaultdict[int, Earlier] = defaultdict(Earlier)
    rows = EarlierFact.objects.filter(among("person", people), fact__in=list(EARLIER)).order_by("id")
    for pk, fact, value in rows.values_list("person_id", "fact", "value"):
        if pk is not None:
            getattr(found[pk], EARLIER[DatedFact(fact)]).append(value)
    # Names of a merged row are among the other names already.
    merged = Person.objects.filter(among("merged_into", people)).order_by("id")
    for pk, phone, address in merged.values_list("merged_into_id", "phone", "address"):
        if pk is not None:
            found[pk].phones.append(phone)
            found[pk].places.append(address)
    return found


def astray() -> tuple[int, int]:
    """People without words, and people among the newest and the oldest whose words are not what they should be."""
    known = Person.objects.filter(erased_on__isnull=True)
    missing = known.filter(findable__isnull=True).count()
    ids = known.order_by("-pk").values_list("pk", flat=True)
    some = {*ids[:LOOKED_AT], *ids.reverse()[:LOOKED_AT]}
    kept = {row[0]: row for row in Findable.objects.filter(pk__in=some).values_list("pk", "names", "beside")}
    return missing, sum(1 for row in words_of(known_of(some)) if row[0] in kept and kept[row[0]] != row)


def _in_parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))


def _write(people: Collection[int]) -> None:
    rows = [Findable(person_id=pk, names=names, beside=beside) for pk, names, beside in words_of(known_of(people))]
    Findable.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["person"], update_fields=["names", "beside"]
    )


def _write_new(rows: Sequence[tuple[int, str, str]]) -> None:
    """Past the model layer, as fast as the engine takes them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy("COPY people_findable (person_id, names, beside) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.executemany("INSERT INTO people_findable (person_id, names, beside) VALUES (%s, %s, %s)", rows)
