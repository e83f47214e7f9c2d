"""A data file as text, and a row of it with the place it stands at."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from storage.faults import DataProblem, fault

R = TypeVar("R", bound=BaseModel)

LARGEST = 64 * 1024 * 1024
"""Bytes of one data file. Whatever is larger was put there by mistake."""


@dataclass(frozen=True, slots=True)
class Located(Generic[R]):
    """A row with the place it was read at."""

    row: R
    file: str
    line: int
    lines: dict[str, int] = field(default_factory=dict)

    def problem(self, name: str, problem: str, expected: str) -> DataProblem:
        """A problem with one field of this row, and what would be right."""
        return DataProblem(self.file, self.lines.get(name, self.line), name, problem, expected)


def shown(folder: Path, path: Path) -> str:
    """A file's name as it stands in messages: from the data folder on."""
    return path.relative_to(folder.parent).as_posix()


def read_text(path: Path, name: str) -> tuple[bytes, str, list[DataProblem]]:
    """The bytes and the text of a file in UTF-8."""

    def wrong(line: int, problem: str, expected: str) -> tuple[bytes, str, list[DataProblem]]:
        return b"", "", [DataProblem(name, line, "", problem, expected)]

    if not path.exists():
        return wrong(0, "the file is missing", "put it there, even if it holds nothing but its first line")
    if not path.is_file():
        return wrong(0, "this is no file", "put a file with this name there")
    try:
        if path.stat().st_size > LARGEST:
            return wrong(0, f"the file is larger than {LARGEST // 1024 // 1024} MB", "look what was put there")
        raw = path.read_bytes()
        text = raw.decode("utf-8")
    except OSError as error:
        return wrong(0, f"the file cannot be read ({error.strerror})", "give the right to read it")
    except UnicodeDecodeError as error:
        return wrong(raw[: error.start].count(b"\n") + 1, "this is not UTF-8", "save the file as text in UTF-8")
    if "\0" in text:
        return wrong(text[: text.index("\0")].count("\n") + 1, "this is not text", "save the file as text in UTF-8")
    return raw, text, []


def validated(
    model: type[R], cells: Any, file: str, line: int, lines: dict[str, int]
) -> tuple[Located[R] | None, list[DataProblem]]:
    """A row of a class, or every mistake in it."""
    try:
        return Located(model.model_validate(cells), file, line, lines), []
    except ValidationError as error:
        return None, [fault(model, wrong, file, line, lines) for wrong in error.errors()]
