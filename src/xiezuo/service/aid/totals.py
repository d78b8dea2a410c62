"""What a donor reads of their gift: how many households and people, how much, by kind and by month. No name, and no number so
small that somebody could be told from it (SUP-1)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiezuo.common.errors import NotAllowed
from xiezuo.common.suppression import hidden_in_list
from xiezuo.forms.packs import pack
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Funding, Project
from xiezuo.service.aid.balance import CENT, HOLDS, NOTHING, kind_words
from xiezuo.service.models import Aid
from xiezuo.service.models.aid import GIVEN

TOO_FEW = "—"


@dataclass(frozen=True)
class Line:
    """One row of a table: of a kind or a month. `hidden`: too few households, or others would follow from it."""

    label: str
    households: int
    times: int
    amount: Decimal
    hidden: bool = False


@dataclass(frozen=True)
class Totals:
    """`average`: yuan for each household, None where there is none. `hidden`: fewer than `k` households altogether."""

    first: date
    last: date
    households: int
    people: int
    times: int
    amount: Decimal
    average: Decimal | None
    by_kind: list[Line]
    by_month: list[Line]
    k: int
    hidden: bool

    @property
    def sentence(self) -> str:
        """ "90 households, 38,714.60 yuan"."""
        if self.hidden:
            return _("fewer than %(k)s households") % {"k": self.k}
        words = ngettext("%(n)s household, %(amount)s yuan", "%(n)s households, %(amount)s yuan", self.households)
        return words % {"n": self.households, "amount": f"{self.amount:,.2f}"}

    def how_counted(self) -> list[str]:
        """How each number was counted, for whoever reads it."""
        return [
            _(
                "Households: each once, however often it was helped; of aid from an old ledger each line is one household."
            ),
            _("People: whoever lived in the household when it asked, each household once."),
            _(
                "Yuan: what was handed over and signed for from %(first)s to %(last)s; what is only promised is not in it."
            )
            % {"first": self.first.isoformat(), "last": self.last.isoformat()},
            _("Numbers of fewer than %(k)s households are not told, nor those from which they would follow.")
            % {"k": self.k},
        ]


@dataclass(frozen=True)
class _Given:
    home: str
    people: int
    kind: str
    on: date
    amount: Decimal


def smallest_told() -> int:
    return int(pack("publishing-default")["small_cells"]["k"])


def may_read_totals(actor: Actor) -> bool:
    """What a gift did is read by whoever answers to the donor."""
    return actor.directs or actor.supervises


def totals_of(actor: Actor, funding: Funding, first: date, last: date) -> Totals:
    """What was handed over from a gift on the days from `first` to `last`. Raises NotAllowed."""
    _must_read(actor)
    return _totals(_given(Aid.objects.filter(HOLDS, funding=funding, handed_on__range=(first, last))), first, last)


def totals_of_project(actor: Actor, project: Project, first: date, last: date, site: int | None = None) -> Totals:
    """The same of all money of a project. Raises NotAllowed."""
    if not (may_read_totals(actor) or actor.works_by_site):
        _must_read(actor)
    rows = Aid.objects.filter(HOLDS, funding__project=project, handed_on__range=(first, last))
    return _totals(_given(rows.filter(site=site) if site is not None else rows), first, last)


def _must_read(actor: Actor) -> None:
    if not may_read_totals(actor):
        raise NotAllowed(_("A supervisor or the director reads what a gift did and tells the donor. Ask one of them."))


def _given(rows: QuerySet[Aid]) -> list[_Given]:
    found = rows.filter(state__in=GIVEN).order_by("pk")
    told = found.values_list("pk", "household", "people", "kind", "handed_on", "amount_paid")
    return [
        _Given(f"h{home}" if home else f"a{pk}", people, kind, on, amount or NOTHING)
        for pk, home, people, kind, on, amount in told
        if on is not None
    ]


def _totals(given: Sequence[_Given], first: date, last: date) -> Totals:
    homes: dict[str, int] = {}
    for one in given:
        homes[one.home] = max(one.people, homes.get(one.home, 0))
    amount, k = sum((one.amount for one in given), NOTHING), smallest_told()
    return Totals(
        first=first,
        last=last,
        households=len(homes),
        people=sum(homes.values()),
        times=len(given),
        amount=amount,
        average=(amount / len(homes)).quantize(CENT) if homes else None,
        by_kind=_lines(given, lambda one: one.kind, kind_words, len(homes), k),
        by_month=_lines(given, lambda one: f"{one.on:%Y-%m}", str, len(homes), k),
        k=k,
        hidden=0 < len(homes) < k,
    )


def _lines(
    given: Sequence[_Given], key: Callable[[_Given], str], words: Callable[[str], str], whole: int, k: int
) -> list[Line]:
    keys = sorted({key(one) for one in given})
    groups = [[one for one in given if key(one) == name] for name in keys]
    numbers = [len({one.home for one in group}) for group in groups]
    hidden = hidden_in_list(numbers, whole, k) if keys else set()
    return [
        Line(words(name), n, len(group), sum((one.amount for one in group), NOTHING), at in hidden)
        for at, (name, n, group) in enumerate(zip(keys, numbers, groups, strict=True))
    ]
