"""Which answers of a form say that someone may be at risk, so that whoever wrote them is led to the report (CHD-1, CHD-2)."""

from collections.abc import Mapping
from typing import Any

from xiezuo.service.vocab import Triage

VIOLENCE = "violence"  # of the list call_problem


def says_risk(form: str, answers: Mapping[str, Any]) -> bool:
    """An intake that names a child at risk, a visit that found a risk, an urgent call or one about violence."""
    if form == "intake":
        return answers.get("child_risk") is True
    if form == "visit":
        return bool(answers.get("risk"))
    return form == "hotline_call" and (answers.get("triage") == Triage.RED or answers.get("problem") == VIOLENCE)
