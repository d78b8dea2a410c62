"""A demo house that is really served, and a real browser in a hand of phone size."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, Response, sync_playwright

from scripts.browser import chromium as installed_chromium

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240  # seconds until a slow machine has told the story


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder is a journey, and all of them walk through one and the same demo house."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.xdist_group("journeys"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo house lies, and what it says."""
    return tmp_path_factory.mktemp("journeys")


@pytest.fixture(scope="session")
def house(folder: Path) -> Iterator[str]:
    """The address of a demo house, started with the command that people use."""
    port = _free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XIEZUO_", "DJANGO_"))}
    said = (folder / "said").open("w+")
    server = subprocess.Popen(
        [sys.executable, "-m", "xiezuo.config.cli", "demo", "--port", str(port), "--into", str(folder / "demo-house")],
        env=kept | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"},
        stdout=said,
        stderr=said,
    )
    address, began = f"http://127.0.0.1:{port}", time.monotonic()
    try:
        while not _answers(address):
            if server.poll() is not None or time.monotonic() - began > PATIENCE:
                said.seek(0)
                pytest.fail(f"The demo house did not open: {said.read()}")
            time.sleep(0.2)
        yield address
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)
        said.close()


def until(holds: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for what no page shows."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds
        time.sleep(0.05)


def kept(page: Page, words: str) -> AbstractContextManager[object]:
    """Wait, at the end of the block, until the house has answered that it keeps the draft that holds these words.

    What was chosen before them is kept by a draft of its own, so any answer would not do.
    """

    def of_them(response: Response) -> bool:
        return (
            "/drafts/" in response.url and response.ok and words.encode() in (response.request.post_data_buffer or b"")
        )

    return page.expect_response(of_them)


Count = Callable[..., int]


@pytest.fixture(scope="session")
def count(house: str, folder: Path) -> Count:
    """`count("people_complaint", facts="…")`: how many rows the database of the house holds in which that stands."""

    def count(table: str, **where: object) -> int:
        asked = " AND ".join(f"{column} = ?" for column in where) or "1"
        with closing(sqlite3.connect(f"file:{folder / 'demo-house' / 'house.sqlite3'}?mode=ro", uri=True)) as database:
            found = database.execute(f"SELECT count(*) FROM {table} WHERE {asked}", [*where.values()]).fetchone()
        return int(found[0])

    return count


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as led:
        yield led


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    opened = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
    yield opened
    opened.close()


def chromium() -> str:
    path = os.environ.get("XIEZUO_TEST_CHROMIUM") or installed_chromium()
    if path is None:
        pytest.fail("There is no Chromium here: install it, or name one in XIEZUO_TEST_CHROMIUM.")
    return path


Enter = Callable[[str], Page]


@pytest.fixture
def enter(house: str, browser: Browser) -> Iterator[Enter]:
    """`enter("xiaomei")` gives a page in her hand, logged in; an error in a script of the page fails the test."""
    contexts, errors = [], []

    def enter(username: str) -> Page:
        context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", base_url=house)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto("/login/")
        page.locator(f'form[action="/demo-login/{username}/"] button').click()
        page.wait_for_load_state()
        return page

    yield enter
    for context in contexts:
        context.close()
    assert errors == []
