"""Reading the frames: the targets as columns, the values as one matrix of pairs and years."""

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from models.assessment import TargetSpec
from models.contradictions import ONE_SIDED, STATE_KINDS, UPWARD, check_spec
from models.enums import CHANGE_KINDS, Comparator, Kind, Measure
from models.errors import TargetRefused
from targets.assessment.columns.compare import Codes, Flags, Floats

KINDS, COMPARATORS, MEASURES = list(Kind), list(Comparator), list(Measure)
NUMBERS = "value value_high direction deadline baseline_year period_start issued".split()
WHOLE = frozenset(NUMBERS) - {"value", "value_high"}
REQUIRED = "kind comparator value as_of".split()


@dataclass(frozen=True)
class Specs:
    """The targets as columns. A number that is not stated is NaN."""

    names: pd.Index
    kind: Codes
    comparator: Codes
    measure: Codes
    value: Floats
    value_high: Floats
    direction: Floats
    deadline: Floats
    baseline_year: Floats
    period_start: Floats
    issued: Floats
    as_of: Floats

    def of_kind(self, *kinds: Kind) -> Flags:
        """Which targets are of one of these kinds."""
        return np.isin(self.kind, [KINDS.index(each) for each in kinds])

    def compares(self, *comparators: Comparator) -> Flags:
        """Which targets have one of these comparators."""
        return np.isin(self.comparator, [COMPARATORS.index(each) for each in comparators])

    @property
    def annual(self) -> Flags:
        """Annual growth: the threshold is a path."""
        return self.of_kind(Kind.GROWTH_RATE) & (self.measure == MEASURES.index(Measure.ANNUAL))

    @property
    def geometric(self) -> Flags:
        """Kinds whose yearly figures are rates in percent."""
        return self.annual | self.of_kind(Kind.GROWTH_MULTIPLE)

    @property
    def change(self) -> Flags:
        """Kinds that cannot be judged without a usable baseline."""
        return self.of_kind(*CHANGE_KINDS)

    @property
    def cap(self) -> Flags:
        """Caps on change, which can only be met at the end."""
        change = np.where(self.of_kind(Kind.GROWTH_MULTIPLE), self.value - 1, self.value)
        return self.change & (np.where(self.compares(*UPWARD), 1, -1) * change <= 0)

    @property
    def high(self) -> Floats:
        """The upper end of a range; elsewhere the value."""
        return np.where(np.isnan(self.value_high), self.value, self.value_high)

    def spec(self, row: int) -> TargetSpec:
        """One target as the scalar form takes it."""

        def number(name: str) -> Any:
            found = float(getattr(self, name)[row])
            if np.isnan(found):
                return None
            return int(found) if name in WHOLE and found.is_integer() else found

        return TargetSpec(
            kind=KINDS[self.kind[row]],
            comparator=COMPARATORS[self.comparator[row]],
            value=float(self.value[row]),
            value_high=number("value_high"),
            measure=MEASURES[self.measure[row]],
            direction=number("direction"),
            deadline=number("deadline"),
            baseline_year=number("baseline_year"),
            period_start=number("period_start"),
            issued=number("issued"),
        )


def read_specs(targets: pd.DataFrame) -> Specs:
    """The targets' columns. Raises TargetRefused naming the first row and the field that contradict themselves."""
    for name in REQUIRED:
        if name not in targets:
            raise TargetRefused(name, f"the targets have no column {name!r}")
    if not targets.index.is_unique:
        raise TargetRefused("index", "each row of the targets needs an index of its own, by which values name it")
    numbers = {name: _numbers(targets, name) for name in [*NUMBERS, "as_of"]}
    specs = Specs(
        names=targets.index,
        kind=_words(targets, "kind", KINDS),
        comparator=_words(targets, "comparator", COMPARATORS),
        measure=_words(targets, "measure", MEASURES, Measure.ANNUAL),
        **numbers,
    )
    _check(specs)
    return specs


def _numbers(targets: pd.DataFrame, name: str) -> Floats:
    if name not in targets:
        return np.full(len(targets), np.nan)
    return targets[name].to_numpy(dtype=np.float64, na_value=np.nan)


def _words(targets: pd.DataFrame, name: str, words: list[Any], default: StrEnum | None = None) -> Codes:
    if name not in targets:
        return np.full(len(targets), words.index(default), dtype=np.int64)
    column = targets[name] if default is None else targets[name].astype(object).fillna(default.value)
    codes = pd.Index([word.value for word in words], dtype=object).get_indexer(pd.Index(column, dtype=object))
    unknown = np.flatnonzero(codes < 0)
    if unknown.size:
        row = unknown[0]
        raise TargetRefused(name, f"{targets.index[row]}: {column.iloc[row]!r} is unknown; one of {', '.join(words)}")
    return codes.astype(np.int64)


