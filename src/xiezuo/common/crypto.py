"""Encryption of single fields: AES-GCM with key id and `table.column` as associated data, and a blind index."""

import hmac
import secrets
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models

from xiezuo.common.keys import house_keys

NONCE_BYTES = 12
OF_ROWS = "exchange."  # purposes of digests of imported rows, which nobody can make anew once the sheet is gone


class Unreadable(Exception):
    """The value was written with a key this house no longer has, or was altered."""


def encrypt(text: str, where: str) -> bytes:
    """`text` sealed for the place `where` ("people_person.id_number"); it opens nowhere else."""
    keys = house_keys()
    nonce = secrets.token_bytes(NONCE_BYTES)
    head = keys.current.encode() + b":"
    sealed = AESGCM(keys.field_keys[keys.current]).encrypt(nonce, text.encode(), head + where.encode())
    return head + nonce + sealed


def key_of(sealed: bytes) -> str:
    """The id of the key that sealed a value."""
    return bytes(sealed).partition(b":")[0].decode(errors="replace")


def decrypt(sealed: bytes, where: str) -> str:
    """The text sealed by `encrypt`. Raises Unreadable."""
    key_id, _, rest = bytes(sealed).partition(b":")
    key = house_keys().field_keys.get(key_of(sealed))
    if key is None:
        raise Unreadable(where)
    try:
        opened = AESGCM(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], key_id + b":" + where.encode())
    except InvalidTag as error:
        raise Unreadable(where) from error
    return opened.decode()


def blind(text: str, purpose: str) -> str:
    """A keyed digest (64 hex digits) by which equal values are found without being read; empty stays empty."""
    if not text:
        return ""
    key = house_keys().row_key if purpose.startswith(OF_ROWS) else house_keys().index_key
    return hmac.new(key, f"{purpose}\0{text}".encode(), sha256).hexdigest()


def device_key(user: int) -> str:
    """The key (64 hex digits) by which devices of a login encrypt what the house has not received yet. It is handed to
    pages of that login alone and never kept on a device; so it stays what it is when the keys of the house are replaced,
    or words still waiting on a telephone could not be read any more."""
    return hmac.new(house_keys().row_key, f"device\0{user}".encode(), sha256).hexdigest()


class EncryptedTextField(models.BinaryField):
    """Text that the database holds encrypted. Empty text is stored as NULL. Cannot be searched: keep a blind index.

    `sealed_for`: the place for which its values are sealed, where that is not its own table and column (a column that
    moved keeps what was written).
    """

    def __init__(self, *args: Any, sealed_for: str = "", **kwargs: Any) -> None:
        self.sealed_for = sealed_for
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        kwargs["editable"] = True
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | ({"sealed_for": self.sealed_for} if self.sealed_for else {})

    def get_default(self) -> str:
        return ""  # as an empty one comes out of the database

    @property
    def where(self) -> str:
        return self.sealed_for or f"{self.model._meta.db_table}.{self.column}"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, str):
            value = encrypt(value, self.where) if value else None
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str:
        return decrypt(value, self.where) if value else ""

    def to_python(self, value: Any) -> Any:
        return "" if value is None else value
