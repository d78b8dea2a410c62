"""A slow phone can open a page: 100 kB at the first visit, 20 kB after, compressed."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.factories.cast import Cast
from xiezuo.orgs.access import Actor

FIRST, AFTER = 100_000, 20_000


def packed(content: bytes) -> int:
    return len(gzip.compress(content))


@pytest.mark.parametrize("path", ["/", "/more/", "/gallery/"])
def test_a_page_is_light(as_: Callable[[Actor], Client], cast: Cast, path: str) -> None:
    page = as_(cast.xiaomei).get(path).content
    named = set(re.findall(rb'(?:src|href)="/static/([^"#?]+)', page))
    files = sum(packed(Path(finders.find(name.decode()) or "").read_bytes()) for name in named)
    assert packed(page) <= AFTER
    assert packed(page) + files <= FIRST
