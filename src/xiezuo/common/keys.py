"""The house's key file: it lies beside the database, never inside it.

What it holds: the secret that signs sessions and links, the keys that encrypt identity numbers and drafts, the key
of their blind index, the key of the event chain, and the one that signs packs. Whoever loses the file keeps names,
services and figures, and loses every encrypted number and the proof that the event log is whole; so the backup carries
it apart.
"""

import base64
import hmac
import os
import secrets
import tomllib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

KEY_FILE = "keys.toml"
KEY_BYTES = 32
SESSIONS_HOLD = timedelta(days=1)  # what an earlier secret signed is believed so long after it was replaced
HEAD = (
    "# 密钥文件。请另存一份到别处：丢了它，证件号码和草稿就再也读不出来。",
    "# Key file. Keep a copy elsewhere: without it identity numbers and drafts can never be read again.",
)


@dataclass(frozen=True)
class Keys:
    """`field_keys` maps a key id to 32 bytes; new values are written with `current`.

    `row_key` makes the digests by which rows of imported sheets are known again; it stays for the life of a house.
    `earlier_chain`: keys with which the event chain was written before, each with the last event id it counts for.
    `sign_key` signs packs that leave the house (Ed25519); a key file from before there was one has it of `row_key`.
    `earlier_secret` signed until `secret_since`.
    """

    secret: str
    current: str
    field_keys: dict[str, bytes]
    index_key: bytes
    chain_key: bytes
    row_key: bytes
    sign_key: bytes = b""
    earlier_chain: tuple[tuple[int, bytes], ...] = ()
    earlier_secret: str = ""
    secret_since: datetime | None = None

    def chain_key_of(self, event: int | None) -> bytes:
        """The key of the event with this id; of one that is being written, the current one."""
        if event is not None:
            for last, key in self.earlier_chain:
                if event <= last:
                    return key
        return self.chain_key

    def believed_secrets(self, at: datetime) -> list[str]:
        """Secrets beside the current one whose signatures still hold at that moment."""
        still = self.secret_since is not None and at < self.secret_since + SESSIONS_HOLD
        return [self.earlier_secret] if still and self.earlier_secret else []

    @property
    def signing(self) -> Ed25519PrivateKey:
        """The key that signs packs. After a rotation it is another one, and whoever takes our packs is asked again."""
        seed = self.sign_key or hmac.new(self.row_key, b"packs that leave the house", sha256).digest()
        return Ed25519PrivateKey.from_private_bytes(seed)


def fingerprint(public_key: bytes) -> str:
    """The digest of a public key in eight groups of four, to be read out on the telephone."""
    digits = sha256(public_key).hexdigest()[:32].upper()
    return " ".join(digits[n : n + 4] for n in range(0, len(digits), 4))


class KeysMissing(Exception):
    """There is no readable key file at the place named."""


def _fresh() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def fresh_keys() -> Keys:
    index = _fresh()
    return Keys(secrets.token_urlsafe(48), "k1", {"k1": _fresh()}, index, _fresh(), index, sign_key=_fresh())


def rotated(old: Keys, *, last_event: int, at: datetime) -> Keys:
    """New keys of every kind beside the old ones, which are still needed until everything is sealed anew."""
    number = max((int(name[1:]) for name in old.field_keys if name[1:].isdigit()), default=0) + 1
    current = f"k{number}"
    return replace(
        old,
        secret=secrets.token_urlsafe(48),
        earlier_secret=old.secret,
        secret_since=at,
        current=current,
        field_keys={**old.field_keys, current: _fresh()},
        index_key=_fresh(),
        chain_key=_fresh(),
        sign_key=_fresh(),
        earlier_chain=(*old.earlier_chain, (last_event, old.chain_key)),
    )


def retired(keys: Keys) -> Keys:
    """Without the field keys that nothing uses any more."""
    return replace(keys, field_keys={keys.current: keys.field_keys[keys.current]})


def _as_toml(keys: Keys) -> str:
    def text(key: bytes) -> str:
        return base64.b64encode(key).decode()

    lines = [
        *HEAD,
        f'secret = "{keys.secret}"',
        f'current = "{keys.current}"',
        f'index_key = "{text(keys.index_key)}"',
        f'chain_key = "{text(keys.chain_key)}"',
        *([f'sign_key = "{text(keys.sign_key)}"'] if keys.sign_key else []),
        *([f'row_key = "{text(keys.row_key)}"'] if keys.row_key != keys.index_key else []),
    ]
    if keys.secret_since:
        lines += [f'earlier_secret = "{keys.earlier_secret}"', f'secret_since = "{keys.secret_since.isoformat()}"']
    lines += ["[field_keys]", *(f'{name} = "{text(key)}"' for name, key in keys.field_keys.items())]
    for last, key in keys.earlier_chain:
        lines += ["[[earlier_chain]]", f"last_event = {last}", f'key = "{text(key)}"']
    return "\n".join(lines) + "\n"


def _write(path: Path, text: str) -> None:
    """A new file that only its owner reads, safely on the disk. Raises FileExistsError."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def write_new_keys(house: Path) -> Path:
    """Write a fresh key file into `house`. Never overwrites: raises FileExistsError if one is there."""
    path = house / KEY_FILE
    _write(path, _as_toml(fresh_keys()))
    return path


def replace_keys(house: Path, keys: Keys, *, beside: str = "") -> Path | None:
    """Put `keys` into the place of the key file in one step. With `beside` the old file is kept under that name
    (`keys.toml.BESIDE`), which is returned; raises FileExistsError where that is there already."""
    path, draft = house / KEY_FILE, house / f"{KEY_FILE}.part"
    kept = house / f"{KEY_FILE}.{beside}" if beside else None
    if kept:
        _write(kept, path.read_text(encoding="utf-8"))
    draft.unlink(missing_ok=True)
    _write(draft, _as_toml(keys))
    draft.replace(path)
    return kept


def read_keys(house: Path) -> Keys:
    """The keys of the house in the folder `house`. Raises KeysMissing."""
    path = house / KEY_FILE
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        since = found.get("secret_since")
        return Keys(
            secret=found["secret"],
            current=found["current"],
            field_keys={name: base64.b64decode(value) for name, value in found["field_keys"].items()},
            index_key=base64.b64decode(found["index_key"]),
            chain_key=base64.b64decode(found["chain_key"]),
            row_key=base64.b64decode(found.get("row_key", found["index_key"])),
            sign_key=base64.b64decode(found.get("sign_key", "")),
            earlier_chain=tuple(
                (int(one["last_event"]), base64.b64decode(one["key"])) for one in found.get("earlier_chain", ())
            ),
            earlier_secret=found.get("earlier_secret", ""),
            secret_since=datetime.fromisoformat(since) if since else None,
        )
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise KeysMissing(str(path)) from error


def house_keys() -> Keys:
    """The keys of the running house. Raises KeysMissing when it was started without its key file."""
    if settings.XIEZUO_KEYS is None:
        raise KeysMissing(str(settings.XIEZUO_HOUSE.folder / KEY_FILE))
    return settings.XIEZUO_KEYS
