"""What an address that anyone may be given leads to."""

from datetime import date
from typing import Literal

from xiezuo.service.models import Activity, ActivityDay
from xiezuo.service.vocab import ActivityState

Code = Literal["join_code", "wall_code", "opinion_code"]
UNKNOWN = (ActivityState.PLANNED, ActivityState.APPROVED)


def joining(code: Code, token: str) -> Activity | None:
    """The activity to which this code leads; None for every other code. Nobody signs up for what is not open yet."""
    found = Activity.objects.filter(**{code: token}).select_related("site").first()
    if found is None or found.state == ActivityState.PLANNED or (code == "join_code" and found.state in UNKNOWN):
        return None
    return found


def day_of_today(activity: Activity, on: date) -> ActivityDay | None:
    return activity.days.filter(on=on).first()
