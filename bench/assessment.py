"""How many (target, place) pairs a second are judged, by the column form and by the scalar form, on one core.

What is counted for the column form: reading the long frames of values and references into a matrix, judging, and the
frame of all published figures. The pairs are made by a seed: every kind and comparator, nine years of values, holes.
"""

import os
import statistics
import time
from collections.abc import Callable

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
for name in THREADS:
    os.environ[name] = "1"

import numpy as np  # noqa: E402  (the number of threads is read when it is imported)
import pandas as pd  # noqa: E402

from models.assessment import TargetSpec  # noqa: E402
from models.enums import Comparator, Kind, Measure  # noqa: E402
from targets.assessment import assess  # noqa: E402
from targets.assessment.columns import assess_columns  # noqa: E402

PAIRS = 200_000
ALONE = 4_000
RUNS = 7
YEARS = range(2016, 2025)
HOLES = 0.08
GOAL = 200_000

MIX = (
    (Kind.LEVEL, Comparator.AT_LEAST, 140.0),
    (Kind.COUNT, Comparator.AT_LEAST, 120.0),
    (Kind.COUNT, Comparator.RANGE, 100.0),
    (Kind.SHARE, Comparator.MORE_THAN, 135.0),
    (Kind.SHARE, Comparator.ABOUT, 130.0),
    (Kind.LEVEL, Comparator.AT_MOST, 80.0),
    (Kind.GROWTH_RATE, Comparator.AT_LEAST, 8.0),
    (Kind.GROWTH_MULTIPLE, Comparator.AT_LEAST, 1.5),
    (Kind.CHANGE_POINTS, Comparator.AT_LEAST, 30.0),
    (Kind.MULTIPLE_OF_REFERENCE, Comparator.AT_LEAST, 1.2),
)
"""Kind, comparator and number of the targets, in turn."""

Frames = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]


def make_frames(pairs: int) -> Frames:
    """Targets, values and references of so many pairs, the same in every run."""
    numbers = np.random.default_rng(20200930)
    at = np.arange(pairs) % len(MIX)
    kinds, comparators, wanted = zip(*MIX, strict=True)
    targets = pd.DataFrame(
        {
            "kind": np.array([kind.value for kind in kinds], dtype=object)[at],
            "comparator": np.array([each.value for each in comparators], dtype=object)[at],
            "value": np.array(wanted)[at],
            "measure": Measure.ANNUAL.value,
            "deadline": 2020.0 + numbers.integers(0, 7, pairs),
            "period_start": 2018.0,
            "as_of": 2024.0,
        }
    )
    targets["value_high"] = targets["value"].where(targets["comparator"] == Comparator.RANGE.value) + 20
    targets["direction"] = np.where(targets["comparator"] == Comparator.ABOUT.value, 1.0, np.nan)
    return targets, _series(numbers, pairs, HOLES), _series(numbers, pairs, 0.0)


def _series(numbers: np.random.Generator, pairs: int, holes: float) -> pd.DataFrame:
    growth = 1 + numbers.normal(0.04, 0.05, (pairs, 1))
    values = 100 * growth ** np.arange(len(YEARS)) * numbers.normal(1, 0.02, (pairs, len(YEARS)))
    there = numbers.random(values.shape) >= holes
    rows, columns = np.nonzero(there)
    return pd.DataFrame({"pair": rows, "year": np.array(YEARS)[columns], "value": values[there].round(2)})


def together(frames: Frames) -> Callable[[], object]:
    """The column form over all pairs."""
    targets, values, references = frames
    return lambda: assess_columns(targets, values, references)


def one_by_one(frames: Frames) -> Callable[[], object]:
    """The scalar form over as many pairs as the frames hold; its dictionaries are made beforehand."""
    targets, values, references = frames
    ready = [
        (_spec(row), dict(zip(v["year"], v["value"], strict=True)), dict(zip(r["year"], r["value"], strict=True)))
        for (_, row), (_, v), (_, r) in zip(
            targets.iterrows(), values.groupby("pair"), references.groupby("pair"), strict=True
        )
    ]
    return lambda: [assess(spec, known, reference, as_of=2024) for spec, known, reference in ready]


def _spec(row: "pd.Series[float]") -> TargetSpec:
    return TargetSpec(
        kind=Kind(str(row["kind"])),
        comparator=Comparator(str(row["comparator"])),
        value=float(row["value"]),
        value_high=None if pd.isna(row["value_high"]) else float(row["value_high"]),
        direction=None if pd.isna(row["direction"]) else int(row["direction"]),
        deadline=int(row["deadline"]),
        period_start=int(row["period_start"]),
    )


def rates(work: Callable[[], object], pairs: int) -> list[float]:
    """Pairs a second of each run, after one that is not counted."""
    work()
    found = []
    for _ in range(RUNS):
        started = time.perf_counter()
        work()
        found.append(pairs / (time.perf_counter() - started))
    return found


def main() -> None:
    """Prints the rates and their ratio."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    columns = rates(together(make_frames(PAIRS)), PAIRS)
    alone = rates(one_by_one(make_frames(ALONE)), ALONE)
    for name, found in (("column form", columns), ("scalar form", alone)):
        low, middle, high = min(found), statistics.median(found), max(found)
        print(f"{name}: {middle:,.0f} pairs/s (median of {RUNS}; {low:,.0f} to {high:,.0f}), one core")
    ratio = statistics.median(columns) / statistics.median(alone)
    print(f"column form / scalar form: {ratio:.1f}; goal of the column form: {GOAL:,} pairs/s")


if __name__ == "__main__":
    main()
