"""A new version is begun, changed step by step with a reason for each, read as a whole, or given up."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.forms.models import LocalChange, PackEdition
from xiezuo.forms.models.pack_edition import IN_WORK
from xiezuo.forms.packs import editions, is_shipped
from xiezuo.forms.packs.beside import problems_here
from xiezuo.forms.packs.merging import Change
from xiezuo.forms.packs.numbering import changed_here, means_else, own_next, own_other_meaning
from xiezuo.forms.packs.telling import change_words
from xiezuo.forms.packs.trees import NOTHING, Path, as_line, find, plain, put, same
from xiezuo.forms.packs.verifying import lowest_mark
from xiezuo.forms.packs.versions import Edition, checksum
from xiezuo.forms.vocab import PackState
from xiezuo.forms.workshop.access import must
from xiezuo.orgs.access import Actor

FIXED = {"id", "kind", "version", "applies_to", "checksum", "valid_from", "valid_to", "supersedes"}
LONGEST = 300


def taken_versions(pack_id: str) -> list[str]:
    """Versions of a pack that there are or were, drafts too."""
    written = PackEdition.objects.filter(pack_id=pack_id).values_list("version", flat=True)
    return [*written, *(one.version for one in editions(pack_id))]


def _must_be_free(pack_id: str) -> None:
    """One version at a time is in work, so that two colleagues do not write past each other."""
    other = PackEdition.objects.filter(pack_id=pack_id, state__in=IN_WORK).select_related("author").first()
    if other is not None:
        words = _("%(name)s is writing a new version of this pack. Speak with each other; one at a time is in work.")
        raise RuleBroken("forms.pack.in_work", words % {"name": other.author.name}, edition=other.pk)


def _made(by: Actor, body: dict[str, Any], **more: Any) -> PackEdition:
    """A draft of this body. Its columns are read from the body."""
    return PackEdition.objects.create(
        author=by.user,
        pack_id=body["id"],
        version=body["version"],
        kind=body["kind"],
        title=body["title"],
        level=body["applies_to"],
        place=body.get("place", ""),
        body=body,
        checksum=checksum(body),
        **more,
    )


def drafted(*, by: Actor, body: dict[str, Any], code: str, **more: Any) -> PackEdition:
    """A new draft of this body, where no other is in work. Raises RuleBroken."""
    _must_be_free(body["id"])
    edition = _made(by, body, **more)
    happened(code, edition, by_id=by.id, pack=edition.pack_id, version=edition.version)
    return edition


def next_version(of: Edition) -> str:
    """The version that follows when the house changes this one."""
    taken = taken_versions(of.pack_id)
    if is_shipped(of.pack_id):
        return changed_here(of.version, taken)
    return own_next(of.version, taken)


def _without(body: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in names}


@transaction.atomic
def begin(*, by: Actor, of: Edition) -> PackEdition:
    """Begin a new version of a pack, made from this one: shipped, or the house's own."""
    must(by, "edit")
    base = plain(of.body)
    body = _without(base, "checksum", "valid_to", "supersedes", "changes", "changes_en") | {"version": next_version(of)}
    return drafted(by=by, body=body, code="forms.pack.begun", base_version=of.version, base_body=base)


@transaction.atomic
def begin_new(*, by: Actor, body: dict[str, Any]) -> PackEdition:
    """Begin a pack of the house's own. Raises RuleBroken for an id that is taken, and for what is wrong with it."""
    must(by, "edit")
    body = plain(body)
    if taken_versions(str(body.get("id", ""))):
        words = _("There is a pack of this name already. Choose another.")
        raise RuleBroken("forms.pack.id_taken", words, field="id")
    _must_be_whole(body, None)
    return drafted(by=by, body=body, code="forms.pack.begun")


def must_be_its_author(by: Actor, edition: PackEdition) -> None:
    """Raises NotAllowed: a draft is its author's. Raises RuleBroken when it is none any more."""
    must(by, "edit")
    if edition.author_id != by.id:
        words = _("%(name)s writes this version. Speak with them; only its author changes a draft.")
        raise NotAllowed(words % {"name": edition.author.name})
    if edition.state not in IN_WORK:
        raise RuleBroken("forms.pack.fixed", _("This version was published; it stays as it is. Begin a new one."))


def _must_be_whole(body: dict[str, Any], base: dict[str, Any] | None) -> None:
    """Raises RuleBroken with the first thing that is wrong with the pack."""
    if problems := problems_here(body, base):
        raise RuleBroken("forms.pack.broken", str(problems[0]), path=problems[0].path, problem=problems[0].code)


def _must_not_break(edition: PackEdition, body: dict[str, Any]) -> None:
    """Raises RuleBroken with the first thing that a change would break; what was wrong before may wait."""
    before = problems_here(edition.body, edition.base_body)
    for problem in problems_here(body, edition.base_body):
        if problem not in before:
            raise RuleBroken("forms.pack.broken", str(problem), path=problem.path, problem=problem.code)


def locked(edition: PackEdition) -> PackEdition:
    return PackEdition.objects.select_for_update(of=("self",)).select_related("author").get(pk=edition.pk)


@transaction.atomic
def change(*, by: Actor, edition: PackEdition, path: Path, value: Any, why: str) -> PackEdition:
    """Put `value` at a path of a draft (NOTHING takes away what is there), and say why. See `change_all`."""
    return change_all(by=by, edition=edition, values={path: value}, why=why)


