"""The service record that a form of some methods is: its day, its place, and who took part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from xiezuo.forms.definitions import FieldDef, FormDefinition
from xiezuo.forms.vocab import FieldType
from xiezuo.orgs.models import Project, Site, User
from xiezuo.people.models import Household, Person
from xiezuo.people.vocab import Sex
from xiezuo.service.actions.facts import Helping, ServiceFacts, Taking
from xiezuo.service.filling.core import WHEN, WHO, day_of
from xiezuo.service.models import Activity, Aid, Case, FilledForm, Group
from xiezuo.service.vocab import AgeGroup, Method, ParticipationMode

NAMED, LISTED, COUNTED = ParticipationMode.NAMED, ParticipationMode.LISTED, ParticipationMode.COUNTED
FULL_AGE = 18


@dataclass(kw_only=True)
class Filling:
    """A form as it was filled in: its answers, whom it is about, in which case, group, activity or aid it is written,
    where it belongs, and, where it is a service record with WHO on it, who took part."""

    form: FormDefinition
    answers: Mapping[str, Any]
    person: Person | None = None
    household: Household | None = None
    follows: FilledForm | None = None
    case: Case | None = None
    group: Group | None = None
    activity: Activity | None = None
    aid: Aid | None = None
    site: Site | None = None
    service_line: str = ""
    projects: Sequence[Project] = field(default_factory=tuple)
    staff: Sequence[User] = field(default_factory=tuple)
    taking: Sequence[Taking] = field(default_factory=tuple)
    helping: Sequence[Helping] = field(default_factory=tuple)


def facts_of(filling: Filling, on: date) -> ServiceFacts:
    """The service record that the form is. `on`: the day on which it is written."""
    form, answers = filling.form, filling.answers
    minutes = answers.get("minutes") if form.has(WHEN) is False else None
    return ServiceFacts(
        method=Method(form.method),
        service_date=day_of(form, answers, on),
        service_line=filling.service_line,
        site=filling.site,
        title=_title(form, answers),
        starts_at=_clock(answers.get("starts_at")) or _moment(form, answers),
        ends_at=_clock(answers.get("ends_at")),
        minutes=minutes if isinstance(minutes, int) else None,
        place_text=str(answers.get("place_text") or "")[:200],
        projects=filling.projects,
        staff=filling.staff,
        taking=taking_of(filling),
        helping=filling.helping,
    )


def _title(form: FormDefinition, answers: Mapping[str, Any]) -> str:
    """What the work is called, where the form asks for a name; else what the form is called."""
    named = next((answers[key] for key in ("name", "topic", "title") if isinstance(answers.get(key), str)), "")
    return (named or str(form.label.zh))[:200]


def _clock(text: Any) -> time | None:
    return time.fromisoformat(text) if isinstance(text, str) else None


def _moment(form: FormDefinition, answers: Mapping[str, Any]) -> time | None:
    first = next((one.key for one in form.fields() if one.type == FieldType.DATETIME and one.required), "")
    told = answers.get(first)
    return datetime.fromisoformat(told).time() if isinstance(told, str) else None


def taking_of(filling: Filling) -> list[Taking]:
    """Who took part: as WHO says; else whom the rows of the form name or count; else the one it is about; else one."""
    if filling.form.has(WHO):
        return _with_the_one(filling)
    rows = [one for one in filling.form.fields() if one.type == FieldType.ROWS and one.key in filling.answers]
    found = [taking for one in rows for taking in _of_rows(one, filling.answers[one.key])]
    if not found:
        found = _counted(filling)
    return found


def _with_the_one(filling: Filling) -> list[Taking]:
    """Everyone WHO says, and the person the form is about, who may stand above it alone."""
    taking = list(filling.taking)
    if filling.person is None or any(row.person == filling.person.pk for row in taking):
        return taking
    return [Taking(mode=NAMED, person=filling.person.pk), *taking]


def _of_rows(rows: FieldDef, answers: Sequence[Mapping[str, Any]]) -> list[Taking]:
    person = next(
        (one.key for one in rows.rows if one.key in {"child", "trainee", "person"} and one.of == "person"), ""
    )
    if person:
        ids = dict.fromkeys(row[person] for row in answers if isinstance(row.get(person), int))
        names = dict.fromkeys(row[person] for row in answers if isinstance(row.get(person), str))
        return [*(Taking(mode=NAMED, person=pk) for pk in ids), *(Taking(mode=LISTED, label=name) for name in names)]
    if {"sex", "age", "count"} <= {one.key for one in rows.rows}:
        return [
            Taking(mode=COUNTED, count=row["count"], sex=_sex(row.get("sex")), age=age_group(str(row.get("age") or "")))
            for row in answers
            if row.get("count")
        ]
    return []


def _sex(code: Any) -> Sex:
    return Sex(code) if code in Sex.values else Sex.UNKNOWN


def age_group(code: str) -> AgeGroup:
    """Child or adult, of a code of an age band ("6-13", "60+", "under_6")."""
    digits = "".join(letter if letter.isdigit() else " " for letter in code).split()
    if not digits:
        return AgeGroup.UNKNOWN
    return AgeGroup.CHILD if int(digits[0]) < FULL_AGE else AgeGroup.ADULT


def _counted(filling: Filling) -> list[Taking]:
    audience = filling.answers.get("audience")
    if isinstance(audience, int):
        return [Taking(mode=COUNTED, count=audience)] if audience else []
    if filling.person is not None:
        return [Taking(mode=NAMED, person=filling.person.pk)]
    if filling.household is not None and filling.household.head_id:
        return [Taking(mode=NAMED, person=filling.household.head_id)]
    return [Taking(mode=COUNTED, count=1)] if filling.form.method in {Method.ENQUIRY, Method.HOTLINE} else []
