"""What is written on the page of an aid."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiezuo.orgs.access import Actor, colleagues_for
from xiezuo.orgs.models import User
from xiezuo.service.models import Aid
from xiezuo.service.vocab import AidAnswer

LONG = {"rows": 3}


class WhyForm(forms.Form):
    """Refusing, or withdrawing."""

    why = forms.CharField(label=_("Why"), widget=forms.Textarea(LONG))


class FollowUpForm(forms.Form):
    """How it went."""

    words = forms.CharField(label=_("How it went, as they say it"), widget=forms.Textarea(LONG))


class AnotherForm(forms.Form):
    """Somebody else decides."""

    instead_of = forms.ChoiceField(label=_("In the place of"))
    approver: forms.ModelChoiceField[User] = forms.ModelChoiceField(label=_("Who is asked now"), queryset=None)

    def __init__(self, *args: Any, actor: Actor, aid: Aid, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [row for row in aid.approvals.all() if row.answer == AidAnswer.ASKED]
        self.fields["instead_of"].choices = [(row.approver_id, row.approver.name) for row in rows]  # type: ignore[attr-defined]
        self.fields["approver"].queryset = colleagues_for(actor).order_by("name")  # type: ignore[attr-defined]
