"""Filling a form in and correcting it. Every press of a button keeps what was typed."""

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.forms.actions import drop_draft, finish_draft
from xiezuo.forms.definitions import FormDefinition, form_definition
from xiezuo.forms.files import drop_files
from xiezuo.forms.filling import Problem, Typed, typed_again
from xiezuo.people.access import must_do_casework, people_for, person_for
from xiezuo.people.actions import note_read
from xiezuo.people.impact import must_be_assessed
from xiezuo.people.matching.asked import Asked
from xiezuo.people.queries import likely_the_same, present_household
from xiezuo.people.rights import people_to_choose
from xiezuo.people.search import found
from xiezuo.service.access import can_correct_form, filled_for, form_under
from xiezuo.service.actions import Filling, correct_form, submit_form
from xiezuo.service.filling.about import household_field, may_have_person, subject_field
from xiezuo.service.filling.assessed import FLOOR, subject_of
from xiezuo.service.filling.at_risk import says_risk
from xiezuo.service.filling.contents import answers_of
from xiezuo.service.filling.things import SITES
from xiezuo.service.models import Aid, Case, FilledForm
from xiezuo.service.queries import last_place
from xiezuo.service.vocab import ParticipationMode
from xiezuo.web.base.drafting import draft_key, keep_answer, opening_of, page_of, saved_at, typed
from xiezuo.web.base.nav import address
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.forms.before import assessed_before, came_before
from xiezuo.web.staff.forms.begun import gone_on_from, known_of_aid, known_of_case
from xiezuo.web.staff.forms.choosing import ABOUT_SOMEONE, ELSEWHERE
from xiezuo.web.staff.forms.doing import carry_out, is_of_who
from xiezuo.web.staff.forms.drawn import DRAWING, take_drawing
from xiezuo.web.staff.forms.meeting import begun_under, seats_of, warned_under
from xiezuo.web.staff.forms.paper import BUTTONS, Paper, draft_name, paper_of_draft
from xiezuo.web.staff.forms.sheet import fresh, querydict, taken_over, without_private
from xiezuo.web.staff.forms.under import LOADS, UNDER, leads_to, under_asked
from xiezuo.web.staff.service.beginning import ABOUT, GOES_ON
from xiezuo.web.staff.service.overlapping import tell_overlaps
from xiezuo.web.staff.service.record import FOUND, change_who
from xiezuo.web.staff.service.who import chips, who_of

# A form may record the voice of whoever gives consent; no other page asks for the microphone.
MAY_LISTEN = "geolocation=(), microphone=(self), payment=()"


def form_to_fill(request: StaffRequest, key: str) -> FormDefinition:
    """A form of this floor that is in use today and assessed. Raises Http404, NotAllowed and RuleBroken."""
    must_do_casework(request.actor)
    try:
        form = form_definition(key)
    except KeyError as error:
        raise Http404 from error
    if form.floor != FLOOR:
        raise Http404
    if form.holds_sensitive:
        must_be_assessed(subject_of(form), today())
    return form


def _begun(request: StaffRequest, form: FormDefinition) -> Typed:
    """A new form with what is known: the person from whose page one comes, the site of last time."""
    new = fresh(form)
    last = last_place(request.actor)
    if last is not None and last.site_id:
        new |= {"site": [str(last.site_id)], "service_line": [last.service_line]}
        new |= {one.key: [str(last.site_id)] for one in form.fields() if one.of in SITES}
    under = under_asked(request.actor, request.GET.dict())
    asked = request.GET.dict()
    if under is not None:
        new[UNDER] = [under.typed]
        new |= begun_under(under, form.key, today())
        if under.person is not None and not (under.name == "aid" and asked.get("person")):
            asked["person"] = str(under.person.pk)
        if isinstance(under.row, Case):
            new |= known_of_case(request.actor, form, under.row)
        if isinstance(under.row, Aid):
            new |= known_of_aid(request.actor, form, under.row)
    new |= gone_on_from(request.actor, form, asked.get("earlier", ""))
    for name in ("person", "household"):
        value = asked.get(name, "")
        if value.isdecimal():
            _place(request, form, new, name, value)
    kinds = next((one for one in form.fields() if one.key == "kind"), None)
    if kinds is not None and asked.get("kind"):
        new["kind"] = [asked["kind"]]
    if "service_date" in {one.key for one in form.fields()}:
        new.setdefault("service_date", [today().isoformat()])
    return new


