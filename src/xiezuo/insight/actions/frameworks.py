"""Writing down what was promised."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.insight.access import must_set_targets
from xiezuo.insight.models import Framework, Target
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Project, Site
from xiezuo.service.indicators import INDICATORS


@transaction.atomic
def promise(
    *,
    by: Actor,
    name: str,
    from_on: date,
    to_on: date,
    targets: Mapping[str, int],
    project: Project | None = None,
    site: Site | None = None,
    promised_in: str = "",
    existing: Framework | None = None,
) -> Framework:
    """Write down targets (indicator → amount, minutes for hours), or with `existing` write them anew.

    Raises NotAllowed, and RuleBroken for a period that ends before it begins or a promise of nothing.
    """
    must_set_targets(by)
    _check(name, from_on, to_on, targets, project, site)
    framework = existing or Framework()
    framework.name, framework.promised_in = tidy(name), tidy(promised_in)
    framework.project, framework.site = project, site
    framework.from_on, framework.to_on = from_on, to_on
    framework.save()
    framework.targets.all().delete()
    Target.objects.bulk_create(
        [Target(framework=framework, indicator=code, amount=amount) for code, amount in targets.items()]
    )
    code = "insight.targets.corrected" if existing else "insight.targets.set"
    happened(code, framework, by_id=by.id, targets=dict(targets), from_on=from_on.isoformat(), to_on=to_on.isoformat())
    return framework


def _check(
    name: str,
    from_on: date,
    to_on: date,
    targets: Mapping[str, int],
    project: Project | None,
    site: Site | None,
) -> None:
    if not tidy(name):
        raise RuleBroken("insight.framework_name_missing", _("Write what these targets belong to."), field="name")
    if to_on < from_on:
        raise RuleBroken("insight.framework_ends_early", _("The period cannot end before it begins."), field="to_on")
    if project and site:
        raise RuleBroken(
            "insight.framework_of_both", _("Targets belong to a project or to a site, not to both."), field="site"
        )
    if not targets or any(amount <= 0 or code not in INDICATORS for code, amount in targets.items()):
        raise RuleBroken("insight.nothing_promised", _("Write at least one target above nought."))


@transaction.atomic
def take_back_promise(*, by: Actor, framework: Framework) -> None:
    """The targets were a mistake or hold no longer; the event keeps that they were there."""
    must_set_targets(by)
    happened("insight.targets.taken_back", framework, by_id=by.id)
    framework.delete()
