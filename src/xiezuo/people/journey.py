"""The stages of the growth path, as pack journey-default has them or the house's own copy of it."""

from typing import Any

from xiezuo.forms.packs import pack
from xiezuo.forms.packs.deriving import derived
from xiezuo.people.vocab import Role

LADDER = "journey-default"


@derived
def stages() -> dict[Role, dict[str, Any]]:
    """Role → its stage, in the order of the path. `gives`: who is there serves others."""
    return {Role(stage["role"]): stage for stage in pack(LADDER)["stages"]}


def giving_roles() -> list[Role]:
    return [role for role, stage in stages().items() if stage["gives"]]


def receiving_roles() -> list[Role]:
    return [role for role, stage in stages().items() if not stage["gives"]]


def ladder_rules() -> dict[str, bool]:
    """`needs_own_words`, `needs_note`: what a step wants."""
    return dict(pack(LADDER)["rules"])


def ladder_name() -> str:
    """Id and version, as a step keeps them."""
    return f"{LADDER} {pack(LADDER)['version']}"
