"""A report that someone is at risk, on paper (F20)."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from xiezuo.exchange.papers.filled import word_of
from xiezuo.exchange.papers.of_risk import paper_of_risk
from xiezuo.forms.papers import as_pdf, paper
from xiezuo.people.actions import note_read
from xiezuo.service.access.risks import risk_report_for
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.paper_files import PDF, WORD, paper_file


@page(STAFF)
@require_safe
def print_risk(request: StaffRequest, pk: int) -> HttpResponse:
    """The form for whoever may read the report, also for Word (`as=word`); its file is called by its number alone. That it
    was printed stands in the log of the person, to whom it is "a form"."""
    told = risk_report_for(request.actor, pk)
    form, filled = paper_of_risk(request.actor, told)
    if told.row.person is not None and told.row.flagged_by_id != request.actor.id:
        note_read(by=request.actor, person=told.row.person, what="printed_form")
    name = f"{form.number} {told.row.number}"
    if request.GET.get("as") == "word":
        return paper_file(word_of(request.actor, form, filled), name, WORD)
    return paper_file(as_pdf(paper(form, filled)), name, PDF)
