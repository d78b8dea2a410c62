"""Fields that every list of people has, read with their problems."""

from __future__ import annotations

import re
from typing import Any

from ..cells import Value
from ..context import Cell, TableContext
from ..grid import shown
from ..layout.profile import share
from ..text import squash
from ..values.births import parse_birth
from ..values.dates import parse_date, resolved
from ..values.identity import IdNumber, birth_of, checks, parse_id, sex_of
from ..values.names import Name, clean_name
from ..values.numbers import parse_number
from ..values.phones import Phone, parse_phone
from ..values.ticks import parse_ethnic, parse_sex, parse_text, parse_year
from ..vocabulary import words

Found = dict[str, Any]
PER_PERIOD = re.compile(r"(.*\d.*?)(?:/|每|一个?)(月|年)")
ALL_SEXES = 0.9


def read_field(ctx: TableContext, at: Cell, name: str, value: Value | None, shared: bool = False) -> Found:
    """The values one cell gives for one person, by the field of its column.

    ``shared``: the cell is read for several people; only what may hold for all of them is given.
    """
    if value is None:
        return {}
    if name in ("birth_date", "age"):
        return {} if shared else read_birth(ctx, at, value, name == "age")
    if name == "id_number":
        return {} if shared else read_id(ctx, at, parse_id(value))
    if name == "phone":
        return read_phone(ctx, at, parse_phone(value))
    if name == "sex":
        return _kept(ctx, at, "sex", parse_sex(value, is_coded(ctx, at[1])), value)
    if name == "ethnic":
        return _kept(ctx, at, "ethnic", parse_ethnic(value), value)
    if name == "registered_on":
        return _kept(ctx, at, name, _day(ctx, value), value)
    if name == "arrived":
        return _kept(ctx, at, "arrived_year", parse_year(value), value)
    if name in ("seq", "hours", "income", "rent", "star"):
        return _kept(ctx, at, name, _figure(ctx, at, value, name), value)
    if name == "head":
        return _kept(ctx, at, name, clean_name(shown(value)) or None, value)
    return _kept(ctx, at, name, parse_text(value), value)


def _kept(ctx: TableContext, at: Cell, name: str, read: Any, value: Value) -> Found:
    """The value; a cell that says something which could not be read is shown, not dropped."""
    if read is not None:
        return {name: read}
    if parse_text(value) is not None and parse_text(value) not in words("unknown"):
        ctx.problem(at, "value_unreadable", written=shown(value))
        ctx.not_read(*at)
    return {}


def _day(ctx: TableContext, value: Value) -> str | None:
    start = parse_date(value).start
    day = resolved(start, ctx.year) if start else None
    return day.isoformat() if day else None


def _figure(ctx: TableContext, at: Cell, value: Value | None, name: str) -> int | float | str | None:
    unit = {"hours": "hours", "income": "money", "rent": "money"}.get(name, "people")
    value = ctx.hours_cell(*at) if name == "hours" else _per_period(ctx, at, value) if unit == "money" else value
    number = parse_number(value, unit, text_is_normal=True)
    if number.problem == "number_approximate" and name in ("hours", "income", "rent"):
        ctx.problem(at, number.problem, value=number.value)
    return parse_text(value) if number.value is None and name in ("seq", "income", "star") else number.value


def _per_period(ctx: TableContext, at: Cell, value: Value | None) -> Value | None:
    """6000元/月 → 6000元, unless the heading asks for another period."""
    heading = "".join(ctx.table.header.paths.get(at[1], ()))
    other = [sign for sign in words("periods") if sign in heading]
    match = PER_PERIOD.fullmatch(squash(value)) if isinstance(value, str) else None
    if match is None or (other and match[2] not in other):
        return value
    return match[1]


def read_birth(ctx: TableContext, at: Cell, value: Value, is_age_column: bool) -> Found:
    """birth_date, birth_month, birth_year or age."""
    birth = parse_birth(value, is_age_column)
    if birth.problem:
        ctx.problem(at, birth.problem, birth.severity, written=shown(value))
        if not birth.values:
            ctx.not_read(*at)
    return dict(birth.values)


def read_id(ctx: TableContext, at: Cell, number: IdNumber) -> Found:
    """id_number, as written unless its digits are lost."""
    if number.problem:
        params = {"first15": number.first15} if number.first15 else {"length": len(number.value or "")}
        ctx.problem(at, number.problem, **params)
    if number.problem and number.value is None:
        ctx.not_read(*at)
    return {"id_number": number.value} if number.value else {}


def read_phone(ctx: TableContext, at: Cell, phone: Phone) -> Found:
    """phone, digits only."""
    if phone.problem:
        ctx.problem(at, phone.problem, length=len(phone.value or ""))
    if phone.rest:
        ctx.problem(at, "value_unreadable", "info")
    if phone.problem and phone.value is None:
        ctx.not_read(*at)
    return {"phone": phone.value} if phone.value else {}


def note_illegible(ctx: TableContext, at: Cell, name: Name) -> None:
    """A substitute character inside a name."""
    if name.illegible:
        ctx.problem(at, "illegible_char", written=name.name or name.nickname)


def compare_with_id(ctx: TableContext, at: Cell | None, values: Found) -> None:
    """Birth date and sex against a valid identity number; partial dates are not compared."""
    number = values.get("id_number")
    if at is None or not isinstance(number, str) or not checks(number):
        return
    birth, sex = values.get("birth_date"), values.get("sex")
    if birth and birth != birth_of(number):
        ctx.problem(at, "id_birth_mismatch", id_birth=birth_of(number), cell_birth=birth)
    if sex and sex != sex_of(number):
        ctx.problem(at, "id_sex_mismatch", id_sex=sex_of(number), cell_sex=sex)


def is_coded(ctx: TableContext, col: int) -> bool:
    """Whether a column of sexes is written 1 and 2, all of it or between 男 and 女."""
    counts = ctx.columns.profiles[col]
    return counts["number"] > 0.5 * counts["n"] or share(counts, "sex_or_code") >= ALL_SEXES
