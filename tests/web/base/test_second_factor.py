"""The second factor: an app's numbers, codes on paper, and who is asked for it."""

import base64
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.factories.cast import Cast
from tests.web.base.door import later, log_in, number_now, with_app, with_password
from xiezuo.common.days import at, now, today
from xiezuo.common.models import Event
from xiezuo.forms.packs import pack
from xiezuo.orgs.access import Actor
from xiezuo.orgs.factors import app_says, code_at, factors_of, new_recovery_codes, step_of, use_recovery_code
from xiezuo.orgs.models import Authenticator, RecoveryCode

pytestmark = pytest.mark.both_engines

As = Callable[[Actor], Client]
# The secret and the numbers of appendix B of RFC 6238 (SHA-1), cut to the six digits that apps show.
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
RFC = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]


@pytest.mark.parametrize(("seconds", "number"), RFC)
def test_the_numbers_are_those_of_the_standard(seconds: int, number: str) -> None:
    assert code_at(RFC_SECRET, seconds) == number


@pytest.mark.parametrize(("late", "taken"), [(-31, True), (0, True), (31, True), (61, False), (-61, False)])
def test_a_clock_may_be_half_a_minute_off_and_not_more(late: int, taken: bool) -> None:
    assert (step_of(RFC_SECRET, code_at(RFC_SECRET, 1_000_000_000 + late), 1_000_000_000) is not None) == taken


def test_a_number_is_taken_once(cast: Cast) -> None:
    secret = with_app(cast.xiaomei)
    number = number_now(secret)
    assert [app_says(user=cast.xiaomei.user, code=number) for _time in range(2)] == [True, False]


def test_the_secret_lies_encrypted_in_the_database(cast: Cast) -> None:
    from django.db import connection

    secret = with_app(cast.xiaomei)
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM orgs_authenticator")
        (kept,) = cursor.fetchone()
    assert secret.encode() not in bytes(kept)
    assert Authenticator.objects.get().secret == secret


def test_after_the_password_the_number_is_asked_and_lets_in(client: Client, cast: Cast) -> None:
    secret = with_app(with_password(cast.xiaomei))
    response = client.post("/login/", {"username": "xiaomei", "password": "three quiet herons", "next": "/gallery/"})
    assert (response.status_code, response["Location"]) == (302, "/login/second/")
    assert client.get("/")["Location"].startswith("/login/")
    assert client.post("/login/second/", {"code": "000000"}).status_code == 422
    with later(seconds=5):
        assert client.post("/login/second/", {"code": number_now(secret)})["Location"] == "/gallery/"
    assert client.get("/gallery/").status_code == 200


def test_nobody_enters_the_second_step_without_the_first(client: Client, cast: Cast) -> None:
    secret = with_app(cast.xiaomei)
    assert client.post("/login/second/", {"code": number_now(secret)})["Location"] == "/login/"
    assert client.post("/login/second/ask/").status_code == 403


def test_the_second_step_ends_after_ten_minutes(client: Client, cast: Cast) -> None:
    secret = with_app(with_password(cast.xiaomei))
    log_in(client, "xiaomei")
    session = client.session
    session["half_way"] = {**session["half_way"], "at": session["half_way"]["at"] - 601}
    session.save()
    assert client.post("/login/second/", {"code": number_now(secret)})["Location"] == "/login/"


def test_guessing_numbers_has_to_wait_and_then_locks(client: Client, cast: Cast) -> None:
    secret = with_app(with_password(cast.xiaomei))
    log_in(client, "xiaomei")
    for tries in range(8):
        with later(minutes=tries):
            assert client.post("/login/second/", {"code": "000000"}).status_code == 422
    with later(minutes=8):
        answer = client.post("/login/second/", {"code": number_now(secret)})
    assert (answer.status_code, "请稍等再试" in answer.content.decode()) == (429, True)
    assert Event.objects.filter(code="orgs.code.locked", subject_id=cast.xiaomei.id).count() == 1


def test_a_recovery_code_lets_in_once_however_it_is_written(client: Client, cast: Cast) -> None:
    with_app(with_password(cast.xiaomei))
    code = new_recovery_codes(by=cast.xiaomei, how_many=10)[3]
    log_in(client, "xiaomei")
    assert client.post("/login/second/", {"recovery": f" {code.lower().replace('-', ' ')} "})["Location"] == "/"
    assert factors_of(cast.xiaomei.user).codes == 9
    assert use_recovery_code(user=cast.xiaomei.user, code=code) is False


def test_recovery_codes_are_kept_as_digests_and_new_ones_replace_the_old(cast: Cast) -> None:
    with_app(cast.xiaomei)
    (old,) = new_recovery_codes(by=cast.xiaomei, how_many=1)
    (new,) = new_recovery_codes(by=cast.xiaomei, how_many=1)
    assert old.replace("-", "") not in str(list(RecoveryCode.objects.values_list("digest", flat=True)))
    assert use_recovery_code(user=cast.xiaomei.user, code=old) is False
    assert use_recovery_code(user=cast.haiyan.user, code=new) is False
    assert use_recovery_code(user=cast.xiaomei.user, code=new) is True


