"""Who carries messages out of the house. None by default: then nothing is sent, and the outbox says what there is to tell.

A house that has a way writes a class like `Carrier` and names it in its settings (`carriers` in xiezuo.toml).
"""

from functools import lru_cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from xiezuo.people.vocab import MessageChannel


class CouldNotCarry(Exception):
    """The message did not go. The text is for the log and holds neither number nor message."""


class Carrier(Protocol):
    """`channels`: values of MessageChannel that it can use."""

    channels: frozenset[str]

    def carry(self, *, key: str, channel: str, to: str, text: str) -> None:
        """Hand over one message; the same `key` again is the same message and goes once. Raises CouldNotCarry."""
        ...


@lru_cache(maxsize=4)
def _made(paths: tuple[str, ...]) -> tuple[Carrier, ...]:
    return tuple(import_string(path)() for path in paths)


def carrier_for(channel: MessageChannel) -> Carrier | None:
    """The first that can use the channel, in the order of the settings."""
    return next((one for one in _made(tuple(settings.CARRIERS)) if channel in one.channels), None)


def can_send() -> bool:
    """Whether this house has any carrier."""
    return bool(settings.CARRIERS)
