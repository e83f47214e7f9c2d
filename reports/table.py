"""The columns of a gap report's tables, in the order that every writer prints them."""

from models.enums import Language
from storage.wording import say

TARGET_COLUMNS = (
    "number title place asked verdict year value unit gap gap_unit progress lag needed_per_year recent_per_year "
    "yearly_unit sentence provisional orientation policy deadline elapsed threshold acceleration projected "
    "second_opinion baseline_year baseline_value baseline_rule reference_value zones_reported quote quote_start "
    "quote_end target_id target_version"
).split()
SHARE_COLUMNS = "target_id title group year value group_value unit percent group_status observations".split()
ALLOCATED_COLUMNS = (
    "title group place asked year value unit gap gap_unit verdict allocation deadline observations quote target_id"
).split()
EVIDENCE_COLUMNS = (
    "row part series place year value unit printed state origin source address note observation_id".split()
)
MOVE_COLUMNS = "target_id title place status_before value_before status_after value_after causes".split()
SOURCE_COLUMNS = "title address published_on note".split()

YEARS = frozenset({"year", "baseline_year", "deadline"})
WHOLE = YEARS | {"number", "quote_start", "quote_end", "target_version", "row", "observation_id"}
"""Columns of whole numbers, shown without a separator for thousands."""


OTHERWISE = {("evidence", "value"): "figure", ("sources", "title"): "source"}
"""Columns that are called otherwise on one sheet: there they hold something else."""


def head(sheet: str, columns: list[str], language: Language) -> list[str]:
    """The names of a sheet's columns in the reader's language."""
    return [say(f"report.column.{OTHERWISE.get((sheet, name), name)}", language) for name in columns]


def cell(row: object, name: str, language: Language) -> object:
    """One cell: numbers stay numbers, a flag is a word or empty, nothing is None."""
    value = getattr(row, name)
    if isinstance(value, bool):
        return say("report.yes", language) if value else None
    return None if value == "" else value