def test_xiaomei_ties_her_app_and_gets_codes_for_her_paper(as_: As, cast: Cast) -> None:
    browser = as_(cast.xiaomei)
    assert browser.get("/account/app/").status_code == 200
    page = browser.post("/account/app/").content.decode()
    assert "<svg" in page and " style=" not in page
    secret = str(Authenticator.objects.get().secret)
    assert " ".join(secret[at_ : at_ + 4] for at_ in range(0, 32, 4)) in page
    assert browser.post("/account/app/", {"code": "000000"}).status_code == 422
    done = browser.post("/account/app/", {"code": number_now(secret)})
    assert done.content.decode().count("<li>") >= 10
    assert factors_of(cast.xiaomei.user).codes == 10
    browser.post("/account/app/remove/")
    assert (bool(factors_of(cast.xiaomei.user)), RecoveryCode.objects.count()) == (False, 0)


def test_an_old_login_says_its_password_again_before_a_factor_is_changed(as_: As, cast: Cast) -> None:
    browser = as_(with_password(cast.xiaomei))
    session = browser.session
    session["began"] -= 601
    session.save()
    assert browser.get("/account/app/")["Location"] == "/account/prove/?next=%2Faccount%2Fapp%2F"
    assert browser.post("/account/passkeys/ask/", {"fetch": "1"}).json() == {"prove": True}
    assert browser.post("/account/prove/", {"password": "wrong", "next": "/account/app/"}).status_code == 422
    right = {"password": "three quiet herons", "next": "/account/app/"}
    assert browser.post("/account/prove/", right)["Location"] == "/account/app/"
    assert browser.get("/account/app/").status_code == 200


def test_an_administrator_takes_the_factor_of_a_lost_phone_away(as_: As, cast: Cast) -> None:
    with_app(cast.xiaomei)
    assert as_(cast.chenli).post(f"/orgs/accounts/{cast.xiaomei.id}/factors/remove/").status_code == 403
    as_(cast.zhiyuan).post(f"/orgs/accounts/{cast.xiaomei.id}/factors/remove/")
    assert bool(factors_of(cast.xiaomei.user)) is False
    assert Event.objects.filter(code="orgs.factor.taken_away", by_id=cast.zhiyuan.id).count() == 1


@pytest.fixture
def duty(monkeypatch: pytest.MonkeyPatch) -> None:
    """The house's one setting: what is recommended becomes a duty."""
    monkeypatch.setitem(pack("login-default")["second_factor"], "duty", True)


def test_a_second_factor_is_only_recommended_at_first(client: Client, cast: Cast) -> None:
    with_password(cast.chenli)
    log_in(client, "chenli")
    with at(now() + timedelta(days=400)):
        log_in(client, "chenli")
        assert client.get("/people/").status_code == 200


def test_where_it_is_a_duty_the_days_of_grace_run_from_the_first_login(client: Client, cast: Cast, duty: None) -> None:
    with_password(cast.chenli)
    log_in(client, "chenli")
    cast.chenli.user.refresh_from_db()
    assert cast.chenli.user.factor_asked_on == today()
    for days, opens in ((14, 200), (15, 302)):
        with at(now() + timedelta(days=days)):
            log_in(client, "chenli")
            assert client.get("/people/").status_code == opens
    assert client.get("/people/")["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    client.post("/account/app/")
    client.post("/account/app/", {"code": number_now(str(Authenticator.objects.get().secret))})
    assert client.get("/people/").status_code == 200


def test_a_social_worker_is_not_asked(client: Client, cast: Cast, duty: None) -> None:
    with_password(cast.xiaomei)
    with at(now() + timedelta(days=400)):
        log_in(client, "xiaomei")
        assert client.get("/people/").status_code == 200


@pytest.mark.parametrize(
    ("host", "secure", "offered"),
    [
        ("localhost:8000", False, True),
        ("testserver", True, True),
        ("testserver", False, False),
        ("127.0.0.1", False, False),
        ("127.0.0.1", True, False),
    ],
)
def test_passkeys_are_offered_where_the_address_allows(
    as_: As, cast: Cast, host: str, secure: bool, offered: bool
) -> None:
    page = as_(cast.xiaomei).get("/account/", HTTP_HOST=host, secure=secure).content.decode()
    assert ('data-passkey="make"' in page) == offered
    assert ("这个地址用不了" in page) != offered


def test_a_made_up_passkey_is_not_taken(as_: As, cast: Cast) -> None:
    browser = as_(cast.xiaomei)
    asked = browser.post("/account/passkeys/ask/", {"fetch": "1"}, HTTP_HOST="localhost")
    assert asked.json()["publicKey"]["rp"]["id"] == "localhost"
    for answer in ("", "[]", '{"id": "x"}'):
        given = browser.post("/account/passkeys/", {"answer": answer}, HTTP_HOST="localhost")
        assert given.status_code == 422
    assert factors_of(cast.xiaomei.user).passkeys == []
