"""How far a promise is kept: so much of a target, what one may expect by today, and where it leads at this pace."""

from dataclasses import dataclass
from datetime import date

from xiezuo.forms.packs import pack
from xiezuo.insight.dimensions import Period, Records
from xiezuo.insight.models import Framework, Target
from xiezuo.service.indicators import INDICATORS, Indicator, counted


@dataclass(frozen=True)
class Progress:
    """`value`, `amount`, `expected` and `at_this_pace` in the indicator's own unit (minutes for hours).

    `expected` is the share of the amount that fits the days gone by, cut. `at_this_pace` is None where nobody can
    honestly say: too early, over, or an indicator that counts someone once however often they come.
    """

    target: Target
    indicator: Indicator
    value: int
    expected: int
    at_this_pace: int | None

    @property
    def amount(self) -> int:
        return self.target.amount

    @property
    def percent(self) -> int:
        """Whole percent of the target, cut: 99.9 % is not there yet."""
        return self.value * 100 // self.amount

    @property
    def missing(self) -> int:
        return max(self.amount - self.value, 0)

    @property
    def reached(self) -> bool:
        return self.value >= self.amount

    @property
    def behind(self) -> bool:
        return self.value < self.expected


@dataclass(frozen=True)
class FrameworkProgress:
    """`days_gone` of the period up to and with `on`; 0 before it begins."""

    framework: Framework
    period: Period
    on: date
    days_gone: int
    targets: list[Progress]

    @property
    def over(self) -> bool:
        return self.on > self.period.last

    @property
    def begun(self) -> bool:
        return self.days_gone > 0


def in_scope(records: Records, framework: Framework) -> Records:
    """The counting records a framework speaks of, out of those someone may see."""
    found = counted(records)
    if framework.project_id:
        found = found.filter(projects=framework.project_id)
    if framework.site_id:
        found = found.filter(site=framework.site_id)
    return Period(framework.from_on, framework.to_on).of(found)


def progress_of(records: Records, framework: Framework, on: date) -> FrameworkProgress:
    """How far `framework` is by the end of day `on`, counted over `records`; a query for each target."""
    period = Period(framework.from_on, framework.to_on)
    gone = min(max((on - period.first).days + 1, 0), period.days)
    within, through = _until(in_scope(records, framework), period, on), period.last.year
    told = []
    for target in framework.targets.all():
        indicator = INDICATORS[target.indicator]
        value = indicator.value(within, through=through)
        pace = _at_this_pace(indicator, value, gone, period.days)
        told.append(Progress(target, indicator, value, target.amount * gone // period.days, pace))
    return FrameworkProgress(framework, period, on, gone, told)


def _until(within: Records, period: Period, on: date) -> Records:
    """Those up to `on`. Rarely is anything dated later, and the whole of a year may have been counted already."""
    if on >= period.last or not within.filter(service_date__gt=on).exists():
        return within
    return within.filter(service_date__lte=on)


def _at_this_pace(indicator: Indicator, value: int, gone: int, days: int) -> int | None:
    """People who come again are not new: only what adds up from day to day can be drawn out to the end."""
    adds_up = indicator.once in {"", "pk"}
    enough = pack("targets-default")["pace"]["after_days"] <= gone < days
    return value * days // gone if adds_up and enough else None
