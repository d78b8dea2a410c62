"""Days of the lunar month, by which a birthday told by the lunar calendar is recognised.

A lunar month begins on the day of the new moon, Beijing time (GB/T 33661-2017). New moons as in J. Meeus, Astronomical
Algorithms, 2nd edition 1998, chapter 49, with the terms of more than ten seconds; between 1900 and 2100 that is exact to
about a minute, so that only a new moon at midnight can fall on the wrong day.
"""

from datetime import date
from functools import lru_cache
from math import floor, radians, sin

LUNATION = 29.530588861  # days
FIRST = 2451550.09766  # Julian day of new moon 0, in January 2000
BEIJING = 8 / 24  # days ahead of universal time
CLOCKS = 65 / 86400  # dynamical time was ahead of universal time by about this in the years people were born in
ORDINAL = date(2000, 1, 1).toordinal() - 2451544.5
# Amplitude in days, and how often the anomaly of the sun, that of the moon and the latitude argument go into the angle.
TERMS = (
    (-0.40720, 0, 1, 0),
    (0.17241, 1, 0, 0),
    (0.01608, 0, 2, 0),
    (0.01039, 0, 0, 2),
    (0.00739, -1, 1, 0),
    (-0.00514, 1, 1, 0),
    (0.00208, 2, 0, 0),
    (-0.00111, 0, 1, -2),
    (-0.00057, 0, 1, 2),
    (0.00056, 1, 2, 0),
    (-0.00042, 0, 3, 0),
    (0.00042, 1, 0, 2),
    (0.00038, 1, 0, -2),
    (-0.00024, -1, 2, 0),
)
NODE = -0.00017


@lru_cache(maxsize=10_000)
def new_moon(k: int) -> int:
    """The day (as `date.toordinal`) in Beijing of the k-th new moon since January 2000."""
    t = k / 1236.85
    sun = radians(2.5534 + 29.10535670 * k)
    moon = radians(201.5643 + 385.81693528 * k + 0.0107582 * t * t)
    latitude = radians(160.7108 + 390.67050284 * k - 0.0016118 * t * t)
    day = FIRST + LUNATION * k + 0.00015437 * t * t + NODE * sin(radians(124.7746 - 1.56375588 * k))
    flattening = 1 - 0.002516 * t
    for size, suns, moons, latitudes in TERMS:
        day += size * flattening ** abs(suns) * sin(suns * sun + moons * moon + latitudes * latitude)
    return floor(day - CLOCKS + BEIJING + ORDINAL)


@lru_cache(maxsize=100_000)
def day_of_lunar_month(ordinal: int) -> int:
    """1 to 30, of a day as `date.toordinal`."""
    k = round((ordinal - ORDINAL - FIRST) / LUNATION) + 1
    while new_moon(k) > ordinal:
        k -= 1
    return ordinal - new_moon(k) + 1
