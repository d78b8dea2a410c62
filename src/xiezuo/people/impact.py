"""Whether something that asks for sensitive facts, or carries them out, was assessed first (DAT-4, PIPL 55 and 56).

Forms and purposes with sensitive facts are told of here by their floors. What pack impact-default ships an assessment for
runs, and the house reads and confirms it once; what nobody assessed is not enabled.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import RuleBroken
from xiezuo.forms.packs import pack
from xiezuo.people.models import ImpactAssessment

Subjects = Callable[[], dict[str, str | Promise]]
PARTS = ("purpose", "necessity", "risks", "measures")


class Assessed(StrEnum):
    """`own`: by the house; `shipped`: with the product, and nobody here has confirmed it; `old`: to be looked at anew."""

    OWN = "own"
    SHIPPED = "shipped"
    OLD = "old"
    NONE = "none"


def _person() -> dict[str, str | Promise]:
    return {"person": _("the registration form of people")}


_told: list[Subjects] = [_person]


def holds_sensitive(subjects: Subjects) -> None:
    """Tell of forms or purposes with sensitive facts: their subject and what they are called."""
    if subjects not in _told:
        _told.append(subjects)


def subjects() -> dict[str, str | Promise]:
    return {subject: words for told in _told for subject, words in told().items()}


def shipped(subject: str) -> dict[str, str] | None:
    """The assessment that came with the product or with a pack of the house, if there is one."""
    found: dict[str, Any] = pack("impact-default")["assessments"]
    return found.get(subject)


def latest(subject: str) -> ImpactAssessment | None:
    return ImpactAssessment.objects.filter(subject=subject).first()


def _old(assessment: ImpactAssessment, on: date) -> bool:
    years = pack("impact-default")["keep"]["years"]
    return (on.year - assessment.on.year, on.month, on.day) > (years, assessment.on.month, assessment.on.day)


def assessed(subject: str, on: date) -> Assessed:
    own = ImpactAssessment.objects.filter(subject=subject, on__lte=on).first()
    if own is not None:
        return Assessed.OLD if _old(own, on) else Assessed.OWN
    return Assessed.SHIPPED if shipped(subject) else Assessed.NONE


def must_be_assessed(subject: str, on: date) -> None:
    """Raises RuleBroken for something that nobody assessed: it is not enabled."""
    if assessed(subject, on) == Assessed.NONE:
        words = _("“%(what)s” is not enabled: it holds sensitive facts and nobody has assessed it. %(who)s does.")
        who = _("Whoever answers for data")
        what = subjects().get(subject, subject)
        raise RuleBroken("people.not_assessed", words % {"what": what, "who": who}, field="purpose", rule="DAT-4")


@dataclass(frozen=True)
class Standing:
    """One subject as the page shows it."""

    subject: str
    words: str | Promise
    state: Assessed
    assessment: ImpactAssessment | None

    @property
    def to_do(self) -> bool:
        return self.state != Assessed.OWN


def standings(on: date) -> list[Standing]:
    return [Standing(subject, words, assessed(subject, on), latest(subject)) for subject, words in subjects().items()]
