"""The whole story as facts, in the order in which it is told."""

from collections.abc import Iterator
from datetime import date
from random import Random

from xiezuo.demo.plan.deeds import Deed
from xiezuo.demo.plan.people import Crowd
from xiezuo.demo.plan.work import Diary
from xiezuo.demo.scale import Scale


def deeds(scale: Scale, random: Random, until: date) -> Iterator[Deed]:
    """Everything that happens up to the day before `until`; told as it is asked for, for it may be long."""
    crowd = Crowd(scale, random, until)
    yield from crowd.families()
    yield from crowd.newcomers()
    yield from crowd.volunteers()
    yield from Diary(crowd.at, scale, random, until).months()
