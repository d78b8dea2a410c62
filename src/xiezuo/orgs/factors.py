"""The second factor: numbers of an authenticator app (RFC 6238), passkeys (WebAuthn), and codes on paper."""

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hmac import compare_digest
from typing import Any
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    UserVerificationRequirement,
)

from xiezuo.common.crypto import blind
from xiezuo.common.days import now
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.orgs.access import Actor, must_run_the_house
from xiezuo.orgs.models import Authenticator, Passkey, RecoveryCode, User

STEP, DIGITS = 30, 6  # seconds and digits that every authenticator app knows
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # nothing that looks like another


@dataclass(frozen=True)
class Factors:
    """What a login has beside its password. `codes` are the recovery codes not yet used."""

    authenticator: Authenticator | None
    passkeys: list[Passkey]
    codes: int

    def __bool__(self) -> bool:
        return bool(self.authenticator or self.passkeys)


def factors_of(user: User) -> Factors:
    confirmed = Authenticator.objects.filter(user=user, confirmed_at__isnull=False).first()
    left = RecoveryCode.objects.filter(user=user, used_at__isnull=True).count()
    return Factors(confirmed, list(Passkey.objects.filter(user=user)), left)


# ── the authenticator app ──


def _totp(secret: str) -> TOTP:
    padded = secret + "=" * (-len(secret) % 8)
    return TOTP(base64.b32decode(padded), DIGITS, SHA1(), STEP, enforce_key_length=False)


def code_at(secret: str, seconds: int) -> str:
    """The number an app shows at that second since 1970."""
    return _totp(secret).generate(seconds).decode()


def step_of(secret: str, code: str, seconds: int) -> int | None:
    """The half minute for which `code` is right: the present one or one beside it; None when it is wrong."""
    written, found = "".join(filter(str.isdigit, code)), None
    for step in (seconds // STEP - 1, seconds // STEP, seconds // STEP + 1):
        if compare_digest(code_at(secret, step * STEP), written):
            found = step
    return found


@transaction.atomic
def begin_authenticator(*, by: Actor) -> Authenticator:
    """A secret for an app. The same one until it is confirmed, so that a page that is loaded again shows it again."""
    held, _new = Authenticator.objects.get_or_create(
        user=by.user, defaults={"secret": base64.b32encode(secrets.token_bytes(20)).decode()}
    )
    if held.confirmed_at:
        raise RuleBroken("orgs.app_exists", _("An app is tied to this account already. Remove it first."))
    return held


def address_for_app(held: Authenticator, house: str) -> str:
    """What the QR code says to the app."""
    label, secret = quote(f"{house}:{held.user.username}"), str(held.secret)
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(house)}&digits={DIGITS}&period={STEP}"


@transaction.atomic
def confirm_authenticator(*, by: Actor, code: str) -> None:
    """The app shows the right number: from now on it counts. Raises RuleBroken."""
    held = Authenticator.objects.select_for_update().filter(user=by.user, confirmed_at__isnull=True).first()
    step = step_of(str(held.secret), code, int(now().timestamp())) if held else None
    if held is None or step is None:
        words = _("This is not the number the app shows now. Look once more; the clock of the phone must be right.")
        raise RuleBroken("orgs.code_wrong", words, field="code")
    held.confirmed_at, held.last_step = now(), step
    held.save()
    happened("orgs.factor.added", by.user, by_id=by.id, factor="app")


@transaction.atomic
def app_says(*, user: User, code: str) -> bool:
    """Whether `code` is the app's number of this moment. A number is taken once."""
    held = Authenticator.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
    step = step_of(str(held.secret), code, int(now().timestamp())) if held else None
    if held is None or step is None or step <= held.last_step:
        return False
    held.last_step = step
    held.save(update_fields=["last_step"])
    return True


# ── codes on paper ──


def _plain(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter in LETTERS)


def _code_digest(user: User, code: str) -> str:
    return blind(f"{user.pk}:{_plain(code)}", "recovery code")


@transaction.atomic
def new_recovery_codes(*, by: Actor, how_many: int) -> list[str]:
    """Fresh codes, shown this once; those before no longer work. 12 letters of 30 are 58 bits each."""
    RecoveryCode.objects.filter(user=by.user).delete()
    codes = ["".join(secrets.choice(LETTERS) for _place in range(12)) for _code in range(how_many)]
    RecoveryCode.objects.bulk_create([RecoveryCode(user=by.user, digest=_code_digest(by.user, code)) for code in codes])
    happened("orgs.factor.codes_made", by.user, by_id=by.id, codes=how_many)
    return ["-".join([code[:4], code[4:8], code[8:]]) for code in codes]


