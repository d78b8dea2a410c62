"""数据包: what differs by place, year and funder, as everyone on the staff may read it: content, versions, source, days."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xiezuo.common.days import today
from xiezuo.forms.definitions import Words
from xiezuo.forms.models import PackEdition, PackReview
from xiezuo.forms.models.pack_edition import IN_WORK
from xiezuo.forms.packs import Edition, edition, editions, is_shipped, places
from xiezuo.forms.packs.finding import acts, in_use
from xiezuo.forms.packs.merging import changes
from xiezuo.forms.packs.reading import all_ids, broken_packs
from xiezuo.forms.packs.telling import change_words
from xiezuo.forms.packs.trees import plain
from xiezuo.forms.packs.versions import HEAD, day
from xiezuo.forms.vocab import Level, Mark, PackKind
from xiezuo.forms.workshop.access import editions_for, may, reviews_for, verifications_for, works_on_packs
from xiezuo.forms.workshop.owed import LookedUp, looked_up_all, packs_behind, packs_to_verify
from xiezuo.orgs.access import Actor
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.forms.packs_shown import groups_of

WHOLE = ("body", "base_body")  # long texts that a list does not show
BETWEEN = "市辖区"  # stands between a municipality and its districts, and nobody says it


@dataclass(frozen=True)
class Row:
    """One pack in the list: the version that holds today and how it stands."""

    held: Edition
    title: str
    level: str
    place: str
    mark: str
    verified: bool
    acts: bool
    checked: LookedUp


def title_of(body: dict[str, object]) -> str:
    """What a pack is called in the language of whoever looks."""
    return str(Words(str(body.get("title") or body.get("id")), str(body.get("title_en") or "")))


def place_name(code: str) -> str:
    """A place with what it lies in: 北京市 朝阳区. Codes of packs are filled up with zeros."""
    known = places()
    while code.endswith("00"):
        code = code[:-2]
    said = [known[code[:n]] for n in (2, 4, 6) if len(code) >= n and code[:n] in known]
    return " ".join(name for name in dict.fromkeys(said) if name != BETWEEN) or code


def _row(held: Edition, checked: LookedUp) -> Row:
    mark = Mark(held.body["mark"])
    return Row(
        held=held,
        title=title_of(held.body),
        level=str(Level(held.level).label),
        place=place_name(held.place) if held.place else "",
        mark=str(mark.label),
        verified=mark == Mark.VERIFIED,
        acts=acts(held) and held.holds_on(today()),
        checked=checked,
    )


@page(STAFF)
@require_safe
def packs(request: StaffRequest) -> HttpResponse:
    """Every pack by its kind, and what someone here has to do about them."""
    actor, on = request.actor, today()
    checked = looked_up_all()
    by_kind: dict[str, list[Row]] = defaultdict(list)
    for pack_id in all_ids():
        held = edition(pack_id, on)
        by_kind[held.kind].append(_row(held, checked(held)))
    kinds = [(kind.value, kind.label, by_kind[kind]) for kind in PackKind if by_kind[kind]]
    what = {
        "kinds": kinds,
        "work": _work(actor),
        "behind": [(one, new) for one, new in packs_behind()] if may(actor, "edit") else [],
        "verify": packs_to_verify(on) if may(actor, "verify") else [],
        "reviews": _again(actor),
        "broken": broken_packs() if works_on_packs(actor) else [],
        "places": [place_name(code) for code in in_use().places],
        "may_edit": may(actor, "edit"),
        "may_import": may(actor, "import"),
        "nav": "packs",
        "day": on,
    }
    return render(request, "staff/forms/packs.html", what)


def _again(actor: Actor) -> QuerySet[PackReview]:
    """What was published alone and waits to be looked at again."""
    waiting = reviews_for(actor).filter(done_at__isnull=True).select_related("edition", "edition__published_by")
    return waiting.defer(*(f"edition__{name}" for name in WHOLE))


def _work(actor: Actor) -> list[PackEdition]:
    return list(editions_for(actor).filter(state__in=IN_WORK).select_related("author").defer(*WHOLE))


def version_of(name: str, version: str = "") -> Edition:
    """A version of a pack; the one that holds today without a number. Raises Http404."""
    found = editions(name)
    if not found:
        raise Http404(name)
    if not version:
        return edition(name, today())
    return next((one for one in found if one.version == version), found[0])


@page(STAFF)
@require_safe
def one(request: StaffRequest, name: str) -> HttpResponse:
    """One pack: what it tells, from when to when, by which source, and the versions there were."""
    actor = request.actor
    held = version_of(name, request.GET.get("version", ""))
    form = request.GET.get("form", "")
    if form and form not in (held.body.get("forms") or {}):
        raise Http404(form)
    written = {
        one.version: one
        for one in editions_for(actor).filter(pack_id=name).select_related("author", "published_by").defer(*WHOLE)
    }
    noted = list(verifications_for(actor).filter(pack_id=name, version=held.version))
    what = {
        "row": _row(held, looked_up_all()(held)),
        "body": held.body,
        "source": str(Words(str(held.body.get("source", "")), str(held.body.get("source_en", "")))),
        "kind": PackKind(held.kind).label,
        "title": title_of(held.body),
        "groups": groups_of(plain(held.body), form),
        "form": form,
        "begins": None if held.valid_from == date.min else held.valid_from,
        "ends": held.valid_to,
        "history": [(one, written.get(one.version), day(one.body.get("valid_from"))) for one in editions(name)],
        "written": written.get(held.version),
        "notes": written[held.version].local_changes.select_related("by") if held.version in written else [],
        "noted": noted,
        "in_work": next((one for one in written.values() if one.state in IN_WORK), None),
        "behind": any(one.pack_id == name for one, _new in packs_behind()),
        "shipped": is_shipped(name),
        "may_edit": may(actor, "edit"),
        "may_verify": may(actor, "verify"),
        "may_publish": may(actor, "publish"),
        "nav": "packs",
        "day": today(),
    }
    return render(request, "staff/forms/pack.html", what)


@page(STAFF)
@require_safe
def compare(request: StaffRequest, name: str) -> HttpResponse:
    """Two versions beside each other: what came, went and changed, in words."""
    found = editions(name)
    if not found:
        raise Http404(name)
    older = version_of(name, request.GET.get("from", "") or found[-1].version)
    newer = version_of(name, request.GET.get("to", "") or found[0].version)
    before, after = _told(older), _told(newer)
    what = {
        "name": name,
        "title": title_of(newer.body),
        "older": older,
        "newer": newer,
        "versions": found,
        "changes": [change_words(one, after, before) for one in changes(before, after)],
        "nav": "packs",
    }
    return render(request, "staff/forms/pack_compare.html", what)


LEFT_OUT = {"version", "valid_from", "valid_to", "changes", "changes_en", "checksum", "supersedes", "verified_on"}


def _told(of: Edition) -> dict[str, object]:
    return {name: value for name, value in plain(of.body).items() if name not in LEFT_OUT & set(HEAD)}
