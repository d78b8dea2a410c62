"""A case in words: where it stands, what comes next, and how far it has come."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.orgs.access import Actor
from xiezuo.service.access import can_correct_form, can_sign_form
from xiezuo.service.cases.course import PATH
from xiezuo.service.cases.following import Doing, Next
from xiezuo.service.models import Case
from xiezuo.service.vocab import CaseState

WRITE: dict[str, Promise] = {
    "intake": gettext_lazy("Open a new case"),
    "acceptance": gettext_lazy("Propose what becomes of it"),
    "assessment": gettext_lazy("Write the assessment"),
    "plan": gettext_lazy("Agree on a plan together"),
    "contact_note": gettext_lazy("Write a contact note"),
    "review": gettext_lazy("Look back at the plan"),
    "closure": gettext_lazy("Propose to close"),
}
MEND: dict[str, Promise] = {
    "acceptance": gettext_lazy("Correct the proposal"),
    "plan": gettext_lazy("Go on with the plan"),
    "review": gettext_lazy("Correct the review"),
    "closure": gettext_lazy("Correct the closing form"),
}
SIGNED: dict[str, Promise] = {
    "acceptance": gettext_lazy("The proposal waits for a supervisor."),
    "plan": gettext_lazy("The plan waits for a supervisor."),
    "review": gettext_lazy("The review waits for a supervisor."),
    "closure": gettext_lazy("The closing waits for a supervisor."),
}
KINDS = {CaseState.CLOSING_PENDING: "wait", CaseState.SUSPENDED: "wait", CaseState.TRANSFERRED: "wait"}


@dataclass(frozen=True)
class Button:
    label: str
    url: str
    post: bool = False


@dataclass
class Coming:
    """The one big button, what may be done instead, the sentence above it and what is missing."""

    main: Button | None = None
    words: str = ""
    missing: list[str] = field(default_factory=list)
    also: list[Button] = field(default_factory=list)


def form_url(form: str, case: Case, **more: str) -> str:
    asked = "".join(f"&{name}={value}" for name, value in more.items())
    return f"{reverse('fill_form', args=[form])}?case={case.pk}{asked}"


def coming(actor: Actor, case: Case, following: Next, *, may_move: bool) -> Coming:
    """What the page offers whoever looks; who only reads is told what comes next."""
    told = Coming(missing=following.missing, also=[_button(form, case) for form in following.also])
    if following.doing == Doing.WRITE:
        told.main = _button(following.form, case)
    elif following.doing == Doing.AGAIN:
        told.main = _button("intake", case)
    elif following.filled is not None:
        _about_form(actor, told, following)
    elif following.doing == Doing.RESUME and may_move:
        told.main = Button(_("Go on with the case"), reverse("resume_case", args=[case.pk]), post=True)
    elif following.doing == Doing.ARCHIVE and may_move:
        told.main = Button(_("Put the file away"), reverse("archive_case", args=[case.pk]), post=True)
    return told


def _button(form: str, case: Case) -> Button:
    if form == "assessment" and case.state in {CaseState.PLANNED, CaseState.INTERVENING}:
        return Button(_("Evaluate before closing"), form_url(form, case, kind="closing"))
    if form == "intake":
        return Button(str(WRITE[form]), f"{reverse('fill_form', args=[form])}?person={case.person_id}")
    return Button(str(WRITE[form]), form_url(form, case))


def _about_form(actor: Actor, told: Coming, following: Next) -> None:
    filled = following.filled
    if filled is None:
        return
    waits = following.doing == Doing.WAIT
    told.words = str(SIGNED[following.form]) if waits else ""
    if waits and can_sign_form(actor, filled):
        told.main = Button(_("Read it and decide"), reverse("filled_form", args=[filled.pk]))
    elif not waits and can_correct_form(actor, filled):
        told.main = Button(str(MEND[following.form]), reverse("correct_form", args=[filled.pk]))
    else:
        told.main = Button(_("Look at the form"), reverse("filled_form", args=[filled.pk]))


@dataclass(frozen=True)
class Stop:
    """One place on the way; `when`: done, here, or to come."""

    label: str
    when: str


def way_of(case: Case) -> list[Stop]:
    """The straight way with where the case stands on it; one that left it early shows how far it came and how it ended."""
    state = CaseState(case.state_before or case.state)
    if state in {CaseState.DECLINED, CaseState.REFERRED_OUT, CaseState.TRANSFERRED}:
        return [Stop(str(CaseState.INTAKE.label), "done"), Stop(str(state.label), "here")]
    here = PATH.index(state)
    return [
        Stop(str(stop.label), "done" if n < here else "here" if n == here else "ahead") for n, stop in enumerate(PATH)
    ]