@transaction.atomic
def use_recovery_code(*, user: User, code: str) -> bool:
    """Whether it was one of the codes; it is used up by this."""
    unused = RecoveryCode.objects.filter(user=user, digest=_code_digest(user, code), used_at__isnull=True)
    if not unused.update(used_at=now()):
        return False
    happened("orgs.factor.code_used", user, by_id=user.pk)
    return True


# ── passkeys ──


def _server(host: str, house: str) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name=house or host))


def _known(user: User) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(bytes(row.credential)) for row in Passkey.objects.filter(user=user)]


def begin_passkey(*, by: Actor, host: str, house: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser is asked to make a key with, and what must be kept until its answer."""
    person = PublicKeyCredentialUserEntity(
        id=blind(str(by.id), "passkey user").encode()[:32], name=by.user.username, display_name=by.user.name
    )
    asked, state = _server(host, house).register_begin(
        person, _known(by.user), user_verification=UserVerificationRequirement.PREFERRED
    )
    return dict(asked), dict(state)


@transaction.atomic
def add_passkey(*, by: Actor, host: str, state: Any, answer: Mapping[str, Any], name: str) -> Passkey:
    """Keep the public half of a new key. Raises RuleBroken when the answer does not fit what was asked."""
    try:
        made = _server(host, "").register_complete(state, answer)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RuleBroken(
            "orgs.passkey_unfit", _("The passkey was not taken. Nothing was changed; try once more.")
        ) from error
    assert made.credential_data is not None
    key = Passkey.objects.create(
        user=by.user,
        name=tidy(name)[:60] or by.user.username,
        credential_id=websafe_encode(made.credential_data.credential_id),
        credential=bytes(made.credential_data),
        sign_count=made.counter,
    )
    happened("orgs.factor.added", by.user, by_id=by.id, factor="passkey")
    return key


def ask_passkey(*, user: User, host: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser is asked to prove, and what must be kept until its answer."""
    asked, state = _server(host, "").authenticate_begin(
        _known(user), user_verification=UserVerificationRequirement.PREFERRED
    )
    return dict(asked), dict(state)


@transaction.atomic
def passkey_says(*, user: User, host: str, state: Any, answer: Mapping[str, Any]) -> bool:
    """Whether one of the login's keys signed what was asked. A key whose counter runs backwards was copied: refused."""
    try:
        used = _server(host, "").authenticate_complete(state, _known(user), answer)
        counter = AuthenticationResponse.from_dict(answer).response.authenticator_data.counter
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    number = websafe_encode(used.credential_id)
    key = Passkey.objects.select_for_update().get(user=user, credential_id=number)
    if counter and counter <= key.sign_count:
        happened("orgs.factor.copied", user, by_id=None, passkey=key.pk)
        return False
    key.sign_count, key.used_at = counter, now()
    key.save(update_fields=["sign_count", "used_at"])
    return True


# ── taking away ──


def _codes_go_with_the_last(user: User) -> None:
    if not factors_of(user):
        RecoveryCode.objects.filter(user=user).delete()


@transaction.atomic
def remove_authenticator(*, by: Actor) -> None:
    Authenticator.objects.filter(user=by.user).delete()
    _codes_go_with_the_last(by.user)
    happened("orgs.factor.removed", by.user, by_id=by.id, factor="app")


@transaction.atomic
def remove_passkey(*, by: Actor, pk: int) -> bool:
    """False when one has no such key."""
    if not Passkey.objects.filter(user=by.user, pk=pk).delete()[0]:
        return False
    _codes_go_with_the_last(by.user)
    happened("orgs.factor.removed", by.user, by_id=by.id, factor="passkey")
    return True


@transaction.atomic
def take_factors_away(*, by: Actor, user: User) -> None:
    """The phone is lost and the codes too: an administrator lets the login in with its password alone again."""
    must_run_the_house(by)
    for table in (Authenticator, Passkey, RecoveryCode):
        table.objects.filter(user=user).delete()
    happened("orgs.factor.taken_away", user, by_id=by.id)


# ── who must ──


@dataclass(frozen=True)
class Duty:
    """What a house asks: `roles` should have a second factor; with `duty` they must after `grace_days`."""

    roles: frozenset[str]
    duty: bool
    grace_days: int


def asked_of(actor: Actor, rule: Duty) -> date | None:
    """The last day without a second factor (today or later while it is only recommended); None when nothing is asked."""
    if not actor.roles & rule.roles:
        return None
    since = actor.user.factor_asked_on or now().date()
    return since + timedelta(days=rule.grace_days)


def note_asked(user: User, on: date) -> None:
    """From this day on the days of grace run. Without an event: nothing was decided."""
    User.objects.filter(pk=user.pk, factor_asked_on__isnull=True).update(factor_asked_on=on)
