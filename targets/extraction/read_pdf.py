"""Text out of a PDF: lines joined to sentences, page headers and numbers dropped."""

import io
import logging
import re
from collections import Counter

import pypdf
from pdfminer.high_level import extract_text
from pdfminer.pdfparser import PDFSyntaxError
from pypdf.errors import PyPdfError

from models.errors import DocumentRefused
from models.extraction import SourceText

MOST_PAGES = 600
LEAST_LETTERS = 20
"""Fewer letters a page than this: the pages are pictures, or pypdf cannot read their fonts."""

PAGE_NUMBER = re.compile(r"^[\s\-—–·第]*\d{1,4}[\s\-—–·页/]*(?:共?\s*\d{1,4}\s*页?)?\s*$")
SENTENCE_END = re.compile(r"[。；：！？!?;:]\s*$")
BLOCK_START = re.compile(
    r"^[\s　]*(?:第[一二三四五六七八九十]+[章节条部]|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]"
    r"|\d+[.、．]|附件|——|[●■◆·])"
)
SHORT = 12
"""A line of fewer characters that does not end a sentence may be a title or a cell: nothing is joined to it."""

logging.getLogger("pypdf").setLevel(logging.ERROR)
logging.getLogger("pdfminer").setLevel(logging.ERROR)


def read_pdf(data: bytes, name: str) -> SourceText:
    """The text of a PDF; raises DocumentRefused for encrypted, damaged, endless and picture-only ones."""
    pages = _pages(data)
    if sum(len(page.strip()) for page in pages) < LEAST_LETTERS * len(pages):
        pages = _second_reader(data) or pages
    if sum(len(page.strip()) for page in pages) < LEAST_LETTERS:
        raise DocumentRefused("the pages of this PDF are pictures without text; have them read by OCR first")
    lines = [line for page in _without_margins(pages) for line in page]
    return SourceText(name, "application/pdf", "", data, joined(lines))


def _pages(data: bytes) -> list[str]:
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentRefused("this PDF is encrypted; save a copy without a password")
        if len(reader.pages) > MOST_PAGES:
            raise DocumentRefused(f"this PDF has more than {MOST_PAGES} pages; save the pages of the policy alone")
        return [page.extract_text() for page in reader.pages]
    except DocumentRefused:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        if "encrypt" in str(error).lower() or "password" in str(error).lower():
            raise DocumentRefused("this PDF is encrypted; save a copy without a password") from None
        raise DocumentRefused("this PDF is damaged; fetch it again, or save its text as txt") from None
    except Exception as error:  # the parsers of a hostile format raise whatever they like
        raise DocumentRefused(f"this PDF cannot be read ({type(error).__name__}); save its text as txt") from None


def _second_reader(data: bytes) -> list[str]:
    try:
        return str(extract_text(io.BytesIO(data), maxpages=MOST_PAGES)).split("\f")
    except PDFSyntaxError:
        return []
    except Exception:  # as above: what the first reader found stands
        return []


def _without_margins(pages: list[str]) -> list[list[str]]:
    """Lines of each page without page numbers and the headers and footers that most pages repeat."""
    split = [[line.rstrip() for line in page.splitlines()] for page in pages]
    margins = Counter(line.strip() for page in split for line in {*page[:2], *page[-2:]} if line.strip())
    repeated = {line for line, count in margins.items() if len(pages) >= 3 and count > len(pages) / 2}
    return [[each for each in page if each.strip() not in repeated and not PAGE_NUMBER.match(each)] for page in split]


def joined(lines: list[str]) -> str:
    """Lines that the page's width broke are put together again: a sentence stands on one line."""
    found: list[str] = []
    stripped = [line.strip() for line in lines if line.strip()]
    edge = max(SHORT, 0.8 * max(map(len, stripped), default=0))
    reaches_edge = False
    for line in stripped:
        if reaches_edge and not SENTENCE_END.search(found[-1]) and not BLOCK_START.match(line):
            found[-1] += line
        else:
            found.append(line)
        reaches_edge = len(line) >= edge
    return "\n".join(found) + "\n"
