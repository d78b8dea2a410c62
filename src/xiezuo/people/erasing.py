"""What erasing a person does to every table: each floor tells it of its own when it starts.

A row of a person is not deleted: it stays as the someone whom past figures counted, with sex and age band, and nothing
else. Rows that are about that person alone go; of the others the personal and sensitive fields are emptied. A column
that points at a person, or a table with personal text, of which nobody told fails a test.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.db import models, transaction
from django.db.models import Model, QuerySet
from django.db.models.fields.files import FieldFile

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.privacy import Privacy
from xiezuo.people.models import Person
from xiezuo.people.vocab import DatedFact

MASK = "—"
NUMBERS = 6  # characters; a shorter number may be anything
NAMES = 2  # a single character is a word of its own
PERSONAL = (Privacy.PERSONAL, Privacy.SENSITIVE, Privacy.AUTHOR_ONLY)
# Columns by which someone is told from others, wherever else they may stand written.
TELLING = ("full_name", "nickname", "alias", "phone", "wechat", "id_number", "address")
BETWEEN = "、"


@dataclass(frozen=True)
class Traces:
    """The words by which a person would be recognised, the longest first. `whole`: everything they were called, also what
    is too short to be looked for inside a text."""

    words: tuple[str, ...]
    whole: frozenset[str] = frozenset()

    def out_of(self, text: str) -> str:
        """`text` with a sign in the place of every trace."""
        for word in self.words:
            text = text.replace(word, MASK)
        return text

    def out_of_json(self, value: Any) -> Any:
        return json.loads(self.out_of(json.dumps(value, ensure_ascii=False)))

    def are_in(self, text: str) -> bool:
        return any(word in text for word in self.words)


def traces_of(rows: Sequence[Person]) -> Traces:
    """Of one human: what stands on all their rows, and what stood there earlier."""
    found = {part for row in rows for name in TELLING for part in str(getattr(row, name)).split(BETWEEN)}
    earlier = {fact.value for row in rows for fact in row.earlier_facts.exclude(fact=DatedFact.SCHOOL)}
    words = {word.strip() for word in found | earlier}
    enough = {word for word in words if len(word) >= (NUMBERS if word.isascii() else NAMES)}
    return Traces(tuple(sorted(enough, key=lambda word: (-len(word), word))), frozenset(words - {""}))


@dataclass
class Erasing:
    """One human being erased: every row of theirs (the one that is kept first), the day, their traces.

    `family`: ids of others whose words for being found named them. `rows` counts what was emptied or removed.
    """

    people: list[Person]
    on: date
    traces: Traces
    family: set[int] = field(default_factory=set)
    rows: int = 0

    @property
    def ids(self) -> list[int]:
        return [person.pk for person in self.people]

    def pointing(self, model: type[Model], column: str) -> QuerySet[Any]:
        return model._base_manager.filter(**{f"{column}__in": self.ids})

    def drop(self, rows: QuerySet[Any]) -> None:
        """Rows that are about this person alone go, with their files."""
        for name in _file_fields(rows.model):
            for row in rows.exclude(**{name: ""}):
                self.drop_file(getattr(row, name))
        self.rows += rows.count()
        rows.delete()

    def blank(self, rows: QuerySet[Any], **more: Any) -> None:
        """Of rows that stay, what is declared personal or sensitive is emptied, and `more` is written."""
        found = list(rows)
        for row in found:
            for name in _file_fields(rows.model):
                self.drop_file(getattr(row, name))
            row._meta.model._base_manager.filter(pk=row.pk).update(**blank_values(rows.model), **more)
        self.rows += len(found)

    def mask(self, rows: QuerySet[Any], *names: str) -> None:
        """In texts that stay the traces of this person are covered; only what changes is written."""
        for row in rows:
            told = {name: getattr(row, name) for name in names}
            clean = {name: self._masked(value) for name, value in told.items()}
            if clean != told:
                row._meta.model._base_manager.filter(pk=row.pk).update(**clean)
                self.rows += 1

    def _masked(self, value: Any) -> Any:
        return self.traces.out_of(value) if isinstance(value, str) else self.traces.out_of_json(value)

    def drop_file(self, file: FieldFile) -> None:
        """The file goes from the disk once the transaction has ended well."""
        if file.name:
            transaction.on_commit(partial(file.storage.delete, str(file.name)))


def _file_fields(model: type[Model]) -> list[str]:
    return [field.name for field in model._meta.local_fields if isinstance(field, models.FileField)]


def blank_values(model: type[Model]) -> dict[str, Any]:
    """What the personal and sensitive fields of a table hold when they hold nothing."""
    declared: dict[str, Privacy] = getattr(model, "privacy", {})
    return {name: empty_of(model, name) for name, privacy in declared.items() if privacy in PERSONAL}


def empty_of(model: type[Model], name: str) -> Any:
    column = model._meta.get_field(name)
    if isinstance(column, EncryptedTextField) or getattr(column, "null", False):
        return None
    if column.has_default():  # type: ignore[union-attr]
        return column.get_default()  # type: ignore[union-attr]
    return ""


Erase = Callable[[Erasing], None]


@dataclass(frozen=True, kw_only=True)
class Ends:
    """What erasing does to one table. `columns` point at a person; empty for a table with personal text that points at
    none. `erase` is called with the people still as they were."""

    model: type[Model]
    columns: tuple[str, ...] = ()
    erase: Erase

    @property
    def table(self) -> str:
        return self.model._meta.label_lower


def dropped(model: type[Model], *columns: str) -> Ends:
    """Every row that points at the person goes."""

    def erase(erasing: Erasing) -> None:
        for column in columns:
            erasing.drop(erasing.pointing(model, column))

    return Ends(model=model, columns=columns, erase=erase)


def blanked(model: type[Model], *columns: str, only: str | None = None, **more: Any) -> Ends:
    """The rows stay, without what is personal in them; `only`: those that point by this column."""

    def erase(erasing: Erasing) -> None:
        for column in [only] if only else columns:
            erasing.blank(erasing.pointing(model, column), **more)

    return Ends(model=model, columns=columns, erase=erase)


def covered(model: type[Model], *columns: str) -> Ends:
    """The rows stay, for that they were is told of; every personal text in them gives way to a sign."""

    def erase(erasing: Erasing) -> None:
        for column in columns:
            rows = erasing.pointing(model, column)
            for name in blank_values(model):
                erasing.rows += rows.exclude(**{name: ""}).update(**{name: MASK})

    return Ends(model=model, columns=columns, erase=erase)


def stays(model: type[Model], *columns: str) -> Ends:
    """Nothing personal is in it: the rows stay and point at nobody anyone knows."""
    return Ends(model=model, columns=columns, erase=lambda erasing: None)


_ends: dict[str, Ends] = {}
KeepsAge = Callable[[Person], None]
_keeps_age: list[KeepsAge] = []


def end(*ways: Ends) -> None:
    """Tell what erasing does. Raises ValueError for a table that was told of already."""
    for way in ways:
        if way.table in _ends:
            raise ValueError(f"{way.table} is told of already.")
        _ends[way.table] = way


def keep_age(keeps: KeepsAge) -> None:
    """A floor that counts people by age tells how the birth of an erased person is made as vague as figures allow: it
    is given the person with everything known, and leaves in sex and birth what is kept."""
    _keeps_age.append(keeps)


def ends() -> list[Ends]:
    """Upper floors first: what they know of a person is told by what the lower ones still hold."""
    return list(reversed(_ends.values()))


def make_vague(person: Person) -> None:
    """Leave of sex and birth what figures of past years need; nothing where nobody counted the person."""
    kept = person.sex, person.born_on, person.born_precision
    told = []
    for keeps in _keeps_age:
        person.sex, person.born_on, person.born_precision = kept
        keeps(person)
        told.append((person.sex, person.born_on, person.born_precision))
    empty = tuple(empty_of(Person, name) for name in ("sex", "born_on", "born_precision"))
    person.sex, person.born_on, person.born_precision = next((one for one in told if one != empty), empty)
