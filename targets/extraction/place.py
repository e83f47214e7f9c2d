"""Where a number stands: its clause, sentence, line and section, found once for all questions about it."""

from dataclasses import dataclass

from targets.extraction.quantities import Quantity
from targets.extraction.reading import Reading
from targets.extraction.structure import Date, Section, Structure

FAR_IN_SENTENCE, FAR_IN_LINE = 800, 2500
"""How far from a number its sentence and line are read. Real ones are shorter; without a bound the work for a text
without a full stop would grow with the square of its length."""


@dataclass(frozen=True, slots=True)
class Place:
    """A number with its surroundings, as far as they are read. Starts and ends count in the view."""

    structure: Structure
    reading: Reading
    sentence_start: int
    sentence_end: int
    line_start: int
    line_end: int
    section: Section | None

    @property
    def quantity(self) -> Quantity:
        return self.reading.quantity

    @property
    def position(self) -> int:
        return self.reading.quantity.start

    @property
    def issued(self) -> int | None:
        return self.structure.issued

    @property
    def sentence(self) -> str:
        return self.structure.text[self.sentence_start : self.sentence_end]

    @property
    def said_before(self) -> str:
        """The sentence up to the number."""
        return self.structure.text[self.sentence_start : self.position]

    @property
    def line(self) -> str:
        return self.structure.text[self.line_start : self.line_end]

    @property
    def line_before(self) -> str:
        """The line up to the number."""
        return self.structure.text[self.line_start : self.position]

    @property
    def clause(self) -> str:
        return self.structure.text[self.reading.start : self.reading.end]

    def in_role(self, *roles: str) -> bool:
        """Whether the number stands in a section for that."""
        return self.section is not None and self.section.role in roles

    def may_be_deadline(self, date: Date) -> bool:
        """A year after the issue (in a report: of the report or after it), none that is compared with or begun in."""
        if date.baseline or self.structure.text[date.end : date.end + 1] == "起":
            return False
        if self.issued is None:
            return True
        if self.structure.report:
            return date.year >= self.issued
        return date.year > self.issued or (date.year == self.issued and self.structure.period_end is not None)


def place_of(structure: Structure, reading: Reading) -> Place:
    """The surroundings of a number."""
    position = reading.quantity.start
    sentence = within(structure.sentence(position), position, FAR_IN_SENTENCE)
    line = within(structure.line(position), position, FAR_IN_LINE)
    return Place(structure, reading, *sentence, *line, structure.section(position))


def within(stretch: tuple[int, int], position: int, far: int) -> tuple[int, int]:
    """A stretch of text, no further than so many characters from a position in it."""
    start, end = stretch
    return max(start, position - far), min(end, position + far)
