"""How far a promise is, in words and as a picture that is readable in black and white."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xiezuo.insight.models import Framework
from xiezuo.insight.progress import FrameworkProgress, Progress
from xiezuo.web.staff.service.figures_told import figure_words

WIDTH = 200  # of the drawing; twice the target is the widest there is room for


@dataclass(frozen=True)
class ToldTarget:
    progress: Progress
    value: str
    amount: str
    sentence: str
    mood: str
    picture: SafeString


@dataclass(frozen=True)
class Told:
    framework: Framework
    progress: FrameworkProgress
    targets: list[ToldTarget]


def told(progress: FrameworkProgress) -> Told:
    return Told(progress.framework, progress, [_told(target, progress) for target in progress.targets])


def _told(target: Progress, whole: FrameworkProgress) -> ToldTarget:
    code = target.indicator.code
    value, amount = figure_words(code, target.value), figure_words(code, target.amount)
    mood = "ok" if target.reached else "late" if whole.over else "wait" if target.behind else ""
    return ToldTarget(target, value, amount, sentence(target, whole), mood, picture(target, whole))


def sentence(target: Progress, whole: FrameworkProgress) -> str:
    """One sentence that promises nothing it cannot know."""
    code = target.indicator.code
    words = {
        "missing": figure_words(code, target.missing),
        "unit": target.indicator.unit,
        "expected": figure_words(code, target.expected),
        "pace": figure_words(code, target.at_this_pace or 0),
        "percent": (target.at_this_pace or 0) * 100 // target.amount,
    }
    if target.reached:
        return _("Reached.")
    if whole.over:
        return _("The period is over; %(missing)s %(unit)s are missing.") % words
    if not whole.begun:
        return _("The period has not begun.")
    if target.at_this_pace is None:
        return _("%(missing)s %(unit)s to go. Spread evenly, it would be %(expected)s by today.") % words
    return (
        _(
            "%(missing)s %(unit)s to go. Spread evenly, it would be %(expected)s by today; "
            "at the pace so far it ends at about %(pace)s (%(percent)s%% of the target)."
        )
        % words
    )


def picture(target: Progress, whole: FrameworkProgress) -> SafeString:
    """A bar for what is there, an outline for the target, a stroke for what one may expect by today; past the
    target, a gap where it was."""
    scale = max(target.amount, target.value)
    here, goal, due = (round(n * WIDTH / scale, 1) for n in (target.value, target.amount, target.expected))
    mark = format_html('<path class="gap" d="M{} 2V14" vector-effect="non-scaling-stroke"/>', goal)
    if not target.reached:
        mark = format_html('<path class="ln" d="M{} 0V16" vector-effect="non-scaling-stroke"/>', due)
    return format_html(
        '<svg class="reach" viewBox="0 0 {} 16" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="out" x=".5" y="3" width="{}" height="10"/><rect class="fill" y="3" width="{}" height="10"/>'
        "{}</svg>",
        WIDTH,
        max(goal - 1, 0),
        here,
        mark,
    )
