"""One's file as papers, a paper for each part of it that is open to whoever asked; a closed part says that it is."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.common.days import local
from xiezuo.exchange.exports.rows import named_on, readable_ids
from xiezuo.exchange.papers.of_filled import paper_of
from xiezuo.forms.definitions import FieldDef, form_definition
from xiezuo.forms.papers import Filled, PaperContent, paper
from xiezuo.forms.papers.content import Line, Note, Rows
from xiezuo.forms.papers.values import value_words
from xiezuo.orgs.access import Actor
from xiezuo.people.models import Household, Person
from xiezuo.people.queries import consent_answers, family_of, guardianships_of, members_of, periods_told
from xiezuo.people.sections import Sections
from xiezuo.people.vocab import Role, Section
from xiezuo.service.access import as_told_to, filled_for, forms_about
from xiezuo.service.models import Participation
from xiezuo.service.queries import forms_naming_others, hours_given, services_of
from xiezuo.service.vocab import RecordState

MINUTES_AN_HOUR = 60
NAMES = {"nickname", "full_name", "alias", "sex"}


@dataclass(frozen=True)
class File:
    """Whose file for whom: the parts wanted, those open, and everyone of whom the bound file tells (ids)."""

    actor: Actor
    person: Person
    wanted: Collection[Section]
    sections: Sections
    within: frozenset[int]
    organisation: str
    printed: str
    before: str = ""  # stands before each title, where the file tells of several people


def papers_of(file: File) -> list[PaperContent]:
    """In the order of the file. Parts that are not open are named, with the reason, on a paper of their own."""
    found = [_facts(file)] if set(file.wanted) & FACTS else []
    services = _services(file) if {Section.SERVICES, Section.CASE} & _open(file) else []
    for section, make in PAPERS.items():
        if section in _open(file):
            found += make(file, services)
    closed = [section for section in file.wanted if section not in file.sections]
    if closed:
        found.append(_paper(file, _("Closed parts"), [Note(words) for words in _closed(file, closed)]))
    return found


FACTS = {Section.NAME, Section.CONTACT, Section.SENSITIVE}


def _open(file: File) -> set[Section]:
    return {section for section in file.wanted if section in file.sections}


def _closed(file: File, closed: Iterable[Section]) -> list[str]:
    words = _("“%(part)s” is closed to whoever asked for this file: %(why)s.")
    return [words % {"part": section.label, "why": file.sections.decisions[section].why} for section in closed]


def _paper(file: File, title: str, lines: Iterable[Line]) -> PaperContent:
    return PaperContent(
        title=f"{file.before}{title}",
        organisation=file.organisation,
        unit="",
        serial="",
        about="",
        printed=file.printed,
        lines=tuple(lines),
    )


def _facts(file: File) -> PaperContent:
    """Form F01, as it is filled; what is closed says so."""
    form, seen = form_definition("person"), _open(file)

    def words(one: FieldDef, value: Any) -> str:
        if section_of(one) not in seen:
            return _("closed")
        return "" if value in (None, "", []) else value_words(one, value, lambda _field, thing: str(thing))

    keys = [one.key for one in form.fields() if hasattr(Person, one.key) or hasattr(file.person, one.key)]
    answers = {key: getattr(file.person, key) for key in keys if _may_read(form.field(key), seen)}
    made = paper(form, Filled(answers=answers, words=words, organisation=file.organisation, printed=file.printed))
    return _paper(file, _("Basic facts"), made.lines)


def _may_read(one: FieldDef, seen: set[Section]) -> bool:
    return section_of(one) in seen


def section_of(one: FieldDef) -> Section:
    """To which part of the file a field of form F01 belongs."""
    if one.privacy == "sensitive":
        return Section.SENSITIVE
    return Section.NAME if one.key in NAMES else Section.CONTACT


def _rows(label: str, heads: dict[str, float], rows: Iterable[tuple[Any, ...]]) -> list[Line]:
    told = tuple((str(n), *map(str, row)) for n, row in enumerate(rows, 1))
    if not told:
        return [Note(_("Nothing is written down."))]
    number = pgettext("heading over the numbers of rows", "No.")
    return [Rows(label, (number, *heads), (0.7, *heads.values()), told)]


def day_or_nothing(day: date | None) -> str:
    return day.isoformat() if day else ""


def _period(first: date | None, last: date | None) -> str:
    return f"{day_or_nothing(first)} – {day_or_nothing(last)}" if first or last else ""


def _family(file: File, services: Any) -> list[PaperContent]:
    """Who lives or lived with them, and who answers for them; whoever is closed is there without a name."""
    hidden = _("not open to you")
    members = [
        (
            m.person if getattr(m, "is_open", False) else hidden,
            m.get_relation_display(),
            _period(m.from_on, m.to_on),
        )
        for m in family_of(file.actor, file.person)
    ]
    wards = guardianships_of(file.actor, file.person)
    guardians = [
        (row.guardian if getattr(row, "is_open", False) else hidden, _period(row.from_on, row.to_on)) for row in wards
    ]
    heads = {_("Name"): 3.0, pgettext("in a household", "Relation to the head"): 2.0, _("From when to when"): 3.0}
    lines = _rows(_("Members of the household"), heads, members)
    if guardians:
        lines += _rows(_("Guardians"), {_("Name"): 3.0, _("From when to when"): 3.0}, guardians)
    return [_paper(file, _("Household and family"), lines)]


def _services(file: File) -> list[Participation]:
    rows = services_of(file.actor, file.person).filter(record__state=RecordState.RECORDED)
    found = list(reversed(rows))
    as_told_to(file.actor, [row.record for row in found])
    return found


def _list_of_services(file: File, services: list[Participation]) -> list[PaperContent]:
    rows = [
        (
            day_or_nothing(row.record.service_date),
            row.record.get_method_display(),
            row.record.site or "",
            row.record.title,
            _hours(row.record.minutes),
            row.record.recorded_by.name,
        )
        for row in services
    ]
    heads = {
        _("Date"): 2.0,
        _("Method"): 1.8,
        _("Site"): 2.2,
        _("Title"): 3.4,
        pgettext("length of a service", "Hours"): 1.0,
        _("Written by"): 1.6,
    }
    return [_paper(file, _("Services received"), _rows("", heads, rows))]


def _hours(minutes: int | None) -> str:
    return str(minutes * 10 // MINUTES_AN_HOUR / 10) if minutes else ""


def _case(file: File, services: list[Participation]) -> list[PaperContent]:
    """What was said, where everyone named on that record is in this file: it may tell of any of them."""
    records = [row.record for row in services]
    others, readable = named_on(records), readable_ids(file.actor, records)
    told, elsewhere = [], 0
    for record in records:
        said = "\n".join(filter(None, [record.note, record.own_words and f"“{record.own_words}”", record.next_step]))
        if not said or record.pk not in readable:
            continue
        if not file.within >= set(others.get(record.pk, [])):
            elsewhere += 1
            continue
        told.append((day_or_nothing(record.service_date), record.get_method_display(), said))
    heads = {_("Date"): 1.6, _("Method"): 1.4, pgettext("of a service record", "What was said"): 9.0}
    lines = _rows("", heads, told)
    if elsewhere:
        words = _("%(n)s records are left out, because they tell of others too.")
        lines.append(Note(words % {"n": elsewhere}))
    return [_paper(file, _("Case work"), lines), *_forms(file)]


def _forms(file: File) -> list[PaperContent]:
    """The forms about them alone, the earliest first; one that names somebody outside this file stays out."""
    about, _closed_ones = forms_about(file.actor, file.person)
    theirs = [
        form for form in reversed(about) if form.person_id == file.person.pk and Section(form.section) in _open(file)
    ]
    others = forms_naming_others(theirs, file.within)
    papers = [paper(*paper_of(file.actor, filled_for(file.actor, form.pk))) for form in theirs if form.pk not in others]
    found = [replace(made, title=f"{file.before}{made.title}", printed=file.printed) for made in papers]
    if others:
        words = _("%(n)s forms are left out, because they name others too.")
        found.append(_paper(file, _("Forms left out"), [Note(words % {"n": len(others)})]))
    return found


def _path(file: File, services: Any) -> list[PaperContent]:
    roles = [
        (Role(period.role).label, _period(period.from_on, period.to_on), vars(period).get("began_words", ""))
        for period in periods_told(file.person)
    ]
    notes = [(day_or_nothing(note.on), note.what, note.own_words) for note in file.person.growth_notes.all()]
    heads = {_("Role"): 2.0, _("From when to when"): 2.4, _("In their own words"): 4.0}
    lines = _rows(_("Roles"), heads, roles)
    if notes:
        heads = {_("Date"): 1.6, _("What happened"): 3.4, _("In their own words"): 3.4}
        lines += _rows(_("Notes on the way"), heads, notes)
    return [_paper(file, _("Growth path"), lines)]


def _consents(file: File, services: Any) -> list[PaperContent]:
    rows = [
        (
            purpose.label,
            consent.get_state_display() if consent else _("not asked yet"),
            day_or_nothing(local(consent.at).date()) if consent else "",
            consent.get_way_display() if consent and consent.way else "",
        )
        for purpose, consent in consent_answers(file.person)
    ]
    heads = {_("Purpose"): 3.0, _("Answer"): 2.0, _("Date"): 1.6, _("How"): 2.0}
    return [_paper(file, _("Consent"), _rows("", heads, rows))]


def _volunteering(file: File, services: Any) -> list[PaperContent]:
    given = hours_given(file.person)
    minutes = sum(one.minutes or 0 for one in given)
    rows = [(day_or_nothing(one.on), one.site, _hours(one.minutes)) for one in reversed(given)]
    heads = {_("Date"): 2.0, _("Site"): 4.0, pgettext("length of a service", "Hours"): 1.4}
    lines = _rows("", heads, rows)
    if rows:
        words = _("%(n)s times, %(hours)s hours in all.")
        lines.append(Note(words % {"n": len(rows), "hours": _hours(minutes) or "0"}))
    return [_paper(file, _("Volunteering"), lines)]


def _workers(file: File, services: Any) -> list[PaperContent]:
    rows = file.person.assignments.select_related("user", "site").order_by("from_on", "id")
    told = [(row.user or row.site, row.get_why_display(), _period(row.from_on, row.to_on)) for row in rows]
    heads = {_("Colleague or site"): 3.0, _("What for"): 2.0, _("From when to when"): 2.6}
    return [_paper(file, _("Who works with them"), _rows("", heads, told))]


PAPERS: dict[Section, Callable[[File, Any], list[PaperContent]]] = {
    Section.FAMILY: _family,
    Section.SERVICES: _list_of_services,
    Section.CASE: _case,
    Section.GROWTH: _path,
    Section.CONSENT: _consents,
    Section.VOLUNTEERING: _volunteering,
    Section.READERS: _workers,
}


def household_paper(
    actor: Actor, household: Household, organisation: str, printed: str, *, sensitive: bool
) -> PaperContent:
    """Form F02, as it is filled. `sensitive`: money, housing and needs are open to whoever asked."""
    form = form_definition("household")
    members = [
        {
            "person": m.person if getattr(m, "is_open", False) else _("not open to you"),
            "relation": m.relation,
            "from_on": m.from_on,
            "to_on": m.to_on,
        }
        for m in members_of(actor, household)
        if m.to_on is None
    ]
    answers: dict[str, Any] = {"head": household.head, "members": members}
    names = ("income_month", "debt", "housing", "benefits", "unmet_needs")
    answers |= {name: getattr(household, name) if sensitive else _("closed") for name in names}

    def words(one: FieldDef, value: Any) -> str:
        return "" if value in (None, "", []) else value_words(one, value, lambda _field, thing: str(thing))

    made = paper(form, Filled(answers=answers, words=words))
    return PaperContent(_("The household"), organisation, "", "", "", printed, made.lines)
