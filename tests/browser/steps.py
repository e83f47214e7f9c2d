"""What browser tests do again and again."""

import re

from playwright.sync_api import Locator, Page, expect

IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
PATIENCE_MS = 20_000
"""The first screen of a new server imports everything; two cores may be busy with other tests."""


def settled(page: Page) -> None:
    """Waits until the script has run and nothing on the screen is stale."""
    expect(page.locator(IDLE)).to_be_attached(timeout=PATIENCE_MS)
    expect(page.locator('[data-stale="true"]')).to_have_count(0, timeout=PATIENCE_MS)


def open_(page: Page, path: str, heading: str | re.Pattern[str]) -> Locator:
    """Opens an address and waits for its heading. The idle mark alone is true even before the first run."""
    page.goto(path)
    found = page.get_by_role("heading", name=heading).first
    expect(found).to_be_visible(timeout=PATIENCE_MS)
    settled(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    return found
