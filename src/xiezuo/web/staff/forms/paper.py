"""One open form page: reads what was sent, keeps it, shows it again, and hands it over once it is whole."""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.forms.access import draft_answers
from xiezuo.forms.actions import keep_draft
from xiezuo.forms.definitions import FieldDef, FormDefinition
from xiezuo.forms.files import files_of_draft, keep_file
from xiezuo.forms.filling import Known, Problem, Reading, Typed, codes_chosen, read_form, with_computed
from xiezuo.forms.models import SubmissionFile
from xiezuo.orgs.access import Actor
from xiezuo.people.access import household_for, person_for, stand_for
from xiezuo.people.models import Household, Person
from xiezuo.service.access import filled_for
from xiezuo.service.actions import Filling
from xiezuo.service.actions.sequels import sequel_of
from xiezuo.service.filling.about import follows_field, household_field, named_id, subject_field
from xiezuo.service.filling.contents import answers_of
from xiezuo.service.filling.things import choices, form_keys, kinds, may_name, names_of, search
from xiezuo.service.models import FilledForm
from xiezuo.service.queries import last_form
from xiezuo.web.base.drafting import typed as typed_in
from xiezuo.web.staff.forms.head import HeadForm, about_field
from xiezuo.web.staff.forms.rendering import field_view, form_page_context
from xiezuo.web.staff.forms.sheet import Data, left_out, querydict
from xiezuo.web.staff.forms.under import Under, under_of, under_typed
from xiezuo.web.staff.forms.views_of_fields import id_of
from xiezuo.web.staff.service.beginning import ABOUT, GOES_ON, new_name
from xiezuo.web.staff.service.who import Who, helpings_of, takings_of, who_typed

BUTTONS = {"do"}
CORRECTION = "correct_form:"
SENT = ".new"  # ends the name of an input that sends files of the field before it


def draft_name(form: FormDefinition, corrects: int | None = None) -> str:
    """The form of a draft: a new one by its key, the correction of one by its number."""
    return f"{CORRECTION}{corrects}" if corrects is not None else new_name(form.key)


