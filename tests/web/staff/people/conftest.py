"""Pages about people: who looks, and a service to look at."""

from datetime import date

import pytest
from django.test import Client

from tests.factories.cast import Cast, make_cast
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site
from xiezuo.people.models import Person
from xiezuo.service.actions import Helping, ServiceFacts, Taking, record_service
from xiezuo.service.models import ServiceRecord
from xiezuo.service.vocab import Method, ParticipationMode

TODAY = date(2026, 3, 31)


def logged_in(actor: Actor) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(actor.user)
    client.cookies["django_language"] = "en"
    return client


def served(
    by: Actor, person: Person, site: Site, on: date, *, helped: int | None = None, **more: object
) -> ServiceRecord:
    """A visit to the person; with `helped` minutes the person also helped."""
    facts = ServiceFacts(
        method=Method.VISIT,
        service_date=on,
        site=site,
        taking=[Taking(mode=ParticipationMode.NAMED, person=person.pk)],
        helping=[Helping(person=person.pk, minutes=helped)] if helped else [],
        **more,  # type: ignore[arg-type]
    )
    return record_service(by=by, facts=facts, on=TODAY)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def wang(cast: Cast) -> Person:
    return cast.person("王姐", cast.east, full_name="王素芬", sex="2", phone="15412342764")
