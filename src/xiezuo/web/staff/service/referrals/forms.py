"""What is written on a referral's page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiezuo.service.vocab import OverrideGround, Served

ACCEPT, DECLINE = "accept", "decline"
LONG = {"rows": 3}


class OverrideForm(forms.Form):
    """A supervisor's decision without a consent."""

    ground = forms.ChoiceField(
        label=_("On what do you decide?"), choices=OverrideGround.choices, widget=forms.RadioSelect
    )
    why = forms.CharField(label=_("Which danger, or which law"), widget=forms.Textarea(LONG))


class SendForm(forms.Form):
    """What holds when it goes out."""

    name_passed = forms.BooleanField(label=_("They agreed that their name is passed on"), required=False)
    within_limits = forms.BooleanField(label=_("This stays within the limits they set"), required=False)


class AnswerForm(forms.Form):
    """What the receiver said on the telephone or on paper."""

    answer = forms.ChoiceField(
        label=_("Their answer"),
        choices=[(ACCEPT, _("They take it on")), (DECLINE, _("They cannot"))],
        widget=forms.RadioSelect,
    )
    who = forms.CharField(label=_("Who answered, and how to reach them"))
    words = forms.CharField(label=_("What they said"), required=False, widget=forms.Textarea(LONG))


class OutcomeForm(forms.Form):
    """What became of it."""

    served = forms.ChoiceField(label=_("Were they served?"), choices=Served.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("What is told of it"), required=False, widget=forms.Textarea(LONG))


class WhyForm(forms.Form):
    """Taking back, or closing."""

    why = forms.CharField(label=_("Why"), required=False, widget=forms.Textarea({"rows": 2}))


class TransferForm(forms.Form):
    """Who is to take the case over: a colleague, or the organisation of an open referral."""

    to = forms.ChoiceField(label=_("To whom"), widget=forms.Select)
    why = forms.CharField(label=_("Why, and what they need to know first"), widget=forms.Textarea(LONG))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]


class TransferAnswerForm(forms.Form):
    """The colleague's answer."""

    answer = forms.ChoiceField(
        label=_("Do you take the case over?"),
        choices=[(ACCEPT, _("Yes, I take it over")), (DECLINE, _("No"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("What you want to say to it"), required=False, widget=forms.Textarea(LONG))
