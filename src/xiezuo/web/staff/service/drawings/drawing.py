"""The pictures of a person, drawn from the record for whoever may see it."""

from datetime import date
from typing import Literal, cast

from django.utils.translation import gettext as _

from xiezuo.common.days import age_on
from xiezuo.orgs.access import Actor
from xiezuo.people.access import sections_of
from xiezuo.people.kinship import Kinship, kinship_of
from xiezuo.people.models import Person
from xiezuo.people.vocab import Section, Sex
from xiezuo.service.access import cases_for
from xiezuo.service.ecomap import Thing, living_with
from xiezuo.service.models import Case
from xiezuo.service.vocab import CloseReason
from xiezuo.web.base.pictures.ecomap import Around, Ecomap, Flow, Kind
from xiezuo.web.base.pictures.genogram import Genogram, Member, Parting
from xiezuo.web.base.pictures.tree import Family

SEXES: dict[str, Literal["male", "female"]] = {Sex.MALE: "male", Sex.FEMALE: "female"}
DIVORCED, WIDOWED = "40", "30"  # codes of marriage, GB/T 2261.2


def genogram_of(actor: Actor, person: Person, on: date) -> Genogram | None:
    """None while nobody else of the family is written down. Raises SectionClosed."""
    kin = kinship_of(actor, person)
    if len(kin.people) < 2:
        return None
    marriage = _marriages(actor, kin)
    died = _died(actor, kin, marriage)
    members = [_member(kin, pk, person, pk in died, on) for pk in sorted(kin.people)]
    partings: dict[tuple[int, int], Parting] = {
        pair: "divorced" if DIVORCED in {marriage.get(one) for one in pair} else "separated"
        for pair in kin.parted
        if not died & set(pair)
    }
    return Genogram(Family(list(members), couples=kin.couples, children=kin.children), partings, kin.siblings)


def _marriages(actor: Actor, kin: Kinship) -> dict[int, str]:
    """Whether someone is married, of those of whom the actor may read it."""
    seen = sections_of(actor, [kin.people[pk] for pk in kin.known])
    return {pk: kin.people[pk].marriage for pk in kin.known if Section.CONTACT in seen[pk]}


def _died(actor: Actor, kin: Kinship, marriage: dict[int, str]) -> set[int]:
    """Whose case closed because they died, and the only spouse of someone who is widowed."""
    cases: list[Case] = list(cases_for(actor).filter(person__in=[*kin.people], close_reason=CloseReason.DIED))
    found = {case.person_id for case in cases}
    for pk, code in marriage.items():
        pairs = [pair for pair in kin.couples if pk in pair]
        if code == WIDOWED and len(pairs) == 1:
            found |= set(pairs[0]) - {pk}
    return found


def _member(kin: Kinship, pk: int, about: Person, died: bool, on: date) -> Member:
    row, known = kin.people[pk], pk in kin.known
    relation = kin.relations.get(pk)
    return Member(
        id=pk,
        label=str(row) if known else _("not open to you"),
        generation=kin.generations[pk],
        sex=SEXES.get(row.sex, "unknown") if known else "unknown",
        about=str(relation.label) if relation else "",
        is_self=pk == about.pk,
        lives_here=pk in kin.living and len(kin.living) > 1,
        age=str(max(age_on(row.born_on, on), 0)) if known and row.born_on and not died else "",
        died=died,
    )


def in_words(drawn: Genogram) -> list[tuple[str, list[str]]]:
    """Everyone with what the picture says of them, for whoever does not see it: (name, facts)."""
    names = {one.id: str(one.label) for one in drawn.members}
    told: list[tuple[str, list[str]]] = []
    for one in sorted(drawn.members, key=lambda each: (each.generation, each.id)):
        facts = [str(one.about)] if one.about else []
        facts += [_("aged %(n)s") % {"n": one.age}] if one.age else []
        facts += [_("died")] if one.died else []
        facts += [_("lives together with them")] if one.lives_here and not one.is_self else []
        for pair in drawn.family.couples:
            if one.id in pair:
                facts.append(_couple(drawn, pair, names[next(pk for pk in pair if pk != one.id)]))
        for parents, child in drawn.family.children:
            if child == one.id:
                facts.append(_("child of %(who)s") % {"who": _and(names[pk] for pk in parents)})
        facts += [
            _("sibling of %(who)s") % {"who": names[b if a == one.id else a]}
            for a, b in drawn.siblings
            if one.id in {a, b}
        ]
        told.append((names[one.id], facts))
    return told


def _and(names: object) -> str:
    return "、".join(cast("list[str]", names))


def _couple(drawn: Genogram, pair: tuple[int, int], other: str) -> str:
    parting = drawn.partings.get(pair, "")
    words = {
        "separated": _("was with %(who)s, no longer so"),
        "divorced": _("divorced from %(who)s"),
    }.get(parting, _("a couple with %(who)s"))
    return words % {"who": other}


def ecomap_of(actor: Actor, person: Person, things: list[Thing]) -> Ecomap:
    around = [
        Around(one.label, one.part.label, cast(Kind, one.kind.value), cast(Flow, one.flow.value)) for one in things
    ]
    return Ecomap(str(person), tuple(living_with(actor, person)), around)
