"""Consent in words: one sentence per purpose, also where nobody has asked."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from xiezuo.common.days import local, today
from xiezuo.people.actions import Given
from xiezuo.people.consents import standings
from xiezuo.people.models import Consent, Person, PrivacyNotice
from xiezuo.people.queries import consent_answers, notices_of_today
from xiezuo.people.vocab import Assent, ConsentPurpose, ConsentState, ConsentWay, Withhold
from xiezuo.web.base.words import day_words

Kind = Literal["", "wait", "late", "ok"]


@dataclass(frozen=True)
class Answer:
    """`words` is a sentence on how things stand; `kind` the colour and icon that go with it."""

    purpose: str
    label: Any
    kind: Kind
    words: str
    asked: bool = True


def _words(consent: Consent) -> tuple[Kind, str]:
    day = day_words(local(consent.at).date(), "day", get_language())
    words = {"day": day, "way": consent.get_way_display()}
    if consent.state == ConsentState.GIVEN and consent.expires_on:
        until = day_words(consent.expires_on, "day", get_language())
        if consent.expires_on < today():
            return "wait", _("was agreed until %(until)s; ask again") % {"until": until}
        return "ok", _("agreed, until %(until)s") % {"until": until}
    if consent.state == ConsentState.GIVEN:
        return "ok", _("agreed on %(day)s, %(way)s") % words if consent.way else _("agreed on %(day)s") % words
    if consent.state == ConsentState.REFUSED:
        return "late", _("refused on %(day)s; do not do it") % words
    if consent.state == ConsentState.WITHDRAWN:
        return "late", _("taken back on %(day)s; it is no longer done") % words
    return "wait", _("asked on %(day)s, no answer yet") % words


def in_words(answers: list[tuple[ConsentPurpose, Consent | None]]) -> list[Answer]:
    """One sentence per purpose, in the order of the form; answered ones carry their colour."""
    found = []
    for purpose, consent in answers:
        kind, words = _words(consent) if consent else ("", _("not asked yet"))
        found.append(Answer(purpose.value, purpose.label, kind, words, asked=consent is not None))
    return found


def _guardian_words(guardian: Person, seen: bool) -> str:
    name = str(guardian) if seen else _("someone not open to you")
    return _("%(name)s, guardian") % {"name": name}


class ConsentForm(forms.Form):
    """An answer for one purpose; it stands beside earlier answers, and the latest of each who answers counts."""

    purpose = forms.ChoiceField(label=gettext_lazy("What for"), choices=ConsentPurpose.choices)
    given_by = forms.ChoiceField(label=gettext_lazy("Who answers"), required=False, widget=forms.RadioSelect)
    state = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        choices=[(state, state.label) for state in ConsentState if state != ConsentState.NOT_ASKED],
        widget=forms.RadioSelect,
    )
    child_assent = forms.ChoiceField(
        label=gettext_lazy("What the child says"), choices=Assent.choices, required=False, widget=forms.RadioSelect
    )
    way = forms.ChoiceField(
        label=gettext_lazy("How it was said"), choices=ConsentWay.choices, required=False, widget=forms.RadioSelect
    )
    expires_on = forms.DateField(label=gettext_lazy("Until"), required=False, widget=forms.DateInput({"type": "date"}))
    paper = forms.FileField(label=gettext_lazy("Picture of the signed paper"), required=False)
    witness = forms.CharField(label=gettext_lazy("Who was there"), required=False, max_length=60)
    recipients = forms.CharField(label=gettext_lazy("For whom"), required=False, max_length=200)
    limits = forms.CharField(label=gettext_lazy("Only within these limits"), required=False, max_length=400)
    reason = forms.CharField(label=gettext_lazy("Why not"), required=False, max_length=400)
    withhold_from = forms.CharField(label=gettext_lazy("Who may not be told"), required=False, max_length=120)
    withhold_why = forms.ChoiceField(
        label=gettext_lazy("Why they may not be told"), choices=[("", "—"), *Withhold.choices], required=False
    )

    def __init__(
        self, *args: Any, person: Person, guardians: Iterable[Person], seen: Collection[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.guardians = {str(guardian.pk): guardian for guardian in guardians}
        own = ("", str(person))
        named = [(pk, _guardian_words(guardian, guardian.pk in seen)) for pk, guardian in self.guardians.items()]
        self.fields["given_by"].choices = [own, *named]  # type: ignore[attr-defined]

    def answer(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "purpose": ConsentPurpose(given["purpose"]),
            "state": ConsentState(given["state"]),
            "way": ConsentWay(given["way"]) if given["way"] else None,
            "expires_on": given["expires_on"],
            "given": Given(
                by=self.guardians.get(given["given_by"]),
                assent=Assent(given["child_assent"]) if given["child_assent"] else None,
                paper=given["paper"].read() if given["paper"] else b"",
                withhold_why=Withhold(given["withhold_why"]) if given["withhold_why"] else None,
                **{name: given[name] for name in ("witness", "recipients", "limits", "reason", "withhold_from")},
            ),
        }


@dataclass(frozen=True)
class Purpose:
    """How things stand for one purpose: the last answer in words, whether it is `open`, and what is missing if not."""

    answer: Answer
    is_open: bool
    why: str | Promise
    notice: PrivacyNotice | None
    may_take_back: bool


def purposes_of(person: Person, on: date) -> list[Purpose]:
    """Every purpose in the order of the form."""
    answers = consent_answers(person)
    found = standings([person], list(ConsentPurpose), on)[person.pk]
    notices = notices_of_today()
    return [
        Purpose(
            answer, one.is_open, one.why, notices.get(one.purpose), consent is not None and consent.state == "given"
        )
        for answer, (_purpose, consent), one in zip(in_words(answers), answers, found, strict=True)
    ]
