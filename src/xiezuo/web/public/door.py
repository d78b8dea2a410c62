"""The door of pages for anyone: addresses that nobody guesses, and not too many tries from one place."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xiezuo.common.crypto import blind
from xiezuo.forms.packs import pack

GONE, TOO_MANY = 410, 429


def _key(request: HttpRequest) -> str:
    return f"public-tries:{blind(request.META.get('REMOTE_ADDR', '') or '?', 'address')}"


def too_many(request: HttpRequest) -> bool:
    """Whether so much was tried from this address lately that nothing more is looked at (pack groups-default). Counted in the
    memory of the one process that serves pages."""
    return int(cache.get(_key(request), 0)) >= pack("groups-default")["door"]["most"]


def count(request: HttpRequest) -> None:
    """One more try: a form that was sent, or an address that leads nowhere."""
    seconds = pack("groups-default")["door"]["within_minutes"] * 60
    if not cache.add(_key(request), 1, timeout=seconds):
        cache.incr(_key(request))


def shut(request: HttpRequest, status: int = GONE) -> HttpResponse:
    """The one page for an address that is wrong or over, and for too many tries."""
    minutes = pack("groups-default")["door"]["within_minutes"]
    what = {"too_many": status == TOO_MANY, "minutes": minutes}
    response = render(request, "public/shut.html", what, status=status)
    response.headers["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # the address may be someone's secret
    return response


def is_a_machine(request: HttpRequest) -> bool:
    """Whether a field that no human sees was filled in."""
    return bool(request.POST.get("website", ""))
