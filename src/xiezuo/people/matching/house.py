"""The people of the house as they are compared, as far as someone works with them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from xiezuo.people.matching.pool import Pool
from xiezuo.people.matching.sketch import Sketch, is_address, phone_of, sketch
from xiezuo.people.matching.sounds import simplified
from xiezuo.people.models import Person, Relationship
from xiezuo.people.vocab import Relation

COLUMNS = (
    "pk",
    "full_name",
    "nickname",
    "sex",
    "born_on",
    "born_precision",
    "id_number_index",
    "phone",
    "address",
    "school",
    "sound",
)
CARING = (Relation.PARENT, Relation.GRANDPARENT, Relation.GUARDIAN, Relation.CARER)


def house_pool(people: QuerySet[Person], asked: Sequence[Sketch]) -> Pool:
    """Those of `people` (as given by access) worth comparing with anyone `asked` for; each `ref` is a person's id.

    The number of queries does not depend on how many are asked for.
    """
    pool = Pool(size=people.count())
    add_from_house(pool, people, asked)
    return pool


def add_from_house(pool: Pool, people: QuerySet[Person], asked: Sequence[Sketch]) -> None:
    """The same for a pool that is there already and counts everyone of the house."""
    rows = [row for row in _worth_comparing(people, asked) if row[0] not in pool]
    carers = carers_of([row[0] for row in rows])
    wanted = {key for one in asked for key in one.keys}
    for pk, full_name, nickname, sex, born_on, precision, id_index, phone, address, school, sound in rows:
        initial = simplified((full_name or nickname)[:1])
        if wanted.isdisjoint({f"s{sound}", f"i{id_index}", f"p{phone_of(phone)}", f"b{born_on}{initial}"}):
            continue  # born on the same day, under another name
        names, phones = carers.get(pk, (frozenset(), frozenset()))
        known = sketch(
            name=full_name or nickname,
            called=not full_name and is_address(nickname),
            sex=sex,
            born=born_on,
            precision=precision,
            id_index=id_index,
            phone=phone,
            address=address,
            school=school,
            sound=sound,
            guardians=names,
            guardian_phones=phones,
        )
        pool.add(pk, known, counted=True)


def _worth_comparing(people: QuerySet[Person], asked: Sequence[Sketch]) -> Iterable[tuple[Any, ...]]:
    wanted: dict[str, set[Any]] = {
        "sound__in": {one.sound for one in asked if one.sound},
        "phone__in": {one.phone for one in asked if one.phone},
        "id_number_index__in": {one.id_index for one in asked if one.id_index},
        "born_on__in": {one.born for one in asked if one.born},
    }
    either = Q(pk__in=())
    for column, values in wanted.items():
        if values:
            either |= Q(**{column: sorted(values)})
    return people.filter(either, for_testing=False).values_list(*COLUMNS).iterator(chunk_size=2000)


def carers_of(people: Sequence[int] | QuerySet[Person, Any]) -> dict[int, tuple[frozenset[str], frozenset[str]]]:
    """Names and telephones of those who care for each of `people`."""
    names: dict[int, set[str]] = defaultdict(set)
    phones: dict[int, set[str]] = defaultdict(set)
    ties = Relationship.objects.filter(other__in=people, relation__in=CARING, to_on__isnull=True)
    for pk, full_name, nickname, phone in ties.values_list(
        "other_id", "person__full_name", "person__nickname", "person__phone"
    ):
        names[pk].add(full_name or nickname)
        phones[pk].add(phone)
    return {pk: (frozenset(names[pk]), frozenset(phones[pk])) for pk in names}


def sketch_of(person: Person) -> Sketch:
    """One person as they are compared, without those who care for them."""
    return sketch(
        name=person.full_name or person.nickname,
        called=not person.full_name and is_address(person.nickname),
        sex=person.sex,
        born=person.born_on,
        precision=person.born_precision,
        id_index=person.id_number_index,
        phone=person.phone,
        address=person.address,
        school=person.school,
    )
