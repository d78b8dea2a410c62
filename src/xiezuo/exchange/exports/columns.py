"""The columns a list may have: to which part of a file each belongs, and what stands in it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.common.days import age_on
from xiezuo.exchange.exports.purposes import SENSITIVE, Purpose
from xiezuo.exchange.vocab import ExportKind
from xiezuo.people.models import Person
from xiezuo.people.vocab import Disability, Role, Section, Sex
from xiezuo.service.models import ServiceRecord

FACTS = "facts"
MINUTES_AN_HOUR = 60
PEOPLE, RECORDS, VOLUNTEERS = ExportKind.PEOPLE, ExportKind.RECORDS, ExportKind.VOLUNTEERS


@dataclass
class Around:
    """What was looked up for all people of a list at once, by their ids."""

    on: date
    roles: dict[int, list[str]] = field(default_factory=dict)
    minutes: dict[int, int] = field(default_factory=dict)
    services: dict[int, tuple[int, date | None]] = field(default_factory=dict)
    sites: dict[int, list[str]] = field(default_factory=dict)
    guardians: dict[int, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """`part`: the section of the file that has to be open, or "facts"; `of_record`: it tells of the record."""

    code: str
    label: str | Promise
    part: str
    kinds: tuple[ExportKind, ...]
    told: Callable[[Any, Around], Any]
    of_record: bool = False
    width: int = 14

    @property
    def section(self) -> Section:
        return Section.NAME if self.part == FACTS else Section(self.part)

    @property
    def sensitive(self) -> bool:
        return self.part in SENSITIVE


def _age(person: Person, around: Around) -> int | str:
    return max(age_on(person.born_on, around.on), 0) if person.born_on else ""


def _sex(person: Person, around: Around) -> str:
    return str(person.get_sex_display()) if person.sex in {Sex.MALE, Sex.FEMALE} else ""


def _roles(person: Person, around: Around) -> str:
    return "、".join(str(Role(role).label) for role in around.roles.get(person.pk, []))


def _disability(person: Person, around: Around) -> str:
    return "、".join(str(Disability(kind).label) for kind in person.disability_kind if kind in Disability.values)


def _known(name: str) -> Callable[[Any, Around], Any]:
    return lambda thing, around: getattr(thing, name) or ""


def _of(name: str) -> Callable[[Any, Around], Any]:
    """What was looked up of the person, joined where it is several."""
    return lambda person, around: "、".join(getattr(around, name).get(person.pk, []))


def _shown(name: str) -> Callable[[Any, Around], Any]:
    return lambda thing, around: str(getattr(thing, f"get_{name}_display")())


def _site(record: ServiceRecord, around: Around) -> str:
    return str(record.site or "")


def _hours(thing: Any, around: Around) -> float:
    minutes = around.minutes.get(thing.pk, 0) if isinstance(thing, Person) else thing.minutes or 0
    return minutes * 10 // MINUTES_AN_HOUR / 10


ALL = (PEOPLE, RECORDS, VOLUNTEERS)
COLUMNS: tuple[Column, ...] = (
    Column("number", _("Number of the file"), Section.NAME, ALL, lambda person, around: person.number),
    Column("name", _("Name"), Section.NAME, ALL, lambda person, around: str(person), width=16),
    Column("sex", _("Sex"), FACTS, (PEOPLE, RECORDS), _sex, width=6),
    Column("age", _("Age"), FACTS, (PEOPLE, RECORDS), _age, width=6),
    Column("born_on", _("Date of birth"), Section.CONTACT, (PEOPLE,), _known("born_on")),
    Column("phone", _("Phone"), Section.CONTACT, ALL, _known("phone"), width=16),
    Column("wechat", _("WeChat"), Section.CONTACT, (PEOPLE, VOLUNTEERS), _known("wechat"), width=16),
    Column("reach_when", _("When to reach them"), Section.CONTACT, (PEOPLE, VOLUNTEERS), _known("reach_when")),
    Column("current_place", _("Place of living"), Section.CONTACT, (PEOPLE,), _known("current_place")),
    Column("address", _("Address"), Section.CONTACT, (PEOPLE,), _known("address"), width=30),
    Column("school", _("School"), Section.CONTACT, (PEOPLE,), _known("school"), width=18),
    Column("sites", _("Sites"), Section.SERVICES, (PEOPLE,), _of("sites"), width=18),
    Column("guardians", _("Guardians"), Section.FAMILY, (PEOPLE,), _of("guardians"), width=18),
    Column("id_number", _("Identity number"), Section.SENSITIVE, (PEOPLE,), _known("id_number"), width=22),
    Column("health_note", _("Health"), Section.SENSITIVE, (PEOPLE,), _known("health_note"), width=26),
    Column("disability", _("Disability"), Section.SENSITIVE, (PEOPLE,), _disability, width=18),
    Column("economic_state", _("How they get by"), Section.SENSITIVE, (PEOPLE,), _known("economic_state"), width=18),
    Column(
        "services",
        _("Services"),
        Section.SERVICES,
        (PEOPLE,),
        lambda person, around: around.services.get(person.pk, (0, None))[0],
    ),
    Column(
        "last_service",
        _("Last service"),
        Section.SERVICES,
        (PEOPLE,),
        lambda person, around: around.services.get(person.pk, (0, None))[1] or "",
    ),
    Column("roles", _("Helps as"), Section.VOLUNTEERING, (VOLUNTEERS,), _roles, width=18),
    Column("given", _("Volunteer hours"), Section.VOLUNTEERING, (PEOPLE, VOLUNTEERS), _hours, width=12),
    Column("serial_no", _("Serial number"), Section.SERVICES, (RECORDS,), _known("serial_no"), True),
    Column("service_date", _("Date"), Section.SERVICES, (RECORDS,), _known("service_date"), True),
    Column("method", _("Method"), Section.SERVICES, (RECORDS,), _shown("method"), True),
    Column("site", _("Site"), Section.SERVICES, (RECORDS,), _site, True, 16),
    Column("hours", pgettext_lazy("length of a service", "Hours"), Section.SERVICES, (RECORDS,), _hours, True, 8),
    Column("title", _("Title"), Section.CASE, (RECORDS,), _known("title"), True, 26),
    Column(
        "note",
        pgettext_lazy("of a service record", "What was said"),
        Section.CASE,
        (RECORDS,),
        _known("note"),
        True,
        40,
    ),
)

# Of a whole file each part is chosen as one; what stands in it is told by exchange.papers.
COLUMNS += tuple(
    Column(f"file_{section}", section.label, section, (ExportKind.FILE,), lambda person, around: "")
    for section in Section
)


def columns_for(kind: ExportKind, purpose: Purpose) -> list[Column]:
    """What may be chosen. "facts" stand in every list that may hold names, too."""
    may = purpose.sections | ({FACTS} if purpose.names else set())
    return [column for column in COLUMNS if kind in column.kinds and column.part in may]


def columns_chosen(kind: ExportKind, purpose: Purpose, codes: list[str]) -> list[Column]:
    """Of the chosen codes those that this list may have for this purpose, in the order of the table."""
    return [column for column in columns_for(kind, purpose) if column.code in codes]
