"""Packs that leave as a signed file, and those that come: unknown signers are asked about, and what comes is a draft."""

import base64
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.keys import fingerprint, house_keys
from xiezuo.forms.models import PackEdition, TrustedSigner
from xiezuo.forms.packs import Edition, is_shipped
from xiezuo.forms.packs.beside import problems_here
from xiezuo.forms.packs.trees import plain
from xiezuo.forms.packs.versions import numbers
from xiezuo.forms.workshop.access import must
from xiezuo.forms.workshop.actions.drafting import drafted, taken_versions
from xiezuo.forms.workshop.parcels import Parcel, ParcelBroken, opened, packed
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Organisation
from xiezuo.orgs.queries import house_full_name

BROKEN: dict[str, Promise] = {
    "too_large": _("The file is larger than a pack may be (4 MB). Nothing was taken in."),
    "too_deep": _("The file is nested deeper than any pack. Nothing was taken in."),
    "not_json": _("The file cannot be read as a pack. Ask for it again. Nothing was taken in."),
    "not_a_pack": _("This file holds no pack. Nothing was taken in."),
    "too_new": _("The file comes from a newer version of this software. Upgrade first. Nothing was taken in."),
    "altered": _("The pack was changed after it was signed. Ask the sender for it again. Nothing was taken in."),
    "wrong_signature": _("The signature does not fit the file: it was changed on its way. Nothing was taken in."),
}


@transaction.atomic
def export_pack(*, by: Actor, of: Edition) -> bytes:
    """The file that carries this version, signed with the house's key. Raises NotAllowed."""
    must(by, "edit")
    content = packed(of.body, organisation=house_full_name(), key=house_keys().signing)
    house = Organisation.objects.get(is_house=True)
    happened("forms.pack.exported", house, by_id=by.id, pack=of.pack_id, version=of.version)
    return content


def open_parcel(content: bytes) -> Parcel:
    """What a file holds and who signed it. Raises RuleBroken with the words for people."""
    try:
        return opened(content)
    except ParcelBroken as problem:
        raise RuleBroken(f"forms.pack.{problem.code}", BROKEN[problem.code], field="file") from problem


def signer_of(parcel: Parcel) -> TrustedSigner | None:
    """The signer, if someone of the house decided to take their packs."""
    return TrustedSigner.objects.filter(public_key=parcel.public_key, ended_at__isnull=True).first()


def other_keys_of(parcel: Parcel) -> bool:
    """Whether an organisation of this name signed with another key before."""
    named = TrustedSigner.objects.filter(organisation=parcel.organisation)
    return named.exclude(public_key=parcel.public_key).exists()


def is_ours(parcel: Parcel) -> bool:
    return parcel.public_key == _our_public_key()


def _our_public_key() -> str:
    return base64.b64encode(house_keys().signing.public_key().public_bytes_raw()).decode()


def our_fingerprint() -> str:
    """By which others know the packs of this house."""
    return fingerprint(house_keys().signing.public_key().public_bytes_raw())


@transaction.atomic
def import_pack(*, by: Actor, content: bytes, trust: bool = False) -> PackEdition:
    """Take a signed pack in as a draft; someone else publishes it. `trust`: by decides to take this signer's packs.

    Raises RuleBroken for a file that was tampered with, an unknown signer, a version that is here already, and for what
    is wrong with the pack.
    """
    must(by, "import")
    parcel = open_parcel(content)
    body = plain({name: value for name, value in parcel.body.items() if name != "checksum"})
    if problems := problems_here(body):
        raise RuleBroken("forms.pack.broken", str(problems[0]), path=problems[0].path, problem=problems[0].code)
    _must_be_new(body)
    _must_be_trusted(by, parcel, trust)
    came = {"signed_by": parcel.organisation, "fingerprint": parcel.fingerprint}
    return drafted(by=by, body=body, code="forms.pack.imported", **came)


def _must_be_trusted(by: Actor, parcel: Parcel, trust: bool) -> None:
    if is_ours(parcel) or signer_of(parcel) is not None:
        return
    if not trust:
        words = _(
            "Nobody here has taken a pack of “%(name)s” yet. Compare the fingerprint with them and confirm it first."
        )
        raise RuleBroken("forms.pack.unknown_signer", words % {"name": parcel.organisation})
    told = {"organisation": parcel.organisation, "trusted_by": by.user, "ended_at": None}
    signer, _new = TrustedSigner.objects.update_or_create(public_key=parcel.public_key, defaults=told)
    happened("forms.pack.signer_trusted", signer, by_id=by.id)


def _must_be_new(body: dict[str, Any]) -> None:
    """A version that is here cannot come again, and what the product brings is changed in the house alone."""
    name, version = str(body["id"]), str(body["version"])
    if version in taken_versions(name):
        words = _("Version %(version)s of this pack is here already. Nothing was taken in.")
        raise RuleBroken("forms.pack.here_already", words % {"version": version})
    if is_shipped(name) and len(numbers(version)) < 3:
        words = _(
            "A pack of this name comes with the software; another house's version has a third number. Ask for that."
        )
        raise RuleBroken("forms.pack.shipped_name", words)
