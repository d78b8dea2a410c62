"""Figures for programs: the same tables as on the page and in the files, with the same reason, rights and memory."""

import json
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from xiezuo.common.errors import RuleBroken
from xiezuo.exchange.actions.releasing import Shape, release_ledger
from xiezuo.exchange.ledgers.layout import ledger_layout, ledger_layouts
from xiezuo.insight.dimensions import Period
from xiezuo.orgs.access import Actor, project_for, site_for
from xiezuo.people.access import must_do_casework
from xiezuo.service.indicators import INDICATORS
from xiezuo.web.machine.door import asked_by_program

NAMES = {"layout", "from", "to", "site", "project", "reason", "publish"}


@asked_by_program
def figures(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    must_do_casework(actor)
    return _released(request, actor) if request.method == "POST" else _offered()


def _offered() -> dict[str, Any]:
    """Which tables there are, and what the numbers in them mean."""
    return {
        "layouts": [{"layout": one.id, "title": str(one), "publishable": one.publishable} for one in ledger_layouts()],
        "indicators": [
            {"indicator": one.code, "label": str(one.label), "unit": str(one.unit), "rule": str(one.rule)}
            for one in INDICATORS.values()
        ],
    }


def _released(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    asked = _asked(request)
    site, project = asked.get("site"), asked.get("project")
    file = release_ledger(
        by=actor,
        layout=_layout(asked),
        period=Period(_day(asked, "from"), _day(asked, "to")),
        reason=str(asked.get("reason", "")),
        site=site_for(actor, int(site)) if site else None,
        project=project_for(actor, int(project)) if project else None,
        publish=asked.get("publish") is True,
        shape=Shape.DATA,
    )
    release = file.release
    return {
        "layout": release.layout,
        "version": release.layout_version,
        "from": release.from_on.isoformat(),
        "to": release.to_on.isoformat(),
        "k": release.k,
        "sha256": release.sha256,
        "sheets": json.loads(file.content),
    }


def _asked(request: HttpRequest) -> dict[str, Any]:
    try:
        asked = json.loads(request.body)
    except ValueError:
        asked = None
    if not isinstance(asked, dict) or not {*asked} <= NAMES:
        words = _("Send one JSON object with these names: %(names)s.")
        raise RuleBroken("web.not_understood", words % {"names": ", ".join(sorted(NAMES))})
    for name in ("site", "project"):
        if not isinstance(asked.get(name, 0), int) or isinstance(asked.get(name), bool):
            raise RuleBroken("web.not_a_number", _("A site or project is named by its number."), field=name)
    return asked


def _layout(asked: dict[str, Any]) -> str:
    name = str(asked.get("layout", ""))
    try:
        return ledger_layout(name).id
    except KeyError:
        raise RuleBroken("web.no_such_layout", _("There is no such table. GET lists them."), field="layout") from None


def _day(asked: dict[str, Any], name: str) -> date:
    try:
        day = date.fromisoformat(str(asked.get(name, "")))
    except ValueError:
        words = _("Write the day as year-month-day, such as 2026-03-31.")
        raise RuleBroken("web.not_a_day", words, field=name) from None
    if name == "to" and day < _day(asked, "from"):
        raise RuleBroken("web.period_backwards", _("The period cannot end before it begins."), field="to")
    return day
