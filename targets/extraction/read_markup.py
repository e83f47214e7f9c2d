"""Text out of web pages and Word documents, block by block, with the places of table cells."""

import io
import re
from collections.abc import Iterator
from itertools import islice

import docx
import lxml.etree
import lxml.html
from docx.table import Table
from docx.text.paragraph import Paragraph

from models.errors import DocumentRefused
from models.extraction import SourceText, Span, TableCell

BLOCKS = frozenset(
    "address article aside blockquote body br center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header"
    " hr li main nav ol p pre section table tbody thead tr td th ul caption title".split()
)
LEFT_OUT = frozenset("script style noscript template svg head iframe object".split())
SPACES = re.compile(r"[ \t\r\f\v]*\n[ \t\r\f\v]*|[ \t\r\f\v]{2,}")
DEEPEST = 400


class _Text:
    """A text that grows by blocks and remembers where table cells stand."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.size = 0
        self.cells: list[TableCell] = []

    def block(self, words: str) -> Span:
        """Adds a line; an empty one adds nothing."""
        words = words.strip(" \t\r\n")
        start = self.size
        if words:
            self.parts.append(words + "\n")
            self.size += len(words) + 1
        return Span(start, start + len(words))

    def cell(self, words: str, table: int, row: int, column: int) -> None:
        """Adds a cell of a table as a line of its own."""
        span = self.block(words)
        if span.end > span.start:
            self.cells.append(TableCell(span, table, row, column))

    @property
    def text(self) -> str:
        return "".join(self.parts)


def read_html(data: bytes, name: str, text: str, encoding: str) -> SourceText:
    """The words of a page: scripts and styles left out, blocks on lines of their own."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\x00", ""))
    try:
        tree = lxml.html.document_fromstring(text, parser=lxml.html.HTMLParser(huge_tree=False, no_network=True))
    except (lxml.etree.LxmlError, ValueError):
        raise DocumentRefused("the page is damaged and cannot be read; save its text as txt") from None
    out, tables = _Text(), {each: at for at, each in enumerate(tree.iter("table"))}
    for words, cell in _blocks(tree):
        if cell is None:
            out.block(words)
        else:
            out.cell(words, tables.get(cell[0], 0), cell[1], cell[2])
    return SourceText(name, "text/html", encoding, data, out.text, cells=tuple(out.cells))


Cell = tuple[lxml.html.HtmlElement, int, int]


def _blocks(tree: lxml.html.HtmlElement) -> Iterator[tuple[str, Cell | None]]:
    """The text of each block in order, with its table, row and column where it is a cell."""
    words: list[str] = []
    cell: Cell | None = None
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end")):
        shown = isinstance(element.tag, str) and not _hidden(element)
        if shown and element.tag in BLOCKS:
            if words:
                yield SPACES.sub(" ", "".join(words)), cell
                words = []
            cell = _cell(element) if event == "start" else None
        words += _words(event, element, shown)
    if words:
        yield SPACES.sub(" ", "".join(words)), cell


def _words(event: str, element: lxml.html.HtmlElement, shown: bool) -> list[str]:
    """What stands inside an element before its children, or behind it."""
    found = (element.text if shown else None) if event == "start" else element.tail
    return [found] if found else []


def _hidden(element: lxml.html.HtmlElement) -> bool:
    """Inside a script, style or the like."""
    above = (element, *islice(element.iterancestors(), DEEPEST))
    return len(above) > DEEPEST or any(each.tag in LEFT_OUT for each in above)


def _cell(element: lxml.html.HtmlElement) -> Cell | None:
    if element.tag not in ("td", "th"):
        return None
    row = element.getparent()
    table = next(element.iterancestors("table"), None)
    if row is None or table is None:
        return None
    rows = list(table.iter("tr"))
    return table, rows.index(row) if row in rows else 0, list(row).index(element)


def read_docx(data: bytes, name: str) -> SourceText:
    """Paragraphs and tables of a Word document in their order, cells on lines of their own."""
    try:
        document = docx.Document(io.BytesIO(data))
        out, table = _Text(), 0
        for block in document.iter_inner_content():
            if isinstance(block, Paragraph):
                out.block(block.text)
            else:
                _table(out, block, table)
                table += 1
    except Exception:  # a hostile archive makes its parsers raise whatever they like
        raise DocumentRefused("the Word document is damaged; open it in Word and save it anew") from None
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return SourceText(name, kind, "", data, out.text, cells=tuple(out.cells))


def _table(out: _Text, table: Table, number: int) -> None:
    for at, row in enumerate(table.rows):
        seen = set()
        for column, cell in enumerate(row.cells):
            if cell._tc not in seen:  # a merged cell comes once
                seen.add(cell._tc)
                out.cell(cell.text.replace("\n", " "), number, at, column)
