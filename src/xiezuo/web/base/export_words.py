"""A list that leaves, in sentences: its state and who is next, what was chosen, why a second person looks."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from xiezuo.common.days import local, now
from xiezuo.exchange.exports.columns import COLUMNS
from xiezuo.exchange.exports.purposes import purposes
from xiezuo.exchange.models import Export
from xiezuo.exchange.vocab import ExportKind, ExportState
from xiezuo.people.vocab import Role
from xiezuo.web.base.words import clock_words, day_words

SECOND: dict[str, Promise] = {
    "minors": gettext_lazy("someone under 18 is in it"),
    "sensitive": gettext_lazy("it holds sensitive columns"),
    "purpose": gettext_lazy("lists for this purpose are always looked at by two"),
}
KINDS = {ExportState.ASKED: "wait", ExportState.APPROVED: "ok", ExportState.WRITTEN: "ok", ExportState.REFUSED: "late"}


@dataclass(frozen=True)
class Shown:
    """One list as a page shows it: what it is of and for, its state as a sentence, and the kind of that state."""

    export: Export
    title: str
    purpose: str
    state: str
    kind: str


def purpose_words(code: str) -> str:
    """A purpose that the pack no longer has keeps its code."""
    found = purposes().get(code)
    return found.label if found else code


def listed(words: Iterable[object]) -> str:
    return pgettext("between the items of a list", ", ").join(str(word) for word in words)


def shown(export: Export) -> Shown:
    title = _("%(serial)s: %(kind)s") % {"serial": export.serial, "kind": export.get_kind_display()}
    return Shown(
        export, title, purpose_words(export.purpose), state_words(export), KINDS.get(ExportState(export.state), "")
    )


def moment_words(export: Export) -> str:
    moment = local(export.fetch_until) if export.fetch_until else local(export.asked_at)
    return f"{day_words(moment.date(), 'day', get_language())} {clock_words(moment)}"


def state_words(export: Export) -> str:
    """What is, and who does what next."""
    if export.state == ExportState.ASKED:
        days = (now() - export.asked_at).days
        waits = _("for %(n)s days already") % {"n": days} if days else _("since today")
        return _("Waits for a supervisor or the director, %(since)s") % {"since": waits}
    if export.state == ExportState.APPROVED:
        return _("%(who)s may write the file now") % {"who": export.asked_by.name}
    if export.state == ExportState.REFUSED:
        return _("%(who)s said no") % {"who": export.decided_by.name if export.decided_by else ""}
    if export.state == ExportState.WRITTEN and export.fetch_until and now() < export.fetch_until:
        return _("Can be fetched until %(moment)s, then the file is removed") % {"moment": moment_words(export)}
    return _("Over: the house keeps no file of it any more")


def second_words(export: Export) -> str:
    return listed(SECOND[code] for code in export.second_for if code in SECOND)


def column_words(export: Export) -> str:
    return listed(column.label for column in COLUMNS if column.code in export.columns)


def chosen_words(export: Export) -> str:
    """What was chosen, in words."""
    told, chosen = [], export.chosen
    if export.kind == ExportKind.FILE:
        return _("a household") if "household" in chosen else _("one person")
    if export.site:
        told.append(str(export.site))
    if role := chosen.get("role"):
        told.append(str(Role(role).label))
    if "from_age" in chosen or "to_age" in chosen:
        told.append(
            _("age %(first)s to %(last)s") % {"first": chosen.get("from_age", 0), "last": chosen.get("to_age", "…")}
        )
    if q := chosen.get("q"):
        told.append(_("“%(q)s” in the name") % {"q": q})
    if "from_on" in chosen or "to_on" in chosen:
        told.append(f"{chosen.get('from_on', '…')}–{chosen.get('to_on', '…')}")
    return listed(told) or _("everyone who is open to whoever asked")
