"""Who came on a day: by the code on the wall, on the list of colleagues, or only counted. However often, each counts once."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import digits, says_a_name, tidy_name
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_work_with
from xiezuo.people.models import Person
from xiezuo.service.access import must_work_at
from xiezuo.service.models import ActivityDay, SignIn, SignUp
from xiezuo.service.vocab import ActivityState, SignInWay, SignUpState

LAST_DIGITS = 4
GOES_ON = (ActivityState.APPROVED, ActivityState.OPEN, ActivityState.HELD)


def open_day(day: ActivityDay) -> ActivityDay:
    """The day, held until the transaction ends. Raises RuleBroken where nothing more is noted for it."""
    day = ActivityDay.objects.select_for_update(of=("self",), no_key=True).select_related("activity").get(pk=day.pk)
    if day.activity.state not in GOES_ON:
        words = _("Nothing more is noted for this day: the activity is planned, cancelled or closed.")
        raise RuleBroken("service.day_not_open", words)
    return day


def matching(day: ActivityDay, scrap: str) -> Sequence[SignUp]:
    """Those who signed up under this nickname, or with a number that ends with these digits."""
    called, number = tidy_name(scrap), digits(scrap)
    rows = list(day.activity.sign_ups.exclude(state=SignUpState.CANCELLED))
    by_number = called.replace("-", "").isdecimal() and len(number) >= LAST_DIGITS
    if by_number:
        return [row for row in rows if str(row.phone).endswith(number)]
    return [row for row in rows if row.label.partition("(")[0] == called or row.label == called] if called else []


@transaction.atomic
def sign_in_here(*, day: ActivityDay, scrap: str, walks_in: bool, on: date, at: datetime) -> bool:
    """Someone scans the code on the wall and says what they are called, or how their number ends; gives whether they are new
    on the list of this day. `walks_in`: they did not sign up.

    Raises RuleBroken where nobody fits (`service.nobody_fits`), where several do, and on another day.
    """
    day = open_day(day)
    if day.on != on:
        raise RuleBroken("service.another_day", _("Nothing is held here today."))
    found = matching(day, scrap)
    if len(found) > 1:
        words = _("More than one person is called so. Write the last four digits of your phone number instead.")
        raise RuleBroken("service.several_fit", words, field="scrap")
    if found:
        return _noted(None, day, SignInWay.WALL, at, row=found[0])
    if not walks_in:
        words = _(
            "Nobody signed up under this. Try what you wrote when you signed up, or say that you just came along."
        )
        raise RuleBroken("service.nobody_fits", words, field="scrap")
    return _noted(None, day, SignInWay.WALL, at, label=_name(scrap))


def _name(scrap: str) -> str:
    label = tidy_name(scrap)[:60]
    if not says_a_name(label) or label.isdecimal():
        raise RuleBroken("service.sign_in_without_name", _("Write what we may call you."), field="scrap")
    return label


@transaction.atomic
def tick(
    *,
    by: Actor,
    day: ActivityDay,
    at: datetime,
    row: SignUp | None = None,
    person: Person | None = None,
    label: str = "",
) -> bool:
    """A colleague notes that someone is there; gives whether they are new on the list."""
    must_work_at(by, day.activity.site_id)
    day = open_day(day)
    if person is not None:
        must_work_with(by, person)
        row = day.activity.sign_ups.exclude(state=SignUpState.CANCELLED).filter(person=person).first()
    elif row is None:
        label = _name(label)
        row = next(iter(matching(day, label)), None) if len(matching(day, label)) == 1 else None
    if row is not None and row.activity_id != day.activity_id:
        raise RuleBroken("service.of_another_activity", _("They signed up for something else."))
    return _noted(by, day, SignInWay.LIST, at, row=row, person=person, label=label)


def _noted(
    by: Actor | None,
    day: ActivityDay,
    way: SignInWay,
    at: datetime,
    *,
    row: SignUp | None = None,
    person: Person | None = None,
    label: str = "",
) -> bool:
    person = person or (row.person if row else None)
    there = day.sign_ins.all()
    if row is not None and there.filter(sign_up=row).exists():
        return False
    if person is not None and there.filter(person=person).exists():
        return False
    if row is None and person is None and there.filter(sign_up=None, person=None, label=label).exists():
        return False
    told = {"label": "" if row or person else label, "way": way, "at": at}
    made = SignIn.objects.create(day=day, sign_up=row, person=person, **told)
    happened("service.sign_in.noted", day.activity, by_id=by.id if by else None, day=day.pk, sign_in=made.pk, way=way)
    return True


@transaction.atomic
def untick(*, by: Actor, day: ActivityDay, sign_in: int) -> None:
    """It was someone else, or a slip of the finger."""
    must_work_at(by, day.activity.site_id)
    day = open_day(day)
    gone, _tables = day.sign_ins.filter(pk=sign_in).delete()
    if gone:
        happened("service.sign_in.taken_back", day.activity, by_id=by.id, day=day.pk)


@transaction.atomic
def count_more(*, by: Actor, day: ActivityDay, n: int) -> ActivityDay:
    """So many more came without a name (n < 0: fewer). Raises RuleBroken below none."""
    must_work_at(by, day.activity.site_id)
    day = open_day(day)
    if day.counted + n < 0:
        raise RuleBroken("service.count_below_none", _("Fewer than none cannot have come. Nothing was changed."))
    ActivityDay.objects.filter(pk=day.pk).update(counted=F("counted") + n)
    day.refresh_from_db(fields=["counted"])
    happened("service.activity.counted", day.activity, by_id=by.id, day=day.pk, n=n)
    return day
