"""What was sent after a session had ended is kept for its author and offered again after logging in.

It is kept only for a login this browser is known to have used: by the session that just ended, or by a signed cookie.
"""

import uuid
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from xiezuo.forms.actions import keep_form
from xiezuo.orgs.models import User
from xiezuo.orgs.queries import login_by_id
from xiezuo.web.base import door_rules

HOST = "__Host-" if settings.SESSION_COOKIE_SECURE else ""
WHO_WAS_HERE, KEPT = f"{HOST}last-login", f"{HOST}kept-form"
NEVER = {"csrfmiddlewaretoken", "password", "old_password", "new_password1", "new_password2", "code", "answer"}
A_YEAR = 365 * 24 * 3600


def _write(response: HttpResponse, name: str, value: str, max_age: int) -> None:
    response.set_signed_cookie(
        name, value, salt=name, max_age=max_age, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def _read(request: HttpRequest, name: str) -> str:
    try:
        return str(request.get_signed_cookie(name, "", salt=name))
    except BadSignature:
        return ""


def remember_who(response: HttpResponse, user: User) -> None:
    _write(response, WHO_WAS_HERE, str(user.pk), A_YEAR)


def forget_who(response: HttpResponse) -> None:
    """Someone logged out by themselves: nothing is kept for them in this browser any more."""
    response.delete_cookie(WHO_WAS_HERE)
    response.delete_cookie(KEPT)


def kept_key(request: HttpRequest) -> uuid.UUID | None:
    """The key of the form that this browser sent too late."""
    try:
        return uuid.UUID(_read(request, KEPT))
    except ValueError:
        return None


def forget_kept(response: HttpResponse) -> None:
    response.delete_cookie(KEPT)


def _author(request: HttpRequest) -> User | None:
    ended: User | None = getattr(request, "ended_user", None)
    known = _read(request, WHO_WAS_HERE)
    return ended or (login_by_id(int(known)) if known.isdigit() else None)


def _sent_by_a_page(request: HttpRequest) -> bool:
    """A form that someone sent, not a page saving by itself. Older browsers do not say; theirs is kept."""
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    return request.method == "POST" and mode == "navigate" and "HX-Request" not in request.headers


def keep_what_came(request: HttpRequest, user: User) -> uuid.UUID:
    """Keep the fields of a form, without secrets; files are counted, for they have to be chosen again."""
    fields = [(name, str(value)) for name, values in request.POST.lists() if name not in NEVER for value in values]
    files = sum(len(values) for _name, values in request.FILES.lists())
    path = request.get_full_path()
    return keep_form(user=user, path=path, fields=fields, files=files, hours=door_rules.kept_form_hours()).key


def _page_behind(request: HttpRequest) -> str:
    """The page to come back to: the one asked for, or the one on which a form stood."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return ""
    return f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path


def ask_to_log_in(request: HttpRequest) -> HttpResponse:
    """To the login page and back; a form that was sent is kept meanwhile."""
    if request.headers.get("HX-Request") and request.method == "POST":
        return HttpResponse(status=403)  # the page stays as it is, with everything typed, and says so
    asked = {"next": _page_behind(request)} if _page_behind(request) else {}
    if getattr(request, "ended_user", None):
        asked["ended"] = "1"
    author = _author(request) if _sent_by_a_page(request) and request.POST else None
    key = keep_what_came(request, author) if author else None
    response = HttpResponseRedirect(reverse("login") + ("?" + urlencode(asked, safe="/") if asked else ""))
    if key:
        _write(response, KEPT, str(key), door_rules.kept_form_hours() * 3600)
    return response


def keep_for_later(request: HttpRequest) -> HttpResponse | None:
    """A form of one of our own pages that came with an old seal: kept, and offered to whoever is logged in.

    None where the browser does not say that it comes from here, or nobody is logged in.
    """
    user = getattr(request, "user", None)
    own = {f"http://{request.get_host()}", f"https://{request.get_host()}"}
    if request.headers.get("Origin") not in own or not _sent_by_a_page(request) or not request.POST:
        return None
    if user is None or not user.is_authenticated or request.path.startswith((reverse("login"), reverse("my_security"))):
        return None
    return HttpResponseRedirect(reverse("kept_form", args=[keep_what_came(request, user)]))
