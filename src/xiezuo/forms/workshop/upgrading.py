"""A new version of the product meets what the house changed: both held against what they came from, change by change."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now
from xiezuo.common.errors import RuleBroken
from xiezuo.forms.models import LocalChange, PackEdition
from xiezuo.forms.packs import Edition
from xiezuo.forms.packs.beside import problems_here
from xiezuo.forms.packs.merging import Change, Choice, changes, merge
from xiezuo.forms.packs.telling import change_words
from xiezuo.forms.packs.trees import Path, as_line, plain
from xiezuo.forms.packs.verifying import lowest_mark
from xiezuo.forms.workshop.access import must
from xiezuo.forms.workshop.actions.drafting import drafted, next_version
from xiezuo.forms.workshop.owed import packs_behind
from xiezuo.orgs.access import Actor

OUR_HEAD = {"version", "valid_from", "valid_to", "changes", "changes_en", "checksum", "supersedes", "verified_on"}


@dataclass(frozen=True)
class Difference:
    """One thing that the house changed. `why`: what was noted then. `theirs`: what the new version says there; `clashes`:
    it changed there too, and someone chooses."""

    change: Change
    why: str
    clashes: bool


@dataclass(frozen=True)
class Comparison:
    """`ours`: what the house changed; `theirs`: what is new in the product and touches none of it."""

    ours: list[Difference]
    theirs: list[Change]


def _told(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in plain(body).items() if name not in OUR_HEAD}


def compare(own: PackEdition, new: Edition) -> Comparison:
    """What the house's version and the product's new one each changed of what the house began with."""
    base, ours, theirs = _told(_first_base(own)), _told(own.body), _told(new.body)
    clashes = set(merge(base, ours, theirs).clashes)
    notes = {one.path: one.why for one in _notes(own)}
    mine = [Difference(one, _why(one.path, notes), one.path in clashes) for one in changes(base, ours)]
    touched = {one.change.path for one in mine}
    return Comparison(mine, [one for one in changes(base, theirs) if one.path not in touched])


def _first_base(own: PackEdition) -> dict[str, Any]:
    """The shipped version below the house's own ones, however many of these followed each other."""
    whole = ".".join(own.version.split(".")[:2])
    here = own
    while here.base_version != whole:
        earlier = PackEdition.objects.filter(pack_id=own.pack_id, version=here.base_version).first()
        if earlier is None or earlier.base_body is None:
            break
        here = earlier
    return dict(here.base_body or {})


def _notes(own: PackEdition) -> list[LocalChange]:
    """What was noted in this version and in those it was made from, the latest last."""
    whole = ".".join(own.version.split(".")[:2]) + "."
    written = PackEdition.objects.filter(pack_id=own.pack_id, version__startswith=whole, pk__lte=own.pk)
    return list(LocalChange.objects.filter(edition__in=written).order_by("pk"))


def _why(path: Path, notes: Mapping[str, str]) -> str:
    """The note at a path, else at the nearest one above or below it."""
    for length in range(len(path), 0, -1):
        if why := notes.get(as_line(path[:length])):
            return why
    return ""


def version_behind(pack_id: str) -> tuple[PackEdition, Edition]:
    """The house's version that has fallen behind, and the product's new one. Raises RuleBroken when none has."""
    found = next((pair for pair in packs_behind() if pair[0].pack_id == pack_id), None)
    if found is None:
        words = _("What the house changed stands on the newest version of this pack. There is nothing to compare.")
        raise RuleBroken("forms.pack.not_behind", words)
    return found


@transaction.atomic
def take_over(*, by: Actor, pack_id: str, chosen: Mapping[Path, Choice]) -> PackEdition:
    """A draft on the product's new version with what the house keeps of its own; `chosen` decides where both changed.

    Raises RuleBroken where both changed something and nobody chose, and for what the result would break.
    """
    must(by, "edit")
    own, new = version_behind(pack_id)
    base, ours, theirs = _told(_first_base(own)), _told(own.body), _told(new.body)
    merged = merge(base, ours, theirs, chosen)
    if merged.clashes:
        words = _("%(n)s changes touch what is new as well. Choose for each of them; nothing was written yet.")
        raise RuleBroken("forms.pack.not_chosen", words % {"n": len(merged.clashes)})
    kept = {name: value for name, value in plain(new.body).items() if name in {"valid_from", "verified_on"}}
    body = kept | merged.body | {"version": next_version(new)}
    body["mark"] = lowest_mark(body)
    if problems := problems_here(body, plain(new.body)):
        raise RuleBroken("forms.pack.broken", str(problems[0]), path=problems[0].path)
    draft = drafted(by=by, body=body, code="forms.pack.begun", base_version=new.version, base_body=plain(new.body))
    _carry_notes(by, own, draft)
    return draft


def _carry_notes(by: Actor, own: PackEdition, draft: PackEdition) -> None:
    """What stays changed keeps its reason."""
    notes = {one.path: one.why for one in _notes(own)}
    for one in changes(_told(draft.base_body or {}), _told(draft.body)):
        LocalChange.objects.create(
            edition=draft,
            path=as_line(one.path),
            what=change_words(one, draft.body, draft.base_body)[:300],
            why=_why(one.path, notes) or str(_("taken over from version %(version)s") % {"version": own.version}),
            by=by.user,
            at=now(),
        )
