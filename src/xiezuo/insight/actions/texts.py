"""Writing the organisation's own words into its annual report."""

from collections.abc import Mapping

from django.db import transaction

from xiezuo.common.days import now, today
from xiezuo.common.events import happened
from xiezuo.insight.access import must_write_report
from xiezuo.insight.models import ReportText
from xiezuo.insight.vocab import ReportPart
from xiezuo.orgs.access import Actor
from xiezuo.people.disclosing import must_name_no_minor


@transaction.atomic
def write_text(*, by: Actor, year: int, part: ReportPart, text: str) -> None:
    """Put `text` in place of what stood in this part of the year's report; an empty text takes the part out.

    The report is read outside: raises RuleBroken where it names a child without consent (CHD-4).
    """
    must_write_report(by)
    text = text.strip()
    existing = ReportText.objects.filter(year=year, part=part).first()
    if (existing.text if existing else "") == text:
        return
    must_name_no_minor(by, text, today(), field=part)
    written = existing or ReportText(year=year, part=part)
    if not text:
        happened("insight.report.text_removed", written, by_id=by.id, year=year, part=part)
        written.delete()
        return
    written.text, written.written_by, written.written_at = text, by.user, now()
    written.save()
    happened("insight.report.text_written", written, by_id=by.id, year=year, part=part)


@transaction.atomic
def write_texts(*, by: Actor, year: int, texts: Mapping[ReportPart, str]) -> None:
    """Several parts: all of them, or none where one is refused."""
    for part, text in texts.items():
        write_text(by=by, year=year, part=part, text=text)
