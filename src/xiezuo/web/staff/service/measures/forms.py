"""A measure, a goal and a place in the order of need, as forms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.common.days import today
from xiezuo.forms.measures import Measure, Scoring
from xiezuo.service.actions.measuring import Answered
from xiezuo.service.vocab import Occasion

DAY = forms.DateInput({"type": "date"}, "%Y-%m-%d")
ITEM = "item_"
GOAL_SCORES = [
    (-2, _("−2 much less than agreed")),
    (-1, _("−1 less than agreed")),
    (0, _("0 as agreed")),
    (1, _("+1 better than agreed")),
    (2, _("+2 much better than agreed")),
]


class MeasureForm(forms.Form):
    """One measure: a row of answers for each item, or the one number that it asks for."""

    taken_on = forms.DateField(label=_("Asked on"), widget=DAY)
    occasion = forms.ChoiceField(
        label=_("When"), choices=Occasion.choices, widget=forms.RadioSelect, initial=Occasion.BEGINNING
    )
    wording = forms.CharField(
        label=_("The question, in the words in which it was asked"), required=False, max_length=200
    )
    stated_total = forms.DecimalField(
        label=_("Total from the paper"), required=False, max_digits=6, decimal_places=1, localize=False
    )
    allowed = forms.BooleanField(
        label=_("It was filled in on the owner's paper, as the licence allows."), required=False
    )
    refused = forms.BooleanField(label=_("They did not want to answer, and need not say why."), required=False)

    def __init__(self, *args: Any, of: Measure, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("taken_on", today())
        super().__init__(*args, **kwargs)
        self.of = of
        for item in of.items:
            self.fields[ITEM + item.key] = forms.TypedChoiceField(
                label=str(item.label),
                choices=[(option.value, option.label) for option in of.options],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
        if of.scoring == Scoring.SCALE:
            self.fields[ITEM + "scale"] = forms.TypedChoiceField(
                label=_("The answer"),
                choices=[(n, str(n)) for n in range(of.least, of.most + 1)],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
        for name, fits in (
            ("wording", of.scoring == Scoring.SCALE),
            ("stated_total", of.scoring == Scoring.TOTAL_ONLY),
            ("allowed", of.scoring == Scoring.TOTAL_ONLY),
        ):
            if not fits:
                del self.fields[name]

    def questions(self) -> list[tuple[str, forms.BoundField]]:
        """The items in their order; the name of their group stands with the first of each."""
        shown, last = [], ""
        for item in self.of.items:
            group = str(item.group)
            shown.append((group if group != last else "", self[ITEM + item.key]))
            last = group
        if ITEM + "scale" in self.fields:
            shown.append(("", self[ITEM + "scale"]))
        return shown

    def facts(self) -> Answered:
        given = self.cleaned_data
        answers = {
            name.removeprefix(ITEM): value
            for name, value in given.items()
            if name.startswith(ITEM) and value is not None
        }
        return Answered(
            occasion=Occasion(given["occasion"]),
            taken_on=given["taken_on"],
            answers=answers,
            stated_total=given.get("stated_total"),
            wording=given.get("wording", ""),
            refused=given["refused"],
            allowed=bool(given.get("allowed")),
        )


class GoalForm(forms.Form):
    text = forms.CharField(
        label=_("The goal, in their own words"), widget=forms.Textarea({"rows": 2, "class": "voice"})
    )
    measured_by = forms.CharField(label=_("By what will both of you see it?"), max_length=200)
    baseline = forms.CharField(label=_("Where they stand today"), max_length=200)
    due_on = forms.DateField(label=_("Until"), required=False, widget=DAY)


class GoalScoreForm(forms.Form):
    score = forms.TypedChoiceField(
        label=_("How far it was reached"), choices=GOAL_SCORES, coerce=int, widget=forms.RadioSelect
    )
    day = forms.DateField(label=pgettext_lazy("of a score", "On"), widget=DAY)
    note = forms.CharField(label=_("What shows it"), required=False, max_length=200)


class PlaceForm(forms.Form):
    place = forms.IntegerField(label=_("Place"), min_value=1)
    why = forms.CharField(label=pgettext_lazy("of a place in the order", "Why"), widget=forms.Textarea({"rows": 2}))
