"""Photos of a project that may be shown: everyone in them is named, and agreed to their portrait, today (CON-1, CON-5, CHD-4)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xiezuo.insight.dimensions import Records
from xiezuo.orgs.access import Actor
from xiezuo.people.access import people_for
from xiezuo.people.consents import standings
from xiezuo.people.disclosing import Names
from xiezuo.people.models import Person
from xiezuo.people.vocab import ConsentPurpose
from xiezuo.service.access import filled_for
from xiezuo.service.filling.contents import answers_of, form_of_submission
from xiezuo.service.models import Evidence, FilledForm
from xiezuo.service.queries import forms_of_services

BLOCK = "FILE"
PICTURE = "image/"
NOBODY_NAMED, NO_CONSENT, CANNOT_SAY = "nobody_named", "no_consent", "cannot_say"


@dataclass(frozen=True)
class Photo:
    name: str
    caption: str
    content: bytes


@dataclass
class Photos:
    """`left_out`: how many pictures stay in the house, by reason."""

    shown: list[Photo] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def photos_of(actor: Actor, records: Records, on: date, names: Names) -> Photos:
    """Pictures of forms that ask who is in them. Files bound to records do not say who is in them and stay; so does a caption
    that names a child."""
    ids = list(records.order_by().values_list("pk", flat=True))
    found = Photos()
    found.left_out[CANNOT_SAY] = Evidence.objects.filter(record__in=ids, content_type__startswith=PICTURE).count()
    for filled in forms_of_services(actor, ids):
        for row in _rows(actor, filled):
            _take(actor, filled, row, on, found, names)
    return found


def _rows(actor: Actor, filled: FilledForm) -> Iterator[dict[str, Any]]:
    if not form_of_submission(filled).has(BLOCK):
        return
    form, answers = answers_of(actor, filled_for(actor, filled.pk))
    for section in form.sections:
        if section.block == BLOCK:
            for one in section.fields:
                yield from answers.get(one.key, ())


def _take(actor: Actor, filled: FilledForm, row: dict[str, Any], on: date, found: Photos, names: Names) -> None:
    files = row.get("file") or []
    wanted = files if isinstance(files, list) else [files]
    held = filled.submission.files.filter(pk__in=wanted, content_type__startswith=PICTURE)
    why = _closed(actor, row.get("people_shown") or [], on)
    caption = "" if why else names.may_leave(str(row.get("caption") or ""), _shown(actor, row))
    for one in held:
        if why:
            found.left_out[why] += 1
            continue
        with one.file.open("rb") as file:
            name = f"{len(found.shown) + 1:03}.{one.content_type.removeprefix(PICTURE)}"
            found.shown.append(Photo(name, caption, file.read()))


def _shown(actor: Actor, row: dict[str, Any]) -> list[Person]:
    return list(people_for(actor).filter(pk__in=[pk for pk in row.get("people_shown") or [] if isinstance(pk, int)]))


def _closed(actor: Actor, shown: list[Any], on: date) -> str:
    """Why the picture stays; "" where everyone in it is known and agrees."""
    if not shown:
        return NOBODY_NAMED
    ids = [pk for pk in shown if isinstance(pk, int)]
    known = list(people_for(actor).filter(pk__in=ids))
    if len(known) < len({*map(str, shown)}):
        return NO_CONSENT
    agreed = standings(known, [ConsentPurpose.PORTRAIT], on)
    return "" if all(found[0].is_open for found in agreed.values()) else NO_CONSENT
