"""The product as somebody meets it who has just typed `make run`."""

import re

from playwright.sync_api import Page

from tests.browser.steps import open_

ANYTHING = re.compile(r"\S")


def test_the_first_screen_opens_without_a_fault(page: Page) -> None:
    open_(page, "/", ANYTHING)


def test_nothing_is_fetched_from_anywhere_else(page: Page, server: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_(page, "/", ANYTHING)
    own = (server, server.replace("http", "ws"), "data:", "blob:")
    assert asked
    assert [address for address in asked if not address.startswith(own)] == []
