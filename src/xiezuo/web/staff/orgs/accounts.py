"""Accounts: who may log in, with which role where. For system administrators; nobody's password passes through here."""

from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.orgs.access import account_for, accounts_for, must_run_the_house
from xiezuo.orgs.actions import (
    add_user,
    begin_membership,
    close_account,
    end_membership,
    note_link,
    reopen_account,
)
from xiezuo.orgs.models import User
from xiezuo.orgs.queries import roles_held
from xiezuo.web.base.pages import STAFF, StaffRequest, page
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
        "nav": "sites",
    }
    return render(request, "staff/orgs/accounts.html", what)


def _link_page(request: StaffRequest, user: User) -> HttpResponse:
    """The link by which the login's owner chooses a password: shown once, never kept, works once."""
    note_link(by=request.actor, user=user)
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("set_password", args=[uid, default_token_generator.make_token(user)])
    what = {"account": user, "link": request.build_absolute_uri(path), "nav": "sites"}
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
            return _link_page(request, user)
    return form_page(request, form, "staff/orgs/account_new.html")


@page(STAFF)
@require_GET
def account(request: StaffRequest, pk: int) -> HttpResponse:
    """One login: what it may do, and the form that lets it do more."""
    user = account_for(request.actor, pk)
    what = {
        "account": user,
        "held": roles_held([user]).get(user.pk, []),
        "form": RoleForm(actor=request.actor),
        "today": today(),
        "nav": "sites",
    }
    return render(request, "staff/orgs/account.html", what)


@page(STAFF)
@require_POST
def give(request: StaffRequest, pk: int) -> HttpResponse:
    user = account_for(request.actor, pk)
    form = RoleForm(request.POST, actor=request.actor)
    if form.is_valid():
        held = begin_membership(by=request.actor, user=user, **form.place())
        messages.success(request, _("From today: %(role)s.") % {"role": held.get_role_display()})
    else:
        messages.warning(request, _("Choose a role. Nothing was changed."))
    return redirect("account", pk=pk)


@page(STAFF)
@require_POST
def end(request: StaffRequest, pk: int, membership: int) -> HttpResponse:
    """The role ends with today."""
    user = account_for(request.actor, pk)
    held = user.memberships.filter(pk=membership, to_on__isnull=True).first()
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
