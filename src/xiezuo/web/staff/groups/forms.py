"""What is typed on the pages of groups, activities and youth groups."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiezuo.orgs.access import Actor, colleagues_for, projects_for, sites_for
from xiezuo.orgs.models import Project, Site, User
from xiezuo.service.access import youth_groups_for
from xiezuo.service.models import Activity, Group, YouthGroup
from xiezuo.service.vocab import ServiceLine, YouthGroupState


def day_field(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def clock_field(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget)


class ArrangeForm(forms.Form):
    first_on = day_field(_("First day"))
    last_on = day_field(_("Last day"))
    leaders: forms.ModelMultipleChoiceField[User] = forms.ModelMultipleChoiceField(
        label=_("Who leads it"), queryset=None, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, actor: Actor, group: Group, **kwargs: Any) -> None:
        begun = {"first_on": group.first_on, "last_on": group.last_on, "leaders": group.leaders.all()}
        super().__init__(*args, **kwargs | {"initial": begun})
        self.fields["leaders"].queryset = colleagues_for(actor).order_by("name")  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    why = forms.CharField(label=_("Why"), max_length=200, required=False)


class OpeningForm(forms.Form):
    """`risk_told` and `insured_until` only where someone could be hurt."""

    closes_on = day_field(_("Sign-up ends on"), required=False, help_text=_("Empty: until it is held."))
    service_line = forms.ChoiceField(
        label=_("Service line"), choices=ServiceLine.choices, required=False, widget=forms.RadioSelect
    )
    projects: forms.ModelMultipleChoiceField[Project] = forms.ModelMultipleChoiceField(
        label=_("Projects"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    youth_group: forms.ModelChoiceField[YouthGroup] = forms.ModelChoiceField(
        label=_("Youth group"), queryset=None, required=False, empty_label=_("of no youth group")
    )
    risk_told = forms.BooleanField(
        label=_("Everyone is told what may happen"), required=False, help_text=_("Someone could be hurt: VOL-9.")
    )
    insured_until = day_field(_("Insured until"), required=False)

    def __init__(self, *args: Any, actor: Actor, activity: Activity, **kwargs: Any) -> None:
        begun = {name: getattr(activity, name) for name in ("closes_on", "service_line", "risk_told", "insured_until")}
        begun |= {"youth_group": activity.youth_group_id, "projects": activity.projects.all()}
        super().__init__(*args, **kwargs | {"initial": begun})
        groups = youth_groups_for(actor).exclude(state=YouthGroupState.ENDED)
        self.fields["youth_group"].queryset = groups  # type: ignore[attr-defined]
        self.fields["projects"].queryset = projects_for(actor)  # type: ignore[attr-defined]
        if not activity.personal_danger:
            del self.fields["risk_told"], self.fields["insured_until"]
        if not groups:
            del self.fields["youth_group"]


class DayForm(forms.Form):
    on = day_field(_("Day"))
    starts_at = clock_field(_("From"))
    ends_at = clock_field(_("To"))
    place_text = forms.CharField(label=_("Place"), max_length=200, required=False)


class WhyForm(forms.Form):
    why = forms.CharField(label=_("Why"), max_length=200)


class WishForm(forms.Form):
    """A colleague signs someone up who asked in person or by telephone."""

    label = forms.CharField(label=_("What they are called"), max_length=50)
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    guardian_name = forms.CharField(
        label=_("Guardian's name"), max_length=60, required=False, help_text=_("Only for a child.")
    )


class YouthGroupForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    about = forms.CharField(label=_("What they want to do together"), max_length=200, required=False)
    site: forms.ModelChoiceField[Site] = forms.ModelChoiceField(
        label=_("Site"), queryset=None, required=False, empty_label=_("no site")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = sites_for(actor).filter(closed_on__isnull=True)
        self.fields["site"].queryset = sites  # type: ignore[attr-defined]
        if len(sites) == 1:
            self.fields["site"].initial = sites[0].pk
