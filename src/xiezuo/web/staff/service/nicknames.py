"""认出来了: a nickname of the street or of a list turns out to be a person, who says yes to being named."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.people.access import person_for
from xiezuo.people.rights import people_to_choose
from xiezuo.people.search import found
from xiezuo.people.vocab import Section
from xiezuo.service.actions import link_nickname, part_nickname
from xiezuo.service.queries import entries_like, entry_for
from xiezuo.web.base.pages import STAFF, StaffRequest, page

FOUND = 8


@page(STAFF)
@require_http_methods(["GET", "POST"])
def link(request: StaffRequest, pk: int) -> HttpResponse:
    """The entries under the nickname, and the question who it is."""
    actor, entry = request.actor, entry_for(request.actor, pk)
    q = request.GET.get("q", entry.label).strip()
    refused = ""
    if request.method == "POST" and request.POST.get("other", "").isdecimal():
        person = person_for(actor, int(request.POST["other"]))
        agreed = request.POST.get("agreed") == "yes"
        try:
            made = link_nickname(by=actor, entry=entry, person=person, agreed=agreed, on=today())
        except RuleBroken as refusal:
            refused = str(refusal)
        else:
            words = {"n": made.entries.count(), "label": made.label, "person": person}
            messages.success(request, _("%(n)s entries of “%(label)s” are %(person)s now.") % words)
            return redirect("person_services", pk=person.pk)
    what = {
        "entry": entry,
        "entries": list(entries_like(actor, entry).select_related("record", "record__site")),
        "finding": {"q": q, "found": found(actor, people_to_choose(actor, today()), q, FOUND)},
        "chosen": request.POST.get("other", ""),
        "refused": refused,
        "nav": "service_records",
    }
    return render(request, "staff/service/nickname.html", what, status=422 if refused else 200)


@page(STAFF)
@require_POST
def part(request: StaffRequest, pk: int, link: int) -> HttpResponse:
    """It was someone else, or they take back their yes."""
    person = person_for(request.actor, pk, Section.SERVICES)
    found = person.nickname_links.filter(pk=link, parted_at__isnull=True).first()
    if found is None:
        raise Http404
    n = part_nickname(by=request.actor, link=found)
    words = {"n": n, "label": found.label}
    messages.success(request, _("%(n)s entries stand under the nickname “%(label)s” again.") % words)
    return redirect("person_services", pk=pk)
