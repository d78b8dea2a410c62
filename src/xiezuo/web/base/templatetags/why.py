"""`{% why "CHD-5" %}`: at the place where a rule acts, what it asks and where that stands."""

from django import template
from django.forms import BaseForm

from xiezuo.web.base import reasons

register = template.Library()
TEMPLATE = "base/components/why.html"


@register.inclusion_tag(TEMPLATE)
def why(*codes: str) -> dict[str, object]:
    """`{% why "CON-1" "CON-2" %}`: one line that opens. A rule that does not hold here is left out."""
    return {"reasons": reasons.reasons(*codes)}


@register.inclusion_tag(TEMPLATE)
def why_not(form: BaseForm) -> dict[str, object]:
    """`{% why_not form %}`: the rules behind the errors of a form, opened."""
    return {"reasons": reasons.reasons(*reasons.broken(form)), "opened": True}
