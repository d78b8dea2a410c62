"""What is due about packs: to be looked up again, looked at again after publishing alone, or held against a new version."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from xiezuo.forms.models import PackEdition, PackVerification
from xiezuo.forms.packs import Edition, edition, is_shipped, pack, shipped
from xiezuo.forms.packs.finding import acts
from xiezuo.forms.packs.reading import all_ids
from xiezuo.forms.packs.versions import day, numbers
from xiezuo.forms.vocab import PackState
from xiezuo.forms.workshop.access import WHO, editions_for, may, reviews_for, works_on_packs
from xiezuo.orgs.access import Actor


@dataclass(frozen=True)
class LookedUp:
    """When a pack was last held against its sources, by whom and against what. `on` is empty where nobody says."""

    on: date | None
    by: str = ""
    against: str = ""


def months_before(on: date, months: int) -> date:
    """The day so many months earlier; where that month is shorter, the first day after it."""
    years, rest = divmod(on.month - 1 - months, 12)
    month = date(on.year + years, rest + 1, 1)
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    last = (following - month).days
    return month.replace(day=on.day) if on.day <= last else following


def looked_up_all() -> Callable[[Edition], LookedUp]:
    """What the house noted last of each version; else what the pack says of itself. One question to the database."""
    noted = _noted()
    return lambda of: _looked_up(of, noted)


def _noted() -> dict[tuple[str, str], PackVerification]:
    """The last word about each version."""
    return {(one.pack_id, one.version): one for one in PackVerification.objects.order_by("verified_on", "pk")}


def _looked_up(of: Edition, noted: dict[tuple[str, str], PackVerification]) -> LookedUp:
    own, told = noted.get((of.pack_id, of.version)), day(of.body.get("verified_on"))
    if own is not None and (told is None or own.verified_on >= told):
        return LookedUp(own.verified_on, own.verified_by, own.against)
    return LookedUp(told, str(of.body.get("verified_by") or ""), str(of.body.get("source") or "") if told else "")


def packs_to_verify(on: date) -> list[tuple[Edition, LookedUp]]:
    """Packs in use on a day that nobody looked up for longer than the pack of rules says, or ever; the oldest first."""
    since = months_before(on, int(pack(WHO, on)["verify"]["after_months"]))
    noted = _noted()
    held = (edition(pack_id, on) for pack_id in all_ids())
    told = [(one, _looked_up(one, noted)) for one in held if one.holds_on(on) and acts(one)]
    due = [(one, when) for one, when in told if when.on is None or when.on < since]
    return sorted(due, key=lambda pair: (pair[1].on or date.min, pair[0].pack_id))


def packs_behind() -> list[tuple[PackEdition, Edition]]:
    """Versions of the house in force whose shipped base has a newer one by now, with that one."""
    own = (
        PackEdition.objects.filter(state=PackState.PUBLISHED)
        .exclude(base_version="")
        .defer("body", "base_body")
        .order_by("pack_id")
    )
    found = [(one, shipped(one.pack_id)) for one in own if is_shipped(one.pack_id)]
    return [(one, new) for one, new in found if numbers(new.version)[:2] > numbers(one.version)[:2]]


@dataclass(frozen=True)
class Due:
    """How many things about packs wait for someone: to be looked up, held against a new version, published, looked at again."""

    verify: int = 0
    behind: int = 0
    publish: int = 0
    reviews: int = 0

    def __bool__(self) -> bool:
        return bool(self.verify or self.behind or self.publish or self.reviews)


def packs_due_for(actor: Actor, on: date) -> Due:
    """What about packs waits for this actor on a day."""
    if not works_on_packs(actor):
        return Due()
    read = editions_for(actor).filter(state=PackState.REVIEWED).exclude(author=actor.user)
    return Due(
        verify=len(packs_to_verify(on)) if may(actor, "verify") else 0,
        behind=len(packs_behind()) if may(actor, "edit") else 0,
        publish=read.count() if may(actor, "publish") else 0,
        reviews=reviews_for(actor).filter(done_at__isnull=True).count(),
    )
