"""The clock of a risk report: amber from the moment it was found, red once the hours of rule CHD-1 are over."""

from datetime import datetime, timedelta
from enum import StrEnum

from xiezuo.forms.rules import rule
from xiezuo.service.models import RiskReport
from xiezuo.service.vocab import RiskState


class Light(StrEnum):
    AMBER = "amber"
    RED = "red"
    GREEN = "green"


def red_at(report: RiskReport) -> datetime:
    """Until when it has to be reported."""
    hours = rule("CHD-1").values["red_after_hours"]
    return report.found_at + timedelta(hours=float(hours))


def light(report: RiskReport, at: datetime) -> Light:
    """Green once it was reported, or a supervisor said why not."""
    if report.state != RiskState.FLAGGED:
        return Light.GREEN
    return Light.RED if at > red_at(report) else Light.AMBER
