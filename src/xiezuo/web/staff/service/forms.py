"""The two-minute form."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.common.days import today
from xiezuo.orgs.access import Actor, colleagues_for, projects_for, sites_for
from xiezuo.orgs.models import Project, Site, User
from xiezuo.service.actions import ServiceFacts
from xiezuo.service.models import ServiceRecord
from xiezuo.service.vocab import Method, ServiceLine

TODAY, YESTERDAY, OTHER = "today", "yesterday", "other"
# In the order in which a working day brings them; the rest is folded away.
COMMON = (Method.VISIT, Method.ENQUIRY, Method.CASE, Method.GROUP, Method.ACTIVITY, Method.OUTREACH)


class RecordForm(forms.Form):
    """HEAD and WHEN of a service record. Who took part is carried beside it (see `who`)."""

    method = forms.ChoiceField(label=_("What was done"), choices=Method.choices, widget=forms.RadioSelect)
    day = forms.ChoiceField(
        label=_("Which day"), choices=[(TODAY, ""), (YESTERDAY, ""), (OTHER, "")], widget=forms.RadioSelect
    )
    other_day = forms.DateField(label=_("Another day"), required=False, widget=forms.DateInput({"type": "date"}))
    starts_at = forms.TimeField(label=_("From"), required=False, widget=forms.TimeInput({"type": "time"}))
    ends_at = forms.TimeField(
        label=pgettext_lazy("time of day", "Until"), required=False, widget=forms.TimeInput({"type": "time"})
    )
    site: forms.ModelChoiceField[Site] = forms.ModelChoiceField(
        label=_("Site"), queryset=None, required=False, empty_label=_("no site")
    )
    service_line = forms.ChoiceField(
        label=_("Service line"), choices=ServiceLine.choices, required=False, widget=forms.RadioSelect
    )
    title = forms.CharField(label=_("Name"), required=False, max_length=200)
    place_text = forms.CharField(label=_("Where"), required=False, max_length=200)
    note = forms.CharField(label=_("What happened and what came of it"), required=False, widget=forms.Textarea)
    own_words = forms.CharField(
        label=_("In their own words"), required=False, widget=forms.Textarea({"rows": 2, "class": "voice"})
    )
    next_step = forms.CharField(label=_("Next step"), required=False, max_length=200)
    next_on = forms.DateField(label=_("By which day"), required=False, widget=forms.DateInput({"type": "date"}))
    projects: forms.ModelMultipleChoiceField[Project] = forms.ModelMultipleChoiceField(
        label=_("Projects"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    staff: forms.ModelMultipleChoiceField[User] = forms.ModelMultipleChoiceField(
        label=_("Colleagues who were there"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites_for(actor)  # type: ignore[attr-defined]
        self.fields["projects"].queryset = projects_for(actor)  # type: ignore[attr-defined]
        self.fields["staff"].queryset = colleagues_for(actor).exclude(pk=actor.id)  # type: ignore[attr-defined]
        self.fields["note"].widget.attrs["rows"] = 5

    def service_date(self) -> date | None:
        chosen = self.cleaned_data.get("day")
        if chosen == OTHER:
            return self.cleaned_data.get("other_day")
        return today() - timedelta(days=1) if chosen == YESTERDAY else today()

    def facts(self) -> ServiceFacts:
        """What was written, without who took part."""
        given = self.cleaned_data
        return ServiceFacts(
            method=Method(given["method"]),
            service_date=self.service_date(),
            service_line=given["service_line"],
            site=given["site"],
            title=given["title"],
            starts_at=given["starts_at"],
            ends_at=given["ends_at"],
            place_text=given["place_text"],
            note=given["note"],
            own_words=given["own_words"],
            next_step=given["next_step"],
            next_on=given["next_on"],
            projects=list(given["projects"]),
            staff=list(given["staff"]),
        )


def answers_of(record: ServiceRecord) -> dict[str, Any]:
    """The form as it was filled in for a record, for correcting it."""
    return {
        "method": record.method,
        "day": OTHER,
        "other_day": record.service_date,
        "starts_at": record.starts_at,
        "ends_at": record.ends_at,
        "site": record.site_id,
        "service_line": record.service_line,
        "title": record.title,
        "place_text": record.place_text,
        "note": record.note,
        "own_words": record.own_words,
        "next_step": record.next_step,
        "next_on": record.next_on,
        "projects": list(record.projects.values_list("pk", flat=True)),
        "staff": list(record.staff.values_list("pk", flat=True)),
    }
