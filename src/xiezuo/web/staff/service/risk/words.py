"""The clock of a report and its steps, as a page says them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from xiezuo.common.days import local
from xiezuo.service.access.risks import ToldRisk, ToldStep
from xiezuo.service.risk_clock import Light
from xiezuo.service.vocab import RiskStepKind
from xiezuo.web.base.words import clock_words
from xiezuo.web.staff.service.risk.forms import labels

HOUR, DAY = 60, 24 * 60
IN_MINUTES = 2 * HOUR  # up to so many minutes a page counts them one by one


@dataclass(frozen=True)
class Clock:
    """`words` as of now; a page with scripts goes on counting to and from `until` in the words `left` and `over`."""

    light: str
    words: str
    until: str
    left: str
    over: str

    @property
    def css(self) -> str:
        return {"red": "late", "amber": "wait"}.get(self.light, "ok")


@dataclass(frozen=True)
class Shown:
    told: ToldRisk
    clock: Clock | None


def span(minutes: int) -> str:
    """How long, in the largest unit that says enough."""
    if minutes < IN_MINUTES:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    if minutes < 2 * DAY:
        return ngettext("%(n)s hour", "%(n)s hours", minutes // HOUR) % {"n": minutes // HOUR}
    return ngettext("%(n)s day", "%(n)s days", minutes // DAY) % {"n": minutes // DAY}


def clock_of(told: ToldRisk, at: datetime) -> Clock | None:
    """None once it was reported or closed."""
    shown = told.light(at)
    if shown == Light.GREEN:
        return None
    away = int(abs((told.red_at - at).total_seconds()) // 60)
    until = clock_words(local(told.red_at))
    left = _("Report it by %(until)s: %(span)s left.")
    over = _("Should have been reported by %(until)s: %(span)s over. It is red for the supervisors and the director.")
    words = over if shown == Light.RED else left
    minutes = _("%(n)s minutes") % {"n": "{n}"}
    return Clock(
        shown,
        words % {"until": until, "span": span(away)},
        told.red_at.isoformat(),
        left % {"until": until, "span": minutes},
        over % {"until": until, "span": minutes},
    )


def shown(found: list[ToldRisk], at: datetime) -> list[Shown]:
    return [Shown(told, clock_of(told, at)) for told in found]


def step_text(step: ToldStep) -> str:
    """What a step says; of a report to an authority it keeps codes."""
    if step.kind != RiskStepKind.REPORTED:
        return step.text
    known = dict(labels("report_agency") + labels("contact_way"))
    codes, _sep, receipt = step.text.partition("\n")
    said = [*(known.get(code, code) for code in codes.split()), receipt]
    return pgettext("between the items of a list", ", ").join(filter(None, said))
