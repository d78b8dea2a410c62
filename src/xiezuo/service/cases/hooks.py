"""What other parts of the work tell of a case: risk reports and referrals that are still open, and who opens a risk report."""

from collections.abc import Callable, Iterable
from datetime import date

from xiezuo.orgs.access import Actor
from xiezuo.service.models import Case, FilledForm

Opens = Callable[[Case], Iterable[str]]
AtRisk = Callable[[Actor, Case, FilledForm, date], None]
_opens: list[Opens] = []
_at_risk: list[AtRisk] = []


def tell_open(*opens: Opens) -> None:
    """Each gives, in words, what is still open of a case or its person, so that the case cannot close (CAS-3)."""
    _opens.extend(opens)


def open_things(case: Case) -> list[str]:
    return [str(words) for opens in _opens for words in opens(case)]


def tell_child_risk(*told: AtRisk) -> None:
    """Each is called in the transaction in which an intake says that a child may be at risk (CHD-1)."""
    _at_risk.extend(told)


def child_at_risk(by: Actor, case: Case, intake: FilledForm, on: date) -> None:
    for told in _at_risk:
        told(by, case, intake, on)
