"""A form that is never saved: it shows each kind of answer on the gallery page."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

METHODS = [
    ("visit", _("home visit")),
    ("group", pgettext_lazy("method", "group")),
    ("activity", _("activity")),
    ("outreach", _("outreach")),
]
WAYS = [("phone", _("by telephone")), ("wechat", _("by WeChat")), ("paper", _("on paper"))]


class SampleForm(forms.Form):
    method = forms.ChoiceField(label=_("What was done"), choices=METHODS, widget=forms.RadioSelect)
    ways = forms.MultipleChoiceField(
        label=_("How it was agreed"), choices=WAYS, widget=forms.CheckboxSelectMultiple, required=False
    )
    place = forms.CharField(
        label=_("Where"), error_messages={"required": _("Say where it was. Everything else is kept.")}
    )
    day = forms.DateField(label=_("Which day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    story = forms.CharField(
        label=_("What happened and what came of it"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In your words; what someone said goes in quotation marks."),
        error_messages={"required": _("Not written yet. Everything else is kept.")},
    )
    agreed = forms.BooleanField(
        label=_("The mother agreed by telephone"), required=False, help_text=_("Time and caller are written down.")
    )
