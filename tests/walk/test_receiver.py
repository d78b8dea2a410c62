"""The same house, walked by the receiver of a referral: they read its texts, and no other mark of the house."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.walk.house import Tempting, mark
from tests.walk.test_walk import leaks
from xiezuo.service.access.referrals import referrals_of
from xiezuo.service.actions.referral_links import make_referral_link


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_receiver_reads_what_is_passed_on_and_nothing_else(tempting: Tempting, method: str) -> None:
    boss = tempting.walkers["boss"].actor
    [referral] = referrals_of(boss, tempting.people["甲"])
    _link, token = make_referral_link(by=boss, referral=referral, at=timezone.now())
    client = Client()
    assert client.post(f"/partner/link/{token}/").status_code == 302
    assert mark("甲", "转") in client.get("/partner/").content.decode()
    found, seen, read = leaks(tempting, "nobody", client, method)
    assert seen - {mark("甲", "转")} == set(), "\n" + "\n".join(found)
    assert read > 200
