"""The grammar: words and units as rows of data/grammar, each with an example and a counter-example."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FOLDER = Path(__file__).parents[2] / "data" / "grammar"
FILES = ("units", "words", "sections")
CHINESE_DIGITS = {
    "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its words mean `effect`; `example` is a text in which it fires, `counter_example` one in which not."""

    id: str
    words: tuple[str, ...]
    effect: str
    example: str
    counter_example: str
    kind: str = ""
    role: str = ""

    @property
    def group(self) -> str:
        """The class of the row: `verb` of `verb.make`."""
        return self.id.split(".")[0]


@cache
def rows() -> tuple[Row, ...]:
    """Every row of the grammar, in the order of the files."""
    found = []
    for name in FILES:
        for each in yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8")):
            found.append(
                Row(
                    id=each["id"],
                    words=tuple(each["words"].split("|")),
                    effect=each.get("effect", ""),
                    example=each["example"],
                    counter_example=each["counter_example"],
                    kind=each.get("kind", ""),
                    role=each.get("role", ""),
                )
            )
    return tuple(found)


@cache
def of(*names: str) -> dict[str, Row]:
    """The rows of these classes (or with these ids) by each of their words; an earlier row keeps its word."""
    found: dict[str, Row] = {}
    for row in rows():
        if row.group in names or row.id in names:
            for word in row.words:
                found.setdefault(word, row)
    return found


@cache
def alternatives(*names: str) -> str:
    """The words of these classes as one alternation, the longest first."""
    return "|".join(sorted(of(*names), key=len, reverse=True))


@cache
def pattern(*names: str) -> re.Pattern[str]:
    """Finds a word of these classes."""
    return re.compile(alternatives(*names))


@cache
def at_end(*names: str) -> re.Pattern[str]:
    """Finds a word of these classes at the end of a text."""
    return re.compile(f"(?:{alternatives(*names)})$")


def row_of(word: str, *names: str) -> Row | None:
    """The row that a found word belongs to; words written as patterns are tried one by one."""
    known = of(*names)
    if word in known:
        return known[word]
    return next((row for written, row in known.items() if re.fullmatch(written, word)), None)
