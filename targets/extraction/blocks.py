"""A text that grows block by block, and where the cells of its tables stand in it."""

import re
from dataclasses import dataclass, field

from models.extraction import Span, TableCell

NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Control characters and halves of surrogate pairs: no database stores them, no page shows them."""

BLANKS = re.compile(r"[\t\r\n\f\v][ \t\r\n\f\v]*| [ \t\r\n\f\v]+")
WIDE = re.compile("[\u2014-\u201d\u2026\u3001-\u9fff\uff01-\uff5e]")
LONGEST_CELL = 200
"""Paragraphs of a cell longer than this are the page laid out by a table, not an entry of one."""

WIDEST_SPAN = 50
LONGEST_SPAN = 500


@dataclass
class _Table:
    """A table that is being read: where the next cell stands, and which columns cells from above still take."""

    number: int
    row: int = -1
    column: int = 0
    taken: dict[int, int] = field(default_factory=dict)

    def next_row(self) -> None:
        self.row, self.column = self.row + 1, 0
        self.taken = {column: last for column, last in self.taken.items() if last >= self.row}

    def free_column(self) -> int:
        while self.column in self.taken:
            self.column += 1
        return self.column

    def take(self, wide: int, high: int) -> None:
        if high > 1:
            last = self.row + min(high, LONGEST_SPAN) - 1
            self.taken |= {self.column + at: last for at in range(min(wide, WIDEST_SPAN))}
        self.column += min(wide, WIDEST_SPAN)


class Blocks:
    """Words go in by `add`, `end_block` makes a line of them; a cell of a table is one line with its place."""

    def __init__(self) -> None:
        self.cells: list[TableCell] = []
        self._lines: list[str] = []
        self._size = 0
        self._words: list[str] = []
        self._tables: list[_Table] = []
        self._count = 0
        self._cell: list[str] | None = None
        self._wide = self._high = 1

    @property
    def text(self) -> str:
        return "".join(self._lines)

    def add(self, words: str) -> None:
        """Adds words to the block that is open."""
        self._words.append(words)

    def end_block(self) -> None:
        """Ends the line; an empty one adds nothing."""
        if not self._words:
            return
        words = BLANKS.sub(_one_blank, NO_TEXT.sub("", "".join(self._words))).strip(" ")
        self._words = []
        if not words:
            return
        if self._cell is None:
            self._line(words)
        else:
            self._cell.append(words)

    def open_table(self) -> None:
        """A table begins; a cell around it turns out to be layout, and its words are lines."""
        self.end_block()
        self._leave_cell(as_lines=True)
        self._tables.append(_Table(self._count))
        self._count += 1

    def close_table(self) -> None:
        """The innermost table ends."""
        self.close_cell()
        if self._tables:
            self._tables.pop()

    def open_row(self) -> None:
        """A row of the innermost table begins."""
        self.close_cell()
        if self._tables:
            self._tables[-1].next_row()

    def open_cell(self, wide: int = 1, high: int = 1) -> None:
        """A cell begins that spans so many columns and rows."""
        self.close_cell()
        if self._tables:
            self._cell, self._wide, self._high = [], max(1, wide), max(1, high)

    def widen_cell(self, wide: int) -> None:
        """The open cell turns out to span so many columns."""
        self._wide = max(1, wide)

    def close_cell(self) -> None:
        """The cell ends."""
        self.end_block()
        self._leave_cell(as_lines=False)

    def _leave_cell(self, as_lines: bool) -> None:
        if self._cell is None:
            return
        found, self._cell, table = self._cell, None, self._tables[-1]
        column = table.free_column()
        table.take(self._wide, self._high)
        if as_lines or (len(found) > 1 and sum(map(len, found)) > LONGEST_CELL):
            for each in found:
                self._line(each)
        elif found:
            self.cells.append(TableCell(self._line(" ".join(found)), table.number, max(table.row, 0), column))

    def _line(self, words: str) -> Span:
        start = self._size
        self._lines.append(words + "\n")
        self._size += len(words) + 1
        return Span(start, start + len(words))


def _one_blank(run: re.Match[str]) -> str:
    """Blanks as a browser shows them: one, and none where the source only breaks a line between Chinese characters."""
    start, end = run.span()
    if "\n" in run[0] and WIDE.match(run.string[start - 1 : start]) and WIDE.match(run.string[end : end + 1]):
        return ""
    return " "
