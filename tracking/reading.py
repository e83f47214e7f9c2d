"""A policy's text as it is read: its paragraphs, the pieces between the targets' quotes. Offsets stay the source's."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.policy import Target

BREAK = re.compile(r"\n\s*")
CONTEXT = 160
"""So many characters of a long paragraph are shown on each side of a quote."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph, with the targets whose quotes cover it (none for plain text)."""

    text: str
    targets: tuple[Target, ...] = ()


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where each paragraph that says something begins and ends in the source."""
    at = 0
    for found in [*BREAK.finditer(text), None]:
        end = found.start() if found else len(text)
        begun = at + len(text[at:end]) - len(text[at:end].lstrip())
        if text[begun:end].strip():
            yield begun, begun + len(text[begun:end].rstrip())
        at = found.end() if found else end


def pieces(text: str, start: int, end: int, targets: Sequence[Target]) -> Iterator[Piece]:
    """A paragraph cut at the borders of the quotes; quotes may overlap."""
    inside = [t for t in targets if t.start < end and t.end > start]
    cuts = sorted({start, end, *(min(max(x, start), end) for t in inside for x in (t.start, t.end))})
    for first, last in itertools.pairwise(cuts):
        yield Piece(text[first:last], tuple(t for t in inside if t.start <= first and last <= t.end))


def paragraph_of(text: str, start: int, end: int) -> tuple[str, str, str]:
    """What stands before a quote in its paragraph, the quote, and what stands after it; long parts are shortened."""
    begun = text.rfind("\n", 0, start) + 1
    until = text.find("\n", end)
    before, after = text[begun:start].lstrip(), text[end : until if until >= 0 else len(text)].rstrip()
    before = "…" + before[-CONTEXT:] if len(before) > CONTEXT else before
    after = after[:CONTEXT] + "…" if len(after) > CONTEXT else after
    return before, text[start:end], after
