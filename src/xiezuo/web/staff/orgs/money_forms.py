"""What is written of money: who pays how much, which kinds of aid, what the donor agreed to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.forms.packs import codes
from xiezuo.orgs.vocab import FundingKind
from xiezuo.service.aid.balance import kind_words


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


def _kinds() -> list[tuple[str, str]]:
    return [(code, kind_words(code)) for code in codes("aid_kind")]


def _several(*, required: bool) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Pays for which aid"), choices=_kinds, required=required, widget=forms.CheckboxSelectMultiple
    )


class FundingForm(forms.Form):
    """More money for a project."""

    funder = forms.CharField(label=_("Who pays"), max_length=120)
    funding_kind = forms.ChoiceField(label=_("Kind of money"), choices=FundingKind.choices)
    amount = forms.DecimalField(label=_("Amount, yuan"), required=False, min_value=0, max_digits=14, decimal_places=2)
    from_on = _day(pgettext_lazy("a period", "From"))
    to_on = _day(pgettext_lazy("a period", "Until"), required=False)
    restriction = forms.CharField(
        label=_("Only for, in the donor's words"), required=False, widget=forms.Textarea({"rows": 2})
    )
    aid_kinds = _several(required=False)


class AmountForm(forms.Form):
    """How much it is, where nobody wrote it down."""

    amount = forms.DecimalField(label=_("Amount, yuan"), min_value=0, max_digits=14, decimal_places=2)


class KindsForm(forms.Form):
    """For the first time: what the donor gave it for."""

    aid_kinds = _several(required=True)


class AgreementForm(forms.Form):
    """The donor agreed to something else."""

    aid_kinds = _several(required=True)
    agreed_by = forms.CharField(label=_("Who of the donor agreed"), max_length=60)
    agreed_on = _day(_("On which day"))
    words = forms.CharField(label=_("In which words"), required=False, widget=forms.Textarea({"rows": 2}))


class PeriodForm(forms.Form):
    """From one day to another."""

    first = _day(pgettext_lazy("a period", "From"))
    last = _day(pgettext_lazy("a period", "Until"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", _("The period cannot end before it begins."))
        return given


class ReportForm(PeriodForm):
    """The donor was told of these days."""

    number = forms.CharField(label=_("Number of the report"), max_length=60)
