"""Wrong passwords: slower each time, then locked for a while; and nobody learns which accounts there are."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.factories.cast import Cast
from tests.web.base.door import SECRET, later, log_in, with_password
from xiezuo.common.days import now
from xiezuo.common.models import Event
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Attempt
from xiezuo.orgs.tries import Limit, seconds_to_wait, went_wrong
from xiezuo.orgs.vocab import AttemptKind

As = Callable[[Actor], Client]
RULE = Limit(slow_after=3, wait_seconds=2, lock_after=10, lock_minutes=15, forget_minutes=60)


@pytest.mark.parametrize(("count", "seconds"), [(1, 0), (2, 0), (3, 2), (4, 4), (5, 8), (9, 128), (10, 900), (50, 900)])
def test_each_wrong_try_waits_twice_as_long_until_it_locks(count: int, seconds: int) -> None:
    assert RULE.wait(count) == timedelta(seconds=seconds)


def miss(client: Client, username: str, times: int) -> list[int]:
    """Wrong passwords, each after the wait of the one before."""
    answers = []
    for tries in range(times):
        with later(minutes=3 * tries):
            answers.append(log_in(client, username, "wrong"))
    return answers


def test_the_fourth_try_at_once_is_not_even_looked_at(client: Client, cast: Cast) -> None:
    with_password(cast.xiaomei)
    assert [log_in(client, "xiaomei", "wrong") for _time in range(3)] == [422, 422, 422]
    answer = client.post("/login/", {"username": "xiaomei", "password": SECRET})
    assert (answer.status_code, answer["Retry-After"]) == (429, "2")
    with later(seconds=3):
        assert log_in(client, "xiaomei") == 302


def test_after_ten_the_account_is_locked_for_a_quarter_of_an_hour_and_it_is_an_event(
    client: Client, cast: Cast
) -> None:
    with_password(cast.xiaomei)
    assert miss(client, "xiaomei", 10) == [422] * 10
    for minutes, answer in ((28, 429), (41, 429), (43, 302)):
        with later(minutes=minutes):
            assert log_in(client, "xiaomei") == answer
    assert Event.objects.get(code="orgs.account.locked").subject_id == cast.xiaomei.id


def shown(page: bytes) -> str:
    """The page without what differs from one request to the next."""
    return re.sub(r'value="[^"]*"|X-CSRFToken[^}]*|\d+', "", page.decode())


def test_an_account_that_does_not_exist_waits_and_speaks_just_the_same(client: Client, cast: Cast) -> None:
    with_password(cast.xiaomei)
    for tries in range(6):
        with later(minutes=3 * tries):
            known, unknown = (
                client.post("/login/", {"username": name, "password": "wrong"}) for name in ("xiaomei", "nobody-here")
            )
        assert (known.status_code, shown(known.content)) == (unknown.status_code, shown(unknown.content))
    with later(minutes=15):
        assert seconds_to_wait(AttemptKind.ACCOUNT, "xiaomei") == seconds_to_wait(AttemptKind.ACCOUNT, "nobody-here")
    assert [row.digest for row in Attempt.objects.filter(digest__contains="nobody")] == []


def test_for_an_unknown_name_the_same_work_is_done(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth.hashers import MD5PasswordHasher

    with_password(cast.xiaomei)
    hashed: list[int] = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, password, salt: hashed.append(1) or encode(self, password, salt)
    )
    for name in ("xiaomei", "nobody-here"):
        hashed.clear()
        log_in(client, name, "wrong")
        assert hashed == [1]


def test_an_address_that_misses_with_many_names_waits_too(client: Client, cast: Cast) -> None:
    with_password(cast.xiaomei)
    for number in range(30):
        log_in(client, f"guess-{number}", "wrong")
    assert log_in(client, "xiaomei") == 429
    assert (
        client.post("/login/", {"username": "xiaomei", "password": SECRET}, REMOTE_ADDR="10.1.2.3").status_code == 302
    )


def test_logging_in_forgets_the_misses(client: Client, cast: Cast) -> None:
    with_password(cast.xiaomei)
    assert [log_in(client, "xiaomei", word) for word in ("wrong", "wrong", SECRET)] == [422, 422, 302]
    assert [log_in(client, "xiaomei", word) for word in ("wrong", "wrong", SECRET)] == [422, 422, 302]


def test_tries_of_an_hour_ago_no_longer_count(cast: Cast) -> None:
    for _time in range(9):
        went_wrong(AttemptKind.ACCOUNT, "xiaomei", RULE)
    with later(minutes=61):
        assert went_wrong(AttemptKind.ACCOUNT, "xiaomei", RULE) == 0


def test_files_are_counted_by_the_hour_however_long_the_day(cast: Cast) -> None:
    rule = Limit(slow_after=4, wait_seconds=60, lock_after=6, lock_minutes=60, forget_minutes=60, from_first=True)
    waits = []
    for minutes in (0, 25, 50, 75, 100, 125):
        with later(minutes=minutes):
            waits.append(went_wrong(AttemptKind.UPLOAD, "7", rule))
    assert waits == [0] * 6


def test_only_an_administrator_lifts_the_wait(client: Client, as_: As, cast: Cast) -> None:
    with_password(cast.xiaomei)
    for _time in range(3):
        log_in(client, "xiaomei", "wrong")
    address = f"/orgs/accounts/{cast.xiaomei.id}/"
    assert as_(cast.chenli).post(f"{address}unlock/").status_code == 403
    browser = as_(cast.zhiyuan)
    assert "让本人再试" in browser.get(address).content.decode()
    browser.post(f"{address}unlock/")
    assert log_in(Client(), "xiaomei") == 302
    assert Event.objects.filter(code="orgs.user.unlocked").count() == 1


def test_links_that_lead_nowhere_have_to_wait(client: Client, cast: Cast) -> None:
    answers = [client.get(f"/account/set-password/made-up-{number}/").status_code for number in range(6)]
    assert answers == [410] * 5 + [429]


def test_one_login_does_not_send_files_without_end(as_: As, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from xiezuo.forms.packs import pack

    monkeypatch.setitem(pack("login-default")["tries"]["upload"], "slow_after", 2)
    browser = as_(cast.xiaomei)
    answers = []
    for _time in range(3):
        file = SimpleUploadedFile("a.txt", b"x")
        answers.append(browser.post("/exchange/imports/", {"files": file}).status_code)
    assert answers[2] == 422
    assert 422 not in answers[:2]
    assert now() < Attempt.objects.get(attempt_kind=AttemptKind.UPLOAD).blocked_until  # type: ignore[operator]


def test_logging_in_is_an_event_that_names_the_factor(client: Client, cast: Cast) -> None:
    from tests.web.base.door import number_now, with_app

    with_password(cast.xiaomei)
    log_in(client, "xiaomei")
    secret = with_app(cast.xiaomei)
    log_in(client, "xiaomei")
    client.post("/login/second/", {"code": number_now(secret)})
    told = Event.objects.filter(code="orgs.user.logged_in").order_by("pk").values_list("by_id", "facts")
    assert list(told) == [(cast.xiaomei.id, {"factor": "none"}), (cast.xiaomei.id, {"factor": "app"})]


def test_what_was_wrong_is_in_the_log_without_the_name_that_was_typed(
    client: Client, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    log_in(client, "somebodys-password-typed-here", "wrong")
    assert "A password was wrong: account unknown, from 127.0.0.1." in caplog.messages
    assert "somebodys-password" not in caplog.text


def test_the_try_that_locks_an_address_is_answered_like_the_others(
    client: Client, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    """It is a page that is read, so it writes nothing but its count."""
    from xiezuo.forms.packs import pack

    link = pack("login-default")["tries"]["link"]
    monkeypatch.setitem(link, "slow_after", 99)
    monkeypatch.setitem(link, "lock_after", 3)
    answers = [client.get(f"/account/set-password/made-up-{number}/").status_code for number in range(4)]
    assert answers == [410, 410, 410, 429]
