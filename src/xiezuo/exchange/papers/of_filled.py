"""A filled-in form as it is printed for someone who may read it: what its author keeps for themselves is never on it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.common.days import today
from xiezuo.exchange.papers.filled import filled_form
from xiezuo.exchange.papers.told import told_to
from xiezuo.forms.definitions import FieldDef, FormDefinition
from xiezuo.forms.filling.reading import UNANSWERED
from xiezuo.forms.models import SubmissionFile
from xiezuo.forms.papers import Filled, paper
from xiezuo.forms.papers.building import stands_on_paper
from xiezuo.forms.papers.glyphs import missing, missing_words, rare
from xiezuo.forms.papers.values import value_words
from xiezuo.forms.vocab import FieldType, Unanswered
from xiezuo.orgs.access import Actor
from xiezuo.service.filling.contents import read_answers
from xiezuo.service.filling.core import WHO
from xiezuo.service.filling.things import kinds, names_of
from xiezuo.service.models import FilledForm, Participation

POINTS = {FieldType.REFERENCE, FieldType.REFERENCES}


def paper_of(actor: Actor, filled: FilledForm) -> tuple[FormDefinition, Filled]:
    """The form and what stands on its paper. `filled` comes from `filled_for`, which has decided that the actor reads it."""
    form, answers = read_answers(actor, filled)
    record, on = filled.record, filled.submission.service_date
    files = {str(file.pk): file for file in filled.submission.files.all()}
    if record is not None and form.has(WHO):
        answers = answers | {"who": [_row(row) for row in record.participations.select_related("person")]}
    made = filled_form(
        actor,
        form,
        answers,
        on=on,
        serial=record.serial_no if record else "",
        unit=str(filled.site) if filled.site else "",
        head=_head(form, filled),
        pictures=_signatures(form, answers, files),
    )
    told = _told(actor, form, answers)

    def words(one: FieldDef, value: Any) -> str:
        return _words(one, value, told, made, files)

    return form, Filled(**{**vars(made), "words": words})


def _row(row: Participation) -> dict[str, Any]:
    return {
        "mode": row.mode,
        "person": row.person_id,
        "label": row.label,
        "count": row.count,
        "stated_heads": row.stated_heads,
        "sex_guess": row.sex_guess,
        "age_guess": row.age_guess,
        "as_role": row.as_role,
    }


def unprintable(actor: Actor, filled: FilledForm, answers: Mapping[str, Any]) -> str:
    """The sentence that names the characters of the form that no font here can print; "" for none. `answers` are its own:
    only where one of them is rare is the paper made to look."""
    if not rare(f"{answers}{filled.person}{filled.household}{filled.site}"):
        return ""
    return missing_words(missing(paper(*paper_of(actor, filled))), on_screen=True)


def _head(form: FormDefinition, filled: FilledForm) -> dict[str, str]:
    """Whom it is about and who wrote it; a form may hide who did."""
    about = filled.person or filled.household
    author = "" if "recorded_by" in form.hides else filled.submission.author.name
    told = {
        pgettext("of a printed form", "About"): str(about) if about else "",
        pgettext("of a printed form", "Written by"): author,
    }
    return {label: words for label, words in told.items() if words}


def _signatures(form: FormDefinition, answers: Mapping[str, Any], files: dict[str, SubmissionFile]) -> dict[str, bytes]:
    found = {}
    for one in form.fields():
        given = answers.get(one.key)
        if one.type == FieldType.SIGNATURE and stands_on_paper(one) and isinstance(given, Mapping):
            held = files.get(str(given.get("file")))
            if held is not None and held.content_type.startswith("image/"):
                with held.file.open("rb") as picture:
                    found[one.key] = picture.read()
    return found


def _told(actor: Actor, form: FormDefinition, answers: Mapping[str, Any]) -> Callable[[FieldDef, Any], str]:
    """References in words: also to earlier forms, which other papers do not name."""
    usual, known = told_to(actor, form, answers), kinds(today())

    def told(one: FieldDef, value: Any) -> str:
        if isinstance(value, int) and one.of in known:
            thing = names_of(actor, one.of, [value], today()).get(value)
            return f"{thing.label} {thing.meta}".strip() if thing else _("not open to you")
        return usual(one, value)

    return told


def _words(
    one: FieldDef,
    value: Any,
    told: Callable[[FieldDef, Any], str],
    made: Filled,
    files: dict[str, SubmissionFile],
) -> str:
    if isinstance(value, Mapping) and UNANSWERED in value:
        return str(Unanswered(value[UNANSWERED]).label)
    if one.type == FieldType.SIGNATURE and isinstance(value, Mapping):
        return _("By word of mouth; heard by %(who)s") % {"who": value["witness"]} if value.get("verbal") else ""
    if one.type == FieldType.FILE and value:
        return pgettext("between names on a paper", ", ").join(files[key].name for key in value if key in files)
    return value_words(one, value, told, made.on)
