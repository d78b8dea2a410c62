"""How busy the machine is: a noisy measurement should be visible as one."""

import os

from xiezuo.config.cli.measuring.measure import Measure
from xiezuo.config.cli.words import _


def load() -> Measure | None:
    """Programs that wanted to run in the last minute, for each core; None where the system does not tell."""
    if not hasattr(os, "getloadavg"):
        return None
    return Measure(_("load of the machine before (1 = every core busy)"), os.getloadavg()[0] / cores(), None, "")


def cores() -> int:
    return os.cpu_count() or 1
