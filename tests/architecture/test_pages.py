"""What holds for every address of the house."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from xiezuo.common.models import EventHead
from xiezuo.web.base.middleware import ReadingMayNotWrite, reading_writes_nothing
from xiezuo.web.base.pages import Audience


def addresses(resolver: URLResolver | None = None, before: str = "/") -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, before + str(entry.pattern))
        else:
            yield before + str(entry.pattern), entry


def test_the_house_has_addresses() -> None:
    assert "/healthz" in [address for address, _pattern in addresses()]


def test_every_page_says_whom_it_is_for() -> None:
    silent = [
        address
        for address, pattern in addresses()
        if not isinstance(getattr(pattern.callback, "audience", None), Audience)
    ]
    assert silent == []


def test_every_address_has_a_name_and_no_two_share_one() -> None:
    names = [pattern.name for _address, pattern in addresses()]
    assert [address for address, pattern in addresses() if not pattern.name] == []
    assert sorted(names, key=str) == sorted(set(names), key=str)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_page_that_writes_while_it_is_read_is_refused(method: str) -> None:
    def careless(request: HttpRequest) -> HttpResponse:
        EventHead.objects.create(pk=1)
        return HttpResponse()

    request = getattr(RequestFactory(), method)("/")
    with pytest.raises(ReadingMayNotWrite), transaction.atomic():
        reading_writes_nothing(careless)(request)
    assert EventHead.objects.count() == 0


@pytest.mark.django_db
def test_a_page_that_is_sent_may_write() -> None:
    def saving(request: HttpRequest) -> HttpResponse:
        EventHead.objects.create(pk=1)
        return HttpResponse()

    assert reading_writes_nothing(saving)(RequestFactory().post("/")).status_code == 200
    assert EventHead.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("sql", ["CREATE TABLE a (b int)", "DROP TABLE orgs_user", "TRUNCATE orgs_user"])
def test_reading_does_not_change_tables_either(sql: str) -> None:
    def careless(request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute(sql)
        return HttpResponse()

    with pytest.raises(ReadingMayNotWrite):
        reading_writes_nothing(careless)(RequestFactory().get("/"))
