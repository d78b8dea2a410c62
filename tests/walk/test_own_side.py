"""The same house, walked by someone who looks at what is recorded about themselves, and by a mother for her child."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.walk.house import Tempting, mark
from tests.walk.test_walk import leaks
from xiezuo.people.actions import make_link

# What colleagues wrote for each other, or on papers of others, is told to nobody about whom it is.
WITHHELD = set("访步据私因注需先待谈感转系交险拦独托领允接")
CONFIDED = set("标量问热劳证案讯助")  # what someone says of themselves is told to them and not to a guardian


def opened(house: Tempting, about: str, looker: str) -> Client:
    """A device on which the link about one of them was opened by another, or by themselves."""
    _link, token = make_link(
        by=house.walkers["boss"].actor,
        subject=house.people[about],
        looker=house.people[looker],
        verified_by="看过身份证",
        at=timezone.now(),
    )
    client = Client()
    assert client.post(f"/member/link/{token}/").status_code == 302
    return client


def own(letter: str, marks: set[str], looker: str) -> set[str]:
    closed = WITHHELD if letter == looker else WITHHELD | CONFIDED
    return {one for one in marks if one.startswith(mark(letter, "")[:2]) and one[2] not in closed}


@pytest.mark.parametrize(("about", "looker"), [("甲", "甲"), ("乙", "甲"), ("丁", "丁")])
@pytest.mark.parametrize("method", ["get", "post"])
def test_on_their_own_side_nobody_reads_of_anyone_else(
    tempting: Tempting, about: str, looker: str, method: str
) -> None:
    client = opened(tempting, about, looker)
    found, seen, _read = leaks(tempting, "nobody", client, method)
    may = own(about, tempting.marks, looker) | {
        mark(looker, "名"),
        mark("并", "名"),
        mark("东", "题"),
        mark("西", "题"),
    }
    assert seen - may == set(), "\n" + "\n".join(found)
    if method == "get":
        assert {mark(about, what) for what in "名址病"} <= seen
