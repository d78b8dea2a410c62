"""A report that someone is at risk as its form (F20) on paper, with every step since; who said it stands nowhere on it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import local
from xiezuo.common.errors import NotAllowed
from xiezuo.exchange.papers.filled import filled_form
from xiezuo.forms.definitions import FormDefinition, form_definition
from xiezuo.forms.papers import Filled
from xiezuo.forms.papers.values import choices_of, day_words
from xiezuo.orgs.access import Actor
from xiezuo.service.access.risks import ToldRisk, ToldStep, steps_of
from xiezuo.service.models import RiskReport
from xiezuo.service.vocab import RiskStepKind

FORM = "risk_report"


def paper_of_risk(actor: Actor, told: ToldRisk) -> tuple[FormDefinition, Filled]:
    """The form and what stands on its paper. `told` comes from `risk_report_for`. Raises NotAllowed where what was seen is
    not open to the actor."""
    if not told.whole:
        raise NotAllowed(
            _("What this report says is for those who work on it. A supervisor of the site tells you more.")
        )
    form, row = form_definition(FORM), told.row
    answers = _answers(row) | {"follow_up": "\n".join(_step(form, step) for step in steps_of(actor, told))}
    unit = str(row.site) if row.site else ""
    answers = {key: answer for key, answer in answers.items() if answer not in ("", [], None)}
    return form, filled_form(actor, form, answers, on=local(row.found_at).date(), serial=row.number, unit=unit)


def _answers(row: RiskReport) -> dict[str, Any]:
    """As the form asks; someone nobody knows yet stands there as they were described."""
    return {
        "person": row.person_id or str(_("not registered: %(words)s")) % {"words": row.described},
        "found_at": row.found_at.isoformat(),
        "signs": list(row.signs),
        "facts": str(row.facts),
        "immediate": str(row.immediate),
        "agency": list(row.agency),
        "reported_at": row.reported_at.isoformat() if row.reported_at else "",
        "way": row.way,
        "receipt_no": str(row.receipt_no),
        "supervisor_reason": str(row.supervisor_reason),
    }


def _step(form: FormDefinition, step: ToldStep) -> str:
    """When, what, and in which words; of a report to an authority the codes that it keeps are put into words."""
    moment = local(step.happened_at)
    said = step.text
    if step.kind == RiskStepKind.REPORTED:
        lists = [one for one in form.fields() if one.key in {"agency", "way"}]
        known = {code: words for one in lists for code, words in choices_of(one, moment.date())}
        codes, _line, receipt = step.text.partition("\n")
        said = " ".join([*(known.get(code, code) for code in codes.split()), receipt]).strip()
    return " ".join(filter(None, [day_words(moment.date()), f"{moment:%H:%M}", str(step.kind.label), said]))
