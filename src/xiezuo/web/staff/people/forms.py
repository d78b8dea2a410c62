"""F01, the form of a person, in folded sections. Only the nickname is asked for."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import today
from xiezuo.forms.packs import codes
from xiezuo.orgs.access import Actor, sites_for
from xiezuo.orgs.models import Site
from xiezuo.people.actions import ID_ERRORS, PersonFacts, facts_of
from xiezuo.people.identity import Finding, check_resident_id
from xiezuo.people.models import Person
from xiezuo.people.vocab import BornPrecision, Disability, IdType, NoAnswer, Role, Sex

FIRST_YEAR = 1890
OLDEST = 130
ROLES = (Role.HELP_SEEKER, Role.SERVICE_USER, Role.PARTICIPANT, Role.VOLUNTEER, Role.VISITOR, Role.MEMBER)
AS_WRITTEN = (
    *("nickname", "full_name", "alias", "sex", "id_type", "id_number", "ethnic_group", "education", "marriage"),
    *("political_status", "hukou_place", "current_place", "address", "phone", "wechat", "reach_when"),
    *("safe_to_message", "employment", "occupation", "school", "grade", "economic_state", "health_note"),
    *("disability_kind", "disability_grade", "note"),
)


# What is asked of nearly everyone, and may have no answer.
ASKED: dict[str, Any] = {
    "born_on": _("Birth date"),
    "id_number": _("Identity number"),
    "phone": _("Phone"),
    "hukou_place": _("Home place (hukou)"),
    "address": _("Address"),
    "ethnic_group": _("Ethnic group"),
    "education": _("Education"),
    "marriage": _("Marriage"),
    "school": _("School"),
    "employment": _("Work at present"),
    "health_note": _("Health"),
}
WHY = "why_"
# Of the form: what is closed to whoever may not read what is sensitive.
CLOSED = (
    *("id_type", "id_number", "ethnic_group", "political_status", "economic_state", "health_note"),
    *("disability_kind", "disability_grade", "note"),
)
CHANGED, SLIP = "changed", "slip"


def _text(label: Any, length: int, **attrs: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=length, widget=forms.TextInput(attrs))


def _number(label: Any, least: int, most: int) -> forms.IntegerField:
    widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(label=label, required=False, min_value=least, max_value=most, widget=widget)


class PersonForm(forms.Form):
    """Dates are asked for in parts, so that a year alone can be written down as a year."""

    nickname = _text(_("What people call them"), 60, autocomplete="off")
    full_name = _text(_("Full name"), 60, autocomplete="off")
    alias = _text(_("Other names"), 120, autocomplete="off")
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, required=False, widget=forms.RadioSelect)
    born_year = _number(pgettext_lazy("part of a date", "Year"), FIRST_YEAR, 2200)
    born_month = _number(pgettext_lazy("part of a date", "Month"), 1, 12)
    born_day = _number(pgettext_lazy("part of a date", "Day"), 1, 31)
    born_lunar = forms.BooleanField(label=_("by the lunar calendar"), required=False)
    age_guess = _number(_("Or about how old"), 0, OLDEST)
    id_type = forms.ChoiceField(label=_("Paper"), choices=[("", "—"), *IdType.choices], required=False)
    id_number = _text(_("Number"), 40, autocomplete="off", autocapitalize="characters", spellcheck="false")
    ethnic_group = forms.ChoiceField(label=_("Ethnic group"), required=False)
    education = forms.ChoiceField(label=_("Education"), required=False)
    marriage = forms.ChoiceField(label=_("Marriage"), required=False)
    political_status = forms.ChoiceField(label=_("Political status"), required=False)
    hukou_place = _text(_("Home place (hukou)"), 60)
    current_place = _text(_("Lives in"), 60)
    address = _text(_("Address"), 200)
    arrived_year = _number(_("Came here in the year"), FIRST_YEAR, 2200)
    arrived_month = _number(pgettext_lazy("part of a date", "Month"), 1, 12)
    phone = _text(_("Phone"), 40, inputmode="tel", autocomplete="off")
    wechat = _text(_("WeChat"), 60, autocomplete="off")
    reach_when = _text(_("When to reach them"), 120)
    safe_to_message = forms.BooleanField(label=_("Messages may be sent"), required=False)
    employment = _text(_("Work at present"), 40)
    occupation = _text(_("Occupation"), 120)
    school = _text(_("School"), 120)
    grade = _text(_("Grade"), 40)
    economic_state = _text(_("How they get by"), 40)
    health_note = forms.CharField(label=_("Health"), required=False, widget=forms.Textarea({"rows": 3}))
    disability_kind = forms.MultipleChoiceField(
        label=_("Disability"), choices=Disability.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    disability_grade = _number(_("Grade of disability (1 to 4)"), 1, 4)
    note = forms.CharField(
        label=pgettext_lazy("about a person", "Note"), required=False, widget=forms.Textarea({"rows": 4})
    )
    site: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Site"), queryset=None, required=False, empty_label=_("only me for now")
    )
    role = forms.ChoiceField(label=_("Comes as"), required=False)

    # For a correction: what stood there was right until a day, or was never right.
    change = forms.ChoiceField(
        label=_("What is different now"),
        choices=[
            (CHANGED, _("It has changed: keep the earlier one in the history")),
            (SLIP, _("It was written wrongly: forget it")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    changed_on = forms.DateField(
        label=_("Changed on"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, actor: Actor, sensitive: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in () if sensitive else CLOSED:
            # What stands there is kept; it is neither shown nor taken from the form.
            self.fields[name].disabled = True
            self.initial[name] = [] if name == "disability_kind" else ""
        for name, label in ASKED.items():
            choices = [("", _("not asked yet")), *NoAnswer.choices]
            self.fields[f"{WHY}{name}"] = forms.ChoiceField(label=label, choices=choices, required=False)
        for name in ("ethnic_group", "education", "marriage", "political_status"):
            self.fields[name].choices = [("", "—"), *code_choices(name)]  # type: ignore[attr-defined]
        self.fields["role"].choices = [("", _("not said")), *((r, r.label) for r in ROLES)]  # type: ignore[attr-defined]
        self.fields["site"].queryset = sites_for(actor)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("born_day") and not given.get("born_month"):
            self.add_error("born_month", _("A day needs its month. Write the month, or leave the day empty."))
        if (given.get("born_month") or given.get("born_day")) and not given.get("born_year"):
            self.add_error("born_year", _("Write the year too; if it is not known, write about how old they are."))
        if given.get("arrived_month") and not given.get("arrived_year"):
            self.add_error("arrived_year", _("A month needs its year."))
        if not self.errors and given.get("born_year") and _born(given)[0] is None:
            self.add_error("born_day", _("There is no such day in the calendar."))
        found = self.finding()
        if found and found.error:
            self.add_error("id_number", ValidationError(ID_ERRORS[found.error], code="IDN-1"))
        return given

    @property
    def why_fields(self) -> list[forms.BoundField]:
        """For each fact that is asked of nearly everyone: why it is empty."""
        return [self[f"{WHY}{name}"] for name in ASKED]

    def changed(self) -> date | None:
        """The day since when names, telephones and homes are others; None: what stood there was never right."""
        if self.cleaned_data.get("change") == SLIP:
            return None
        return self.cleaned_data.get("changed_on") or today()

    @property
    def site_chosen(self) -> Site | None:
        return self.cleaned_data.get("site")

    @property
    def role_chosen(self) -> Role | None:
        return Role(self.cleaned_data["role"]) if self.cleaned_data.get("role") else None

    def finding(self) -> Finding | None:
        """What the resident identity number says about itself; None where there is no such number."""
        number, kind = self.cleaned_data.get("id_number", ""), self.cleaned_data.get("id_type", "")
        if not number or kind not in {"", IdType.RESIDENT_ID}:
            return None
        return check_resident_id(number, on=today(), sex=self.cleaned_data.get("sex", ""))

    def facts(self) -> PersonFacts:
        """What was written. Birth and sex are taken from the identity number where they were left open."""
        given = {name: self.cleaned_data[name] for name in AS_WRITTEN}
        born_on, precision = _born(self.cleaned_data)
        found = self.finding()
        if found and not found.error:
            if born_on is None:
                born_on, precision = found.born_on, BornPrecision.DAY
            given["sex"] = given["sex"] if given["sex"] in {Sex.MALE, Sex.FEMALE, Sex.NOT_STATED} else found.sex
        given["sex"] = given["sex"] or Sex.UNKNOWN
        year, month = self.cleaned_data["arrived_year"], self.cleaned_data["arrived_month"]
        arrived_on = date(year, month or 1, 1) if year else None
        arrived_precision = ("month" if month else "year") if year else ""
        return PersonFacts(
            **given,
            born_on=born_on,
            born_precision=precision,
            arrived_on=arrived_on,
            arrived_precision=arrived_precision,
            unanswered={name: why for name in ASKED if (why := self.cleaned_data[f"{WHY}{name}"])},
        )


def code_choices(code_list: str) -> list[tuple[str, str]]:
    """An official code list in the language of the page."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return [(code, words[language]) for code, words in codes(code_list).items()]