@dataclass
class Paper:
    """A form while it is being written. `existing`: the one that is being corrected."""

    actor: Actor
    form: FormDefinition
    key: uuid.UUID
    typed: Typed
    existing: FilledForm | None = None
    before: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notice: str = ""
    of_who: bool = False

    def __post_init__(self) -> None:
        self.on = today()

    @property
    def about(self) -> FieldDef | None:
        """Whom it is about is asked once: a form stays in the file it was written into."""
        return about_field(self.form) if self.existing is None else None

    # ── what came ──

    def files(self) -> dict[str, SubmissionFile]:
        found = list(files_of_draft(self.actor, self.key))
        found += list(self.existing.submission.files.all()) if self.existing else []
        return {str(held.pk): held for held in found}

    def take_in(self, sent: Any) -> None:
        """Keep the files that came with the page; what cannot be kept is a problem of its field."""
        for name, files in sent.lists():
            if name.endswith(SENT):
                self._take_in(name.removesuffix(SENT), files)

    def _take_in(self, name: str, files: list[UploadedFile]) -> None:
        for file in files:
            try:
                held = keep_file(by=self.actor, key=self.key, content=file.read(), name=file.name or "")
            except RuleBroken as refusal:
                self.problems.append(Problem(name, "", f"{file.name}: {refusal}"))
            else:
                self.typed[name] = [*(kept for kept in self.typed.get(name, []) if kept), str(held.pk)]

    def keep(self, page: str, opening: dict[str, Any]) -> None:
        keep_draft(
            by=self.actor,
            form=draft_name(self.form, self.existing.pk if self.existing else None),
            key=self.key,
            title=self.title(),
            answers=typed_in(querydict(self.typed), buttons=BUTTONS),
            page=page,
            **opening,
        )

    def title(self) -> str:
        """What the draft is called: the form, and whom it is about."""
        person = self.person()
        return f"{self.form.label.zh} {person}" if person else str(self.form.label.zh)

    # ── whom it is about ──

    def _first_id(self, name: str) -> int | None:
        text = next(iter(self.typed.get(name, [])), "")
        return int(text) if text.isdecimal() and len(text) < 16 else None

    def person(self) -> Person | None:
        """The person the form is about as far as it is said, under the row that stands for them now."""
        subject = subject_field(self.form)
        named = subject.key if subject else ABOUT if self.about else ""
        pk = self._first_id(named)
        if pk is None:
            return self.existing.person if self.existing else self._applicant()
        return person_for(self.actor, stand_for(self.actor, [pk]).get(pk, pk))

    def _applicant(self) -> Person | None:
        """Of an aid: a form that asks for nobody is about whoever asked for the aid in which it is written."""
        under = self.under() if household_field(self.form) is None else None
        return under.person if under and under.name == "aid" else None

    def under(self) -> Under | None:
        """In what it is written; a form that is corrected stays where it was written."""
        return under_typed(self.actor, self.typed) if self.existing is None else under_of(self.existing)

    def home(self) -> Household | None:
        """The household for which aid is asked, of whose members earlier forms may be named."""
        under = self.under()
        return under.row.household if under and under.name == "aid" else None

    def who(self) -> Who:
        data = querydict(self.typed)
        who = who_typed(self.actor, data)
        self.typed["who"], self.typed["help"] = who.who, who.help
        return who

    # ── what it says ──

    def read(self) -> Reading:
        chosen = codes_chosen(self.form, self.before)
        known = Known(
            on=self.on,
            kinds=kinds(self.on),
            rows=may_name(self.actor, self.on),
            files=frozenset(self.files()),
            chosen=chosen,
        )
        return read_form(self.form, self.typed, known, leave=left_out(self.form))

    def head(self, *, bound: bool) -> HeadForm:
        data = querydict(self.typed)
        records = bool(self.form.method)
        if bound:
            return HeadForm(data, actor=self.actor, records=records)
        initial = {name: data.getlist(name) if name in {"projects", "staff"} else data.get(name) for name in data}
        return HeadForm(initial=initial, actor=self.actor, records=records)

    def filling(self) -> Filling | None:
        """The form as it was filled in; None where something is missing, and `problems` says what."""
        reading, head = self.read(), self.head(bound=True)
        self.problems += reading.problems
        person = self.person()
        if self.about is not None and self.about.required and person is None:
            words = _("Choose the person this form is about; it belongs into their file.")
            self.problems.append(Problem(ABOUT, str(self.about.label), words))
        head.is_valid()
        self.problems += [Problem(name, str(head[name].label), str(texts[0])) for name, texts in head.errors.items()]
        if self.problems:
            return None
        who = self.who()
        follows, under = self._follows(reading.answers), self.under()
        return Filling(
            form=self.form,
            answers=reading.answers,
            person=person or (follows.person if follows and not subject_field(self.form) else None),
            household=self._household(reading.answers),
            follows=follows,
            taking=takings_of(who),
            helping=helpings_of(who),
            **head.told(),
            **({under.name: under.row} if under else {}),
        )

    def _household(self, answers: dict[str, Any]) -> Any:
        pk = named_id(household_field(self.form), answers)
        return household_for(self.actor, pk) if pk is not None else None

    def _follows(self, answers: dict[str, Any]) -> FilledForm | None:
        pk = named_id(follows_field(self.form, form_keys(self.on)), answers) or self._first_id(GOES_ON)
        return filled_for(self.actor, pk) if pk is not None else None

    # ── how it is shown ──

    def data(self) -> Data:
        errors: dict[str, list[str]] = defaultdict(list)
        for problem in self.problems:
            errors[problem.name].append(problem.words)
        about = self.person()
        last = self.last() if self.existing is None else None
        day = last.submission.service_date if last else None
        quiet = Paper(self.actor, self.form, self.key, self.typed, self.existing, self.before)
        return Data(
            on=self.on,
            typed=self.typed,
            key=self.key,
            kinds=kinds(self.on),
            names=lambda of, ids: names_of(self.actor, of, ids, self.on),
            search=lambda of, scrap: search(self.actor, of, scrap, self.on),
            choices=lambda of: choices(self.actor, of, about, self.on, self.home()),
            files=self.files(),
            errors=errors,
            computed=self._computed(quiet.read().answers),
            last_on={section.key: day.isoformat() for section in self.form.sections} if day else {},
        )

    def _computed(self, answers: dict[str, Any]) -> dict[str, Any]:
        """What follows from the answers, and what only the records know."""
        under, follows = self.under(), self._follows(answers)
        told = {under.name: under.row} if under else {}
        figures = sequel_of(self.form.key).figures(Filling(form=self.form, answers=answers, follows=follows, **told))
        return with_computed(self.form, answers | figures)

    def last(self) -> FilledForm | None:
        """The last form of this kind by the same colleague about the same person; of nobody's only where it is not
        sensitive, so that nothing of one person stands in another's form."""
        person = self.person()
        if person is None and self.form.holds_sensitive:
            return None
        return last_form(self.actor, self.form.key, person)

    def last_answers(self) -> dict[str, Any]:
        last = self.last()
        return answers_of(self.actor, filled_for(self.actor, last.pk))[1] if last else {}

    def context(self) -> dict[str, Any]:
        data = self.data()
        about = [field_view(self.about, (self.about,), data, "")] if self.about else []
        return form_page_context(self.form, data, about=about) | {
            "head": self.head(bound=False),
            "problems": [(id_of(problem.name) if problem.name else "", problem.words) for problem in self.problems],
            "notice": self.notice if self.of_who else "",
            "said": "" if self.of_who else self.notice,
            "existing": self.existing,
            "person": self.person(),
            "under": self.under(),
            "goes_on": self._first_id(GOES_ON),
        }


def paper_of_draft(actor: Actor, form: FormDefinition, key: uuid.UUID, fresh: Typed) -> Paper:
    """The page as its author left it, or a new one."""
    kept = draft_answers(actor, key)
    return Paper(actor, form, key, {name: list(values) for name, values in kept.items()} or fresh)
