"""What tests of the door share: a password, an app, and a clock that can be moved."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.test import Client
from django.urls import reverse

from xiezuo.common.days import at, now
from xiezuo.orgs.access import Actor
from xiezuo.orgs.factors import begin_authenticator, code_at, confirm_authenticator
from xiezuo.orgs.invitations import invite

SECRET = "three quiet herons"


def with_password(actor: Actor) -> Actor:
    actor.user.set_password(SECRET)
    actor.user.save()
    return actor


def link_for(actor: Actor, hours: int = 72) -> str:
    _made, token = invite(by=None, user=actor.user, hours=hours)
    return reverse("set_password", args=[token])


def log_in(client: Client, username: str, password: str = SECRET, **more: str) -> int:
    return client.post("/login/", {"username": username, "password": password, **more}).status_code


def number_now(secret: str, later: int = 0) -> str:
    return code_at(secret, int(now().timestamp()) + later)


def with_app(actor: Actor) -> str:
    """Tie an app; gives its secret. The number of an hour ago was used."""
    with at(now() - timedelta(hours=1)):
        secret = str(begin_authenticator(by=actor).secret)
        confirm_authenticator(by=actor, code=number_now(secret))
    return secret


@contextmanager
def later(**time: int) -> Iterator[None]:
    with at(now() + timedelta(**time)):
        yield


def rest(client: Client, seconds: int) -> None:
    """The browser's session has not been used for so long."""
    session = client.session
    session["seen"] -= seconds
    session.save()
