"""The words of every template: loaded everywhere, gathered here from one file per purpose."""

from django import template

from xiezuo.common.models import Event
from xiezuo.orgs.access import Actor
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.models import Person
from xiezuo.web.base import drawing, happenings, nav
from xiezuo.web.base.templatetags import components, days, drafts, pictures, why

register = template.Library()
for part in (components, days, drafts, pictures, why):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
register.simple_tag(drawing.icon)


@register.simple_tag(takes_context=True)
def nav_url(context: template.Context, name: str) -> str:
    """The address of a page, or "" when there is none yet or it is not open to whoever asks."""
    return nav.url_for(name, context.get("actor"))


@register.simple_tag(takes_context=True)
def nav_links(context: template.Context) -> list[nav.Link]:
    """The entries of the rail. A page that lies under none of them names its entry as `nav` in its context."""
    return nav.links(context.get("actor"), context["request"].path, context.get("nav") or "")


@register.simple_tag(takes_context=True)
def risk_url(context: template.Context) -> str:
    """Where one says that someone is at risk: on a page about a person, that person."""
    url, person = nav.address("flag_risk"), context.get("person")
    return f"{url}?person={person.pk}" if url and isinstance(person, Person) else url


@register.simple_tag(takes_context=True)
def first_page(context: template.Context) -> str:
    return nav.first_page(context.get("actor"))


@register.filter
def roles_held(actor: Actor) -> str:
    """The roles of an actor in words."""
    return components.joined(StaffRole(role).label for role in StaffRole.values if role in actor.roles)


register.filter("happened", happenings.in_words)


@register.filter
def thing_url(event: Event) -> str:
    """Where the page of the thing is that an event is about; "" when it has none."""
    pages = {
        "service.servicerecord": "service_record",
        "people.person": "person",
        "service.filledform": "filled_form",
        "service.case": "case",
    }
    name = pages.get(event.subject)
    return nav.address(name, event.subject_id) if name else ""
