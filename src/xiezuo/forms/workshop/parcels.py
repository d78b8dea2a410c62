"""A pack as one signed file (`.xzpack`), to be carried to another house. Pure but for the key that signs.

The file is JSON: the pack, its checksum, who sends it with the public half of the key, and the signature (Ed25519) over all
of it. Whoever opens it learns who signed; whether that signer is trusted is for people to say.
"""

import base64
import json
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from xiezuo.common.keys import fingerprint
from xiezuo.forms.packs.trees import plain
from xiezuo.forms.packs.versions import checksum

FORMAT, FORMAT_VERSION = "xzpack", 1
SUFFIX = ".xzpack"
MOST_BYTES = 4 * 1024 * 1024
DEEPEST = 24
LONGEST_NAME = 120


class ParcelBroken(Exception):
    """A file that is no pack, or was changed on its way. `code`: too_large, too_deep, not_json, not_a_pack, too_new,
    altered, wrong_signature."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Parcel:
    """A pack as it came, and who signed it."""

    body: dict[str, Any]
    organisation: str
    public_key: str

    @property
    def fingerprint(self) -> str:
        """The key's digest in groups of four, to be read out on the telephone."""
        return fingerprint(base64.b64decode(self.public_key))


def _signed(told: dict[str, Any]) -> bytes:
    """What the signature is over: everything beside it, whatever the order in which it is written."""
    content = {name: value for name, value in told.items() if name != "signature"}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def packed(body: dict[str, Any], *, organisation: str, key: Ed25519PrivateKey) -> bytes:
    """The file that carries a pack."""
    told = plain({name: value for name, value in body.items() if name != "checksum"})
    parcel = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "pack": told,
        "checksum": checksum(told),
        "signer": {
            "organisation": organisation,
            "public_key": base64.b64encode(key.public_key().public_bytes_raw()).decode(),
        },
    }
    parcel["signature"] = base64.b64encode(key.sign(_signed(parcel))).decode()
    return (json.dumps(parcel, ensure_ascii=False, indent=1) + "\n").encode()


def opened(content: bytes) -> Parcel:
    """The pack in a file, once its signature and checksum hold. Raises ParcelBroken."""
    told = _read(content)
    if not isinstance(told, dict) or told.get("format") != FORMAT or not isinstance(told.get("pack"), dict):
        raise ParcelBroken("not_a_pack")
    if told.get("format_version") != FORMAT_VERSION:
        raise ParcelBroken("too_new")
    signer = told.get("signer")
    if not isinstance(signer, dict) or not isinstance(signer.get("organisation"), str):
        raise ParcelBroken("wrong_signature")
    _must_be_signed(told, signer.get("public_key"))
    if told.get("checksum") != checksum(told["pack"]):
        raise ParcelBroken("altered")
    return Parcel(told["pack"], signer["organisation"][:LONGEST_NAME], signer["public_key"])


def _must_be_signed(told: dict[str, Any], public_key: Any) -> None:
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(base64.b64decode(told["signature"], validate=True), _signed(told))
    except (InvalidSignature, ValueError, KeyError, TypeError) as error:
        raise ParcelBroken("wrong_signature") from error


def _read(content: bytes) -> Any:
    """JSON of a sane size and depth, without names told twice and without numbers that are none."""
    if len(content) > MOST_BYTES:
        raise ParcelBroken("too_large")
    if _depth(content) > DEEPEST:
        raise ParcelBroken("too_deep")
    try:
        text = content.decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=_each_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise ParcelBroken("not_json") from error


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError("a name stands twice")
    return told


def _no_number(text: str) -> Any:
    raise ValueError(text)


def _depth(content: bytes) -> int:
    """How deep brackets nest outside texts; counted before anything is read."""
    depth = deepest = 0
    inside = escaped = False
    for byte in content:
        if inside:
            inside = escaped or byte != 0x22
            escaped = not escaped and byte == 0x5C
        elif byte == 0x22:
            inside = True
        elif byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b"]}":
            depth -= 1
    return deepest
