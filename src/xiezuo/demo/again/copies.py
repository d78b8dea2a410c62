"""Copies of rows that belong together: with ids and keys of their own, pointing at each other, on other days."""

import json
import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db import models

from xiezuo.demo.telling.rows import Rows
from xiezuo.forms.models import Submission
from xiezuo.service.models import FilledForm, Goal

Row = models.Model
Told = tuple[type[Row], int]  # a row: its model and its id
DAY_IN_ANSWERS = re.compile(r"\b\d{4}-\d\d-\d\d\b")


class Copies:
    """Rows wait for each table; `finish` writes the rest. Nothing else may write these tables meanwhile."""

    def __init__(self) -> None:
        self._tables: dict[type[Row], Rows] = {}

    def add(self, rows: Iterable[Row], instead: dict[Told, int], days: int, change: Callable[[Row], None]) -> None:
        """Copy rows so that they point at each other, and at `instead[(model, id)]` in place of what they pointed at;
        everything is `days` earlier, and `change` says what else is different. `instead` is told the new ids."""
        copies = [_again(row) for row in rows]
        for copy in copies:
            old, table = copy.pk, self._table(type(copy))
            copy.pk = table.next_id()
            instead[type(copy), old] = copy.pk
        for copy in copies:
            _point(copy, instead)
            _move(copy, timedelta(days=days))
            if isinstance(copy, Submission):
                copy.answers = _answers(str(copy.answers), instead, timedelta(days=days))
            change(copy)
            self._table(type(copy)).add(copy)

    def finish(self) -> None:
        for table in self._tables.values():
            table.finish()

    def _table(self, model: type[Row]) -> Rows:
        if model not in self._tables:
            self._tables[model] = Rows(model)
        return self._tables[model]


def _again(row: Row) -> Row:
    """The same row once more; what must differ from every other row is made anew."""
    copy = type(row)(**{field.attname: getattr(row, field.attname) for field in row._meta.local_concrete_fields})
    for field in row._meta.local_concrete_fields:
        if field.unique and isinstance(field, models.UUIDField):
            setattr(copy, field.attname, uuid.uuid4())
        elif field.unique and isinstance(field, models.CharField) and getattr(row, field.attname):
            setattr(copy, field.attname, uuid.uuid4().hex[: field.max_length])
    return copy


def _point(copy: Row, instead: Mapping[Told, int]) -> None:
    for field in copy._meta.local_concrete_fields:
        if isinstance(field, models.ForeignKey):
            value = getattr(copy, field.attname)
            setattr(copy, field.attname, instead.get((field.related_model, value), value))


def _move(copy: Row, back: timedelta) -> None:
    for field in copy._meta.local_concrete_fields:
        value = getattr(copy, field.attname)
        if isinstance(value, date | datetime):
            setattr(copy, field.attname, value - back)


def _answers(told: str, instead: Mapping[Told, int], back: timedelta) -> str:
    """Days in answers go back as well, and what they name is named anew."""

    def earlier(found: re.Match[str]) -> str:
        try:
            return (date.fromisoformat(found[0]) - back).isoformat()
        except ValueError:
            return found[0]

    answers = json.loads(DAY_IN_ANSWERS.sub(earlier, told))
    if isinstance(answers.get("intake"), int):
        answers["intake"] = instead.get((FilledForm, answers["intake"]), answers["intake"])
    for row in answers.get("goal_scores", ()):
        row["goal"] = instead.get((Goal, row["goal"]), row["goal"])
    return json.dumps(answers, ensure_ascii=False)
