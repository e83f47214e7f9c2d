"""Cases of the scalar form laid out as the frames of the column form."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

import pandas as pd

from models.assessment import Cutoffs, TargetSpec
from targets.assessment.columns import assess_columns

Case = tuple[TargetSpec, Mapping[int, float], Mapping[int, float], int]


def targets_frame(cases: Iterable[Case]) -> pd.DataFrame:
    """One row a case: the fields of its target and the year the reader stands in."""
    names = [field.name for field in fields(TargetSpec)]
    rows = [{**{name: getattr(spec, name) for name in names}, "as_of": as_of} for spec, _, _, as_of in cases]
    return pd.DataFrame(rows, columns=[*names, "as_of"])


def long_frame(series: Iterable[Mapping[int, float]]) -> pd.DataFrame:
    """One line a value, named by the number of its case."""
    lines = [(pair, year, value) for pair, by_year in enumerate(series) for year, value in by_year.items()]
    return pd.DataFrame(lines, columns=["pair", "year", "value"])


def judged_together(cases: list[Case], cutoffs: Cutoffs) -> list[dict[str, Any]]:
    """The published figures of each case by the column form, as plain values."""
    values, references = long_frame(c[1] for c in cases), long_frame(c[2] for c in cases)
    found = assess_columns(targets_frame(cases), values, references, cutoffs=cutoffs).astype(object)
    return [
        {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for row in found.to_dict("records")
    ]
