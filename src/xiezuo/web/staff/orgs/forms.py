"""Forms about the organisation itself."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.common.days import today
from xiezuo.orgs.access import Actor, programmes_for, sites_for
from xiezuo.orgs.uscc import Finding, check_uscc
from xiezuo.orgs.vocab import FundingKind, OrgKind, StaffRole


def _day(label: Any, required: bool = False) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=forms.DateInput({"type": "date"}))


class SiteFactsForm(forms.Form):
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    opened_on = _day(_("Opened on"))
    closed_on = _day(_("Closed on"))
    other_names = forms.CharField(label=_("Other names"), required=False, widget=forms.Textarea({"rows": 3}))

    def clean_other_names(self) -> list[str]:
        """One name per line, or separated by commas."""
        return [name.strip() for name in re.split(r"[\n,,、;;]", self.cleaned_data["other_names"]) if name.strip()]


class SiteForm(forms.Form):
    name = forms.CharField(label=_("Name of the site"), max_length=60)
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    opened_on = _day(_("Opened on"))


class ProjectForm(forms.Form):
    name = forms.CharField(label=_("Name of the project"), max_length=120)
    programme: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Part of the programme"), queryset=None, required=False, empty_label="—"
    )
    from_on = _day(pgettext_lazy("a project", "From"), required=True)
    to_on = _day(pgettext_lazy("a project", "Until"))
    sites: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        label=_("At which sites"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    funder = forms.CharField(label=_("Who pays"), required=False, max_length=120)
    funding_kind = forms.ChoiceField(label=_("Kind of money"), choices=FundingKind.choices, required=False)
    amount = forms.DecimalField(label=_("Amount, yuan"), required=False, min_value=0, max_digits=14, decimal_places=2)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes_for(actor)  # type: ignore[attr-defined]
        self.fields["sites"].queryset = sites_for(actor)  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        kind = FundingKind(given["funding_kind"]) if given["funding_kind"] else None
        return {**given, "sites": list(given["sites"]), "funding_kind": kind}


class ProgrammeForm(forms.Form):
    name = forms.CharField(label=_("Name of the programme"), max_length=80)
    about = forms.CharField(label=_("What it is for"), required=False, widget=forms.Textarea({"rows": 3}))


class IdentityForm(forms.Form):
    """A legal form of the house with its code; the code is checked, and only an impossible one is refused."""

    name = forms.CharField(label=_("Full name as registered"), max_length=120)
    org_kind = forms.ChoiceField(label=_("Kind of organisation"), choices=OrgKind.choices)
    uscc = forms.CharField(label=_("Unified social credit code"), required=False, max_length=40)
    from_on = _day(_("Valid from"), required=True)

    def finding(self) -> Finding | None:
        written = self.cleaned_data.get("uscc", "")
        return check_uscc(written, org_kind=self.cleaned_data.get("org_kind", "")) if written else None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        found = self.finding()
        if found and found.error == "length":
            words = _("A code has 18 characters. Correct it, or leave it empty.")
            self.add_error("uscc", ValidationError(words, code="USC-1"))
        if found and found.error == "letter":
            words = _("“%(letter)s” does not occur in such codes (I, O, Z, S and V never do; perhaps 1, 0, 2 or 5).")
            self.add_error("uscc", ValidationError(words % {"letter": found.wrong_letter}, code="USC-1"))
        return given


class RoleForm(forms.Form):
    """A role and where it holds."""

    role = forms.ChoiceField(label=pgettext_lazy("staff", "Role"), choices=StaffRole.choices)
    site: forms.ModelChoiceField = forms.ModelChoiceField(
        label=pgettext_lazy("a role", "Where"), queryset=None, required=False, empty_label=_("at all sites")
    )
    to_on = _day(pgettext_lazy("a role", "Ends on"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites_for(actor)  # type: ignore[attr-defined]

    def place(self) -> dict[str, Any]:
        role = StaffRole(self.cleaned_data["role"])
        site = None if role == StaffRole.SYSADMIN else self.cleaned_data["site"]
        return {"role": role, "site": site, "on": today(), "to_on": self.cleaned_data["to_on"]}


class AccountForm(RoleForm):
    field_order = ["name", "username", "role", "site", "to_on"]
    name = forms.CharField(label=_("Name, as colleagues see it"), max_length=64)
    username = forms.RegexField(
        label=_("User name for logging in"),
        regex=r"^[\w.@+-]+$",
        max_length=64,
        error_messages={"invalid": _("Letters, digits and . _ - only, without spaces.")},
    )
