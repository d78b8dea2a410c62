"""纸质表单: every form to be filled in by hand, as PDF and for Word."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xiezuo.exchange.papers.filled import filled_form, word_of
from xiezuo.exchange.papers.of_filled import paper_of
from xiezuo.forms.definitions import FormDefinition, form_definition, form_definitions
from xiezuo.forms.packs import packs_of
from xiezuo.forms.papers import are_there, as_pdf, paper
from xiezuo.forms.papers.access import may_change_templates, templates_for
from xiezuo.forms.papers.layouts import Layout, layout_of
from xiezuo.forms.vocab import PackKind, TemplateState
from xiezuo.people.actions import note_read
from xiezuo.service.access import filled_for
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.paper_files import PDF, WORD, paper_file
from xiezuo.web.base.words import is_english


@dataclass(frozen=True)
class Row:
    """One form of the list; `layout` is None where it prints in the general layout, `own` where no template is in use."""

    form: FormDefinition
    title: str
    layout: Layout | None
    own: bool


def form_or_404(key: str) -> FormDefinition:
    try:
        return form_definition(key)
    except KeyError as error:
        raise Http404 from error


@page(STAFF)
@require_safe
def blank_forms(request: StaffRequest) -> HttpResponse:
    """Every form in use, by part; `q` narrows it."""
    asked = request.GET.get("q", "").strip()[:40]
    own = templates_for(request.actor).filter(state=TemplateState.IN_USE).values_list("form", flat=True)
    parts: dict[str, list[Row]] = {}
    for row in (_row(form, set(own)) for form in form_definitions()):
        if asked.lower() in f"{row.form.number}{row.form.label.zh}{row.form.label.en}{row.title}".lower():
            parts.setdefault(str(row.form.part), []).append(row)
    what = {
        "parts": parts,
        "q": asked,
        "ready": are_there(),
        "may_change": may_change_templates(request.actor),
        "ledgers": _ledgers(),
        "does_casework": request.actor.does_casework,
        "nav": "blank_forms",
    }
    return render(request, "staff/forms/blank_forms.html", what)


def _row(form: FormDefinition, own: set[str]) -> Row:
    layout = layout_of(form)
    return Row(form, str(layout.title) if layout else str(form.label), layout, form.key in own)


def _ledgers() -> list[str]:
    """Titles of the Excel layouts that offices ask for."""
    english = is_english(get_language())
    return [str((english and told.get("title_en")) or told["title"]) for told in packs_of(PackKind.LEDGER)]


@page(STAFF)
@require_safe
def print_form(request: StaffRequest, form: str) -> HttpResponse:
    """The empty form, to be filled in by hand; `as=word` gives a Word document. Raises RuleBroken without the libraries."""
    found = form_or_404(form)
    filled = filled_form(request.actor, found)
    content = paper(found, filled)
    name = _("%(title)s (empty)") % {"title": content.title}
    if request.GET.get("as") == "word":
        return paper_file(word_of(request.actor, found, filled), name, WORD)
    return paper_file(as_pdf(content), name, PDF)


@page(STAFF)
@require_safe
def print_filled(request: StaffRequest, pk: int) -> HttpResponse:
    """A filled-in form as a paper, for whoever may read it; that it was printed stands in the log of the person."""
    filled = filled_for(request.actor, pk)
    if filled.person is not None:
        note_read(by=request.actor, person=filled.person, what="printed_form")
    form, told = paper_of(request.actor, filled)
    about = filled.person or filled.household or filled.site or ""
    name = f"{form.label} {about}".strip()
    if request.GET.get("as") == "word":
        return paper_file(word_of(request.actor, form, told), name, WORD)
    return paper_file(as_pdf(paper(form, told)), name, PDF)
