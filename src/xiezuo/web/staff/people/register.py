"""Writing down a person, and correcting what is written. Every refusal keeps what was typed."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.common.meanwhile import ChangedMeanwhile, opened, sealed
from xiezuo.forms.access import draft_answers
from xiezuo.forms.actions import drop_draft, finish_draft, keep_draft
from xiezuo.people.access import MergedAway, must_do_casework, people_for, person_for, sections_for
from xiezuo.people.actions import correct_person, facts_of, note_read, register_person
from xiezuo.people.matching.asked import Asked
from xiezuo.people.models import Person
from xiezuo.people.queries import Likeness, likely_the_same
from xiezuo.people.sensitive import sensitive_or_nothing
from xiezuo.people.vocab import Section
from xiezuo.service.queries import last_place
from xiezuo.web.base.drafting import draft_key, keep_answer, opening_of, page_of, saved_at, typed
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.reasons import as_error
from xiezuo.web.staff.people.forms import ASKED, WHY, PersonForm, answers_of
from xiezuo.web.staff.people.meanwhile import Clash, facts_settled, person_clash, typed_anew
from xiezuo.web.staff.people.papers import WARNINGS
from xiezuo.web.staff.people.words import same_person_words

FORM = "person"
CORRECTS = "corrects"  # in a draft: the person whom it corrects
BUTTONS = {"sure"}


@dataclass(frozen=True)
class Doubts:
    """What should be looked at once more before the person is written down; it never blocks."""

    likely: list[tuple[Likeness, str]]
    warnings: list[Promise]

    def __bool__(self) -> bool:
        return bool(self.likely or self.warnings)


def _title(answers: dict[str, list[str]]) -> str:
    names = (value for name in ("full_name", "nickname") for value in answers.get(name, []))
    return next((name for name in names if name), "")


def _keep(request: StaffRequest, key: uuid.UUID, data: QueryDict, page: str = "") -> None:
    answers, page = typed(data, buttons=BUTTONS), page or page_of(request)
    title = _title(answers)
    keep_draft(by=request.actor, form=FORM, key=key, title=title, answers=answers, page=page, **opening_of(request))


def _fresh(request: StaffRequest) -> dict[str, Any]:
    """A new form with the site used last, and the name that was searched for in vain."""
    last = last_place(request.actor)
    site = last.site_id if last and last.site_id else min(request.actor.sites, default="")
    return {"nickname": request.GET.get("name", ""), "site": site}


def _initial(answers: dict[str, Any]) -> dict[str, Any]:
    """Kept answers (lists of what was typed) as the form wants them."""
    several = {"disability_kind"}
    return {
        name: value if name in several or not isinstance(value, list) else (value or [""])[0]
        for name, value in answers.items()
    }


def _doubts(request: StaffRequest, form: PersonForm, existing: Person | None) -> Doubts:
    given, finding = form.cleaned_data, form.finding()
    likely = []
    if existing is None:
        facts = form.facts() if form.is_valid() else None
        found = likely_the_same(
            people_for(request.actor),
            Asked(
                name=given.get("full_name") or given.get("nickname", ""),
                phone=given.get("phone", ""),
                id_number=finding.number if finding else given.get("id_number", ""),
                born=facts.born_on if facts else None,
                precision=facts.born_precision if facts else "",
                sex=facts.sex if facts else given.get("sex", ""),
                address=given.get("address", ""),
                school=given.get("school", ""),
            ),
        )
        likely = [(likeness, same_person_words(likeness.person)) for likeness in found]
    return Doubts(likely, [WARNINGS[code] for code in finding.warnings] if finding else [])


@page(STAFF)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def register(request: StaffRequest) -> HttpResponse:
    """Write down someone new. GET offers a new form or goes on with a draft."""
    must_do_casework(request.actor)
    key = draft_key(request)
    if key is None:
        query = {"draft": str(uuid.uuid4())} | ({"name": request.GET["name"]} if request.GET.get("name") else {})
        return HttpResponseRedirect(f"{request.path}?{urlencode(query)}")
    if request.method == "POST":
        return _written(request, key, None)
    answers = draft_answers(request.actor, key)
    if answers.get(CORRECTS):
        return HttpResponseRedirect(f"{reverse('correct_person', args=answers[CORRECTS])}?draft={key}")
    form = PersonForm(initial=_initial(answers) if answers else _fresh(request), actor=request.actor)
    return _form_page(request, key, form, None)


@page(STAFF)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    """Write what is now known about someone."""
    key = draft_key(request)
    try:
        person = person_for(request.actor, pk, Section.CONTACT)
    except MergedAway as away:
        if key is None or request.method != "POST":
            raise
        return _goes_on_with_the_kept(request, key, away)
    if key is None:
        return HttpResponseRedirect(f"{request.path}?draft={uuid.uuid4()}")
    sensitive_or_nothing(request.actor, person)
    if request.method == "POST":
        return _written(request, key, person)
    note_read(by=request.actor, person=person, what="correct")
    answers = draft_answers(request.actor, key)
    initial = _initial(answers) if answers else answers_of(person)
    seen = answers.get("seen", [""])[0] if answers else sealed(vars(facts_of(person)))
    return _form_page(
        request,
        key,
        PersonForm(initial=initial, actor=request.actor, sensitive=_reads_sensitive(request, person)),
        person,
        seen=seen,
    )


def _reads_sensitive(request: StaffRequest, person: Person | None) -> bool:
    return person is None or Section.SENSITIVE in sections_for(request.actor, person)


def _goes_on_with_the_kept(request: StaffRequest, key: uuid.UUID, away: MergedAway) -> HttpResponse:
    """The record was merged while someone was correcting it: what was typed goes on with the one that was kept."""
    data = request.POST.copy()
    data[CORRECTS] = str(away.kept)
    page = f"{reverse('correct_person', args=[away.kept])}?draft={key}"
    _keep(request, key, data, page)
    messages.warning(request, f"{away} {_('What you typed is kept; look at it and save once more.')}")
    return HttpResponseRedirect(page)


def _written(request: StaffRequest, key: uuid.UUID, existing: Person | None) -> HttpResponse:
    """Save, or show the form again with what is wrong or doubtful; either way nothing typed is lost."""
    _keep(request, key, request.POST)
    form = PersonForm(request.POST, actor=request.actor, sensitive=_reads_sensitive(request, existing))
    asked = request.POST.get("do", "")
    if not form.is_valid() and not asked:
        return _form_page(request, key, form, existing)
    doubts = _doubts(request, form, existing)
    if asked:
        return _form_page(request, key, form, existing, doubts, checked=asked == "check")
    if doubts and not request.POST.get("sure"):
        return _form_page(request, key, form, existing, doubts)
    try:
        person = _save(request, key, form, existing)
    except ChangedMeanwhile as since:
        return _both_versions(request, key, form, since)
    except RuleBroken as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, as_error(refusal))
        return _form_page(request, key, form, existing)
    finish_draft(by=request.actor, key=key, **opening_of(request))
    return redirect("person", pk=person.pk)


def _both_versions(request: StaffRequest, key: uuid.UUID, form: PersonForm, since: ChangedMeanwhile) -> HttpResponse:
    """Nothing is saved yet: what was typed stays, what a colleague wrote stands beside it."""
    person = person_for(request.actor, int(request.POST[CORRECTS]), Section.CONTACT)
    sensitive_or_nothing(request.actor, person)
    data = typed_anew(request.POST, person, since)
    _keep(request, key, data)
    shown = person_clash(person, form.facts(), since)
    form = PersonForm(data, actor=request.actor, sensitive=_reads_sensitive(request, person))
    return _form_page(request, key, form, person, clash=shown, seen=str(data["seen"]))


def _save(request: StaffRequest, key: uuid.UUID, form: PersonForm, existing: Person | None) -> Person:
    if existing is not None:
        facts = facts_settled(request.POST, form.facts(), facts_of(existing))
        facts.tags, facts.for_testing = existing.tags, existing.for_testing
        person = correct_person(
            by=request.actor,
            person=existing,
            facts=facts,
            on=today(),
            changed_on=form.changed(),
            seen=opened(request.POST.get("seen", "")),
        )
        messages.success(request, _("What is known about %(name)s is written down.") % {"name": person})
        return person
    site, role = form.site_chosen, form.role_chosen
    person = register_person(by=request.actor, facts=form.facts(), on=today(), site=site, role=role, key=key)
    messages.success(request, _("%(name)s is registered.") % {"name": person})
    return person


def _form_page(
    request: StaffRequest,
    key: uuid.UUID,
    form: PersonForm,
    existing: Person | None,
    doubts: Doubts | None = None,
    checked: bool = False,
    clash: Clash | None = None,
    seen: str = "",
) -> HttpResponse:
    what = {
        "clash": clash,
        "seen": seen or request.POST.get("seen", ""),
        "form": form,
        "key": key,
        "existing": existing,
        "doubts": doubts,
        "checked": checked,
        "saved_at": saved_at(request.actor, key),
        "sensitive_closed": not _reads_sensitive(request, existing),
        "opened": _filled(form),
        "nav": "people",
    }
    return render(
        request, "staff/people/register.html", what, status=422 if form.is_bound and not request.POST.get("do") else 200
    )


SECTIONS = {
    "birth": "born_year born_month born_day born_lunar age_guess id_type id_number ethnic_group marriage",
    "contact": "phone wechat reach_when safe_to_message hukou_place current_place address arrived_year arrived_month",
    "work": "education school grade employment occupation economic_state political_status",
    "health": "health_note disability_kind disability_grade",
    "note": "note alias",
    "why": " ".join(f"{WHY}{name}" for name in ASKED),
}


def _filled(form: PersonForm) -> set[str]:
    """Sections that open by themselves: something stands in them, or something is wrong in them."""
    return {
        section
        for section, names in SECTIONS.items()
        if any(form[name].errors or form[name].value() for name in names.split())
    }


@page(STAFF)
@sensitive_post_parameters()
@require_POST
def keep(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Autosave from the page; answers with the time at which the house has it."""
    must_do_casework(request.actor)
    answers = typed(request.POST, buttons=BUTTONS)
    return keep_answer(request, key, form=FORM, title=_title(answers), answers=answers)


@page(STAFF)
@require_POST
def drop(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Throw a draft away, because its author said so."""
    drop_draft(by=request.actor, key=key)
    messages.success(request, _("The draft is gone."))
    return redirect("people")
