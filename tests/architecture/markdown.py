"""The product's documents as text, tables, links and quoted code, for the tests that hold them against the source."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from settings import ROOT

CELL = re.compile(r"(?<!\\)\|")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


@cache
def document(name: str) -> str:
    """A document by its path from the product's folder."""
    return (ROOT / name).read_text("utf-8")


def documents() -> list[str]:
    """Every document that people read, by its path."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").rglob("*.md")]
    return sorted(str(file.relative_to(ROOT)) for file in found)


def code_spans(text: str) -> list[str]:
    """What stands between single backticks, outside fenced blocks."""
    return [each.replace("\\|", "|") for each in re.findall(r"`([^`\n]+)`", FENCE.sub("", text))]


def fenced(text: str) -> list[str]:
    """The lines of the fenced blocks."""
    return [line for block in FENCE.findall(text) for line in block.splitlines()[1:-1]]


def links(text: str) -> list[str]:
    """Where links and pictures point."""
    return re.findall(r"\]\(<?([^)\s>]+)>?\)", FENCE.sub("", text))


def named_code(name: str) -> list[tuple[str, str]]:
    """Name and file of code that a document names: `this` in `that.py`, or `this` and `the other` in `that.py`."""
    found = re.findall(r"`([\w.]+)`(?: and `([\w.]+)`)?\s+in\s+`([\w/]+\.py)`", document(name))
    return [(each, file) for first, second, file in found for each in (first, second) if each]


def anchors(text: str) -> set[str]:
    """The names by which a link can point at a heading."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def sections(text: str) -> dict[str, str]:
    """What stands under each heading, up to the next one of any level."""
    parts = re.split(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def rows(text: str) -> Iterator[list[str]]:
    """The cells of every line of the tables in a text, headings left out."""
    lines = text.splitlines()
    for at, line in enumerate(lines):
        below = lines[at + 1] if at + 1 < len(lines) else ""
        if line.startswith("|") and not _ruled(line) and not _ruled(below):
            yield [cell.strip().replace("\\|", "|") for cell in CELL.split(line)[1:-1]]


def _ruled(line: str) -> bool:
    return re.fullmatch(r"\|[-:| ]+\|", line) is not None


def existing(path: Path) -> bool:
    """Whether a file or folder is there; `<name>` and `*` stand for anything."""
    pattern = re.sub(r"<[^>]+>", "*", str(path.relative_to(ROOT)))
    return any(ROOT.glob(pattern)) if "*" in pattern else (ROOT / pattern).exists()
