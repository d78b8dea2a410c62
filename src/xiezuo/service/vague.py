"""How a birth is made as vague as the figures of past years allow: of all births that give the same age band at every
service the earliest is kept. It tells nothing that the bands do not tell, and every figure stays what it was."""

from collections.abc import Iterable
from datetime import date

from xiezuo.people.models import Person
from xiezuo.people.vocab import BornPrecision, Sex
from xiezuo.service.keys import ADULT, CHILD, GROWN, LATER, UNKNOWN, YEAR, bands
from xiezuo.service.models import Participation, VolunteerPart

SLACK = {str(precision): later for precision, later in LATER.items()}
OLDEST = 18000101  # nobody was born earlier; all who are older than the bands reach are alike
Served = tuple[int, int]  # a day of service as YYYYMMDD, and how far behind it the last day lies that it may be


def leave_what_counts(person: Person) -> None:
    """Sex, and the earliest birth with the same bands, of someone who took part or helped; nothing of anyone else."""
    counted = any(model.objects.filter(person=person.pk).exists() for model in (Participation, VolunteerPart))
    born, precision = person.born_on, person.born_precision
    if not counted:
        person.sex = Sex.UNKNOWN
    person.born_on, person.born_precision = None, ""
    if counted and born is not None:
        vague = earliest_alike(born, precision, _days_served(person.pk))
        if vague is not None:
            person.born_on = vague
            person.born_precision = precision if precision in SLACK else BornPrecision.DAY


def _days_served(person: int) -> set[Served]:
    found: set[Served] = set()
    for model in (Participation, VolunteerPart):
        rows = model._base_manager.filter(person=person, record__service_date__isnull=False)
        told = rows.values_list("record__service_date", "record__date_precision").distinct()
        found |= {(_number(day), SLACK.get(precision, 0)) for day, precision in told if day is not None}
    return found


def _number(day: date) -> int:
    return day.year * YEAR + day.month * 100 + day.day


def sign_of(served: Served, born: int, later: int) -> str:
    """What `service.keys.registered_age` gives for a birth written as YYYYMMDD that may lie `later` behind it."""
    day, slack = served
    oldest, youngest = day + slack - born, day - born - later
    if oldest < 0:
        return UNKNOWN.sign
    first, last = (_at(int(days / YEAR)) for days in (youngest, oldest))
    if first == last:
        return last
    if oldest < ADULT * YEAR:
        return CHILD.sign
    return GROWN.sign if youngest >= ADULT * YEAR else UNKNOWN.sign


def _at(years: int) -> str:
    """The sign of the band with these completed years; "" where there is none."""
    for band in bands():
        if band.first is not None and band.first <= years <= (band.last or 0):
            return band.sign
    return ""


def earliest_alike(born: date, precision: str, served: Iterable[Served]) -> date | None:
    """The first day of the births around `born` that give the same sign at each of `served`; None where not knowing the
    birth gives the same. Months and years stay what they are: the first of one."""
    days = sorted(served)
    later = SLACK.get(precision, 0)
    here = _number(born)

    def signs(number: int) -> list[str]:
        return [sign_of(day, number, later) for day in days]

    kept = signs(here)
    if all(sign == UNKNOWN.sign for sign in kept):
        return None
    turns = {turn for day in days for turn in _turns(day, later) if turn <= here}
    # Downwards from the true birth: the first turn behind which some band changes is where the like ones begin.
    first = next((turn for turn in sorted(turns, reverse=True) if signs(turn - 1) != kept), OLDEST)
    return _first_day(first, precision, born)


def _turns(served: Served, later: int) -> set[int]:
    """Births (as numbers) from which on a sign may be another than just before them."""
    day, slack = served
    ages = {ADULT, 0} | {
        age for band in bands() if band.first is not None for age in (band.first, (band.last or 0) + 1)
    }
    return {edge - age * YEAR + 1 for edge in (day, day + slack, day - later) for age in ages}


def _first_day(number: int, precision: str, born: date) -> date:
    """The first day of the calendar from `number` on that a birth of this precision is written as; `born` at the latest."""
    year, month, day = number // YEAR, number % YEAR // 100, number % 100
    found = date(year + (month > 12), 1, 1) if not 1 <= month <= 12 else _valid(year, month, day)
    if precision == "year":
        found = found if (found.month, found.day) == (1, 1) else date(found.year + 1, 1, 1)
    elif precision == "month" and found.day != 1:
        found = date(found.year + found.month // 12, found.month % 12 + 1, 1)
    return min(found, born)


def _valid(year: int, month: int, day: int) -> date:
    """That day; where the month has none, the first of the next."""
    try:
        return date(year, month, max(day, 1))
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)
