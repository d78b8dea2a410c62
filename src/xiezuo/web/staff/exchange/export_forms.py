"""The form of a list that leaves the house: why, for whom, which people or services, which columns."""

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.common.days import now
from xiezuo.exchange.access import agreements_for
from xiezuo.exchange.actions.exporting import Wanted, is_live
from xiezuo.exchange.exports.columns import FACTS, columns_for
from xiezuo.exchange.exports.purposes import SENSITIVE, Purpose, purposes
from xiezuo.exchange.exports.rows import Chosen
from xiezuo.exchange.vocab import ExportKind
from xiezuo.orgs.access import Actor, sites_for
from xiezuo.people.access import VOLUNTEERS
from xiezuo.people.vocab import Role, Section

MOST_AGE = 120
AT_FIRST = {
    ExportKind.PEOPLE: {"name", "phone", "sex", "age"},
    ExportKind.RECORDS: {"serial_no", "service_date", "method", "site", "name", "sex", "age"},
    ExportKind.VOLUNTEERS: {"name", "phone", "given"},
}
DAY = {"type": "date"}
PASSED_ON = [(section, section.label) for section in Section if any(section in p.sections for p in purposes().values())]


@dataclass(frozen=True)
class ColumnGroup:
    """Columns of one part of the file as the form shows them: (code, label, chosen)."""

    label: str | Promise
    sensitive: bool
    columns: list[tuple[str, str | Promise, bool]]


class ExportForm(forms.Form):
    """What is asked depends on the list and its purpose; what does not belong to it is not there."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why it has to leave"), widget=forms.Textarea({"rows": 2}), max_length=600)
    recipient = forms.CharField(label=_("Who gets it"), required=False, max_length=120)
    agreement: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Under which agreement"), queryset=None, required=False, empty_label=_("choose one")
    )
    site: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Site"), queryset=None, required=False, empty_label=_("all that are open to me")
    )
    role = forms.ChoiceField(label=_("Role"), required=False)
    from_age = forms.IntegerField(label=_("Age from"), required=False, min_value=0, max_value=MOST_AGE)
    to_age = forms.IntegerField(label=_("Age to"), required=False, min_value=0, max_value=MOST_AGE)
    q = forms.CharField(label=_("With this in the name"), required=False, max_length=60)
    from_on = forms.DateField(
        label=pgettext_lazy("a period", "From"), required=False, widget=forms.DateInput(DAY, format="%Y-%m-%d")
    )
    to_on = forms.DateField(
        label=pgettext_lazy("a period", "Until"), required=False, widget=forms.DateInput(DAY, format="%Y-%m-%d")
    )
    columns = forms.MultipleChoiceField(label=_("Columns"), required=False)

    def __init__(self, *args: Any, actor: Actor, kind: ExportKind, purpose: Purpose, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        self.kind, self.purpose = kind, purpose
        roles = VOLUNTEERS if kind == ExportKind.VOLUNTEERS else tuple(Role)
        self.fields["role"].choices = [("", _("any")), *((role, role.label) for role in roles)]  # type: ignore[attr-defined]
        self.fields["columns"].choices = [(c.code, c.label) for c in columns_for(kind, purpose)]  # type: ignore[attr-defined]
        self.fields["site"].queryset = sites_for(actor)  # type: ignore[attr-defined]
        live = [one.pk for one in agreements_for(actor) if is_live(one, now())]
        self.fields["agreement"].queryset = agreements_for(actor).filter(pk__in=live)  # type: ignore[attr-defined]
        unwanted = {"recipient"} if purpose.agreement else {"agreement"}
        unwanted |= {"role", "from_age", "to_age", "q"} if kind == ExportKind.RECORDS else {"from_on", "to_on"}
        for name in unwanted:
            del self.fields[name]

    def groups(self) -> list[ColumnGroup]:
        chosen = set(self.data.getlist("columns")) if self.is_bound else AT_FIRST[self.kind]  # type: ignore[attr-defined]
        found: dict[str, list[tuple[str, str | Promise, bool]]] = {}
        for column in columns_for(self.kind, self.purpose):
            found.setdefault(column.part, []).append((column.code, column.label, column.code in chosen))
        labels = {FACTS: _("sex and age")} | {str(section): section.label for section in Section}
        return [ColumnGroup(labels[part], part in SENSITIVE, columns) for part, columns in found.items()]

    def wanted(self) -> Wanted:
        given = self.cleaned_data
        site = given.get("site")
        names = ("role", "from_age", "to_age", "q", "from_on", "to_on")
        told = {name: given[name] for name in names if given.get(name) not in (None, "")}
        return Wanted(
            kind=self.kind,
            purpose=self.purpose.code,
            reason=given["reason"],
            columns=given["columns"],
            chosen=Chosen(site=site.pk if site else None, **told),
            recipient=given.get("recipient", ""),
            agreement=given.get("agreement"),
            site=site,
        )


class AgreementForm(forms.Form):
    """What is agreed with another organisation."""

    with_whom = forms.CharField(label=_("With whom"), max_length=120)
    for_what = forms.CharField(label=_("For what"), widget=forms.Textarea({"rows": 2}))
    sections = forms.MultipleChoiceField(
        label=_("Which parts of a file"), choices=PASSED_ON, widget=forms.CheckboxSelectMultiple
    )
    from_on = forms.DateField(label=pgettext_lazy("a period", "From"), widget=forms.DateInput(DAY))
    to_on = forms.DateField(label=pgettext_lazy("a period", "Until"), widget=forms.DateInput(DAY))
    signed_on = forms.DateField(label=_("Signed on"), required=False, widget=forms.DateInput(DAY))
    paper = forms.CharField(label=_("Where the paper lies"), required=False, max_length=200)
