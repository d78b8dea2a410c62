"""`{% draft %}`: what is typed into a form keeps itself, and the form is carried out once however often it is sent."""

import uuid
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from xiezuo.common.crypto import device_key
from xiezuo.forms.packs import pack
from xiezuo.web.base.drafting import CARRIED, owner_of, page_of, place_on, posted_key, without_draft

register = template.Library()
ANY = uuid.UUID(int=0)  # stands for a key in addresses that scripts fill in


@register.simple_tag(takes_context=True)
def draft(context: template.Context, *names: object, key: uuid.UUID | None = None, url: str = "") -> SafeString:
    """Once inside each form that is typed into, after its seal. Where a page has several of them each has a name; the rows
    of a list add what tells them apart. `key` and `url`: for a page that keeps drafts in a way of its own.

    A form that comes back with what is wrong in it goes on with the key it was sent with.
    """
    request: HttpRequest = context["request"]
    name = " ".join(str(word) for word in names)
    back = request.method == "POST" and request.POST.get(f"{CARRIED}form", "") == name
    posted = posted_key(request) if back else None
    page = page_of(request) if posted else request.get_full_path()
    page = page if key else without_draft(page)
    own = key or posted or uuid.uuid4()
    keeps = getattr(request, "actor", None) is not None
    return format_html(
        '<input type="hidden" name="draft_key" value="{}" data-keep-url="{}" data-place="{}"{}{}>'
        '<input type="hidden" name="draft_page" value="{}"><input type="hidden" name="draft_form" value="{}">',
        own,
        url or (reverse("keep_typed", args=[own]) if keeps else ""),
        place_on(page, name),
        " data-answered" if posted else "",
        " data-own-way" if key else "",
        page,
        name,
    )


@register.simple_tag(takes_context=True)
def drafting(context: template.Context) -> dict[str, Any]:
    """What scripts of a page have to know to keep what is typed: whose it is, the key of their devices, and where to."""
    user = context["actor"].user
    return {
        "owner": owner_of(context["actor"]),
        "key": device_key(user.pk),
        "days": pack("drafts-default")["device"]["days"],
        "any": str(ANY),
        "files": reverse("add_draft_file", args=[ANY]),
        "drop": reverse("drop_typed", args=[ANY]),
    }
