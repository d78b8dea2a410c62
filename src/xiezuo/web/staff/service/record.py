"""记一次服务: one page, one thumb, two minutes. Every press of a button keeps what was typed."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.forms.access import draft_answers
from xiezuo.forms.actions import drop_draft, finish_draft, keep_draft
from xiezuo.orgs.access import sites_for
from xiezuo.people.access import must_do_casework, people_for
from xiezuo.people.actions import PersonFacts, register_person
from xiezuo.people.matching.asked import Asked
from xiezuo.people.models import Person
from xiezuo.people.queries import likely_the_same
from xiezuo.people.rights import people_to_choose
from xiezuo.people.search import found
from xiezuo.service.access import can_correct, record_for, written_under
from xiezuo.service.actions import correct_service, record_service
from xiezuo.service.models import ServiceRecord
from xiezuo.service.queries import last_place, services_until
from xiezuo.web.base.drafting import draft_key, keep_answer, opening_of, page_of, saved_at, typed
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.service.forms import COMMON, RecordForm, answers_of
from xiezuo.web.staff.service.overlapping import tell_overlaps
from xiezuo.web.staff.service.who import Chip, Who, chips, helpings_of, takings_of, who_of, who_typed

FORM = "service_record"
FOUND = 6
BUTTONS = {"do"}


def _title(answers: dict[str, list[str]], actor: Any) -> str:
    """What the draft is called on the Today page."""
    who = Who(who=answers.get("who", []))
    shown, _helpers = chips(actor, who)
    names = "、".join(chip.label for chip in shown[:3])
    return names or (answers.get("title") or [""])[0] or (answers.get("note") or [""])[0][:30]


def _querydict(answers: dict[str, Any]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in answers.items():
        data.setlist(name, values if isinstance(values, list) else [values])
    return data


def _fresh(request: StaffRequest) -> dict[str, Any]:
    """A new form with what was used last: the site, and the person from whose page one comes."""
    last = last_place(request.actor)
    sites = list(sites_for(request.actor).filter(closed_on__isnull=True)[:2])
    site = last.site_id if last else (sites[0].pk if len(sites) == 1 else None)
    person = request.GET.get("person", "")
    return {
        "method": request.GET.get("method") or "",
        "day": "today",
        "site": str(site or ""),
        "service_line": last.service_line if last else "",
        "who": [f"named|{person}"] if person.isdigit() else [],
    }


@page(STAFF)
@require_http_methods(["GET", "POST"])
def record(request: StaffRequest) -> HttpResponse:
    """Write a new record. GET offers a new form or goes on with a draft; POST changes who is there, or finishes."""
    must_do_casework(request.actor)
    key = draft_key(request)
    if key is None:
        asked = {name: request.GET[name] for name in ("person", "method") if name in request.GET}
        query = "&".join([f"draft={uuid.uuid4()}", *(f"{name}={value}" for name, value in asked.items())])
        return HttpResponseRedirect(f"{reverse('record_service')}?{query}")
    if request.method == "GET":
        written = written_under(request.actor, key)
        if written is not None:
            return redirect("service_record", pk=written.pk)
        data = _querydict(draft_answers(request.actor, key) or _fresh(request))
        return _form_page(request, key, data, bound=False)
    return _written(request, key, None)


@page(STAFF)
@require_http_methods(["GET", "POST"])
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    """Write an existing record anew as it should have been."""
    existing = record_for(request.actor, pk)
    if not can_correct(request.actor, existing):
        return redirect("service_record", pk=pk)
    key = draft_key(request)
    if key is None:
        return HttpResponseRedirect(f"{request.path}?draft={uuid.uuid4()}")
    if request.method == "GET":
        answers = draft_answers(request.actor, key)
        if not answers:
            who = who_of(existing)
            answers = {**answers_of(existing), "who": who.who, "help": who.help}
        cleaned = {
            name: [str(v) for v in value] if isinstance(value, list) else ("" if value is None else str(value))
            for name, value in answers.items()
        }
        return _form_page(request, key, _querydict(cleaned), bound=False, existing=existing)
    return _written(request, key, existing)


def _written(request: StaffRequest, key: uuid.UUID, existing: ServiceRecord | None) -> HttpResponse:
    data = request.POST.copy()
    who = who_typed(request.actor, data)
    data.setlist("who", who.who)
    data.setlist("help", who.help)
    doing = data.get("do", "")
    notice = ""
    try:
        if doing:
            notice = change_who(request, doing, who, data)
            data.setlist("who", who.who)
            data.setlist("help", who.help)
    except RuleBroken as refusal:
        notice = str(refusal)
    if not existing:
        answers = typed(data, buttons=BUTTONS)
        _keep(request, key, answers)
    if doing:
        return _form_page(request, key, data, bound=False, existing=existing, notice=notice)
    form = RecordForm(data, actor=request.actor)
    if not form.is_valid():
        return _form_page(request, key, data, bound=True, existing=existing)
    facts = form.facts()
    facts.taking, facts.helping = takings_of(who), helpings_of(who)
    try:
        if existing:
            done = correct_service(by=request.actor, record=existing, facts=facts, on=today())
        else:
            done = record_service(by=request.actor, facts=facts, on=today(), key=key)
    except RuleBroken as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _form_page(request, key, data, bound=True, existing=existing, form=form)
    finish_draft(by=request.actor, key=key, **opening_of(request))
    messages.success(request, _("Recorded: %(serial)s.") % {"serial": done.serial_no})
    tell_overlaps(request, done)
    return redirect("service_record", pk=done.pk)


def _keep(request: StaffRequest, key: uuid.UUID, answers: dict[str, list[str]]) -> None:
    title, page = _title(answers, request.actor), page_of(request)
    keep_draft(by=request.actor, form=FORM, key=key, title=title, answers=answers, page=page, **opening_of(request))


def change_who(request: StaffRequest, doing: str, who: Who, data: QueryDict) -> str:
    """Carry out one small button; gives a sentence to show, or nothing."""
    verb, _sep, what = doing.partition(":")
    q = data.get("q", "").strip()
    if verb == "add":
        who.add(f"named|{int(what)}")
        data["q"] = ""
    elif verb == "drop":
        who.drop(what)
    elif verb == "list" and q:
        who.add(f"listed|{q.replace('|', ' ')}")
        data["q"] = ""
    elif verb == "register" and q:
        site = RecordForm(data, actor=request.actor).fields["site"].queryset.filter(pk=data.get("site") or 0).first()  # type: ignore[attr-defined]
        person = register_person(by=request.actor, facts=PersonFacts(nickname=q), on=today(), site=site)
        who.add(f"named|{person.pk}")
        data["q"] = ""
    elif verb == "count":
        number = data.get("count", "").strip()
        who.count_in(int(number) if number.isdigit() else 0, data.get("count_age", ""))
        data["count"] = ""
    elif verb == "help":
        minutes = data.get("help_minutes", "").strip()
        who.help = [v for v in who.help if not v.startswith(f"{int(what)}|")]
        who.help.append(f"{int(what)}|{int(minutes) if minutes.isdigit() else ''}")
        data["q"] = ""
    elif verb in {"list", "register"}:
        return _("Write a name first.")
    return ""


def _before(shown: list[Chip]) -> tuple[Person, int] | None:
    """The one person this is about, and how often they came before: nobody has to tell their story twice."""
    people = [chip.person for chip in shown if chip.person]
    if len(people) != 1:
        return None
    return people[0], services_until(people[0], today())


def _form_page(
    request: StaffRequest,
    key: uuid.UUID,
    data: QueryDict,
    *,
    bound: bool,
    existing: ServiceRecord | None = None,
    notice: str = "",
    form: RecordForm | None = None,
) -> HttpResponse:
    who = who_typed(request.actor, data)
    shown, helpers = chips(request.actor, who)
    initial = {name: data.getlist(name) if name in {"projects", "staff"} else data.get(name) for name in data}
    form = form or (
        RecordForm(data, actor=request.actor) if bound else RecordForm(initial=initial, actor=request.actor)
    )
    q = data.get("q", "").strip()
    visible = people_for(request.actor)
    what = {
        "form": form,
        "key": key,
        "chips": shown,
        "helpers": helpers,
        "times": sum(chip.count for chip in shown),
        "modes": {
            mode: sum(chip.count for chip in shown if chip.mode == mode) for mode in ("named", "listed", "counted")
        },
        "q": q,
        "found": found(request.actor, people_to_choose(request.actor, today()), q, FOUND),
        "likely": likely_the_same(visible, Asked(q)) if q else [],
        "count": data.get("count", ""),
        "today": today(),
        "before": _before(shown) if not existing else None,
        "existing": existing,
        "notice": notice,
        "saved_at": saved_at(request.actor, key),
        "common": [str(method) for method in COMMON],
        "nav": "record_service",
    }
    return render(request, "staff/service/record.html", what, status=422 if bound else 200)


@page(STAFF)
@require_POST
def keep(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Autosave from the page; answers with the time at which the house has it."""
    answers = typed(request.POST, buttons=BUTTONS)
    written = written_under(request.actor, key)
    if written is not None:
        return JsonResponse({"done": reverse("service_record", args=[written.pk])})
    return keep_answer(request, key, form=FORM, title=_title(answers, request.actor), answers=answers)


@page(STAFF)
@require_POST
def drop(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Throw a draft away, because its author said so."""
    drop_draft(by=request.actor, key=key)
    messages.success(request, _("The draft is gone."))
    return redirect("today")


@page(STAFF)
def pick(request: StaffRequest) -> HttpResponse:
    """People whom a scrap fits, as buttons of the form they are searched from."""
    must_do_casework(request.actor)
    q = request.GET.get("q", "").strip()
    free = people_to_choose(request.actor, today())
    what = {"q": q, "found": found(request.actor, free, q, FOUND), "likely": []}
    return render(request, "staff/service/found.html", what)