@transaction.atomic
def change_all(*, by: Actor, edition: PackEdition, values: Mapping[Path, Any], why: str) -> PackEdition:
    """Put values at paths of a draft for one reason.

    Raises RuleBroken without a reason, for the parts of the head that follow from elsewhere, and for what would break
    the pack: then nothing is changed.
    """
    edition, why = locked(edition), tidy(why)[:LONGEST]
    must_be_its_author(by, edition)
    if not why:
        words = _("Say in a few words why. Whoever looks at this pack later reads it.")
        raise RuleBroken("forms.pack.no_reason", words, field="why")
    changed = {path: value for path, value in values.items() if _is_new(edition, path, value)}
    if not changed:
        raise RuleBroken("forms.pack.nothing_changed", _("This changes nothing."))
    _put(edition, changed)
    for path, value in changed.items():
        _write_down(by, edition, Change(path, _at_base(edition, path), value), why)
    happened("forms.pack.changed", edition, by_id=by.id, pack=edition.pack_id, version=edition.version)
    return edition


def _is_new(edition: PackEdition, path: Path, value: Any) -> bool:
    return bool(path) and path[0] not in FIXED and not same(find(edition.body, path), value, path[-1])


def _at_base(edition: PackEdition, path: Path) -> Any:
    return find(edition.base_body, path) if edition.base_body is not None else NOTHING


def _put(edition: PackEdition, values: Mapping[Path, Any]) -> None:
    """Change the body, if it stays whole. What was written back to a draft is read by its author once more."""
    try:
        body = edition.body
        for path, value in values.items():
            body = put(body, path, value)
    except (KeyError, ValueError) as error:
        words = _("What this belongs to is not there any more. Load the page again.")
        raise RuleBroken("forms.pack.no_place", words) from error
    body["mark"] = lowest_mark(body)
    _must_not_break(edition, body)
    edition.body, edition.checksum, edition.title = body, checksum(body), body["title"]
    edition.place = body.get("place", "")
    edition.state, edition.reviewed_at = PackState.DRAFT, None
    edition.save(update_fields=["body", "checksum", "title", "place", "state", "reviewed_at"])


def _write_down(by: Actor, edition: PackEdition, done: Change, why: str) -> None:
    """One line for each path, however often it was changed; none for what is as it was."""
    line = as_line(done.path)
    if same(done.before, done.after, done.path[-1]):
        LocalChange.objects.filter(edition=edition, path=line).delete()
        return
    what = change_words(done, edition.body, edition.base_body)[:LONGEST]
    told = {"what": what, "why": why, "by": by.user, "at": now()}
    LocalChange.objects.update_or_create(edition=edition, path=line, defaults=told)


@transaction.atomic
def review(*, by: Actor, edition: PackEdition, changes: str, changes_en: str = "") -> PackEdition:
    """Its author has read the version as a whole and says in one line what is new in it.

    Raises RuleBroken for what is wrong with the pack, and without that line.
    """
    edition = locked(edition)
    must_be_its_author(by, edition)
    if not tidy(changes):
        words = _("Say in one line what is new, for colleagues who do not read packs.")
        raise RuleBroken("forms.pack.no_changes", words, field="changes")
    if edition.base_body is not None and same(told_of_draft(edition.body), told_of_draft(edition.base_body)):
        raise RuleBroken("forms.pack.nothing_changed", _("Nothing was changed in this version yet."))
    _must_be_whole(edition.body, edition.base_body)
    body = edition.body | {"version": _version_by_meaning(edition), "changes": tidy(changes)}
    body |= {"changes_en": tidy(changes_en)} if tidy(changes_en) else {}
    edition.version, edition.body, edition.checksum = body["version"], body, checksum(body)
    edition.changes, edition.changes_en = tidy(changes), tidy(changes_en)
    edition.state, edition.reviewed_at, edition.sent_back = PackState.REVIEWED, now(), ""
    edition.save()
    happened("forms.pack.reviewed", edition, by_id=by.id, pack=edition.pack_id, version=edition.version)
    return edition


def told_of_draft(body: dict[str, Any]) -> dict[str, Any]:
    """What can be changed in a draft."""
    return _without(body, *FIXED, "changes", "changes_en")


def _version_by_meaning(edition: PackEdition) -> str:
    """The first number rises where answers of before would be read differently; not below a shipped one's number."""
    if edition.base_body is None or is_shipped(edition.pack_id):
        return edition.version
    if means_else(edition.base_body, edition.body):
        others = [one for one in taken_versions(edition.pack_id) if one != edition.version]
        return own_other_meaning(others)
    return edition.version


@transaction.atomic
def drop(*, by: Actor, edition: PackEdition) -> None:
    """A version that is in work is given up. Its author may, and whoever publishes packs."""
    edition = locked(edition)
    if edition.author_id != by.id:
        must(by, "publish")
    if edition.state not in IN_WORK:
        raise RuleBroken("forms.pack.fixed", _("This version was published; it stays as it is. Begin a new one."))
    happened("forms.pack.dropped", edition, by_id=by.id, pack=edition.pack_id, version=edition.version)
    edition.delete()


@transaction.atomic
def note_result(*, by: Actor, change: LocalChange, result: str) -> LocalChange:
    """Write down what came of a change, so that it can be judged when the pack is changed again."""
    must(by, "edit")
    change.result = tidy(result)[:LONGEST]
    change.save(update_fields=["result"])
    happened("forms.pack.result_noted", change.edition, by_id=by.id, pack=change.edition.pack_id)
    return change
