"""What is asked before a whole file leaves."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now
from xiezuo.exchange.access import agreements_for
from xiezuo.exchange.actions.exporting import Wanted, is_live
from xiezuo.exchange.exports.columns import columns_for
from xiezuo.exchange.exports.purposes import SENSITIVE, purposes, purposes_for
from xiezuo.exchange.exports.rows import Chosen
from xiezuo.exchange.vocab import ExportKind
from xiezuo.orgs.access import Actor
from xiezuo.people.vocab import Section


class FileForm(forms.Form):
    """`columns` are the parts of the file; a part that the purpose may not have is left out by the action."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    purpose = forms.ChoiceField(label=_("Purpose"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Why it has to leave"), widget=forms.Textarea({"rows": 2}), max_length=600)
    recipient = forms.CharField(label=_("Who gets it"), required=False, max_length=120)
    agreement: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Under which agreement"), queryset=None, required=False, empty_label=_("none is needed")
    )
    columns = forms.MultipleChoiceField(label=_("Parts of the file"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        told = purposes_for(ExportKind.FILE)
        every = [column for purpose in told for column in columns_for(ExportKind.FILE, purpose)]
        parts = list({column.code: column for column in every}.values())
        first = [column.code for column in parts if column.part not in SENSITIVE]
        kwargs.setdefault("initial", {"key": uuid.uuid4(), "columns": first})
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [(purpose.code, purpose.label) for purpose in told]  # type: ignore[attr-defined]
        order = [str(section) for section in Section]
        parts.sort(key=lambda column: order.index(column.part))
        self.fields["columns"].choices = [(column.code, column.label) for column in parts]  # type: ignore[attr-defined]
        live = [one.pk for one in agreements_for(actor) if is_live(one, now())]
        self.fields["agreement"].queryset = agreements_for(actor).filter(pk__in=live)  # type: ignore[attr-defined]

    def wanted(self, chosen: Chosen) -> Wanted:
        given = self.cleaned_data
        needs = purposes()[given["purpose"]].agreement
        return Wanted(
            kind=ExportKind.FILE,
            purpose=given["purpose"],
            reason=given["reason"],
            columns=given["columns"],
            chosen=chosen,
            recipient=given["recipient"],
            agreement=given["agreement"] if needs else None,
        )
