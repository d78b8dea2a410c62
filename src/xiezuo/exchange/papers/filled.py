"""A form with its answers as a paper, for whoever prints it; by the organisation's own template where one is in use."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.common.days import today
from xiezuo.exchange.papers.told import told_to
from xiezuo.forms.definitions import FormDefinition
from xiezuo.forms.papers import Filled, as_word, paper
from xiezuo.forms.papers.access import content_of, template_in_use
from xiezuo.forms.papers.content import Cell
from xiezuo.forms.papers.templates import fill
from xiezuo.forms.papers.values import day_words
from xiezuo.orgs.access import Actor
from xiezuo.orgs.queries import house_full_name


def printed_words(actor: Actor) -> str:
    return _("Printed by %(name)s on %(day)s") % {"name": actor.user.name, "day": day_words(today())}


def filled_form(
    actor: Actor,
    form: FormDefinition,
    answers: Mapping[str, Any] | None = None,
    *,
    on: date | None = None,
    serial: str = "",
    unit: str = "",
    head: Mapping[str, str] | None = None,
    pictures: Mapping[str, bytes] | None = None,
) -> Filled:
    """What stands on the paper of a form: `answers` by key of the field (none: to be filled in by hand), `head` the lines
    above them (label → words), `pictures` of those who signed on a screen."""
    return Filled(
        answers=answers or {},
        told=told_to(actor, form, answers or {}),
        on=on,
        organisation=house_full_name(),
        unit=unit,
        serial=serial,
        printed=printed_words(actor),
        head=tuple(Cell(label, words) for label, words in (head or {}).items()),
        pictures=pictures or {},
    )


def word_of(actor: Actor, form: FormDefinition, filled: Filled) -> bytes:
    """For Word: the organisation's own template where one is in use and there are answers to fill it with."""
    template = template_in_use(form.key) if filled.answers else None
    if template is None:
        return as_word(paper(form, filled))
    return fill(content_of(template), form, filled, printed_by=actor.user.name)
