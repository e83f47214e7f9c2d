"""Text out of web pages and Word documents, block by block, with the places of table cells.

Both are read as a stream of marks, without a tree: neither depth nor length costs more than its share.
"""

import re
import zipfile
import zlib
from typing import IO

import lxml.etree

from models.errors import DocumentRefused
from models.extraction import SourceText
from targets.extraction.blocks import Blocks

BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6"
    " header hr li main nav ol p pre section tbody thead tfoot title ul".split()
)
LEFT_OUT = frozenset("script style noscript template svg head iframe object".split())
MOST_TAGS = 500_000
CHUNK = 2**16
WORD_LEFT_OUT = frozenset(("del", "moveFrom", "Fallback"))
"""What tracked changes took out, and the second form of a text box."""

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class _Page:
    """Hears the tags of a web page."""

    def __init__(self) -> None:
        self.blocks = Blocks()
        self.hidden = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self.hidden or tag in LEFT_OUT:
            self.hidden += 1
        elif tag == "table":
            self.blocks.open_table()
        elif tag == "tr":
            self.blocks.open_row()
        elif tag in ("td", "th"):
            self.blocks.open_cell(_number(attributes.get("colspan")), _number(attributes.get("rowspan")))
        elif tag in BLOCKS:
            self.blocks.end_block()

    def end(self, tag: str) -> None:
        if self.hidden:
            self.hidden -= 1
        elif tag == "table":
            self.blocks.close_table()
        elif tag in ("td", "th"):
            self.blocks.close_cell()
        elif tag in BLOCKS:
            self.blocks.end_block()

    def data(self, words: str) -> None:
        if not self.hidden:
            self.blocks.add(words)

    def comment(self, words: str) -> None:
        """A comment is not text."""

    def pi(self, target: str, words: str | None = None) -> None:
        """Nor is an instruction to a program."""

    def close(self) -> Blocks:
        self.blocks.end_block()
        return self.blocks


class _Word:
    """Hears the tags of a Word document, in either of its two namespaces."""

    def __init__(self) -> None:
        self.blocks = Blocks()
        self.hidden = 0
        self.in_text = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if self.hidden or name in WORD_LEFT_OUT:
            self.hidden += 1
        elif name == "t":
            self.in_text = True
        elif name in ("p", "br", "cr"):
            self.blocks.end_block()
        elif name in ("tab", "ptab"):
            self.blocks.add(" ")
        elif name == "noBreakHyphen":
            self.blocks.add("-")
        else:
            self._table(name, attributes)

    def _table(self, name: str, attributes: dict[str, str]) -> None:
        if name == "tbl":
            self.blocks.open_table()
        elif name == "tr":
            self.blocks.open_row()
        elif name == "tc":
            self.blocks.open_cell()
        elif name == "gridSpan":
            self.blocks.widen_cell(_number(next(iter(attributes.values()), None)))

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        if self.hidden:
            self.hidden -= 1
        elif name == "t":
            self.in_text = False
        elif name == "p":
            self.blocks.end_block()
        elif name == "tc":
            self.blocks.close_cell()
        elif name == "tbl":
            self.blocks.close_table()

    def data(self, words: str) -> None:
        if self.in_text and not self.hidden:
            self.blocks.add(words)

    def comment(self, words: str) -> None:
        """A comment is not text."""

    def close(self) -> Blocks:
        self.blocks.end_block()
        return self.blocks


def read_html(data: bytes, name: str, text: str, encoding: str, notes: tuple[str, ...] = ()) -> SourceText:
    """The words of a page: scripts and styles left out, blocks on lines of their own."""
    if text.count("<") > MOST_TAGS:
        raise DocumentRefused(f"the page holds more than {MOST_TAGS} tags; save its text as txt")
    text = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text.replace("\x00", ""))
    parser = lxml.etree.HTMLParser(target=_Page(), huge_tree=True, no_network=True)
    try:
        parser.feed(text)
        found = parser.close()
    except (lxml.etree.LxmlError, ValueError):
        raise DocumentRefused("the page is damaged and cannot be read; save its text as txt") from None
    return SourceText(name, "text/html", encoding, data, found.text, notes, tuple(found.cells))


def read_docx(data: bytes, name: str, document: IO[bytes]) -> SourceText:
    """Paragraphs and tables of a Word document in their order; `document` is its word/document.xml, unpacked."""
    parser = lxml.etree.XMLParser(target=_Word(), resolve_entities=False, no_network=True, load_dtd=False)
    try:
        while chunk := document.read(CHUNK):
            parser.feed(chunk)
        found = parser.close()
    except (lxml.etree.LxmlError, ValueError, zipfile.BadZipFile, zlib.error, OSError, EOFError):
        raise DocumentRefused("the Word document is damaged; open it in Word and save it anew") from None
    return SourceText(name, DOCX, "", data, found.text, cells=tuple(found.cells))


def _number(words: str | None) -> int:
    """How many columns or rows a cell says that it spans; one where it says nothing of sense."""
    return int(words) if words is not None and words.isascii() and words.isdigit() and len(words) < 6 else 1
