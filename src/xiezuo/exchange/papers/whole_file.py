"""一人一档, 一户一档: the whole file of a person or of a household bound as one PDF, with cover, contents and page numbers."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.exchange.access import household_to_bind
from xiezuo.exchange.exports.columns import Column
from xiezuo.exchange.exports.writing import Paper
from xiezuo.exchange.papers.filled import printed_words
from xiezuo.exchange.papers.sections import File, household_paper, papers_of
from xiezuo.forms.papers import Bundle, Cover, PaperContent, bundle_as_pdf
from xiezuo.forms.papers.content import Cell
from xiezuo.orgs.access import Actor
from xiezuo.orgs.queries import house_full_name
from xiezuo.people.access import sections_of
from xiezuo.people.models import Household, Person
from xiezuo.people.sensitive import sensitive_of_each
from xiezuo.people.vocab import Section


def whole_file(
    actor: Actor, people: Sequence[Person], columns: Sequence[Column], household: int | None, about: Paper
) -> bytes:
    """The PDF. `columns` are the parts that were asked for; `about` says of the file why, for whom and until when.

    Raises NotAllowed for a household that is not open, RuleBroken where the libraries are missing.
    """
    home = household_to_bind(actor, household) if household else None
    papers = bound_papers(actor, people, [column.section for column in columns], home)
    name = _("household of %(name)s") % {"name": home.head} if home else str(people[0])
    cover = Cover(
        organisation=house_full_name(),
        title=_("Household file") if home else _("Personal file"),
        name=name,
        facts=tuple(Cell(label, words) for label, words in about.about if words),
        note=_("For whoever is named here alone. Keep it locked, and destroy it after the day named above."),
    )
    return bundle_as_pdf(Bundle(cover, tuple(papers)))


def bound_papers(
    actor: Actor, people: Sequence[Person], wanted: Sequence[Section], home: Household | None
) -> list[PaperContent]:
    """The papers of everyone in turn, those of a household behind one that tells of it."""
    sections, printed = sections_of(actor, people), printed_words(actor)
    sensitive_of_each(actor, people)
    within = frozenset(person.pk for person in people)
    found = []
    if home:
        is_open = all(Section.SENSITIVE in sections[person.pk] for person in people) and Section.SENSITIVE in wanted
        found.append(household_paper(actor, home, house_full_name(), printed, sensitive=is_open))
    for person in people:
        before = pgettext("a name before the title of a paper", "%(name)s: ") % {"name": person} if home else ""
        file = File(actor, person, wanted, sections[person.pk], within, house_full_name(), printed, before)
        found += papers_of(file)
    return found
