"""Writing the organisation's own words into its annual report."""

from django.db import transaction

from xiezuo.common.days import now
from xiezuo.common.events import happened
from xiezuo.insight.access import must_write_report
from xiezuo.insight.models import ReportText
from xiezuo.insight.vocab import ReportPart
from xiezuo.orgs.access import Actor


@transaction.atomic
def write_text(*, by: Actor, year: int, part: ReportPart, text: str) -> None:
    """Put `text` in place of what stood in this part of the year's report; an empty text takes the part out."""
    must_write_report(by)
    text = text.strip()
    existing = ReportText.objects.filter(year=year, part=part).first()
    if (existing.text if existing else "") == text:
        return
    written = existing or ReportText(year=year, part=part)
    if not text:
        happened("insight.report.text_removed", written, by_id=by.id, year=year, part=part)
        written.delete()
        return
    written.text, written.written_by, written.written_at = text, by.user, now()
    written.save()
    happened("insight.report.text_written", written, by_id=by.id, year=year, part=part)
