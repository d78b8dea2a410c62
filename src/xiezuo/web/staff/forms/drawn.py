"""Pictures the house draws itself, taken into a form that asks for them as files: as they are today."""

from django.utils.translation import gettext as _

from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.forms.files import keep_file
from xiezuo.forms.papers.pictures import as_png
from xiezuo.orgs.access import Actor
from xiezuo.people.models import Person
from xiezuo.service.ecomap import around
from xiezuo.web.base.pictures import ecomap as ecomaps
from xiezuo.web.base.pictures import genogram as genograms
from xiezuo.web.staff.forms.paper import Paper
from xiezuo.web.staff.service.drawings.drawing import ecomap_of, genogram_of

DRAWING = "drawing"


def take_drawing(paper: Paper, name: str) -> str:
    """Put today's picture into the field; a sentence where it cannot be drawn."""
    person = paper.person()
    if person is None:
        return _("Choose first whom the form is about; then their picture can be drawn.")
    try:
        drawn = _drawn(paper, name, person)
        if not drawn:
            return _("Nothing is written down yet from which this picture could be drawn.")
        title = {"genogram": _("Genogram"), "ecomap": _("Ecomap")}[name]
        held = keep_file(
            by=paper.actor, key=paper.key, content=as_png(drawn), name=f"{title} {paper.on.isoformat()}.png"
        )
    except (NotAllowed, RuleBroken) as refusal:
        return str(refusal)
    kept = [key for key in paper.typed.get(name, []) if key and key != str(held.pk)]
    paper.typed[name] = [*kept, str(held.pk)]
    return _("The picture of today is in the form.")


def _drawn(paper: Paper, name: str, person: Person) -> str:
    if name == "genogram":
        found = genogram_of(paper.actor, person, paper.on)
        return genograms.picture(found) if found else ""
    if name == "ecomap":
        return _ecomap(paper.actor, person, paper)
    return ""


def _ecomap(actor: Actor, person: Person, paper: Paper) -> str:
    things = around(actor, person, paper.on)
    return ecomaps.picture(ecomap_of(actor, person, things)) if things else ""
