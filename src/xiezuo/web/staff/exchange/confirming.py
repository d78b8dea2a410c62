"""The questions before an import: which centre is which site, and where people without a centre belong."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from xiezuo.common.errors import RuleBroken
from xiezuo.exchange.actions.centres import Centre, Choices, centres_in
from xiezuo.exchange.kinds import MENTIONED, REGISTERED
from xiezuo.exchange.models import ImportBatch
from xiezuo.orgs.access import Actor, sites_for
from xiezuo.orgs.models import Site

NEW, NO_SITE = "new", "none"


@dataclass(frozen=True)
class CentreAsked:
    """A centre with the answer that is offered: its site if the actor works there; a new site in a house that has
    none yet; else nothing is chosen and the question stays open."""

    centre: Centre
    field: str
    chosen: str


@dataclass(frozen=True)
class Asking:
    centres: list[CentreAsked]
    sites: list[Site]
    may_open: bool
    site: str
    has_people: bool


def asking(actor: Actor, batch: ImportBatch, answers: QueryDict | None = None) -> Asking:
    """What to ask before this file is taken in, with what was answered already."""
    sites = list(sites_for(actor))
    given = answers or QueryDict()
    may_open = actor.supervises or actor.runs_the_house
    unknown = NEW if may_open and not sites else ""
    asked = []
    for number, centre in enumerate(centres_in(batch)):
        name = f"centre-{number}"
        known = str(centre.site.pk) if centre.site in sites and centre.site else unknown
        asked.append(CentreAsked(centre, name, given.get(name, known)))
    only = str(sites[0].pk) if len(sites) == 1 else ""
    found = {kind for sheet in batch.sheets.all() for kind in sheet.understanding.get("records", {})}
    return Asking(asked, sites, may_open, given.get("site", only), bool(found & {*REGISTERED, *MENTIONED, "household"}))


def answered(asked: Asking, answers: QueryDict) -> tuple[Site | None, Choices]:
    """The site for rows without a centre, and what each centre means. Raises RuleBroken for an open question."""
    sites = {str(site.pk): site for site in asked.sites}
    choices: Choices = {}
    for row in asked.centres:
        answer = answers.get(row.field, "")
        if answer == NEW and asked.may_open:
            choices[row.centre.core] = row.centre.name
        elif answer == NO_SITE or answer in sites:
            choices[row.centre.core] = sites.get(answer)
        else:
            words = _("Choose a site for “%(centre)s”, or say that it has none.") % {"centre": row.centre.name}
            raise RuleBroken("exchange.centre_open", words, field=row.field)
    return sites.get(answers.get("site", "")), choices
