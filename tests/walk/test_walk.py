"""Every address of the house, walked as everyone: nothing shows that the decision table does not open.

The walk grows by itself: a new address is gone to as soon as it stands in the URL table, and one whose rows the walk does
not know fails.
"""

import io
import zipfile
from html import unescape

import pytest
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone

from tests.settings import SERVER
from tests.walk.addresses import every_address
from tests.walk.house import Tempting

WALKERS = [
    *(
        "boss",
        "east_worker",
        "west_worker",
        "case_worker",
        "west_supervisor",
        "student",
        "east_coordinator",
        "coordinator",
    ),
    *("director", "steward", "admin", "gone", "granted", "was_granted", "nobody"),
]
# The decisions are the same on every engine: PostgreSQL is walked as those whose questions differ most. Whoever sees most
# opens every page there with rows on it.
ON_SERVER = ["boss", "east_worker", "coordinator", "director", "steward", "granted"]
SENDING = ["east_worker", "case_worker", "coordinator", "steward", "gone", "nobody"]
# Of these every fact that is open to them stands on some page, so that the walk is known to look where they stand.
READ_ALL_THEY_MAY = {"boss", "case_worker", "west_supervisor", "granted"}
LEAVES = {"logout"}  # ends the walk
NOT_BY_THIS_METHOD = 405  # so said before any row is looked for: asked of one row is enough


def text_of(response: HttpResponseBase) -> str:
    """All that an answer holds, also inside a workbook or an archive."""
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    said = "".join(f"{name}: {value}" for name, value in response.headers.items())
    return unescape(said + _unpacked(content))


def _unpacked(content: bytes) -> str:
    if not content.startswith(b"PK\x03\x04"):
        return content.decode("utf-8", errors="ignore")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(name + _unpacked(archive.read(name)) for name in archive.namelist())


def leaks(house: Tempting, who: str, client: Client, method: str) -> tuple[list[str], set[str], int]:
    """What showed that should not have, as sentences; the marks that showed; and how many answers were read."""
    may = house.walkers[who].may_see(house.minors) if who in house.walkers else set()
    found, seen, read, refused = [], set(), 0, set()
    for name, address in every_address(timezone.localdate().year):
        if name in LEAVES | refused:
            continue
        with transaction.atomic():
            response = getattr(client, method)(address)
            text = text_of(response)
            transaction.set_rollback(True)
        shown = {one for one in house.marks if one in text}
        read += 1
        if response.status_code == NOT_BY_THIS_METHOD:
            refused.add(name)
        seen |= shown
        found += [f"{who} {method} {address} ({response.status_code}): {one}" for one in sorted(shown - may)]
    return found, seen, read


@pytest.mark.parametrize("who", ON_SERVER if SERVER else WALKERS)
def test_nobody_reads_more_than_the_table_opens(tempting: Tempting, who: str) -> None:
    client = Client()
    if who in tempting.walkers:
        client.force_login(tempting.walkers[who].actor.user)
    found, seen, read = leaks(tempting, who, client, "get")
    assert found == [], "\n" + "\n".join(found)
    assert read > 200
    if who in READ_ALL_THEY_MAY:
        assert sorted(tempting.walkers[who].may_see(tempting.minors) - seen) == []


@pytest.mark.parametrize("who", ["east_worker"] if SERVER else SENDING)
def test_sending_something_tells_nobody_more_either(tempting: Tempting, who: str) -> None:
    client = Client()
    if who in tempting.walkers:
        client.force_login(tempting.walkers[who].actor.user)
    found, _seen, read = leaks(tempting, who, client, "post")
    assert found == [], "\n" + "\n".join(found)
    assert read > 200
