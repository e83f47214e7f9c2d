"""A view of a text that rules can read: noise of the web dropped, digits and characters in one form.

The source is never changed. The view keeps for each of its characters where it stands in the source, so that a quote is
always cut from there.
"""

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import opencc
from pypinyin import Style, pinyin

from models.extraction import Span

TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
READING = re.compile(rf"[(（]([a-zü]*[{TONES}][a-zü{TONES}]*)[)）]")
"""A reading in brackets that a broken converter put behind a character: 區(qū)."""

BLANK = r"[ \t\u00a0\u3000\u2002-\u200b\ufeff]"
GAPS = re.compile(
    rf"(?<=[\d%％]){BLANK}+(?=[一-龥%％‰℃])|(?<=[一-龥]){BLANK}+(?=[\d０-９])|(?<=\d){BLANK}+(?=[.．]\d)|(?<=\d[.．]){BLANK}+(?=\d)"
)
"""Blanks around and inside numbers: 到 2025 年, 30 万亿元, 12. 5%."""

BROKEN = re.compile(r"(?<=[一-龥])\d[\d.,\-—–~～]*(\s*\n\s*)(?=[个家项人件名户万亿千百%倍])")
"""A line that breaks between a number and its unit. A number alone on its line is a cell of a table and stays."""

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
    """The view of a source text. The same text gives the same view."""
    dropped = _dropped(text)
    if dropped:
        kept, positions = _without(text, dropped)
    else:
        kept, positions = text, array("q", range(len(text) + 1))
    return View(_simplified(kept.translate(ONE_FORM)), positions)


def _dropped(text: str) -> list[tuple[int, int]]:
    found = [(m.start(), m.end()) for m in GAPS.finditer(text)]
    found += [m.span(1) for m in BROKEN.finditer(text)]
    found += [(m.start(), m.end()) for m in READING.finditer(text) if m.start() and _reads(text[m.start() - 1], m[1])]
    return sorted(found)


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


@cache
def _reads(character: str, reading: str) -> bool:
    """Whether it is a reading of the character; 单位(kg) and (GDP) are not."""
    return reading in pinyin(character, style=Style.TONE, heteronym=True)[0]


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _simplified(text: str) -> str:
    """Simplified characters, one for one: the offsets must not move."""
    found = str(_converter().convert(text))
    if len(found) == len(text):
        return found
    return "".join(_one(each) for each in text)


@cache
def _one(character: str) -> str:
    found = str(_converter().convert(character))
    return found if len(found) == 1 else character