def _place(request: StaffRequest, form: FormDefinition, new: Typed, name: str, value: str) -> None:
    """Put a person, and the household they live in, where the form asks for one."""
    home = household_field(form)
    if name == "person":
        subject = subject_field(form)
        if subject is not None or may_have_person(form):
            new[subject.key if subject else ABOUT] = [value]
        if form.has("WHO") and form.method:
            new["who"] = [f"{ParticipationMode.NAMED}|{value}"]
        here = present_household(person_for(request.actor, int(value)))
        if home is not None and here is not None:
            new[home.key] = [str(here.household_id)]
    elif home is not None:
        new[home.key] = [value]


@page(STAFF)
@require_http_methods(["GET", "POST"])
def fill(request: StaffRequest, form: str) -> HttpResponseBase:
    """Fill in a new form. GET offers it or goes on with a draft; POST changes a part of it, or finishes it."""
    if form in ABOUT_SOMEONE:
        person = request.GET.get("person", "")
        return redirect(address(ELSEWHERE[form]) + (f"?person={person}" if person.isdecimal() else ""))
    definition = form_to_fill(request, form)
    key = draft_key(request)
    if key is None:
        asked = {
            name: request.GET[name]
            for name in ("person", "household", "kind", "earlier", *LOADS)
            if name in request.GET
        }
        return HttpResponseRedirect(f"{request.path}?{urlencode({'draft': uuid.uuid4(), **asked})}")
    done = form_under(request.actor, key)
    if done is not None:
        return redirect("filled_form", pk=done.pk)
    if request.method == "GET":
        return _page(request, paper_of_draft(request.actor, definition, key, _begun(request, definition)))
    paper = Paper(request.actor, definition, key, typed(request.POST, buttons=BUTTONS))

    def finish(filling: Filling) -> FilledForm:
        return submit_form(by=request.actor, filling=filling, on=today(), key=key)

    return _written(request, paper, finish)


