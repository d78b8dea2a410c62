"""What every page knows about the house."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from xiezuo.orgs.queries import house_name
from xiezuo.web.base.look import look_of


def house(request: HttpRequest) -> dict[str, Any]:
    """`house_name` is asked for only by pages that show it; an error page also works without a database."""
    return {
        "house_name": SimpleLazyObject(house_name),
        "is_demo": settings.XIEZUO_HOUSE.demo,
        "actor": getattr(request, "actor", None),
        "language": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
        "look": look_of(request),
    }
