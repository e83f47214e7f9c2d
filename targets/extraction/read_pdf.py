"""Text out of a PDF: lines joined to sentences, page headers and numbers dropped."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from models.errors import DocumentRefused
from models.extraction import SourceText
from targets.extraction.blocks import NO_TEXT

PROGRAM = Path(__file__).with_name("pdf_pages.py")
LONGEST_SECONDS = 8
WHY = {
    "encrypted": "this PDF is encrypted; save a copy without a password",
    "damaged": "this PDF is damaged; fetch it again, or save its text as txt",
    "long": "this PDF has more than 600 pages; save the pages of the policy alone",
    "heavy": "this PDF takes too much time or memory to read; save the pages of the policy alone, or its text as txt",
    "pictures": "the pages of this PDF are pictures without text; have them read by OCR first",
}
PAGE_NUMBER = re.compile(r"(?P<mark>[\s\-—–·－第]*)(?P<number>\d{1,4})[\s\-—–·－页/]*(?:共?\s*\d{1,4}\s*页?)?")
LONGEST_PAGE_NUMBER = 20
EDGE_LINES = 2
SENTENCE_END = frozenset("。；：！？!?;:")
BLOCK_START = re.compile(
    r"(?:第[一二三四五六七八九十]+[章节条部]|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]"
    r"|\d+[.、．](?!\d)|附件|——|[●■◆·])"
)
SHORT = 24
"""A line narrower than this, in halves of a Chinese character, that does not end a sentence may be a title or a cell:
nothing is joined to it."""


def read_pdf(data: bytes, name: str) -> SourceText:
    """The text of a PDF; raises DocumentRefused for encrypted, damaged, endless and picture-only ones."""
    lines = [line for page in without_margins(_pages(data)) for line in page]
    return SourceText(name, "application/pdf", "", data, joined(lines))


def _pages(data: bytes) -> list[str]:
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(PROGRAM)], input=data, capture_output=True, timeout=LONGEST_SECONDS, check=True
        )
        found = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise DocumentRefused(WHY["heavy"]) from None
    except (subprocess.CalledProcessError, ValueError):
        raise DocumentRefused(WHY["damaged"]) from None
    if "refused" in found:
        raise DocumentRefused(WHY[found["refused"]])
    return [NO_TEXT.sub("", page) for page in found["pages"]]


def without_margins(pages: list[str]) -> list[list[str]]:
    """Lines of each page without page numbers and the headers and footers that most pages repeat.

    Only the outer lines of a page are looked at: a bare number further in is an entry of a table.
    """
    split = [[line.strip() for line in page.splitlines() if line.strip()] for page in pages]
    edges = Counter(line for page in split for line in {*page[:EDGE_LINES], *page[-EDGE_LINES:]})
    repeated = {line for line, count in edges.items() if len(pages) >= 3 and count > len(pages) / 2}
    counted = Counter(
        int(found["number"]) - at
        for at, page in enumerate(split)
        for line in {*page[:1], *page[-1:]}
        if (found := _page_number(line))
    )
    return [_without_edges(page, at, repeated, counted) for at, page in enumerate(split)]


def _page_number(line: str) -> re.Match[str] | None:
    return PAGE_NUMBER.fullmatch(line) if len(line) <= LONGEST_PAGE_NUMBER else None


def _without_edges(page: list[str], at: int, repeated: set[str], counted: Counter[int]) -> list[str]:
    """A page without its outer lines as far as they are margin; a bare number is one if pages count on with it."""

    def is_margin(line: str) -> bool:
        found = _page_number(line)
        numbered = found is not None and (bool(found["mark"]) or counted[int(found["number"]) - at] > 1)
        return line in repeated or numbered

    start, end = 0, len(page)
    while start < min(EDGE_LINES, end) and is_margin(page[start]):
        start += 1
    while end > max(start, len(page) - EDGE_LINES) and is_margin(page[end - 1]):
        end -= 1
    return page[start:end]


def joined(lines: list[str]) -> str:
    """Lines that the page's width broke are put together again: a sentence stands on one line."""
    stripped = [_unspaced(line.strip()) for line in lines if line.strip()]
    widths = sorted(map(_width, stripped))
    # Not of the widest: one line of a landscape page would keep all others from being joined.
    edge = max(SHORT, 0.8 * widths[int(0.95 * len(widths))]) if widths else SHORT
    found: list[list[str]] = []
    reaches_edge = False
    for line in stripped:
        if reaches_edge and found[-1][-1][-1] not in SENTENCE_END and not BLOCK_START.match(line):
            found[-1].append(_between(found[-1][-1], line) + line)
        else:
            found.append([line])
        reaches_edge = _width(line) >= edge
    return "".join("".join(parts) + "\n" for parts in found)


def _width(line: str) -> int:
    """How wide a line is, in halves of a Chinese character."""
    return sum(1 if each < "\u0370" else 2 for each in line)


def _between(first: str, second: str) -> str:
    """What stands between two parts of a broken line: a blank between words of letters, nothing in Chinese."""
    return " " if first[-1].isascii() and first[-1].isalpha() and second[0].isascii() and second[0].isalpha() else ""


def _unspaced(line: str) -> str:
    """A line that the typesetting spaced out, 高 新 区 达 到 5 0 家, without the blanks between its characters."""
    characters = line.split(" ")
    if len(characters) < 8 or sum(len(each) == 1 for each in characters) < 0.8 * len(characters):
        return line
    return line.replace("  ", "\t").replace(" ", "").replace("\t", " ")
