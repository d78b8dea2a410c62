"""What is worked out from packs is kept for the day, until a file comes into the house's folder of packs, or goes."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from xiezuo.common.days import today
from xiezuo.forms.packs.reading import Generation, generation

P = ParamSpec("P")
R = TypeVar("R")


def derived(work: Callable[P, R]) -> Callable[P, R]:
    """Keep what a function makes of packs, anew for each generation of the folder and each day. Its arguments must be hashable."""

    @lru_cache(maxsize=256)
    def kept(at: Generation, on: date, *args: Any, **more: Any) -> R:
        return work(*args, **more)

    @wraps(work)
    def asked(*args: P.args, **more: P.kwargs) -> R:
        return kept(generation(), today(), *args, **more)  # type: ignore[arg-type]

    return asked
