"""Worked cases as lines of JSON: read, judged and printed, for the command line and for the tests."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from models.assessment import FIGURES, Assessment, Cutoffs, TargetSpec
from models.enums import Comparator, Kind, Measure
from models.errors import TargetRefused
from targets.assessment.judge import STANDARD, assess

TARGET_FIELDS = "kind comparator value value_high measure direction deadline baseline_year".split()
CASE_FIELDS = "name target values reference period_start issued as_of expect".split()
W = TypeVar("W", bound=StrEnum)
FIRST_YEAR, LAST_YEAR = 1000, 9999


@dataclass(frozen=True, slots=True)
class CaseProblem:
    """A line that cannot be judged: its number, the field at fault, and why."""

    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.field}: {self.message}"


class _Unreadable(Exception):
    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def run_cases(lines: Iterable[str], cutoffs: Cutoffs = STANDARD) -> Iterator[str | CaseProblem]:
    """Judges one case a line: the answer as a line of JSON, or the problem. Blank lines are passed over."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield answer(judge_line(line, cutoffs))
        except (_Unreadable, TargetRefused) as refused:
            yield CaseProblem(number, refused.field, str(refused))


def judge_line(line: str, cutoffs: Cutoffs = STANDARD) -> Assessment:
    """Judges the case of one line."""
    case = _object(_parse(line), "line", CASE_FIELDS)
    spec = _spec(case)
    values = _series(case, "values", required=True)
    reference = _series(case, "reference", required=False)
    as_of = _year(case, "as_of")
    today = datetime.now(UTC).year
    return assess(spec, values, reference, as_of=today if as_of is None else as_of, cutoffs=cutoffs)


def answer(verdict: Assessment) -> str:
    """An assessment as one line of JSON with the published keys; a figure that cannot be said is null."""
    return json.dumps(plain(verdict), ensure_ascii=False, allow_nan=False)


def plain(verdict: Assessment) -> dict[str, Any]:
    """The published figures of an assessment as plain values."""
    found = {name: getattr(verdict, name) for name in FIGURES}
    return {name: value.value if isinstance(value, StrEnum) else value for name, value in found.items()}


def _parse(line: str) -> Any:
    def constant(name: str) -> Any:
        raise _Unreadable("line", f"{name} is not a number that can be judged")

    try:
        return json.loads(line, parse_constant=constant)
    except (json.JSONDecodeError, RecursionError) as error:
        raise _Unreadable("line", f"this is not a JSON object: {error}") from None
    except ValueError as error:
        raise _Unreadable("line", f"a number is too long to be read: {error}") from None


def _object(found: Any, field: str, known: list[str]) -> Mapping[str, Any]:
    if not isinstance(found, dict):
        raise _Unreadable(field, "a JSON object is needed here")
    unknown = sorted(set(found) - set(known))
    if unknown:
        raise _Unreadable(unknown[0], f"there is no such field; known are {', '.join(known)}")
    return found


def _spec(case: Mapping[str, Any]) -> TargetSpec:
    if "target" not in case:
        raise _Unreadable("target", "it is missing")
    target = _object(case["target"], "target", TARGET_FIELDS)
    value = _number(target.get("value"), "value")
    if value is None:
        raise _Unreadable("value", "it is missing; give the number that the policy states")
    direction = _whole(target, "direction")
    return TargetSpec(
        kind=_word(target, "kind", Kind),
        comparator=_word(target, "comparator", Comparator),
        value=value,
        value_high=_number(target.get("value_high"), "value_high"),
        measure=_word(target, "measure", Measure) if target.get("measure") is not None else Measure.ANNUAL,
        direction=direction,
        deadline=_year(target, "deadline"),
        baseline_year=_year(target, "baseline_year"),
        period_start=_year(case, "period_start"),
        issued=_year(case, "issued"),
    )


def _word(found: Mapping[str, Any], field: str, words: type[W]) -> W:
    value = found.get(field)
    if value is None:
        raise _Unreadable(field, f"it is missing; one of {', '.join(words)}")
    try:
        return words(value)
    except ValueError:
        raise _Unreadable(field, f"{value!r} is unknown; one of {', '.join(words)}") from None


def _number(value: Any, field: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _Unreadable(field, f"{value!r} is not a number")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise _Unreadable(field, "the number is too large to be judged")
    return number


def _whole(found: Mapping[str, Any], field: str) -> int | None:
    number = _number(found.get(field), field)
    if number is not None and number != int(number):
        raise _Unreadable(field, f"{found[field]!r} is not a whole number")
    return None if number is None else int(number)


def _year(found: Mapping[str, Any], field: str) -> int | None:
    year = _whole(found, field)
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        raise _Unreadable(field, f"{year} is not a year")
    return year


def _series(case: Mapping[str, Any], field: str, *, required: bool) -> dict[int, float]:
    """Values by year; null stands for a year without a value."""
    if case.get(field) is None:
        if required:
            raise _Unreadable(field, "it is missing; give {} where there is no value")
        return {}
    if not isinstance(case[field], dict):
        raise _Unreadable(field, "a JSON object of values by year is needed here")
    found = {}
    for key, value in case[field].items():
        if not (key.isascii() and key.isdigit() and FIRST_YEAR <= int(key) <= LAST_YEAR):
            raise _Unreadable(field, f"{key!r} is not a year")
        number = _number(value, f"{field}.{key}")
        if number is not None:
            found[int(key)] = number
    return found
