"""What a form may name, and what it is called: people, households, colleagues, sites, projects, goals, earlier forms."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from xiezuo.common.days import local
from xiezuo.forms.definitions import form_definitions
from xiezuo.orgs.access import Actor, colleagues_for, fundings_for, projects_for, sites_for
from xiezuo.orgs.models import Funding
from xiezuo.people.access import households_for, people_for, stand_for
from xiezuo.people.consents import given_answers
from xiezuo.people.homes import names_of_homes
from xiezuo.people.models import Consent, Household, HouseholdMember, Person
from xiezuo.people.queries import erased_among
from xiezuo.people.rights import people_to_choose
from xiezuo.people.search import found, matching
from xiezuo.service.access import forms_known_to, opened_forms
from xiezuo.service.aid.balance import gifts_told
from xiezuo.service.measuring import goals_among, open_goals
from xiezuo.service.models import FilledForm

HOUSEHOLD = "household"
PEOPLE = frozenset({"person", "case"})
SITES = frozenset({"site", "centre"})
FUNDING = "funding"
FEW = frozenset({"user", "project", FUNDING}) | SITES
CONSENT = "consent"  # an answer someone gave, which stands in their file and in no form
GOAL = "goal"
FOUND = 6


@dataclass(frozen=True)
class Thing:
    """Something a form can name: its id, what it is called, and a line that tells it from others."""

    pk: int
    label: str
    meta: str = ""
    person: Person | None = None


def form_keys(on: date) -> frozenset[str]:
    """What an answer names as an earlier form: people, households and consents have forms as well, and tables of their own."""
    return frozenset(form.key for form in form_definitions(on)) - PEOPLE - {HOUSEHOLD, CONSENT}


def kinds(on: date) -> frozenset[str]:
    """The things of which the house keeps rows that a form can name."""
    return PEOPLE | FEW | form_keys(on) | {HOUSEHOLD, CONSENT, GOAL}


def is_searched(of: str) -> bool:
    return of in PEOPLE or of == "household"


def may_name(actor: Actor, on: date) -> Callable[[str, set[int]], set[int]]:
    """Of a kind of thing and ids: those the actor may name on a form."""

    def known(of: str, ids: set[int]) -> set[int]:
        if of == CONSENT:
            return {answer.pk for answer in given_answers(actor, ids=ids)}
        if of == GOAL:
            return {goal.pk for goal in goals_among(actor, ids)}
        rows = _rows(actor, of)
        if rows is not None:
            return set(rows.filter(pk__in=ids).values_list("pk", flat=True))
        return {form.pk for form in _forms(actor, of, ids)} if of in form_keys(on) else set()

    return known


def _rows(actor: Actor, of: str) -> QuerySet | None:
    if of in PEOPLE:
        return people_for(actor)
    if of == HOUSEHOLD:
        return households_for(actor)
    if of in SITES:
        return sites_for(actor)
    rows = {"user": colleagues_for, "project": projects_for, FUNDING: fundings_for}
    return rows[of](actor) if of in FEW else None


def _forms(
    actor: Actor,
    of: str,
    ids: Collection[int] | None = None,
    about: Person | None = None,
    home: Household | None = None,
) -> list[FilledForm]:
    forms = forms_known_to(actor).filter(submission__form=of)
    if ids is not None:
        forms = forms.filter(pk__in=ids)
    if home is not None:
        living = HouseholdMember.objects.filter(household=home).values("person")
        return opened_forms(actor, forms.filter(Q(person__in=living) | Q(household=home)))
    return opened_forms(actor, forms.filter(person=about) if about else forms)


def forms_at_home(actor: Actor, of: str, person: Person, home: Household | None) -> list[FilledForm]:
    """Forms of a kind about the person, or about a household and whoever lived there, that the actor may read; the latest
    first."""
    return _forms(actor, of, about=person, home=home)


def names_of(actor: Actor, of: str, ids: Iterable[int], on: date) -> dict[int, Thing]:
    """By id what is open to the actor of what an answer names; a person under the row that stands for them now."""
    wanted = set(ids)
    if not wanted:
        return {}
    if of in PEOPLE:
        return _people(actor, wanted)
    if of == CONSENT:
        return {answer.pk: _consent(answer) for answer in given_answers(actor, ids=wanted)}
    if of == GOAL:
        return {goal.pk: Thing(goal.pk, str(goal.text)) for goal in goals_among(actor, wanted)}
    if of in form_keys(on):
        return {form.pk: _form(form) for form in _forms(actor, of, wanted)}
    rows = _rows(actor, of)
    if of == HOUSEHOLD and rows is not None:
        return {pk: Thing(pk, name) for pk, name in names_of_homes(actor, rows.filter(pk__in=wanted)).items()}
    return {} if rows is None else {row.pk: Thing(row.pk, str(row)) for row in rows.filter(pk__in=wanted)}


def _people(actor: Actor, wanted: set[int]) -> dict[int, Thing]:
    now = stand_for(actor, wanted)
    known = {person.pk: person for person in people_for(actor).filter(pk__in={*wanted, *now.values()})}
    shown = {}
    for pk in wanted:
        person = known.get(now.get(pk, pk))
        if person is not None:
            shown[pk] = Thing(person.pk, str(person), person=person)
    gone = erased_among([pk for pk in wanted if pk not in shown])
    return shown | {pk: Thing(pk, str(Person.objects.get(pk=pk))) for pk in gone}


def _form(form: FilledForm) -> Thing:
    day = form.submission.service_date
    about = form.person or form.household
    return Thing(form.pk, f"{day:%Y-%m-%d}" if day else str(form.pk), str(about) if about else "")


def _consent(answer: Consent) -> Thing:
    day = local(answer.at).date()
    return Thing(answer.pk, f"{day:%Y-%m-%d} {answer.get_purpose_display()}", answer.recipients)


def choices(actor: Actor, of: str, about: Person | None, on: date, home: Household | None = None) -> list[Thing]:
    """What is short enough to choose from a list: colleagues, sites, projects, money, and the forms of this kind about the
    same person, or (`home`) about the household and whoever lives there."""
    if of == CONSENT:
        return [_consent(answer) for answer in given_answers(actor, about=about)] if about else []
    if of in form_keys(on):
        return [_form(form) for form in _forms(actor, of, about=about, home=home)][:30]
    if of == GOAL:
        return [Thing(goal.pk, str(goal.text)) for goal in open_goals(actor, about)] if about else []
    if of == FUNDING:
        return _gifts(fundings_for(actor), on)
    rows = _rows(actor, of) if of in FEW else None
    return [] if rows is None else [Thing(row.pk, str(row)) for row in rows.order_by("name")]


def _gifts(fundings: QuerySet[Funding], on: date) -> list[Thing]:
    """Money that is given in these days, with what it pays for and what is left."""
    told = gifts_told(fundings.filter(from_on__lte=on).exclude(to_on__lt=on).order_by("from_on", "pk"), on)
    return [Thing(funding.pk, f"{funding} · {words}") for funding, words in told]


def search(actor: Actor, of: str, scrap: str, on: date) -> list[Thing]:
    """People whom a scrap fits; of households those in which they live."""
    if not scrap.strip():
        return []
    if of in PEOPLE:
        hits = found(actor, people_to_choose(actor, on), scrap, FOUND)
        return [Thing(hit.person.pk, str(hit.person), hit.reason, hit.person) for hit in hits]
    living = matching(people_to_choose(actor, on), scrap)[:50]
    homes: QuerySet[Household] = households_for(actor).filter(members__person__in=[person.pk for person in living])
    return [Thing(pk, name) for pk, name in names_of_homes(actor, homes.distinct()[:FOUND]).items()]