@page(STAFF)
@require_http_methods(["GET", "POST"])
def correct(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Write a form anew as it should have been, in the version in which it was written."""
    existing = filled_for(request.actor, pk)
    if not can_correct_form(request.actor, existing):
        return redirect("filled_form", pk=pk)
    key = draft_key(request)
    if key is None:
        return HttpResponseRedirect(f"{request.path}?draft={uuid.uuid4()}")
    if existing.person is not None:
        note_read(by=request.actor, person=existing.person, what="form")
    form, answers = answers_of(request.actor, existing)
    if existing.submission.author_id != request.actor.id:
        form = without_private(form)
    if request.method == "GET":
        paper = paper_of_draft(request.actor, form, key, _as_written(existing, form, answers))
        paper.existing, paper.before = existing, answers
        return _page(request, paper)
    paper = Paper(request.actor, form, key, typed(request.POST, buttons=BUTTONS), existing, answers)

    def finish(filling: Filling) -> FilledForm:
        revision = (paper.typed.get("revision") or [""])[0]
        at = int(revision) if revision.isdecimal() else 0
        return correct_form(by=request.actor, filled=existing, filling=filling, revision=at, on=today(), draft=key)

    return _written(request, paper, finish)


def _as_written(existing: FilledForm, form: FormDefinition, answers: dict[str, Any]) -> Typed:
    record = existing.record
    again = typed_again(form, answers) | {
        "site": [str(existing.site_id or "")],
        "revision": [str(existing.submission.revision)],
        GOES_ON: [str(existing.follows_id or "")],
    }
    if record is None:
        return again
    who = who_of(record)
    return again | {
        "service_line": [record.service_line],
        "projects": [str(pk) for pk in record.projects.values_list("pk", flat=True)],
        "staff": [str(pk) for pk in record.staff.values_list("pk", flat=True)],
        "who": who.who,
        "help": who.help,
    }


def _written(request: StaffRequest, paper: Paper, finish: Callable[[Filling], FilledForm]) -> HttpResponseBase:
    paper.take_in(request.FILES)
    doing = request.POST.get("do", "")
    if doing:
        _change(request, paper, doing)
    paper.keep(page_of(request), opening_of(request))
    if doing:
        return _page(request, paper)
    filling = paper.filling()
    done = _finished(paper, filling, finish) if filling is not None else None
    if done is None:
        return _page(request, paper, status=422)
    finish_draft(by=request.actor, key=paper.key, **opening_of(request))
    drop_files(by=request.actor, key=paper.key)
    messages.success(request, _("Kept: %(form)s.") % {"form": paper.form.label})
    tell_overlaps(request, done.record)
    if filling is not None and _newly_at_risk(paper, filling):
        messages.success(request, _("It says that someone may be at risk: say so now, one sentence is enough."))
        return redirect(address("flag_risk") + (f"?person={done.person_id}" if done.person_id else ""))
    return redirect(leads_to(done))


def _newly_at_risk(paper: Paper, filling: Filling) -> bool:
    key = paper.form.key
    return says_risk(key, filling.answers) and not says_risk(key, paper.before)


def _finished(paper: Paper, filling: Filling, finish: Callable[[Filling], FilledForm]) -> FilledForm | None:
    try:
        return finish(filling)
    except RuleBroken as refusal:
        paper.problems.append(Problem(refusal.field, "", str(refusal)))
        if refusal.code == "forms.changed_meanwhile" and paper.existing is not None:
            paper.existing = filled_for(paper.actor, paper.existing.pk)
            paper.typed["revision"] = [str(paper.existing.submission.revision)]
        return None


def _change(request: StaffRequest, paper: Paper, doing: str) -> None:
    verb, _sep, what = doing.partition(":")
    try:
        if verb == DRAWING:
            paper.notice = take_drawing(paper, what)
        elif verb == "last":
            taken_over(paper.form, what, paper.typed, paper.last_answers())
        elif is_of_who(doing):
            who = paper.who()
            data = querydict(paper.typed)
            paper.of_who = True
            paper.notice = change_who(request, doing, who, data)
            paper.typed |= {"who": who.who, "help": who.help}
            paper.typed |= {name: data.getlist(name) for name in ("q", "count") if name in data}
        else:
            paper.notice = carry_out(paper.typed, doing)
    except RuleBroken as refusal:
        paper.notice = str(refusal)


def _page(request: StaffRequest, paper: Paper, status: int = 200) -> HttpResponse:
    what = paper.context() | {"saved_at": saved_at(request.actor, paper.key), "nav": "forms"}
    what["revision"] = (paper.typed.get("revision") or [""])[0]
    corrects = f"?corrects={paper.existing.pk}" if paper.existing else ""
    what["keep_url"] = reverse("keep_form", args=[paper.form.key, paper.key]) + corrects
    if paper.existing is None and (under := paper.under()) is not None:
        what["warned"] = warned_under(under, paper.form.key)
    if paper.form.method and paper.form.has("WHO"):
        what |= _who_came(request, paper)
    what["goes_on"] = (paper.typed.get(GOES_ON) or [""])[0]
    what |= came_before(request.actor, paper.form, paper.person(), today())
    what |= assessed_before(paper)
    response = render(request, "staff/forms/fill.html", what, status=status)
    response["Permissions-Policy"] = MAY_LISTEN
    return response


def _who_came(request: StaffRequest, paper: Paper) -> dict[str, Any]:
    """WHO of a service record, with its own search and buttons."""
    who, under = paper.who(), paper.under()
    shown, helpers = chips(request.actor, who)
    seats = seats_of(request.actor, under.row, who) if under and under.name == "group" else []
    seated = {seat.value for seat in seats}
    q = (paper.typed.get("q") or [""])[0].strip()
    modes = {mode: sum(chip.count for chip in shown if chip.mode == mode) for mode in ParticipationMode.values}
    return {
        "chips": [chip for chip in shown if chip.value not in seated],
        "seats": seats,
        "helpers": helpers,
        "times": sum(chip.count for chip in shown),
        "modes": modes,
        "q": q,
        "found": found(request.actor, people_to_choose(request.actor, today()), q, FOUND),
        "likely": likely_the_same(people_for(request.actor), Asked(q)) if q else [],
        "count": (paper.typed.get("count") or [""])[0],
    }


@page(STAFF)
@require_POST
def keep(request: StaffRequest, form: str, key: uuid.UUID) -> HttpResponse:
    """Autosave from the page; answers with the time at which the house has it."""
    definition = form_to_fill(request, form)
    done = form_under(request.actor, key)
    if done is not None:
        return JsonResponse({"done": reverse("filled_form", args=[done.pk])})
    paper = Paper(request.actor, definition, key, typed(request.POST, buttons=BUTTONS))
    corrects = request.GET.get("corrects", "")
    name = draft_name(definition, int(corrects) if corrects.isdecimal() and len(corrects) < 16 else None)
    return keep_answer(request, key, form=name, title=paper.title(), answers=dict(paper.typed))


@page(STAFF)
@require_POST
def drop(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Throw an unfinished form away, because its author said so."""
    drop_draft(by=request.actor, key=key)
    drop_files(by=request.actor, key=key)
    messages.success(request, _("The draft is gone."))
    return redirect("forms")
