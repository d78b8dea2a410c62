"""What was sent after the session had ended, offered again to its author."""

import uuid
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiezuo.forms.access import Kept, kept_form_for
from xiezuo.forms.actions import take_kept_form
from xiezuo.web.base.drafting import CARRIED
from xiezuo.web.base.keeping import forget_kept
from xiezuo.web.base.nav import first_page
from xiezuo.web.base.pages import STAFF, StaffRequest, page

SHOWN = 12  # values shown, so that one knows what it is; all of them are sent


def _in_words(kept: Kept) -> list[str]:
    """What people typed themselves, in the order of the form, without the names of choices."""
    written = [value.strip() for name, value in kept.fields if not name.startswith(CARRIED)]
    return [value for value in written if len(value) > 1 and not _is_machine_word(value)][:SHOWN]


def _is_machine_word(value: str) -> bool:
    return value.isascii() and value.replace("_", "").replace("-", "").isalnum() and " " not in value


@page(STAFF)
@require_GET
def kept_form(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    kept = kept_form_for(request.actor, key)
    if kept is None:
        response: HttpResponse = HttpResponseRedirect(first_page(request.actor))
        forget_kept(response)
        return response
    what = {"kept": kept, "typed": _in_words(kept), "page": urlsplit(kept.path).path}
    return render(request, "base/kept_form.html", what)


@page(STAFF)
@require_POST
def send_kept_form(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Send it where it was meant to go, once: the browser repeats the very fields it carries to that address."""
    kept = kept_form_for(request.actor, key)
    if kept is None or not take_kept_form(by=request.actor, key=key):
        messages.info(request, _("This was sent already. It was not sent a second time."))
        return redirect(first_page(request.actor))
    response = HttpResponse(status=307)
    response["Location"] = kept.path
    forget_kept(response)
    return response


@page(STAFF)
@require_POST
def drop_kept_form(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    take_kept_form(by=request.actor, key=key)
    messages.success(request, _("Thrown away."))
    response = redirect(first_page(request.actor))
    forget_kept(response)
    return response