def _check(specs: Specs) -> None:
    """Refuses what the scalar form refuses, in its words, for the first such row."""
    if np.isnan(specs.as_of).any():
        row = int(np.flatnonzero(np.isnan(specs.as_of))[0])
        raise TargetRefused("as_of", f"{specs.names[row]}: the year the reader stands in is missing")
    refused = np.flatnonzero(_contradicts(specs))
    if not refused.size:
        return
    row = int(refused[0])
    try:
        check_spec(specs.spec(row))
    except TargetRefused as problem:
        raise TargetRefused(problem.field, f"{specs.names[row]}: {problem}") from None


def _contradicts(specs: Specs) -> Flags:
    """models/contradictions.py, for columns."""
    value, high, direction = specs.value, specs.value_high, specs.direction
    ranged, given, directed = specs.compares(Comparator.RANGE), ~np.isnan(high), ~np.isnan(direction)
    one_sided, rank = specs.compares(*ONE_SIDED), specs.of_kind(Kind.RANK)
    against = one_sided & ((direction == 1) != specs.compares(*UPWARD))
    return (
        ~np.isfinite(value)
        | np.isinf(high)
        | (ranged != given)
        | (ranged & (high < value))
        | (~one_sided & ~specs.of_kind(*STATE_KINDS))
        | (rank & ~specs.compares(Comparator.AT_MOST))
        | (specs.compares(Comparator.ABOUT) & ~directed)
        | (directed & (~np.isin(direction, (1, -1)) | against))
        | (specs.of_kind(Kind.GROWTH_MULTIPLE) & ((value <= 0) | (value == 1)))
        | (specs.annual & (value <= -100))
    )


@dataclass(frozen=True)
class Matrix:
    """Values by pair (row) and year (column); only years that occur have a column. `known` marks what may be seen."""

    years: Floats
    values: Floats
    known: Flags

    def last(self, seen: Flags) -> tuple[Floats, Floats]:
        """Year and value of the latest seen column of each row; NaN where nothing is seen."""
        if not self.years.size:
            return self._nothing(seen)
        return self._pick(seen.shape[1] - 1 - np.argmax(seen[:, ::-1], axis=1), _any(seen))

    def first(self, seen: Flags) -> tuple[Floats, Floats]:
        """Year and value of the earliest seen column of each row."""
        return self._pick(np.argmax(seen, axis=1), _any(seen)) if self.years.size else self._nothing(seen)

    def at(self, year: Floats) -> Floats:
        """The known value of each row in a year of its own."""
        if not self.years.size:
            return self._nothing(self.known)[1]
        column = np.minimum(np.searchsorted(self.years, np.nan_to_num(year)), self.years.size - 1)
        rows = np.arange(len(column))
        found = (self.years[column] == year) & self.known[rows, column]
        return np.where(found, self.values[rows, column], np.nan)

    def _pick(self, column: Codes, there: Flags) -> tuple[Floats, Floats]:
        rows = np.arange(len(column))
        return np.where(there, self.years[column], np.nan), np.where(there, self.values[rows, column], np.nan)

    @staticmethod
    def _nothing(seen: Flags) -> tuple[Floats, Floats]:
        empty = np.full(len(seen), np.nan)
        return empty, empty.copy()


def _any(seen: Flags) -> Flags:
    """Whether anything is seen in each row."""
    found: Flags = np.any(seen, axis=1)
    return found


def read_matrix(found: pd.DataFrame | None, specs: Specs, what: str) -> Matrix:
    """A long frame (columns pair, year, value) as a matrix in the order of the targets.

    Raises TargetRefused for a pair that is no target, or a pair and year that stand twice.
    """
    size = len(specs.names)
    if found is None or not len(found):
        return Matrix(np.empty(0), np.empty((size, 0)), np.empty((size, 0), dtype=bool))
    rows = _rows(found["pair"], specs.names, what)
    columns, occurring = pd.factorize(found["year"].to_numpy(dtype=np.float64), sort=True)
    years = np.asarray(occurring, dtype=np.float64)
    numbers = found["value"].to_numpy(dtype=np.float64, na_value=np.nan)
    values = np.full((size, len(years)), np.nan)
    values[rows, columns] = numbers
    if (np.bincount(rows * len(years) + columns) > 1).any():
        raise TargetRefused(what, "a pair and year stand twice; one value a year is needed")
    return Matrix(years, values, np.isfinite(values) & (years <= specs.as_of[:, None]))


def _rows(pairs: "pd.Series[Any]", names: "pd.Index[Any]", what: str) -> Codes:
    rows = names.get_indexer(pd.Index(pairs))
    if (rows < 0).any():
        stranger: Hashable = pairs.iloc[int(np.flatnonzero(rows < 0)[0])]
        raise TargetRefused(what, f"{stranger!r} is the pair of a value, but no row of the targets")
    return rows.astype(np.int64)
