"""What stands beside the questions of a form: whom it is about, at which site, for which projects, who was there."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from xiezuo.common.privacy import Privacy
from xiezuo.forms.definitions import FieldDef, FormDefinition, Words
from xiezuo.forms.vocab import FieldType
from xiezuo.orgs.access import Actor, colleagues_for, projects_for, sites_for
from xiezuo.orgs.models import Project, Site, User
from xiezuo.service.filling.about import may_have_person, needs_person
from xiezuo.service.vocab import ServiceLine
from xiezuo.web.staff.service.beginning import ABOUT


class HeadForm(forms.Form):
    """HEAD of every form; what is only of a service record is left out where the form is none."""

    site: forms.ModelChoiceField[Site] = forms.ModelChoiceField(
        label=gettext_lazy("Site"), queryset=None, required=False, empty_label=gettext_lazy("no site")
    )
    service_line = forms.ChoiceField(
        label=gettext_lazy("Service line"), choices=ServiceLine.choices, required=False, widget=forms.RadioSelect
    )
    projects: forms.ModelMultipleChoiceField[Project] = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Projects"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    staff: forms.ModelMultipleChoiceField[User] = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Colleagues who were there"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, actor: Actor, records: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites_for(actor)  # type: ignore[attr-defined]
        self.fields["projects"].queryset = projects_for(actor)  # type: ignore[attr-defined]
        self.fields["staff"].queryset = colleagues_for(actor).exclude(pk=actor.id)  # type: ignore[attr-defined]
        if not records:
            for name in ("service_line", "projects", "staff"):
                del self.fields[name]

    def told(self) -> dict[str, Any]:
        """What was chosen, by the names of a Filling."""
        return {
            name: list(value) if name in {"projects", "staff"} else value for name, value in self.cleaned_data.items()
        }


def about_field(form: FormDefinition) -> FieldDef | None:
    """The question whom the form is about, where the form itself does not ask it."""
    if not may_have_person(form):
        return None
    words = gettext("About whom")
    return FieldDef(
        ABOUT,
        Words(words, words),
        FieldType.REFERENCE,
        required=needs_person(form),
        privacy=Privacy.PERSONAL,
        of="person",
    )
