"""A version comes into force on a day, by someone other than its author; earlier ones end the day before."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.forms.models import LocalChange, PackEdition, PackReview
from xiezuo.forms.models.pack_edition import WAS_IN_FORCE
from xiezuo.forms.packs import pack
from xiezuo.forms.packs.beside import problems_here
from xiezuo.forms.packs.trees import plain
from xiezuo.forms.packs.versions import checksum
from xiezuo.forms.vocab import PackState
from xiezuo.forms.workshop.access import WHO, must
from xiezuo.forms.workshop.actions.drafting import locked
from xiezuo.forms.workshop.files import write_editions
from xiezuo.orgs.access import Actor
from xiezuo.orgs.queries import works_alone

ONE_DAY = timedelta(days=1)
Hears = Callable[[Sequence[PackEdition]], None]
_hears: list[Hears] = []


def tell_of_versions(hears: Hears) -> None:
    """A floor hears of versions that came into force or ended, once their files are written."""
    _hears.append(hears)


def wrote_in(by: Actor, edition: PackEdition) -> bool:
    """Whether someone is the author of a version, or changed something in it."""
    return edition.author_id == by.id or LocalChange.objects.filter(edition=edition, by=by.user).exists()


def why_not_publish(by: Actor, edition: PackEdition) -> str:
    """Why someone may not publish a version; "" when they may."""
    if edition.state != PackState.REVIEWED:
        return str(_("Its author has not read it as a whole yet. Only what was read is published."))
    if wrote_in(by, edition) and not works_alone():
        return str(_("Nobody publishes what they wrote themselves. Ask a colleague to read and publish it."))
    return ""


@transaction.atomic
def publish(*, by: Actor, edition: PackEdition, valid_from: date) -> PackEdition:
    """Put a version that was read as a whole in force from a day. The one before holds until the day before.

    Raises NotAllowed for its author (except in a house of one or two, where it is looked at again by a day), RuleBroken
    for a day that does not lie after the beginning of the one before, and for what is wrong with the pack by now.
    """
    must(by, "publish")
    edition = locked(edition)
    if why := why_not_publish(by, edition):
        raise NotAllowed(why)
    if problems := problems_here(edition.body, edition.base_body):
        raise RuleBroken("forms.pack.broken", str(problems[0]), path=problems[0].path, problem=problems[0].code)
    before = _before(edition, valid_from)
    edition.alone = wrote_in(by, edition)
    edition.state, edition.published_by, edition.published_at = PackState.PUBLISHED, by.user, now()
    _hold(edition, valid_from, _end_told(edition, valid_from))
    for one in before:
        one.state = PackState.SUPERSEDED
        _hold(one, one.valid_from, valid_from - ONE_DAY)
    if edition.alone:
        days = timedelta(days=int(pack(WHO)["review"]["within_days"]))
        PackReview.objects.create(edition=edition, due_on=valid_from + days)
    _write_later([edition, *before])
    facts = {"pack": edition.pack_id, "version": edition.version, "from": valid_from.isoformat()}
    happened("forms.pack.published", edition, by_id=by.id, alone=edition.alone, **facts)
    return edition


def _before(edition: PackEdition, valid_from: date) -> list[PackEdition]:
    """The versions that hold on that day or later and now end. Raises RuleBroken where one begins on it or after."""
    others = PackEdition.objects.filter(pack_id=edition.pack_id, state__in=WAS_IN_FORCE)
    latest = others.order_by("-valid_from").first()
    if latest is not None and latest.valid_from is not None and latest.valid_from >= valid_from:
        words = _("Version %(version)s holds from %(day)s. A later one begins after that day.")
        told = {"version": latest.version, "day": latest.valid_from.isoformat()}
        raise RuleBroken("forms.pack.begins_too_early", words % told, field="valid_from")
    return [one for one in others if one.valid_to is None or one.valid_to >= valid_from]


def _end_told(edition: PackEdition, valid_from: date) -> date | None:
    """The last day that the pack itself names."""
    told = edition.body.get("valid_to")
    end = date.fromisoformat(str(told)) if told else None
    if end and end < valid_from:
        words = _("By its own words this version holds until %(day)s. Choose an earlier day, or correct it first.")
        raise RuleBroken("forms.pack.expired", words % {"day": end.isoformat()}, field="valid_from")
    return end


def _hold(edition: PackEdition, valid_from: date | None, valid_to: date | None) -> None:
    """Write from when to when a version holds, in its columns and in what its file will say."""
    body = {name: value for name, value in edition.body.items() if name != "valid_to"}
    days = {"valid_from": valid_from} | ({"valid_to": valid_to} if valid_to else {})
    edition.body = plain(body | days)
    edition.valid_from, edition.valid_to, edition.checksum = valid_from, valid_to, checksum(edition.body)
    edition.save()


def _write_later(editions: Sequence[PackEdition]) -> None:
    """The files follow the database: they are written once it has kept everything."""
    transaction.on_commit(partial(write_editions, list(editions)))
    for hears in _hears:
        transaction.on_commit(partial(hears, list(editions)))


@transaction.atomic
def send_back(*, by: Actor, edition: PackEdition, why: str) -> PackEdition:
    """A colleague who would publish it asks its author for something first."""
    must(by, "publish")
    edition = locked(edition)
    if edition.state != PackState.REVIEWED:
        raise RuleBroken("forms.pack.not_reviewed", _("This version does not wait for anyone's word."))
    if not tidy(why):
        raise RuleBroken("forms.pack.no_reason", _("Say what should be changed first."), field="why")
    edition.state, edition.reviewed_at, edition.sent_back = PackState.DRAFT, None, tidy(why)[:300]
    edition.save(update_fields=["state", "reviewed_at", "sent_back"])
    happened("forms.pack.sent_back", edition, by_id=by.id, pack=edition.pack_id, version=edition.version)
    return edition


@transaction.atomic
def retire(*, by: Actor, edition: PackEdition, last_day: date) -> PackEdition:
    """A version ends on a day and none of the house follows; what the product brings holds again, if it brings one."""
    must(by, "publish")
    edition = locked(edition)
    if edition.state != PackState.PUBLISHED or edition.valid_from is None:
        raise RuleBroken("forms.pack.not_in_force", _("This version is not in force, so it cannot end."))
    if last_day < edition.valid_from:
        words = _("It holds from %(day)s; its last day cannot lie before that.")
        told = {"day": edition.valid_from.isoformat()}
        raise RuleBroken("forms.pack.ends_early", words % told, field="last_day")
    edition.state = PackState.RETIRED
    _hold(edition, edition.valid_from, last_day)
    _write_later([edition])
    facts = {"pack": edition.pack_id, "version": edition.version, "to": last_day.isoformat()}
    happened("forms.pack.retired", edition, by_id=by.id, **facts)
    return edition


@transaction.atomic
def look_again(*, by: Actor, review: PackReview, note: str) -> PackReview:
    """What was published alone was looked at once more, by its author or, better, by someone else."""
    must(by, "publish")
    review = PackReview.objects.select_for_update(of=("self",)).select_related("edition").get(pk=review.pk)
    if review.done_at is not None:
        raise RuleBroken("forms.pack.reviewed_already", _("This was looked at already."))
    if not tidy(note):
        words = _("Write down what you found, if only that it is right as it is.")
        raise RuleBroken("forms.pack.no_note", words, field="note")
    review.done_by, review.done_at, review.note = by.user, now(), tidy(note)[:300]
    review.save()
    happened("forms.pack.looked_at_again", review.edition, by_id=by.id, pack=review.edition.pack_id)
    return review
