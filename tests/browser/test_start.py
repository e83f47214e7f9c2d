"""The product as somebody meets it who has just typed `make run`."""

from playwright.sync_api import Page

from tests.browser.steps import open_


def test_the_first_screen_opens_without_a_fault(page: Page) -> None:
    open_(page, "/")


def test_nothing_is_fetched_from_anywhere_else(page: Page, server: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_(page, "/")
    own = (server, server.replace("http", "ws"), "data:", "blob:")
    assert asked
    assert [address for address in asked if not address.startswith(own)] == []
