"""`{% why "CHD-5" %}`: at the place where a rule acts, what it asks and where that stands."""

from django import template
from django.forms import BaseForm

from xiezuo.web.base import reasons

register = template.Library()
TEMPLATE = "base/components/why.html"


@register.inclusion_tag(TEMPLATE)
def why(*codes: str) -> dict[str, object]:
    """`{% why "CON-1" "CON-2" %}`: one line that opens. A rule that does not hold here is left out."""
    return _said(*codes)


@register.inclusion_tag(TEMPLATE)
def why_not(form: BaseForm) -> dict[str, object]:
    """`{% why_not form %}`: the rules behind the errors of a form, opened."""
    return {**_said(*reasons.broken(form)), "opened": True}


def _said(*codes: str) -> dict[str, object]:
    packs = reasons.reasons(*codes)
    rules = [one for pack in packs for one in pack.rules]
    return {"packs": packs, "rules": rules}
