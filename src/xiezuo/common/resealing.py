"""Sealing every encrypted value anew with the current key, in pieces that can be interrupted and gone on with.

Each piece is one transaction, and a value tells by which key it is sealed: whoever begins again skips what is done.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from xiezuo.common.crypto import EncryptedTextField, Unreadable, decrypt, encrypt, key_of
from xiezuo.common.keys import house_keys
from xiezuo.common.walls import all_opened

AT_ONCE = 2000
WHY = "the operator seals everything with a new key"
# Told inside the transaction of a piece: field, and key of the row with its text, of each value sealed anew.
Told = Callable[[EncryptedTextField, Sequence[tuple[Any, str]]], object]


def sealed_fields() -> list[EncryptedTextField]:
    found = [field for model in apps.get_models() for field in model._meta.local_concrete_fields]
    return [field for field in found if isinstance(field, EncryptedTextField)]


def keys_in_use() -> dict[str, Counter[str]]:
    """Place of each sealed field ("table.column") → how many values each key sealed."""
    used: dict[str, Counter[str]] = {}
    with all_opened(why=WHY):
        for field in sealed_fields():
            place = f"{field.model._meta.db_table}.{field.column}"
            used[place] = Counter(key_of(sealed) for part in _pieces(field) for _pk, sealed in part)
    return used


def reseal_all(told: Told) -> int:
    """Seal everything with the current key; how many values were sealed by another one. What a key sealed that is no
    longer there stays as it is."""
    with all_opened(why=WHY):
        return sum(_reseal(field, told) for field in sealed_fields())


def _reseal(field: EncryptedTextField, told: Told) -> int:
    done, current = 0, house_keys().current
    meta, quote = field.model._meta, connection.ops.quote_name
    table, column, key = quote(meta.db_table), quote(str(field.column)), quote(str(meta.pk.column))
    for part in _pieces(field):
        with transaction.atomic():
            texts = [(pk, text) for pk, sealed in part if key_of(sealed) != current if (text := _text(field, sealed))]
            if not texts:
                continue
            with connection.cursor() as cursor:
                cursor.executemany(
                    f"UPDATE {table} SET {column} = %s WHERE {key} = %s",
                    [(encrypt(text, field.where), pk) for pk, text in texts],
                )
            told(field, texts)
        done += len(texts)
    return done


def _text(field: EncryptedTextField, sealed: bytes) -> str:
    try:
        return decrypt(sealed, field.where)
    except Unreadable:
        return ""


def _pieces(field: models.Field[Any, Any]) -> Iterator[list[tuple[Any, bytes]]]:
    """(key of the row, sealed value) of all rows that have one, by key. The caller has opened the walls."""
    meta, quote = field.model._meta, connection.ops.quote_name
    table, column, key = quote(meta.db_table), quote(str(field.column)), quote(str(meta.pk.column))
    last: Any = None
    while True:
        after, values = (f"AND {key} > %s", [last]) if last is not None else ("", [])
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {key}, {column} FROM {table} WHERE {column} IS NOT NULL {after} ORDER BY {key} LIMIT {AT_ONCE}",
                values,
            )
            part = [(pk, bytes(sealed)) for pk, sealed in cursor.fetchall()]
        if not part:
            return
        yield part
        last = part[-1][0]