def _born(given: dict[str, Any]) -> tuple[date | None, str]:
    """The birth date as far as it is known, and how far that is. (None, "") for nothing or for no such day."""
    year, month, day = given.get("born_year"), given.get("born_month"), given.get("born_day")
    if not year:
        age = given.get("age_guess")
        return (date(today().year - age, 1, 1), BornPrecision.GUESS) if age is not None else (None, "")
    try:
        born = date(year, month or 1, day or 1)
    except ValueError:
        return None, ""
    if given.get("born_lunar"):
        return born, BornPrecision.LUNAR
    return born, BornPrecision.DAY if day else BornPrecision.MONTH if month else BornPrecision.YEAR


def answers_of(person: Person) -> dict[str, Any]:
    """The form as it would have been filled in for a person, for correcting them."""
    facts = facts_of(person)
    answers = {name: getattr(facts, name) for name in AS_WRITTEN}
    answers |= _date_answers(person)
    answers |= {f"{WHY}{name}": why for name, why in facts.unanswered.items()} if facts.unanswered else {}
    answers["change"] = CHANGED
    return {name: "" if value is None or value is False else value for name, value in answers.items()}


def _date_answers(person: Person) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    if person.born_on and person.born_precision == BornPrecision.GUESS:
        answers["age_guess"] = today().year - person.born_on.year
    elif person.born_on:
        whole = person.born_precision in {BornPrecision.DAY, BornPrecision.LUNAR}
        answers["born_year"] = person.born_on.year
        answers["born_month"] = person.born_on.month if whole or person.born_precision == BornPrecision.MONTH else ""
        answers["born_day"] = person.born_on.day if whole else ""
        answers["born_lunar"] = "on" if person.born_precision == BornPrecision.LUNAR else ""
    if person.arrived_on:
        answers["arrived_year"] = person.arrived_on.year
        answers["arrived_month"] = person.arrived_on.month if person.arrived_precision in {"day", "month"} else ""
    return answers
