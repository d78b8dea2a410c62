"""What is typed when someone is at risk, and afterwards."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.common.days import local, now
from xiezuo.forms.definitions import Words
from xiezuo.forms.packs import codes
from xiezuo.service.models import RiskReport
from xiezuo.service.vocab import Capacity

FORMAT = "%Y-%m-%dT%H:%M"
NOW, TODAY, OTHER = "now", "today", "other"
TEXT = forms.Textarea({"rows": 4})
LESS = forms.Textarea({"rows": 2})


def moment(label: Any, required: bool = True) -> forms.DateTimeField:
    widget = forms.DateTimeInput({"type": "datetime-local"}, format=FORMAT)
    return forms.DateTimeField(
        label=label, required=required, widget=widget, input_formats=[FORMAT, "%Y-%m-%dT%H:%M:%S"]
    )


def labels(code_list: str) -> list[tuple[str, str]]:
    """Codes with their words in the language of the page."""
    return [(code, str(Words(words["zh"], words.get("en", "")))) for code, words in codes(code_list).items()]


class FlagForm(forms.Form):
    """`opened_at`: when this page was opened, so that "just now" stays true where it arrives later."""

    person = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    opened_at = forms.DateTimeField(required=False, input_formats=[FORMAT], widget=forms.HiddenInput)
    described = forms.CharField(label=_("Who is it?"), required=False, max_length=400)
    facts = forms.CharField(label=_("What did you see or hear?"), required=False, widget=TEXT)
    since = forms.ChoiceField(
        label=_("When did you notice it?"),
        choices=[(NOW, _("just now")), (TODAY, _("today at")), (OTHER, pgettext_lazy("another time", "earlier"))],
        widget=forms.RadioSelect,
        required=False,
    )
    today_at = forms.TimeField(
        label=_("At what time today"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    earlier = moment(_("Day and time"), required=False)

    def found_at(self, at: datetime) -> datetime:
        """When it was noticed. What was left open, or cannot be read, is "just now"."""
        said = self.cleaned_data
        if said.get("since") == TODAY and isinstance(said.get("today_at"), time):
            return timezone.make_aware(datetime.combine(local(at).date(), said["today_at"]))
        if said.get("since") == OTHER and said.get("earlier"):
            return said["earlier"]
        opened = said.get("opened_at")
        return min(opened, at) if opened else at


class CompleteForm(forms.Form):
    signs = forms.MultipleChoiceField(label=_("Signs"), required=False, widget=forms.CheckboxSelectMultiple)
    facts = forms.CharField(label=_("What was seen and heard"), required=False, widget=TEXT)
    capacity = forms.ChoiceField(
        label=_("How old, and able to decide?"), choices=Capacity.choices, widget=forms.RadioSelect
    )
    immediate = forms.CharField(label=_("What was done at once"), required=False, widget=LESS)

    def __init__(self, *args: Any, report: RiskReport, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(report, name) for name in ("signs", "facts", "capacity", "immediate")}
        super().__init__(*args, **kwargs)
        self.fields["signs"].choices = labels("risk_sign")  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    agency = forms.MultipleChoiceField(label=_("Reported to"), required=False, widget=forms.CheckboxSelectMultiple)
    reported_at = moment(_("When it was reported"))
    way = forms.ChoiceField(label=_("How it was reported"), widget=forms.RadioSelect, required=False)
    receipt_no = forms.CharField(label=_("Receipt number"), required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"reported_at": local(now())}
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = labels("report_agency")  # type: ignore[attr-defined]
        self.fields["way"].choices = labels("contact_way")  # type: ignore[attr-defined]


class StepForm(forms.Form):
    text = forms.CharField(label=_("What was done since"), required=False, widget=LESS)


class TellForm(forms.Form):
    text = forms.CharField(label=_("Whom did you tell?"), required=False, max_length=200)


class ReceiptForm(forms.Form):
    receipt_no = forms.CharField(label=_("Receipt number"), required=False, max_length=80)


class ReasonForm(forms.Form):
    supervisor_reason = forms.CharField(label=_("Why it can be closed without a receipt"), required=False, widget=LESS)
