"""A view of a text that rules can read: noise of the web dropped, digits and characters in one form.

The source is never changed. The view keeps for each of its characters where it stands in the source, so that a quote is
always cut from there.
"""

import re
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pkgutil import resolve_name

import opencc

from models.extraction import Span

TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
LONGEST_READING = 8
READING = re.compile(rf"[(（]([a-zü{TONES}]{{1,{LONGEST_READING}}})[)）]")
"""What may be a reading in brackets that a broken converter put behind a character: 區(qū)."""

NOT_DRAWN = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Soft hyphens, zero widths, marks of writing direction."""

UNSEEN = re.compile(f"[{NOT_DRAWN}]+")
UNSEEN_OR_BLANK = re.compile(rf"[\s{NOT_DRAWN}]+")
"""Each run is looked at once, whatever its length: a pattern that tries every start would be quadratic."""

HAN = re.compile("[一-龥]")
UNIT_AHEAD = re.compile("[一-龥%％‰℃㎡]")
COUNTED_AHEAD = re.compile("[个家项人件名户万亿千百%倍]")
NUMBER_MARKS = frozenset(".,-—–~～")
LONGEST_NUMBER = 24

ONE_FORM = str.maketrans(
    {
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        **{chr(0xFF21 + at): chr(0x41 + at) for at in range(26)},
        **{chr(0xFF41 + at): chr(0x61 + at) for at in range(26)},
        "％": "%",
        "．": ".",
        "　": " ",
        "\u00a0": " ",
    }
)


@dataclass(frozen=True, slots=True)
class View:
    """The text that rules read; `positions[i]` is where its character i stands in the source, one more for the end."""

    text: str
    positions: "array[int]"

    def at(self, index: int) -> int:
        """Where a character of the view stands in the source."""
        return self.positions[index]

    def source_span(self, start: int, end: int) -> Span:
        """The place in the source of view.text[start:end], from its first to its last character."""
        first = self.positions[start]
        return Span(first, self.positions[end - 1] + 1 if end > start else first)


def normalise(text: str) -> View:
    """The view of a source text. The same text gives the same view; the work grows with its length and no faster."""
    dropped = _dropped(text)
    if dropped:
        kept, positions = _without(text, dropped)
    else:
        kept, positions = text, array("q", range(len(text) + 1))
    return View(_simplified(kept.translate(ONE_FORM)), positions)


def _dropped(text: str) -> list[tuple[int, int]]:
    found = [each for run in UNSEEN_OR_BLANK.finditer(text) for each in _of_run(text, *run.span())]
    found += [m.span() for m in READING.finditer(text) if m.start() and _is_reading(text[m.start() - 1], m[1])]
    return sorted(found)


def _of_run(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """What to drop of a run of blanks and unseen characters: all inside a number or around it, else the unseen."""
    if start and end < len(text) and _splits_number(text, start, end):
        return [(start, end)]
    if end == start + 1 and text[start] in " \n":
        return []
    return [m.span() for m in UNSEEN.finditer(text, start, end)]


def _splits_number(text: str, start: int, end: int) -> bool:
    """Whether the run stands in a number, or between it and its unit or verb: 到 2025 年, 30 万亿元, 12. 5%."""
    before, after = text[start - 1], text[end]
    if text.find("\n", start, end) >= 0 or text.find("\r", start, end) >= 0:
        return bool(COUNTED_AHEAD.match(after)) and _number_in_line(text, start)
    if before.isdecimal():
        return bool(UNIT_AHEAD.match(after)) or (after in ".．" and text[end + 1 : end + 2].isdecimal())
    if not after.isdecimal():
        return before in "%％" and bool(UNIT_AHEAD.match(after))
    return bool(HAN.match(before)) or (before in ".．" and start > 1 and text[start - 2].isdecimal())


def _number_in_line(text: str, end: int) -> bool:
    """Whether a number ends here that a Chinese character precedes: its line was broken before its unit.

    A number alone on its line is a cell of a table, and stays.
    """
    at = end - 1
    while at > max(0, end - LONGEST_NUMBER) and (text[at].isdecimal() or text[at] in NUMBER_MARKS):
        at -= 1
    return at + 1 < end and text[at + 1].isdecimal() and bool(HAN.match(text[at]))


def _without(text: str, dropped: Iterable[tuple[int, int]]) -> tuple[str, "array[int]"]:
    parts, positions, at = [], array("q"), 0
    for start, end in dropped:
        if start < at:
            continue
        parts.append(text[at:start])
        positions.extend(range(at, start))
        at = end
    parts.append(text[at:])
    positions.extend(range(at, len(text) + 1))
    return "".join(parts), positions


def _is_reading(character: str, reading: str) -> bool:
    """Whether it is a reading of the character, with its tone; 单位(kg) and (GDP) are none."""
    return any(each in TONES for each in reading) and reading in _readings()(character)


@cache
def _readings() -> Callable[[str], list[str]]:
    """Loaded with the first text that carries readings, which few do: its dictionary takes longer than all the rest."""
    known: Callable[[str], list[str]] = resolve_name("targets.extraction.readings:readings")
    return known


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _simplified(text: str) -> str:
    """Simplified characters, one for one: the offsets must not move."""
    try:
        found = str(_converter().convert(text))
    except UnicodeEncodeError:  # half a surrogate pair
        found = ""
    if len(found) == len(text):
        return found
    return "".join(map(_one, text))


@lru_cache(maxsize=65536)
def _one(character: str) -> str:
    try:
        found = str(_converter().convert(character))
    except UnicodeEncodeError:
        return character
    return found if len(found) == 1 else character
