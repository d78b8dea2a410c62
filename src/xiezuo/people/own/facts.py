"""Every fact written down about someone, in words and with its source."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import local
from xiezuo.forms.packs import codes
from xiezuo.people.actions import facts_of
from xiezuo.people.members import Reader
from xiezuo.people.models import Person
from xiezuo.people.own.labels import CODE_LISTS, FACTS, PRECISIONS, WHO
from xiezuo.people.own.log import events_of, names_of
from xiezuo.people.own.shapes import OwnFact, Source
from xiezuo.people.sensitive import fetch_sensitive
from xiezuo.people.vocab import CameFrom, Disability, IdType, Sex


def _in_words(code_list: str, code: str) -> str:
    found = codes(code_list).get(code)
    return code if found is None else found["en" if (get_language() or "").startswith("en") else "zh"]


def _words(name: str, value: Any) -> str:
    """A fact as people read it. Days are put into words by the page."""
    by_name: dict[str, Callable[[Any], str]] = {
        "sex": lambda v: str(Sex(v).label),
        "id_type": lambda v: str(IdType(v).label),
        "disability_kind": lambda v: "、".join(str(Disability(kind).label) for kind in v if kind in Disability.values),
        "tags": "、".join,
        "safe_to_message": lambda v: str(_("yes") if v else _("no")),
    }
    if name in CODE_LISTS:
        return _in_words(name, value)
    return by_name[name](value) if name in by_name else str(value)


def _says(name: str, value: Any) -> bool:
    return value not in (None, "", [], Sex.UNKNOWN) or name == "safe_to_message"


def own_facts(reader: Reader) -> list[OwnFact]:
    """Every fact written down, with its source; of a looker who may not be told only who it is about."""
    person = reader.subject
    fetch_sensitive([person])
    facts, changed = facts_of(person), _last_corrections(person)
    first = _first_source(person)
    found = []
    for name, (part, label) in FACTS.items():
        value = getattr(facts, name)
        if not _says(name, value) or (reader.reduced and part != WHO):
            continue
        precision = getattr(facts, PRECISIONS[name]) if name in PRECISIONS else ""
        source = changed.get(name, first)
        found.append(OwnFact(part, name, str(label), value, _words(name, value), source, precision))
    return found


def _first_source(person: Person) -> Source:
    on = local(person.recorded_at).date()
    if person.came_from == CameFrom.IMPORTED:
        return Source("sheet", "", on)
    return Source("colleague", person.recorded_by.name, on)


def _last_corrections(person: Person) -> dict[str, Source]:
    """Of each fact that was corrected: who did so last, and when."""
    events = list(events_of(person).filter(code="people.person.corrected"))
    names = names_of({event.by_id for event in events})
    found: dict[str, Source] = {}
    for event in events:
        for name in event.facts.get("fields", []):
            found.setdefault(name, Source("colleague", names.get(event.by_id or 0, ""), local(event.at).date()))
    return found
