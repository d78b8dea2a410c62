"""What holds for every page: its language, its refusals, and that reading writes nothing."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import connections
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.people.access import MergedAway
from xiezuo.web.base.errors import not_allowed, rule_broken

Get = Callable[[HttpRequest], HttpResponseBase]

READS = re.compile(r"\s*(SELECT|WITH|EXPLAIN|PRAGMA|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET)\b", re.IGNORECASE)
# Sessions come and go with reading, who read is written down before the page leaves, and links that lead nowhere are
# counted.
MAY_BE_WRITTEN = re.compile(
    r'\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"(orgs_loginsession|orgs_attempt|people_readlog)"', re.IGNORECASE
)


class ReadingMayNotWrite(RuntimeError):
    """A GET tried to change the database: a defect of ours, refused before it reaches the database."""


def language(get_response: Get) -> Get:
    """The language chosen on this device, else the language of the house."""
    known = {code for code, _name in settings.LANGUAGES}

    def middleware(request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(chosen if chosen in known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            return get_response(request)

    return middleware


def _where_they_are_now(request: HttpRequest, error: MergedAway) -> str:
    """The same view of the record that was kept, for an address of one that was merged; "" for any other address."""
    place = request.resolver_match
    if request.method not in {"GET", "HEAD"} or place is None or place.kwargs.get("pk") != error.pk:
        return ""
    url, asked = reverse(place.view_name, kwargs={**place.kwargs, "pk": error.kept}), request.META["QUERY_STRING"]
    return f"{url}?{asked}" if asked else url


class refusals_in_words:
    """The one place where the two refusals become pages."""

    def __init__(self, get_response: Get) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        if isinstance(error, MergedAway) and (url := _where_they_are_now(request, error)):
            messages.info(request, str(error))
            return redirect(url)
        if isinstance(error, NotAllowed):
            return not_allowed(request, error)
        if isinstance(error, RuleBroken):
            return rule_broken(request, error)
        return None


# Everything a page needs comes from this house; nothing is run or drawn that stands inside the page itself.
POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)


def only_our_own(get_response: Get) -> Get:
    """Pages run no script and load nothing from elsewhere, whatever someone managed to write into one."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "geolocation=(), microphone=(), payment=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def reading_writes_nothing(get_response: Get) -> Get:
    """GET and HEAD may not change the database."""

    def guard(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not READS.match(sql) and not MAY_BE_WRITTEN.match(sql):
            raise ReadingMayNotWrite(sql.split("(")[0][:120])
        return execute(sql, params, many, context)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"}:
            return get_response(request)
        with ExitStack() as guards:
            for connection in connections.all():
                guards.enter_context(connection.execute_wrapper(guard))
            return get_response(request)

    return middleware
