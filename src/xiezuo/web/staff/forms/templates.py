"""模板: the organisation's own Word documents with named fields: uploaded, checked, tried, put into use."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiezuo.common.errors import RuleBroken
from xiezuo.forms.definitions import form_definition, form_definitions
from xiezuo.forms.papers import are_there
from xiezuo.forms.papers.access import (
    content_of,
    may_change_templates,
    must_change_templates,
    template_for,
    templates_for,
)
from xiezuo.forms.papers.actions import retire_template, upload_template, use_template
from xiezuo.forms.papers.templates import fill, known_fields, sample, starter
from xiezuo.forms.papers.templates.opening import MOST_BYTES
from xiezuo.forms.vocab import TemplateState
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.paper_files import WORD, paper_file
from xiezuo.web.staff.forms.printing import form_or_404


@page(STAFF)
@require_safe
def templates(request: StaffRequest) -> HttpResponse:
    """The templates in use or waiting to be, and the forms that can have one."""
    labels = {form.key: form for form in form_definitions()}
    seen = templates_for(request.actor).filter(state__in=[TemplateState.IN_USE, TemplateState.CHECKED])
    what = {
        "rows": [(one, labels.get(one.form)) for one in seen],
        "forms": labels.values(),
        "may_change": may_change_templates(request.actor),
        "ready": are_there(),
        "nav": "blank_forms",
    }
    return render(request, "staff/forms/templates.html", what)


@page(STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: StaffRequest, form: str) -> HttpResponse:
    """The versions for one form, what its fields are called, and the place to upload the next version."""
    found = form_or_404(form)
    refused = ""
    if request.method == "POST":
        must_change_templates(request.actor)
        file = request.FILES.get("file")
        try:
            if file is None:
                raise RuleBroken("forms.no_template", _("Choose a Word document first."))
            content = file.read(MOST_BYTES + 1)
            upload_template(by=request.actor, form=form, content=content, name=file.name or "")
        except RuleBroken as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("Checked and kept. Look at the try, then put it into use."))
            return redirect("form_template", form=form)
    what = {
        "form": found,
        "rows": templates_for(request.actor).filter(form=form),
        "known": known_fields(found),
        "refused": refused,
        "may_change": may_change_templates(request.actor),
        "ready": are_there(),
        "nav": "blank_forms",
    }
    return render(request, "staff/forms/template.html", what, status=422 if refused else 200)


@page(STAFF)
@require_POST
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a version into use, or give it up."""
    one = template_for(request.actor, pk)
    try:
        if request.POST.get("do") == "use":
            use_template(by=request.actor, template=one)
            messages.success(request, _("From today on this form is printed with it."))
        else:
            retire_template(by=request.actor, template=one)
            messages.success(request, _("It is not used any more; the form is printed in the layout of the house."))
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    return redirect("form_template", form=one.form)


@page(STAFF)
@require_safe
def file(request: StaffRequest, pk: int) -> HttpResponse:
    """The template as it was uploaded."""
    one = template_for(request.actor, pk)
    return paper_file(content_of(one), one.name.rpartition(".")[0] or one.name, WORD)


@page(STAFF)
@require_safe
def tried(request: StaffRequest, pk: int) -> HttpResponse:
    """The template filled with invented answers."""
    one = template_for(request.actor, pk)
    form = form_definition(one.form)
    made = fill(content_of(one), form, sample(form), printed_by=request.actor.user.name)
    return paper_file(made, _("%(title)s (try)") % {"title": form.label}, WORD)


@page(STAFF)
@require_safe
def start(request: StaffRequest, form: str) -> HttpResponse:
    """A document to begin with, every field named in its place."""
    found = form_or_404(form)
    return paper_file(starter(found), _("%(title)s (template)") % {"title": found.label}, WORD)
