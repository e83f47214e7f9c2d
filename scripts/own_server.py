"""The product on a port and a database of its own, started as a user starts it, and a page of a browser at it.

The browser tests and the pictures of the README use it; nothing of a person's own installation is touched.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import BrowserContext, Locator, Page, expect

from settings import PREFIX, ROOT

FLAGS = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --disable-quic"
).split()
"""What a Chromium is started with: nothing that it does by itself, and as root too."""

IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
PATIENCE_MS = 20_000
"""The first screen of a new server imports everything; two cores may be busy with other tests."""

START_SECONDS = 60


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the product: `cli.py init` into a database in the folder, then the server until the end."""
    port = _free_port()
    own = {name: value for name, value in os.environ.items() if not name.upper().startswith(PREFIX)}
    own |= {f"{PREFIX}DATABASE_URL": f"sqlite:///{folder / 'tracker.db'}", f"{PREFIX}PORT": str(port)}
    made = subprocess.run([sys.executable, "cli.py", "init"], cwd=ROOT, env=own, capture_output=True, text=True)
    if made.returncode != 0:
        raise RuntimeError(made.stdout + made.stderr)
    log = folder / "server.log"
    with log.open("w") as output:
        command = [sys.executable, "-m", "scripts.serve"]
        process = subprocess.Popen(command, cwd=ROOT, env=own, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait_until_healthy(process, log, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(process: subprocess.Popen[bytes], log: Path, port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"the server did not start:\n{log.read_text()}")


def signed_in(context: BrowserContext, server: str, person: str = "demo-officer") -> None:
    """Signs a browser in as one of the demonstration's cast, by the button that a person would press."""
    page = context.new_page()
    page.goto(f"{server}/auth/login?next=/account")
    page.locator(f'button[name="person"][value="{person}"]').click()
    page.wait_for_url("**/account**")
    page.close()


def settled(page: Page) -> None:
    """Waits until the script has run and nothing on the screen is stale."""
    expect(page.locator(IDLE)).to_be_attached(timeout=PATIENCE_MS)
    expect(page.locator('[data-stale="true"]')).to_have_count(0, timeout=PATIENCE_MS)


def first_heading(page: Page) -> Locator:
    """The heading of the screen, once it is there: the idle mark alone is true even before the first run."""
    found = page.get_by_role("heading", level=1).first
    expect(found).to_be_visible(timeout=PATIENCE_MS)
    settled(page)
    return found
