"""A pack travels as one signed file: nothing of it can be changed on the way, and a stranger's is asked about."""

import json
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.factories.cast import Cast
from tests.forms.packs.conftest import CHECKLIST
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.keys import fresh_keys, read_keys, replace_keys, rotated, write_new_keys
from xiezuo.forms.models import PackEdition, TrustedSigner
from xiezuo.forms.packs import edition
from xiezuo.forms.vocab import PackState
from xiezuo.forms.workshop.actions import end_trust, export_pack, import_pack, publish, review
from xiezuo.forms.workshop.parcels import MOST_BYTES, ParcelBroken, opened, packed
from xiezuo.orgs.access import Actor

THEIRS = Ed25519PrivateKey.from_private_bytes(b"q" * 32)


def parcel() -> bytes:
    return packed(CHECKLIST, organisation="青岛协作者", key=THEIRS)


def code_of(what: Callable[[], object]) -> str:
    with pytest.raises((ParcelBroken, RuleBroken)) as refusal:
        what()
    return str(refusal.value.code)  # type: ignore[union-attr]


def test_a_parcel_opens_to_what_was_packed_and_says_who_signed() -> None:
    found = opened(parcel())
    assert (found.body, found.organisation) == (CHECKLIST, "青岛协作者")
    assert len(found.fingerprint) == 39


@pytest.mark.parametrize(
    ("before", "after"), [("200册", "20册"), ("青岛协作者", "南京协作者"), ('"version": "1.2"', '"version": "1.3"')]
)
def test_whatever_is_changed_on_the_way_shows(before: str, after: str) -> None:
    assert code_of(lambda: opened(parcel().decode().replace(before, after).encode())) == "wrong_signature"


def test_another_signer_cannot_take_the_place_of_the_first() -> None:
    told = json.loads(parcel())
    other = json.loads(packed(CHECKLIST, organisation="青岛协作者", key=Ed25519PrivateKey.generate()))
    told["signer"] = other["signer"]
    assert code_of(lambda: opened(json.dumps(told).encode())) == "wrong_signature"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"[" * 5000 + b"]" * 5000, "too_deep"),
        (b" " * (MOST_BYTES + 1), "too_large"),
        (b'{"format": "xzpack", "format": "xzpack"}', "not_json"),
        (b'{"format": NaN}', "not_json"),
        (b'{"format": "xzpack", "pack": []}', "not_a_pack"),
        (b'{"format": "xzpack", "pack": {}, "format_version": 2}', "too_new"),
        (b"PK\x03\x04", "not_json"),
    ],
)
def test_what_is_no_parcel_is_refused_before_anything_is_built_from_it(content: bytes, code: str) -> None:
    assert code_of(lambda: opened(content)) == code


def test_brackets_and_quotes_in_a_text_are_text() -> None:
    told = CHECKLIST | {"changes": '[[[[[[[[[[[[[[[[[[[[[[[[[[[[ "\\" ['}
    assert opened(packed(told, organisation="x", key=THEIRS)).body == told


def test_a_strangers_pack_is_asked_about_comes_as_a_draft_and_a_colleague_publishes_it(
    cast: Cast, heqing: Actor
) -> None:
    with pytest.raises(NotAllowed, match="brings no packs into the house"):
        import_pack(by=cast.xiaomei, content=parcel())
    assert code_of(lambda: import_pack(by=heqing, content=parcel())) == "forms.pack.unknown_signer"
    assert PackEdition.objects.count() == 0
    draft = import_pack(by=heqing, content=parcel(), trust=True)
    assert (draft.state, draft.version, draft.signed_by) == (PackState.DRAFT, "1.2", "青岛协作者")
    assert code_of(lambda: import_pack(by=heqing, content=parcel())) == "forms.pack.here_already"
    review(by=heqing, edition=draft, changes="取自青岛")
    with pytest.raises(NotAllowed):
        publish(by=heqing, edition=draft, valid_from=draft.begun_at.date())
    assert publish(by=cast.chenli, edition=draft, valid_from=draft.begun_at.date()).state == PackState.PUBLISHED
    signer = end_trust(by=heqing, signer=TrustedSigner.objects.get())
    assert signer.ended_at is not None


def test_what_the_house_exports_it_can_take_back_elsewhere(cast: Cast, checklist: PackEdition) -> None:
    found = opened(export_pack(by=cast.chenli, of=edition("centre-checklist")))
    assert (found.body, found.organisation) == (checklist.body, "北京市协作者社会工作发展中心")


def test_a_pack_that_is_broken_is_not_taken_in_however_well_it_is_signed(cast: Cast, heqing: Actor) -> None:
    told = CHECKLIST | {"mark": "verified", "rules": {}, "centre": {"source": "x", "mark": "unverified"}}
    broken = packed(told, organisation="青岛协作者", key=THEIRS)
    assert code_of(lambda: import_pack(by=heqing, content=broken, trust=True)) == "forms.pack.broken"
    assert TrustedSigner.objects.count() == 0


def test_new_keys_of_the_house_sign_anew_and_an_old_key_file_signs_too(tmp_path: object) -> None:
    from datetime import UTC, datetime
    from pathlib import Path

    house = Path(str(tmp_path))
    write_new_keys(house)
    first = read_keys(house)
    later = rotated(first, last_event=1, at=datetime(2026, 3, 2, tzinfo=UTC))
    replace_keys(house, later)
    assert read_keys(house).signing.private_bytes_raw() == later.signing.private_bytes_raw()
    assert later.signing.private_bytes_raw() != first.signing.private_bytes_raw()
    path = house / "keys.toml"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("sign_key")]
    path.write_text("\n".join(lines), encoding="utf-8")
    old = read_keys(house).signing.private_bytes_raw()
    assert old == read_keys(house).signing.private_bytes_raw() != fresh_keys().signing.private_bytes_raw()
