"""Texts and tables that were read by a person once and may not change unseen.

`UPDATE_GOLDEN=1 .venv/bin/python -m pytest tests/tracking tests/reports` writes them anew; then read what changed.
"""

import os

from settings import ROOT

FOLDER = ROOT / "tests" / "golden"


def assert_golden(name: str, text: str) -> None:
    """The text is that of tests/golden/<name>."""
    file = FOLDER / name
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8"), f"differs from {file.relative_to(ROOT)}"
