"""What the house changed, what is new, and what both came from: side by side, with a choice for each."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xiezuo.common.errors import RuleBroken
from xiezuo.forms.models import PackEdition
from xiezuo.forms.packs import Edition
from xiezuo.forms.packs.merging import Anew, Choice, Side
from xiezuo.forms.packs.telling import change_words, place_words, value_words
from xiezuo.forms.packs.trees import ORDER, Path, find, plain
from xiezuo.forms.workshop.access import must
from xiezuo.forms.workshop.upgrading import Comparison, Difference, compare, take_over, version_behind
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.forms.packs import title_of
from xiezuo.web.staff.forms.packs_forms import number

ANEW = "anew"


@page(STAFF)
@require_http_methods(["GET", "POST"])
def upgrade(request: StaffRequest, name: str) -> HttpResponse:
    """For each thing the house changed: keep ours, take theirs, or write it anew. The result is a new draft."""
    must(request.actor, "edit")
    try:
        own, new = version_behind(name)
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
        return redirect("pack", name=name)
    found = compare(own, new)
    refused = ""
    if request.method == "POST":
        try:
            draft = take_over(by=request.actor, pack_id=name, chosen=_chosen(request, found))
        except RuleBroken as refusal:
            refused = str(refusal)
        else:
            messages.success(
                request, _("A draft on the new version was made. Read it as a whole; then a colleague publishes it.")
            )
            return redirect("pack_draft", pk=draft.pk)
    what = {
        "own": own,
        "new": new,
        "title": title_of(new.body),
        "rows": [_row(at, one, own, new, request) for at, one in enumerate(found.ours)],
        "theirs": [change_words(one, plain(new.body), own.body) for one in found.theirs],
        "clashes": sum(one.clashes for one in found.ours),
        "refused": refused,
        "nav": "packs",
    }
    return render(request, "staff/forms/pack_upgrade.html", what, status=422 if refused else 200)


def _row(at: int, one: Difference, own: PackEdition, new: Edition, request: StaffRequest) -> dict[str, object]:
    """One change of ours with the three values beside each other."""
    path: Path = one.change.path
    name, theirs = path[-1], plain(new.body)
    told = own.body, own.base_body, theirs
    return {
        "number": at,
        "where": place_words(path, *told),
        "before": value_words(one.change.before, name),
        "ours": value_words(one.change.after, name),
        "theirs": value_words(find(theirs, path), name),
        "why": one.why,
        "clashes": one.clashes,
        "chosen": request.POST.get(f"choice-{at}", "" if one.clashes else "ours"),
        "text": _is_typed(one) and name != ORDER,
        "anew": request.POST.get(f"anew-{at}", ""),
    }


def _is_typed(one: Difference) -> bool:
    """Words and numbers are written anew on the page; what has parts is chosen whole."""
    return isinstance(one.change.after, str | int | float) and not isinstance(one.change.after, bool)


def _chosen(request: StaffRequest, found: Comparison) -> dict[Path, Choice]:
    chosen: dict[Path, Choice] = {}
    for at, one in enumerate(found.ours):
        said = request.POST.get(f"choice-{at}", "")
        if said in set(Side):
            chosen[one.change.path] = Side(said)
        elif said == ANEW:
            typed = request.POST.get(f"anew-{at}", "").strip()
            chosen[one.change.path] = Anew(typed if isinstance(one.change.after, str) else number(typed, typed))
    return chosen
