"""What people see when something goes wrong: in their language, without a login and without the database."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils.translation import override

from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.web.base import errors

Page = Callable[[HttpRequest], HttpResponse]
PAGES: list[tuple[Page, int, str, str]] = [
    (lambda r: errors.bad_request(r, ValueError()), 400, "没看懂", "Not understood"),
    (lambda r: errors.permission_denied(r, PermissionError()), 403, "这里对你不开放", "This is not open to you"),
    (lambda r: errors.page_not_found(r, LookupError()), 404, "没找到", "Not found"),
    (errors.server_error, 500, "没有成功", "That did not work"),
    (errors.csrf_failure, 403, "请再保存一次", "Please save once more"),
    (lambda r: errors.not_allowed(r, NotAllowed("甲")), 403, "这里对你不开放", "This is not open to you"),
    (lambda r: errors.rule_broken(r, RuleBroken("a.b", "乙")), 422, "这样做不行", "This cannot be done so"),
]


@pytest.mark.parametrize(("page", "status", "chinese", "english"), PAGES)
def test_an_error_is_a_page_in_both_languages_even_when_the_database_is_gone(
    page: Page, status: int, chinese: str, english: str, rf: RequestFactory
) -> None:
    # No database is open in this test: a query would fail it.
    for code, words in (("zh-hans", chinese), ("en", english)):
        request = rf.get("/somewhere/")
        with override(code):
            request.LANGUAGE_CODE = code
            response = page(request)
        assert response.status_code == status
        assert f"<h1>{words}</h1>" in response.content.decode()


def test_a_page_that_is_not_there_is_said_so(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "<h1>Not found</h1>" in response.content.decode()


def test_a_form_without_its_seal_is_not_taken() -> None:
    response = Client(enforce_csrf_checks=True).post("/language/", {"language": "en"})
    assert response.status_code == 403
    assert "请再保存一次" in response.content.decode()
