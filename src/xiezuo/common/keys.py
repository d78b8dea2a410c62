"""The house's key file: it lies beside the database, never inside it.

What it holds: the secret that signs sessions and links, the keys that encrypt identity numbers and drafts, the key
of their blind index, and the key of the event chain. Whoever loses the file keeps names, services and figures, and
loses every encrypted number and the proof that the event log is whole; so the backup carries it apart.
"""

import base64
import secrets
import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

KEY_FILE = "keys.toml"
KEY_BYTES = 32


@dataclass(frozen=True)
class Keys:
    """`field_keys` maps a key id to 32 bytes; new values are written with `current`."""

    secret: str
    current: str
    field_keys: dict[str, bytes]
    index_key: bytes
    chain_key: bytes


class KeysMissing(Exception):
    """There is no readable key file at the place named."""


def _fresh() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def write_new_keys(house: Path) -> Path:
    """Write a fresh key file into `house`. Never overwrites: raises FileExistsError if one is there."""
    path = house / KEY_FILE
    lines = [
        "# 密钥文件。请另存一份到别处：丢了它，证件号码和草稿就再也读不出来。",
        "# Key file. Keep a copy elsewhere: without it identity numbers and drafts can never be read again.",
        f'secret = "{secrets.token_urlsafe(48)}"',
        'current = "k1"',
        f'index_key = "{_fresh()}"',
        f'chain_key = "{_fresh()}"',
        "[field_keys]",
        f'k1 = "{_fresh()}"',
    ]
    with path.open("x", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    path.chmod(0o600)
    return path


def read_keys(house: Path) -> Keys:
    """The keys of the house in the folder `house`. Raises KeysMissing."""
    path = house / KEY_FILE
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        return Keys(
            secret=found["secret"],
            current=found["current"],
            field_keys={name: base64.b64decode(value) for name, value in found["field_keys"].items()},
            index_key=base64.b64decode(found["index_key"]),
            chain_key=base64.b64decode(found["chain_key"]),
        )
    except (OSError, KeyError, ValueError) as error:
        raise KeysMissing(str(path)) from error


def house_keys() -> Keys:
    """The keys of the running house. Raises KeysMissing when it was started without its key file."""
    if settings.XIEZUO_KEYS is None:
        raise KeysMissing(str(settings.XIEZUO_HOUSE.folder / KEY_FILE))
    return settings.XIEZUO_KEYS
