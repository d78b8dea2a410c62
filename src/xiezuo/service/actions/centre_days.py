"""The day sheet of a centre (F51): a day is closed only when as many children left as came (CTR-1)."""

from datetime import date

from django.utils.translation import ngettext

from xiezuo.common.errors import RuleBroken
from xiezuo.forms.rules import rule
from xiezuo.forms.vocab import RuleAct
from xiezuo.orgs.access import Actor
from xiezuo.service.actions.form_facts import Filling, day_of
from xiezuo.service.actions.sequels import Sequel, tell_sequel
from xiezuo.service.models import ChildAttendance


def _check(by: Actor, filling: Filling, on: date) -> None:
    """Asked once the time of closing is written; the rows of the sheet and those of the front desk both have to be complete."""
    answers = filling.answers
    if not answers.get("closed_at") or rule("CTR-1", on).act != RuleAct.REFUSE:
        return
    rows = answers.get("attendance") or ()
    there = sum(1 for row in rows if row.get("in_at")) - sum(1 for row in rows if row.get("out_at"))
    if not there:
        centre, day = answers.get("centre"), day_of(filling.form, answers, on)
        site = centre if isinstance(centre, int) else filling.site
        there = ChildAttendance.objects.filter(site=site, on=day, left_with="").count() if site else 0
    if there:
        words = ngettext(
            "%(n)s child has come and not left. Write with whom they went, and then when the centre closed.",
            "%(n)s children have come and not left. Write with whom they went, and then when the centre closed.",
            abs(there),
        )
        raise RuleBroken("service.day_not_even", words % {"n": abs(there)}, field="closed_at")


def tell() -> None:
    tell_sequel("centre_day", Sequel(check=_check))
