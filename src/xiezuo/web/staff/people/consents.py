"""Consent in words: one sentence per purpose, also where nobody has asked."""

from dataclasses import dataclass
from typing import Any, Literal

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from xiezuo.common.days import local, today
from xiezuo.people.models import Consent
from xiezuo.people.vocab import ConsentPurpose, ConsentState, ConsentWay
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


class ConsentForm(forms.Form):
    """An answer for one purpose; it stands beside earlier answers and the latest counts."""

    purpose = forms.ChoiceField(label=gettext_lazy("What for"), choices=ConsentPurpose.choices)
    state = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        choices=[(state, state.label) for state in ConsentState if state != ConsentState.NOT_ASKED],
        widget=forms.RadioSelect,
    )
    way = forms.ChoiceField(
        label=gettext_lazy("How it was said"), choices=ConsentWay.choices, required=False, widget=forms.RadioSelect
    )
    expires_on = forms.DateField(label=gettext_lazy("Until"), required=False, widget=forms.DateInput({"type": "date"}))

    def answer(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "purpose": ConsentPurpose(given["purpose"]),
            "state": ConsentState(given["state"]),
            "way": ConsentWay(given["way"]) if given["way"] else None,
            "expires_on": given["expires_on"],
        }
