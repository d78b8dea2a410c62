"""`xiezuo user`: accounts, for whoever sits at the machine itself."""

import click

from xiezuo.config.cli import Stop, django
from xiezuo.config.cli.words import _

ROLES = "social_worker", "supervisor", "sysadmin"


@click.group(help=_("Accounts: add one, or give someone a new way in."))
def command() -> None:
    pass


def one_time_link(username: str, address: str) -> str:
    """A link with which this account sets its password, once. Raises Stop when there is no such account."""
    from django.urls import reverse

    from xiezuo.orgs.invitations import invite
    from xiezuo.orgs.models import User
    from xiezuo.web.base.door_rules import invitation_hours

    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise Stop(_("There is no active account with the user name %(name)s.") % {"name": username})
    _made, token = invite(by=None, user=user, hours=invitation_hours())
    return address.rstrip("/") + reverse("set_password", args=[token])


def _tell_link(username: str, address: str) -> None:
    link = one_time_link(username, address)
    click.echo(_("Give this link to its owner, by hand or voice. It works once, for three days:"))
    click.echo(link)


ADDRESS = click.option(
    "--address", default="http://localhost:8000", show_default=True, help=_("Where the house is reached.")
)


@command.command(
    help=_("Add an account. Its owner sets the password with a link that works once."),
    epilog=_("Example: xiezuo user add xiaomei 周晓梅 --role social_worker --site 东区童缘"),
)
@click.argument("username")
@click.argument("name")
@click.option("--role", "roles", type=click.Choice(ROLES), multiple=True, help=_("A role; may be given twice."))
@click.option("--site", default="", help=_("The site the roles hold at (default: all of them)."))
@ADDRESS
def add(username: str, name: str, roles: tuple[str, ...], site: str, address: str) -> None:
    django.start()
    django.must_be_up_to_date()
    from django.db import transaction

    from xiezuo.common.days import today
    from xiezuo.orgs.actions import add_user, begin_membership
    from xiezuo.orgs.models import Site
    from xiezuo.orgs.vocab import StaffRole

    place = Site.objects.filter(name=site).first() if site else None
    if site and place is None:
        raise Stop(_("There is no site called %(name)s. Nothing was changed.") % {"name": site})
    with transaction.atomic():
        user = add_user(by=None, username=username, name=name)
        for role in roles:
            begin_membership(by=None, user=user, role=StaffRole(role), on=today(), site=place)
    if not roles:
        click.echo(_("The account has no role yet; give it one with --role, or on the accounts page."))
    _tell_link(username, address)


@command.command(
    help=_("Make a link that sets a new password. The old one works until the link is used."),
    epilog=_("Example: xiezuo user reset chenli --address https://xiezuo.example.org"),
)
@click.argument("username")
@ADDRESS
def reset(username: str, address: str) -> None:
    django.start()
    django.must_be_up_to_date()
    _tell_link(username, address)
