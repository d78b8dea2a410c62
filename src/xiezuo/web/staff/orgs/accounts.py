"""Accounts: who may log in, with which role where. For system administrators; nobody's password passes through here."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiezuo.common.days import now, today
from xiezuo.common.errors import RuleBroken
from xiezuo.orgs.access import account_for, accounts_for, must_run_the_house
from xiezuo.orgs.actions import (
    add_user,
    begin_membership,
    close_account,
    end_membership,
    reopen_account,
)
from xiezuo.orgs.factors import factors_of, take_factors_away
from xiezuo.orgs.invitations import invitations_of, invite, revoke_invitation
from xiezuo.orgs.models import User
from xiezuo.orgs.queries import house_full_name, role_history, roles_ending, roles_held
from xiezuo.orgs.sessions import end_sessions_of, sessions_of
from xiezuo.orgs.tries import lift_lock, locked_for
from xiezuo.web.base.door_rules import invitation_hours, role_warn_days
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.qr import qr_code
from xiezuo.web.base.sending import carried_out
from xiezuo.web.staff.orgs.forms import AccountForm, RoleForm
from xiezuo.web.staff.orgs.sites import form_page


@page(STAFF)
@require_GET
def accounts(request: StaffRequest) -> HttpResponse:
    """Every login with what it may do today."""
    users = list(accounts_for(request.actor))
    held = roles_held(users)
    lines = [(user, held.get(user.pk, [])) for user in users]
    what = {
        "working": [(user, roles) for user, roles in lines if user.is_active],
        "closed": [user for user in users if not user.is_active],
        "ending": roles_ending(request.actor, on=today(), within_days=role_warn_days()),
        "nav": "sites",
    }
    return render(request, "staff/orgs/accounts.html", what)


def _link_page(request: StaffRequest, user: User) -> HttpResponse:
    """The link by which the login's owner chooses a password: shown once, never kept, works once."""
    made, token = invite(by=request.actor, user=user, hours=invitation_hours())
    link = request.build_absolute_uri(reverse("set_password", args=[token]))
    what = {"account": user, "link": link, "picture": qr_code(link), "made": made, "house": house_full_name()}
    what["nav"] = "sites"
    return render(request, "staff/orgs/account_link.html", what)


@page(STAFF)
@never_cache
@require_http_methods(["GET", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """A new login with its first role; the answer is its link."""
    must_run_the_house(request.actor)
    form = AccountForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            with transaction.atomic():
                user = add_user(by=request.actor, username=given["username"], name=given["name"])
                begin_membership(by=request.actor, user=user, **form.place())
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            return carried_out(_link_page(request, user), reverse("account", args=[user.pk]))
    return form_page(request, form, "staff/orgs/account_new.html")


def _account_page(request: StaffRequest, user: User, form: RoleForm, status: int = 200) -> HttpResponse:
    held = roles_held([user]).get(user.pk, [])
    shown = {row.pk for row in held}
    what = {
        "account": user,
        "held": held,
        "earlier": [row for row in role_history(user) if row.pk not in shown],
        "form": form,
        "today": today(),
        "links": list(invitations_of(user)[:5]),
        "now": now(),
        "locked": locked_for(user),
        "factors": factors_of(user),
        "sessions": sessions_of(user).count(),
        "nav": "sites",
    }
    return render(request, "staff/orgs/account.html", what, status=status)


@page(STAFF)
@require_GET
def account(request: StaffRequest, pk: int) -> HttpResponse:
    """One login: what it may do and might do before, its links, and the form that lets it do more."""
    user = account_for(request.actor, pk)
    return _account_page(request, user, RoleForm(actor=request.actor))


@page(STAFF)
@require_POST
def give(request: StaffRequest, pk: int) -> HttpResponse:
    user = account_for(request.actor, pk)
    form = RoleForm(request.POST, actor=request.actor)
    if form.is_valid():
        try:
            held = begin_membership(by=request.actor, user=user, **form.place())
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("From today: %(role)s.") % {"role": held.get_role_display()})
            return redirect("account", pk=pk)
    return _account_page(request, user, form, 422)


@page(STAFF)
@require_POST
def end(request: StaffRequest, pk: int, membership: int) -> HttpResponse:
    """The role ends with today."""
    user = account_for(request.actor, pk)
    held = next((row for row in roles_held([user]).get(pk, []) if row.pk == membership), None)
    if held is None:
        raise Http404
    try:
        end_membership(by=request.actor, membership=held, on=today())
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The role ends with today: %(role)s.") % {"role": held.get_role_display()})
    return redirect("account", pk=pk)


@page(STAFF)
@never_cache
@require_POST
def link(request: StaffRequest, pk: int) -> HttpResponse:
    """A new link for choosing a password."""
    return _link_page(request, account_for(request.actor, pk))


@page(STAFF)
@require_POST
def revoke(request: StaffRequest, pk: int, invitation: int) -> HttpResponse:
    """A link that was made and should not be used."""
    user = account_for(request.actor, pk)
    made = invitations_of(user).filter(pk=invitation).first()
    if made is None:
        raise Http404
    if revoke_invitation(by=request.actor, invitation=made):
        messages.success(request, _("The link is taken back; it opens nothing any more."))
    return redirect("account", pk=pk)


@page(STAFF)
@require_POST
def unlock(request: StaffRequest, pk: int) -> HttpResponse:
    """After too many wrong tries: let the account try again at once."""
    user = account_for(request.actor, pk)
    lift_lock(by=request.actor, user=user)
    messages.success(request, _("%(name)s can try again at once.") % {"name": user})
    return redirect("account", pk=pk)


@page(STAFF)
@require_POST
def without_factor(request: StaffRequest, pk: int) -> HttpResponse:
    """The phone is lost: the second factor goes, the password stays."""
    user = account_for(request.actor, pk)
    take_factors_away(by=request.actor, user=user)
    messages.success(
        request, _("%(name)s logs in with the password alone until they add a second factor.") % {"name": user}
    )
    return redirect("account", pk=pk)


@page(STAFF)
@require_POST
def log_out(request: StaffRequest, pk: int) -> HttpResponse:
    """End every session of a login, on whatever device."""
    user = account_for(request.actor, pk)
    end_sessions_of(by=request.actor, user=user)
    messages.success(request, _("%(name)s is logged out everywhere.") % {"name": user})
    return redirect("account", pk=pk)


@page(STAFF)
@require_POST
def close(request: StaffRequest, pk: int) -> HttpResponse:
    user = account_for(request.actor, pk)
    try:
        close_account(by=request.actor, user=user)
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("%(name)s can no longer log in; what they wrote stays.") % {"name": user})
    return redirect("account", pk=pk)


@page(STAFF)
@require_POST
def reopen(request: StaffRequest, pk: int) -> HttpResponse:
    user = reopen_account(by=request.actor, user=account_for(request.actor, pk))
    messages.success(request, _("%(name)s can log in again.") % {"name": user})
    return redirect("account", pk=pk)
