"""What browser tests do again and again."""

import re

from playwright.sync_api import Locator, Page, expect

from scripts.own_server import PATIENCE_MS, first_heading, settled

__all__ = ["fits", "heading", "open_", "settled"]


def open_(page: Page, path: str, heading: str | re.Pattern[str] = re.compile(r"\S")) -> Locator:
    """Opens an address and waits for its heading."""
    page.goto(path)
    return _shown(page, heading)


def _shown(page: Page, words: str | re.Pattern[str]) -> Locator:
    found = first_heading(page)
    expect(found).to_contain_text(words, timeout=PATIENCE_MS)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    return found


def heading(page: Page, words: str | re.Pattern[str]) -> None:
    """Waits until a screen of that heading stands there, whole."""
    expect(page.get_by_role("heading", level=1).first).to_contain_text(words, timeout=PATIENCE_MS)
    _shown(page, words)


def fits(page: Page) -> bool:
    """Whether the page can be read without moving it sideways."""
    return bool(
        page.evaluate(
            """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
                .every(box => box.scrollWidth <= box.clientWidth)"""
        )
    )
