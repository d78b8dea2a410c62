"""The part of a form that stands on its service record: WHEN and WHO in typed columns, so that nothing is written twice."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from xiezuo.forms.definitions import FormDefinition
from xiezuo.forms.vocab import FieldType
from xiezuo.service.models import ServiceRecord

WHEN, WHO, TERM = "WHEN", "WHO", "TERM"


def core_keys(form: FormDefinition) -> frozenset[str]:
    """Keys of answers that stand on the service record and not in the form."""
    if not form.method:
        return frozenset()
    return frozenset(one.key for section in form.sections if section.block in {WHEN, WHO} for one in section.fields)


def kept_answers(form: FormDefinition, answers: Mapping[str, Any]) -> dict[str, Any]:
    core = core_keys(form)
    return {key: answer for key, answer in answers.items() if key not in core}


def core_answers(form: FormDefinition, record: ServiceRecord | None) -> dict[str, Any]:
    """WHEN as the service record has it now."""
    if record is None or not form.has(WHEN):
        return {}
    told = {
        "service_date": record.service_date.isoformat() if record.service_date else None,
        "starts_at": record.starts_at.strftime("%H:%M") if record.starts_at else None,
        "ends_at": record.ends_at.strftime("%H:%M") if record.ends_at else None,
        "minutes": record.minutes,
        "place_text": record.place_text or None,
    }
    core = core_keys(form)
    return {key: value for key, value in told.items() if value is not None and key in core}


def day_of(form: FormDefinition, answers: Mapping[str, Any], on: date) -> date:
    """The day of the service: the one the form asks for; of a form that is a service record else the last day of the time it
    is about, or the first day that must be given, unless it is still to come; else `on`."""
    told = answers.get("service_date")
    if told is None and form.method and form.has(TERM):
        told = answers.get("to_on")
    days = [one for one in form.fields() if one.type in {FieldType.DATE, FieldType.DATETIME} and one.required]
    if told is None and form.method:
        told = next((answers[one.key] for one in days if isinstance(answers.get(one.key), str)), None)
    day = datetime.fromisoformat(told).date() if isinstance(told, str) else on
    return day if "service_date" in answers else min(day, on)
