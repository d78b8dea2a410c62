"""A form that is sent twice is carried out once: the key of its opening remembers where the first sending led."""

import uuid
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.forms.access import draft_files
from xiezuo.forms.actions import claim_sending, finish_draft, free_sending, note_sent
from xiezuo.forms.models import SentForm
from xiezuo.orgs.access import Actor
from xiezuo.web.base.drafting import opening_of, page_of, posted_key

HOST = "__Host-" if settings.SESSION_COOKIE_SECURE else ""
SENT = f"{HOST}sent-form"  # tells the page that comes next which copy this device may forget
A_DAY = 24 * 3600
LED_TO = "led_to"


Answer = TypeVar("Answer", bound=HttpResponseBase)


def carried_out(response: Answer, address: str) -> Answer:
    """Say of a page that answers without leading elsewhere that the form was carried out; sent again, it leads to
    `address`."""
    setattr(response, LED_TO, address)
    return response


def _led_to(request: HttpRequest, response: HttpResponseBase) -> str:
    """Where a form that was carried out led; "" for one that was not: a page of refusals, or a warning on the way."""
    said = str(getattr(response, LED_TO, ""))
    if said or response.status_code not in {302, 303}:
        return said
    return "" if _warned(request) else response.headers["Location"]


def _warned(request: HttpRequest) -> bool:
    """Whether this request warns whoever sent it; what earlier ones said is not looked at."""
    said = getattr(messages.get_messages(request), "_queued_messages", ())
    return any(message.level >= messages.WARNING for message in said)


def _again(request: HttpRequest, sent: SentForm) -> HttpResponseBase:
    messages.info(request, _("This had arrived already. It was not carried out a second time."))
    return _forgotten(redirect(str(sent.address) or page_of(request)), sent.key)


def _forgotten(response: HttpResponseBase, key: uuid.UUID) -> HttpResponseBase:
    response.set_cookie(SENT, str(key), A_DAY, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


def _hand_files_over(request: HttpRequest, actor: Actor, key: uuid.UUID) -> None:
    """Files that were sent while the form was being filled in come with it, as if they were chosen just now."""
    chosen = {name for name, _files in request.FILES.lists()}
    for row in draft_files(actor, key):
        if row.field not in chosen:
            with row.file.open("rb") as opened:
                file = SimpleUploadedFile(row.name, opened.read(), row.content_type)
            request.FILES.appendlist(row.field, file)


def once(
    request: HttpRequest, sender: str, view: Callable[[], HttpResponseBase], actor: Actor | None = None
) -> HttpResponseBase:
    """Carry out what a form asks, unless the same opening of it was carried out before: then lead to the same place.

    One transaction holds the key and everything that is done. A refusal frees the key and keeps the draft, and what was
    written down before it (a read, a try) stays.
    """
    key = posted_key(request)
    if request.method != "POST" or key is None:
        return view()
    refused: NotAllowed | RuleBroken | None = None
    came = opening_of(request)
    with transaction.atomic():
        sent, first = claim_sending(sender=sender, key=key, opening=came["opening"])
        if not first:
            return _again(request, sent)
        if actor is not None:
            _hand_files_over(request, actor, key)
        try:
            response = view()
            led_to = _led_to(request, response)
        except (NotAllowed, RuleBroken) as refusal:
            refused, led_to = refusal, ""
        if not led_to:
            free_sending(sent)
        else:
            note_sent(sent, led_to)
            if actor is not None:
                finish_draft(by=actor, key=key, **came)
    if refused is not None:
        raise refused
    return _forgotten(response, key) if led_to else response
