"""Finds a Chromium for the browser tests; with --install, gets one where there is none.

Nothing is installed for the product itself: only its tests drive a browser.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DEBIAN_PACKAGES = ("chromium", "fonts-noto-cjk")
DOWNLOAD_SECONDS = 180
INSTALL_SECONDS = 900
HOW = "set CHROMIUM_PATH to one, or install one (Debian, as root: apt-get install chromium fonts-noto-cjk)"


def candidates() -> Iterator[Path]:
    """Where a Chromium may be: the one named by CHROMIUM_PATH alone, else the system's, else playwright's own."""
    if named := os.environ.get("CHROMIUM_PATH"):
        yield Path(named)
        return
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (slow, and needed only where nothing else is found)

    with sync_playwright() as driver:
        yield Path(driver.chromium.executable_path)


def runs(browser: Path) -> bool:
    """Whether it starts: on some systems `chromium-browser` is only a note on where to get one."""
    try:
        answer = subprocess.run([browser, "--version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and answer.stdout.strip() != ""


def find() -> Path | None:
    """The first Chromium that starts, or None."""
    return next(filter(runs, candidates()), None)


def why_none() -> str:
    """One sentence for the reader of a test run without browser tests."""
    if named := os.environ.get("CHROMIUM_PATH"):
        return f"The browser tests cannot run: CHROMIUM_PATH names {named}, which does not start as a browser."
    return f"The browser tests cannot run: no Chromium was found; {HOW}."


def install() -> None:
    """Tries playwright's own Chromium, then, as root on Debian, the system's package. Says what it does."""
    print("No Chromium found. Trying playwright's own.", flush=True)
    if _done([sys.executable, "-m", "playwright", "install", "chromium"], DOWNLOAD_SECONDS) and find():
        return
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return
    print(f"That failed. Installing Debian's packages {' and '.join(DEBIAN_PACKAGES)}.", flush=True)
    if _done(["apt-get", "-qq", "update"], INSTALL_SECONDS):
        _done(["apt-get", "-qq", "install", "-y", "--no-install-recommends", *DEBIAN_PACKAGES], INSTALL_SECONDS)


def _done(command: list[str], seconds: int) -> bool:
    """Runs quietly and without questions; on failure prints the end of what the command said."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "10000"}
    try:
        result = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds, env=environment
        )
    except subprocess.TimeoutExpired:
        print(f"{' '.join(command)} did not end within {seconds} s.", flush=True)
        return False
    if result.returncode != 0:
        print("\n".join((result.stdout + result.stderr).strip().splitlines()[-5:]), flush=True)
    return result.returncode == 0


def main() -> None:
    """Prints the browser found, or why there is none. Never fails: the tests say skipped, or refuse."""
    found = find()
    if found is None and "--install" in sys.argv[1:] and "CHROMIUM_PATH" not in os.environ:
        install()
        found = find()
    print(f"Browser tests use {found}" if found else why_none(), flush=True)


if __name__ == "__main__":
    main()
