"""The running product with a database of its own, and a page of a real browser to look at it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from scripts.browser import find, why_none
from scripts.own_server import FLAGS, PATIENCE_MS, served, signed_in
from settings import ROOT

PICTURES = ROOT / "out" / "failed"
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test, marked or not."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium. Without one the tests are skipped, or fail where REQUIRE_BROWSER is set."""
    program = find()
    if program is None:
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip)(why_none())
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the product, started as a user starts it: `cli.py init`, then the server."""
    with served(tmp_path_factory.mktemp("server")) as address:
        yield address


Opened = Callable[..., Page]


@pytest.fixture
def reader(request: pytest.FixtureRequest, browser: Browser, server: str) -> Iterator[Opened]:
    """Readers who have never been here, each with a Chinese browser of their own: reader(width=1024).

    Each is signed in as the officer of the demonstration, reader(person="demo-viewer") as somebody else, and
    reader(person="") not at all. A failed test leaves a picture of each in out/.
    """
    contexts: list[BrowserContext] = []

    def opened(width: int = 1440, person: str = "demo-officer", **look: Any) -> Page:
        about = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", **look}
        context = browser.new_context(base_url=server, viewport={"width": width, "height": 1000}, **about)
        contexts.append(context)
        if person:
            signed_in(context, server, person)
        return context.new_page()

    failed_before = request.session.testsfailed
    yield opened
    failed = request.session.testsfailed > failed_before
    for number, context in enumerate(contexts):
        if failed:
            PICTURES.mkdir(parents=True, exist_ok=True)
            context.pages[-1].screenshot(path=PICTURES / f"{request.node.name}-{number}.png")
        context.close()


@pytest.fixture
def page(reader: Opened) -> Page:
    """One reader at a wide screen."""
    return reader()
