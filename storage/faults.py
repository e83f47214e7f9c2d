"""What is wrong in a data file, in words: file, line, field, and what would be right."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from storage import rows
from storage.nearest import nearest

SHOWN = 40
"""So many characters of a wrong value are repeated."""

SENTENCES = {
    "missing": "it is missing",
    "extra_forbidden": "there is no such field",
    "decimal_parsing": "{given} is not a number",
    "decimal_type": "{given} is not a number",
    "float_parsing": "{given} is not a number",
    "finite_number": "{given} is not a finite number",
    "decimal_max_digits": "{given} has too many digits",
    "decimal_max_places": "{given} has too many digits after the point",
    "decimal_whole_digits": "{given} has too many digits",
    "int_parsing": "{given} is not a whole number",
    "int_parsing_size": "{given} has too many digits",
    "int_from_float": "{given} is not a whole number",
    "bool_parsing": "{given} is neither yes nor no",
    "enum": "{given} is unknown",
    "literal_error": "{given} is unknown",
    "string_type": "{given} is not one text",
    "string_too_long": "{given} is too long",
    "string_pattern_mismatch": "{given} is not written as it must be",
    "greater_than": "{given} is out of range",
    "greater_than_equal": "{given} is out of range",
    "less_than_equal": "{given} is out of range",
}
"""Pydantic's kinds of mistakes. What is not listed "cannot be used"."""


@dataclass(frozen=True, slots=True, order=True)
class DataProblem:
    """One thing that is wrong in a data file, and what would be right. Line 0 is the file as a whole."""

    file: str
    line: int
    field: str
    problem: str
    expected: str

    def __str__(self) -> str:
        place = self.file + (f", line {self.line}" if self.line else "") + (f", {self.field}" if self.field else "")
        return f"{place}: {self.problem}; {self.expected}"


def shortly(value: object) -> str:
    """A wrong value as it was given, cut where it is long."""
    text = str(value)
    return repr(text if len(text) <= SHOWN else text[:SHOWN] + "…")


def fault(model: type[BaseModel], wrong: Any, file: str, line: int, lines: dict[str, int]) -> DataProblem:
    """One of pydantic's mistakes as a problem of a data file."""
    name = str(wrong["loc"][0]) if wrong["loc"] else ""
    shown = ".".join(str(part) for part in wrong["loc"])
    kind = wrong["type"]
    sentence = SENTENCES.get(kind, "{given} cannot be used").replace("{given}", shortly(wrong["input"]))
    if kind == "extra_forbidden":
        known = _fields_at(model, wrong["loc"])
        near = nearest(str(wrong["loc"][-1]), known, 1)
        expected = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
    else:
        expected = what_is_right(_field_at(model, wrong["loc"]))
    return DataProblem(file, lines.get(name, line), shown, sentence, expected)


def _fields_at(model: type[BaseModel], path: tuple[Any, ...]) -> list[str]:
    for part in path[:-1]:
        inner = _row_in(model.model_fields[str(part)].annotation)
        model = inner or model
    return list(model.model_fields)


def _row_in(annotation: Any) -> type[BaseModel] | None:
    found = [each for each in (annotation, *get_args(annotation)) if isinstance(each, type)]
    return next((each for each in found if issubclass(each, BaseModel)), None)


def _field_at(model: type[BaseModel], path: tuple[Any, ...]) -> FieldInfo | None:
    field: FieldInfo | None = None
    for part in path:
        if not isinstance(part, str) or part not in model.model_fields:
            break
        field = model.model_fields[part]
        model = _row_in(field.annotation) or model
    return field


def what_is_right(field: FieldInfo | None) -> str:
    """What may stand in a field, as an invitation."""
    if field is None:
        return "give fields with values"
    return _marked([field.annotation, *field.metadata]) or _by_type(field.annotation)


def _marked(parts: Iterable[Any]) -> str | None:
    """The words that go along with a type, however deep they stand in it."""
    for part in parts:
        if isinstance(part, rows.Right):
            return str(part)
        if found := _marked(get_args(part)):
            return found
    return None


def _by_type(annotation: Any) -> str:
    inside = [each for each in (annotation, *get_args(annotation)) if each is not type(None)]
    if get_origin(annotation) is Literal:
        return f"give one of {', '.join(each.value for each in inside[1:])}"
    kind = next((each for each in inside if isinstance(each, type)), str)
    if issubclass(kind, BaseModel):
        return f"give {{{', '.join(f'{name}: …' for name in kind.model_fields)}}}"
    if issubclass(kind, Enum):
        return f"give one of {', '.join(str(each.value) for each in kind)}"
    words = {bool: "give yes or no", int: "give a whole number", date: "give a date such as 2020-09-30"}
    return words.get(kind, "give a text")
