"""The numbers of the door (pack login-default) as the floors below want them."""

from typing import Any

from xiezuo.forms.packs import pack
from xiezuo.orgs.factors import Duty
from xiezuo.orgs.tries import Limit
from xiezuo.orgs.vocab import AttemptKind


def _rules() -> dict[str, Any]:
    return pack("login-default")


def limit(kind: AttemptKind) -> Limit:
    return Limit(**_rules()["tries"][kind.value])


def duty() -> Duty:
    told = _rules()["second_factor"]
    return Duty(frozenset(told["roles"]), bool(told["duty"]), int(told["grace_days"]))


def recovery_codes() -> int:
    return int(_rules()["second_factor"]["recovery_codes"])


def idle_seconds() -> int:
    return int(_rules()["session"]["idle_minutes"]) * 60


def longest_seconds() -> int:
    return int(_rules()["session"]["longest_hours"]) * 3600


def prove_seconds() -> int:
    return int(_rules()["session"]["prove_minutes"]) * 60


def second_step_seconds() -> int:
    return int(_rules()["session"]["second_step_minutes"]) * 60


def kept_form_hours() -> int:
    return int(_rules()["kept_form"]["hours"])


def invitation_hours() -> int:
    return int(_rules()["invitation"]["hours"])


def program_key_days() -> int:
    return int(_rules()["program_keys"]["most_days"])


def role_warn_days() -> int:
    return int(_rules()["role_end"]["warn_days"])
