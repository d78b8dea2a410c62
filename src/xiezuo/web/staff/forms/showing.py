"""A filled form as it reads, what it said before, and the decision about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from xiezuo.common.days import local, today
from xiezuo.common.errors import RuleBroken
from xiezuo.exchange.papers.of_filled import unprintable
from xiezuo.forms.definitions import FieldDef, FormDefinition, Words
from xiezuo.forms.filling.reading import UNANSWERED
from xiezuo.forms.filling.values import codes_of
from xiezuo.forms.filling.walking import each_answer
from xiezuo.forms.models import SubmissionFile
from xiezuo.forms.submitting import answers_in, definition_of, is_authors
from xiezuo.forms.vocab import FieldType, Unanswered
from xiezuo.orgs.access import Actor
from xiezuo.people.access import people_for
from xiezuo.people.actions import note_read
from xiezuo.service.access import can_correct_form, can_sign_form, filled_for, is_locked, may_unlock_form
from xiezuo.service.actions import sign_form
from xiezuo.service.actions.unlocking import unlock_form
from xiezuo.service.cases.supervision import receipts_for
from xiezuo.service.filling.at_risk import says_risk
from xiezuo.service.filling.contents import earlier_of, read_answers
from xiezuo.service.filling.things import PEOPLE, names_of
from xiezuo.service.models import FilledForm
from xiezuo.service.queries import form_history
from xiezuo.web.base.nav import address
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.words import clock_words, day_words, number_words
from xiezuo.web.staff.forms.rendering import code_words
from xiezuo.web.staff.forms.sheet import left_out
from xiezuo.web.staff.forms.under import own_page, under_of
from xiezuo.web.staff.forms.views_of_fields import RATINGS
from xiezuo.web.staff.forms.words import state_of
from xiezuo.web.staff.service.one import who_came

SUPERVISION = "supervision"
REFERENCES = {FieldType.REFERENCE, FieldType.REFERENCES}


@dataclass
class Told:
    """One answer as it reads. `kind` names how it is shown; `people` are (name, id or 0)."""

    asked: FieldDef
    kind: str
    text: str = ""
    people: list[tuple[str, int]] | None = None
    files: list[SubmissionFile] | None = None
    rows: list[list["Told"]] | None = None

    @property
    def label(self) -> Words:
        return self.asked.label


@dataclass
class ToldSection:
    label: Words
    told: list[Told]


class Reader:
    """Puts answers into words for one who looks."""

    def __init__(self, actor: Actor, form: FormDefinition, answers: Mapping[str, Any], filled: FilledForm) -> None:
        self.on = filled.submission.service_date or today()
        self.files = {str(held.pk): held for held in filled.submission.files.all()}
        named: dict[str, set[int]] = {}
        for one, answer in each_answer(form.fields(), answers):
            if one.type in REFERENCES:
                ids = answer if isinstance(answer, list) else [answer]
                named.setdefault(one.of, set()).update(pk for pk in ids if isinstance(pk, int))
        self.names = {of: names_of(actor, of, ids, today()) for of, ids in named.items()}
        self.english = (get_language() or "").startswith("en")

    def sections(self, form: FormDefinition, answers: Mapping[str, Any]) -> list[ToldSection]:
        found = []
        for section in form.sections:
            shared = [one for one in section.fields if not is_authors(one) and one.key in answers]
            if shared:
                found.append(ToldSection(section.label, [self.told(one, answers[one.key]) for one in shared]))
        return found

    @staticmethod
    def empty(form: FormDefinition, answers: Mapping[str, Any]) -> list[Words]:
        """What was asked and not answered; what whoever signs has not said yet is no such question."""
        return [
            one.label
            for section in form.sections
            if section.block not in left_out(form)
            for one in section.fields
            if one.is_asked and not is_authors(one) and one.key not in answers
        ]

    def own(self, form: FormDefinition, answers: Mapping[str, Any]) -> list[Told]:
        return [self.told(one, answers[one.key]) for one in form.fields() if is_authors(one) and one.key in answers]

    def told(self, one: FieldDef, answer: Any) -> Told:
        if isinstance(answer, dict) and UNANSWERED in answer:
            return Told(one, "unanswered", str(Unanswered(answer[UNANSWERED]).label))
        if one.type == FieldType.ROWS:
            return Told(one, "rows", rows=[self._row(one, row) for row in answer])
        if one.type == FieldType.SIGNATURE:
            return self._signature(one, answer)
        if one.type == FieldType.FILE:
            return Told(one, "files", files=[self.files[key] for key in answer if key in self.files])
        if one.type in REFERENCES:
            return Told(one, "people", people=self._named(one, answer))
        return Told(one, "long" if one.type == FieldType.LONG else "text", self._text(one, answer))

    def _row(self, one: FieldDef, row: Mapping[str, Any]) -> list[Told]:
        return [self.told(inside, row[inside.key]) for inside in one.rows if inside.key in row]

    def _signature(self, one: FieldDef, answer: Mapping[str, Any]) -> Told:
        if answer.get("verbal"):
            return Told(one, "text", _("Consent by word of mouth; heard by %(who)s.") % {"who": answer["witness"]})
        return Told(one, "files", files=[self.files[answer["file"]]] if answer.get("file") in self.files else [])

    def _named(self, one: FieldDef, answer: Any) -> list[tuple[str, int]]:
        found = []
        for value in answer if isinstance(answer, list) else [answer]:
            thing = self.names.get(one.of, {}).get(value) if isinstance(value, int) else None
            if thing is not None:
                found.append((thing.label, thing.pk if one.of in PEOPLE and thing.person else 0))
            else:
                found.append(("" if isinstance(value, int) else str(value), 0))
        return found

    def _text(self, one: FieldDef, answer: Any) -> str:
        kind = one.type
        if isinstance(answer, bool):
            return _("Yes") if answer else _("No")
        if kind in {FieldType.CHOICE, FieldType.CHOICES}:
            return self._codes(one, answer)
        if kind == FieldType.RATING:
            return f"{answer} · {RATINGS[answer]}"
        if kind == FieldType.YUAN:
            return _("%(amount)s yuan") % {"amount": answer}
        return self._moment(kind, str(answer)) if isinstance(answer, str) else number_words(answer)

    def _codes(self, one: FieldDef, answer: Any) -> str:
        told = {**codes_of(one.code_list, today()), **codes_of(one.code_list, self.on)}
        codes = answer if isinstance(answer, list) else [answer]
        return "、".join(code_words(told[code]) if code in told else str(code) for code in codes)

    def _moment(self, kind: FieldType, text: str) -> str:
        language = get_language()
        if kind == FieldType.DATE:
            return day_words(date.fromisoformat(text), "day", language)
        if kind == FieldType.DATETIME:
            moment = datetime.fromisoformat(text)
            return f"{day_words(moment.date(), 'day', language)} {clock_words(moment)}"
        return text


@page(STAFF)
@require_safe
def one(request: StaffRequest, pk: int) -> HttpResponse:
    """The form as it reads now, or (`revision`) as it read before. That someone's form was opened is written down."""
    actor, filled = request.actor, filled_for(request.actor, pk)
    if filled.person is not None:
        note_read(by=actor, person=filled.person, what="form")
    form, answers = read_answers(actor, filled)
    earlier = earlier_of(filled)
    asked = request.GET.get("revision", "")
    shown = next((row for row in earlier if str(row.revision) == asked), None)
    if asked and shown is None:
        raise Http404
    if shown is not None:
        form, answers = definition_of(shown, filled.submission.form), answers_in(shown.answers)
    reader = Reader(actor, form, answers, filled)
    what = {
        "filled": filled,
        "form": form,
        "sections": reader.sections(form, answers),
        "empty": reader.empty(form, answers),
        "own": reader.own(form, answers) if shown is None else [],
        "others_own": any(is_authors(one) for one in form.fields()) and filled.submission.author_id != actor.id,
        "state": state_of(filled),
        "earlier": earlier,
        "shown": shown,
        "history": form_history(filled),
        "may_correct": can_correct_form(actor, filled) and shown is None,
        "may_sign": can_sign_form(actor, filled) and shown is None,
        "knows_person": filled.person_id is not None and people_for(actor).filter(pk=filled.person_id).exists(),
        "changed_at": local(filled.submission.changed_at),
        "unprintable": unprintable(actor, filled, answers) if shown is None else "",
        "print_url": address("print_filled", filled.pk),
        "risk_said": says_risk(form.key, answers),
        "goes_on": own_page(filled),
        "case": filled.case,
        "may_unlock": shown is None and may_unlock_form(actor, filled),
        "locked": shown is None and is_locked(filled),
        "receipts": receipts_for(actor, filled.pk) if form.key == SUPERVISION else [],
        "nav": "forms",
    }
    if filled.record is not None and form.has("WHO"):
        what |= who_came(actor, filled.record)
    return render(request, "staff/forms/one.html", what)


@page(STAFF)
@sensitive_post_parameters()
@require_POST
def unlock(request: StaffRequest, pk: int) -> HttpResponse:
    """A supervisor opens a locked form of a case for one correction, and says why."""
    try:
        unlock_form(by=request.actor, filled=filled_for(request.actor, pk), why=request.POST.get("why", ""))
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
        return redirect("filled_form", pk=pk)
    return redirect("correct_form", pk=pk)


@page(STAFF)
@require_POST
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """A supervisor agrees, returns the form or says no."""
    decision, opinion = request.POST.get("decision", ""), request.POST.get("supervisor_opinion", "")
    filled = filled_for(request.actor, pk)
    try:
        sign_form(by=request.actor, filled=filled, decision=decision, opinion=opinion, on=today())
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Your decision stands in the form; whoever wrote it sees it."))
        under = under_of(filled)
        if under is not None and under.url:
            return redirect(under.url)
    return redirect("filled_form", pk=pk)
