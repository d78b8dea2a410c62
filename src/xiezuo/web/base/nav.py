"""The entries of the rail and of the phone's bottom bar: who sees which, and which one is current."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.orgs.access import Actor

# On a phone two places are left beside today, the big button and more: the first there is of each row.
ON_PHONE = (("search", "people", "volunteers"), ("checkin", "service_records", "data"))


def everyone(actor: Actor) -> bool:
    return bool(actor.roles)


def coordinators(actor: Actor) -> bool:
    return actor.coordinates_volunteers


def caseworkers(actor: Actor) -> bool:
    return actor.does_casework


def deciders_of_aid(actor: Actor) -> bool:
    """Whoever works on aid, and the director, who is asked to approve what is above the limit."""
    return actor.does_casework or actor.directs


def answering(actor: Actor) -> bool:
    """Whoever answers what people ask about their data, and complaints."""
    return actor.keeps_data or actor.supervises or actor.directs


def told_of_risks(actor: Actor) -> bool:
    """Whoever is told at once that someone is at risk."""
    return actor.supervises or actor.directs


def stewards(actor: Actor) -> bool:
    return actor.keeps_data or actor.directs


@dataclass(frozen=True)
class Entry:
    """`name` is the name of the page in the URL table; `short` is the label where a phone has room for one word."""

    name: str
    label: Promise
    icon: str
    who: Callable[[Actor], bool] = everyone
    short: Promise | None = None


@dataclass(frozen=True)
class Link:
    """An entry as one actor sees it on one page."""

    name: str
    label: Promise
    short: Promise | None
    icon: str
    url: str
    current: bool
    on_phone: bool


ENTRIES = (
    Entry("record_service", _("Record a service"), "pen", caseworkers),
    Entry("today", _("Today"), "today"),
    Entry("due", _("What is due"), "cal"),
    Entry("risk_reports", _("Risk reports"), "shield", told_of_risks),
    Entry("daily_report", _("Daily report"), "book", caseworkers),
    Entry("outbox", _("Outbox"), "out"),
    Entry("checkin", _("Front desk"), "home", caseworkers, pgettext_lazy("navigation", "Desk")),
    Entry("search", pgettext_lazy("navigation", "Find"), "search", caseworkers),
    Entry("people", _("People and households"), "people", caseworkers, pgettext_lazy("navigation", "People")),
    Entry("volunteers", _("Volunteers"), "heart", coordinators),
    Entry("cases", pgettext_lazy("navigation", "Cases"), "mark", caseworkers),
    Entry("service_records", _("Service records"), "file", caseworkers, pgettext_lazy("navigation", "Records")),
    Entry("groups", _("Groups and activities"), "people", caseworkers, pgettext_lazy("navigation", "Groups")),
    Entry("forms", pgettext_lazy("navigation", "Forms"), "sheet", caseworkers),
    Entry("referrals", _("Referrals and transfers"), "swap", caseworkers, pgettext_lazy("navigation", "Referrals")),
    Entry("aids", pgettext_lazy("navigation", "Aid"), "heart", deciders_of_aid),
    Entry("figures", _("Year figures"), "chart", caseworkers),
    Entry("imports", pgettext_lazy("navigation", "Import"), "in", caseworkers),
    Entry("data_requests", _("Requests and complaints"), "shield", answering),
    Entry("sites", _("Sites and projects"), "sheet"),
    Entry("blank_forms", _("Forms on paper"), "print"),
    Entry("packs", _("Packs"), "book"),
    Entry("data", _("Data duties"), "shield", stewards, pgettext_lazy("navigation", "Data")),
    Entry("more", pgettext_lazy("navigation", "More"), "more"),
)
BY_NAME = {entry.name: entry for entry in ENTRIES}


def url_for(name: str, actor: Actor | None) -> str:
    """The address of a page, or "" when it is not there yet or not open to the actor."""
    entry = BY_NAME.get(name)
    if actor is None or (entry and not entry.who(actor)):
        return ""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def address(name: str, *args: object) -> str:
    """The address of a page with arguments, or "" where this house has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def links(actor: Actor | None, path: str, current: str = "") -> list[Link]:
    """The entries open to the actor. `current` names one; without it the longest address that `path` lies under."""
    urls = {entry.name: url for entry in ENTRIES if (url := url_for(entry.name, actor))}
    under = [name for name, url in urls.items() if path == url or (url != "/" and path.startswith(url))]
    here = current or max(under, key=lambda name: len(urls[name]), default="")
    phone = {"today", "more", *(next((name for name in row if name in urls), "") for row in ON_PHONE)}
    return [
        Link(
            entry.name, entry.label, entry.short, entry.icon, urls[entry.name], entry.name == here, entry.name in phone
        )
        for entry in ENTRIES
        if entry.name in urls
    ]


def first_page(actor: Actor | None) -> str:
    """Where a login leads: today, or the page that is always there."""
    return url_for("today", actor) or reverse("more")
