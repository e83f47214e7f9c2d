"""The text of each page of a PDF: a program of its own, so that a hostile file ends with it and hurts nobody else.

Reads the PDF from standard input; writes JSON to standard output: {"pages": [...]} or {"refused": why}, a key of
`WHY` in targets/extraction/read_pdf.py.
"""

import io
import json
import logging
import sys

import pypdf
from pdfminer.high_level import extract_text

try:
    import resource
except ImportError:  # not on Windows: there the limit of time alone holds
    resource = None  # type: ignore[assignment]

MOST_PAGES = 600
MOST_MEMORY = 900 * 2**20
LEAST_LETTERS = 20
"""Fewer letters a page than this: the pages are pictures, or pypdf cannot read their fonts."""

MOST_UNREADABLE = 0.05
"""More of the characters than this are U+FFFD or of private use: the fonts do not say what they draw."""


def pages_of(data: bytes) -> dict[str, list[str] | str]:
    """The text of each page, or why there is none."""
    try:
        pages = _first_reader(data)
    except MemoryError:
        return {"refused": "heavy"}
    except Exception as error:  # the parsers of a hostile format raise whatever they like
        words = str(error).lower()
        return {"refused": "encrypted" if "encrypt" in words or "password" in words else "damaged"}
    if isinstance(pages, str):
        return {"refused": pages}
    if _is_poor(pages):
        second = _second_reader(data)
        pages = second if _letters(second) > _letters(pages) or not _is_poor(second) else pages
    if _letters(pages) < LEAST_LETTERS:
        return {"refused": "pictures"}
    return {"pages": pages}


def _first_reader(data: bytes) -> list[str] | str:
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return "encrypted"
    if len(reader.pages) > MOST_PAGES:
        return "long"
    return [page.extract_text() for page in reader.pages]


def _second_reader(data: bytes) -> list[str]:
    try:
        found = str(extract_text(io.BytesIO(data), maxpages=MOST_PAGES))
    except Exception:  # as above: what the first reader found stands
        return []
    return found.removesuffix("\f").split("\f")


def _letters(pages: list[str]) -> int:
    """How many characters can be read."""
    return sum(len(page.strip()) - _unreadable(page) for page in pages)


def _unreadable(page: str) -> int:
    return page.count("\ufffd") + sum("\ue000" <= each <= "\uf8ff" for each in page) + 6 * page.count("(cid:")


def _is_poor(pages: list[str]) -> bool:
    letters, unreadable = _letters(pages), sum(map(_unreadable, pages))
    return letters < LEAST_LETTERS * len(pages) or unreadable > MOST_UNREADABLE * (letters + unreadable)


def main() -> None:
    """Reads standard input, writes standard output."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    logging.disable(logging.CRITICAL)
    try:
        found = pages_of(sys.stdin.buffer.read())
    except MemoryError:
        found = {"refused": "heavy"}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
