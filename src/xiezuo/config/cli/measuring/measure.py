"""One thing measured, and how it is said."""

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Measure:
    """`found` in `unit`, None where this system does not tell; `aim` is the most it should be (`at_least`: the least).

    `aim` None: told for orientation. `cpu_ms`: of it computing in this process; far less than `found` on a busy machine.
    """

    what: str
    found: float | None
    aim: float | None
    unit: str
    at_least: bool = False
    cpu_ms: float | None = None

    @property
    def missed(self) -> bool:
        if self.found is None or self.aim is None:
            return False
        return self.found < self.aim if self.at_least else self.found > self.aim

    def row(self) -> str:
        found = "-" if self.found is None else f"{self.found:,.1f}"
        aim = "" if self.aim is None else f"{'≥' if self.at_least else '≤'} {self.aim:,g}"
        cpu = "" if self.cpu_ms is None else f"({self.cpu_ms:,.1f})"
        return f"{'✗' if self.missed else '✓'} {found:>10} {self.unit:<8} {cpu:>9} {aim:<8} {self.what}"

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"missed": self.missed}


@dataclass(frozen=True)
class Taken:
    """Medians in milliseconds: on the clock, and of computing in this process (on SQLite that is all of it)."""

    ms: float
    cpu_ms: float


def median(call: Callable[[], object], times: int, before: Callable[[], object] | None = None) -> Taken:
    """Medians of `times` calls, after one that warms up; `before` each call something that is not timed."""
    taken, computed = [], []
    for _n in range(times + 1):
        if before is not None:
            before()
        began, computing = time.perf_counter(), time.process_time()
        call()
        taken.append((time.perf_counter() - began) * 1000)
        computed.append((time.process_time() - computing) * 1000)
    return Taken(statistics.median(taken[1:]), statistics.median(computed[1:]))


def in_ms(what: str, taken: Taken, aim: float) -> Measure:
    return Measure(what, taken.ms, aim, "ms", cpu_ms=taken.cpu_ms)
