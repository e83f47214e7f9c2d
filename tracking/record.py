"""A verdict written out as plain values: figures, and everything they were made from.

From `evidence.case`, `evidence.cutoffs` and the rules of `evidence.code_version` the verdict can be made again; the
case reads like a line of `cli.py assess`.
"""

from dataclasses import asdict
from enum import StrEnum
from typing import Any

from models.enums import Method
from storage.queries import Snapshot
from targets.assessment.cases import plain
from tracking.board import BoardRow
from tracking.evidence import Evidence, Input, evidence_of
from tracking.series import Point, Series

TARGET_FIELDS = "kind comparator value value_high measure direction deadline baseline_year".split()


def figures_of(row: BoardRow, method: Method) -> dict[str, Any]:
    """Who is judged on what, the verdict by the chosen method, and every figure."""
    second = row.assessment.cagr_status
    chosen = row.status.value if method is Method.LINEAR else second.value if second else None
    return {
        "target": row.target.id,
        "version": row.target.version,
        "policy": row.policy.id,
        "indicator": row.indicator.code,
        "place": row.place.code,
        "place_name": row.place.zh,
        "role": row.role.value,
        "unit": row.indicator.unit,
        "data": row.data_set.value,
        "as_of": row.assessment.as_of,
        "method": method.value,
        "verdict": chosen,
        **plain(row.assessment),
        "provisional": row.provisional,
        "nominal": row.nominal,
    }


def record_of(snapshot: Snapshot, row: BoardRow, method: Method) -> dict[str, Any]:
    """The figures with their evidence, ready to be written as JSON."""
    return {**figures_of(row, method), "evidence": _evidence(row, evidence_of(snapshot, row), method)}


def _evidence(row: BoardRow, found: Evidence, method: Method) -> dict[str, Any]:
    return {
        "quote": {
            "policy": found.quote.policy_id,
            "title": found.quote.policy_title,
            "address": found.quote.policy_address,
            "start": found.quote.start,
            "end": found.quote.end,
            "words": found.quote.words,
        },
        "method": method.value,
        "cutoffs": asdict(found.assessment.cutoffs),
        "code_version": found.assessment.code_version,
        "age": found.age,
        "case": _case(row),
        "points": [_point(each) for each in row.series.points],
        "reference_points": [_point(each) for each in row.reference.points] if row.reference else [],
        "ways": {part.value: way.value for part, way in found.ways.items()},
        "inputs": [_input(each) for each in found.inputs],
    }


def _case(row: BoardRow) -> dict[str, Any]:
    """What went into the arithmetic, as a line of `cli.py assess` has it."""
    spec = row.spec
    return {
        "target": {name: _word(getattr(spec, name)) for name in TARGET_FIELDS},
        "values": _by_year(row.series),
        "reference": _by_year(row.reference) if row.reference else {},
        "period_start": spec.period_start,
        "issued": spec.issued,
        "as_of": row.assessment.as_of,
    }


def _word(value: object) -> object:
    return value.value if isinstance(value, StrEnum) else value


def _by_year(series: Series) -> dict[str, float]:
    return {str(year): value for year, value in series.numbers().items()}


def _point(point: Point) -> dict[str, Any]:
    """One value of the series: exact, how it came to be, and the ids of its observations."""
    return {
        "year": point.year,
        "value": str(point.value),
        "way": point.way.value,
        "provisional": point.provisional,
        "members": point.members,
        "reported": point.reported,
        "missing": list(point.missing),
        "missing_years": list(point.missing_years),
        "zones_value": None if point.zones_value is None else str(point.zones_value),
        "observations": [each.id for each in point.inputs],
    }


def _input(each: Input) -> dict[str, Any]:
    """One observation behind a figure, with where it comes from."""
    return {
        "part": each.part.value,
        "observation": each.observation_id,
        "series": each.series,
        "series_name": each.series_zh,
        "place": each.place.code,
        "year": each.year,
        "value": str(each.value),
        "unit": each.unit.symbol,
        "printed": each.printed,
        "state": each.state.value,
        "origin": each.origin.value,
        "source": each.source.title if each.source else None,
        "address": each.source.address if each.source else None,
        "published_on": each.source.published_on if each.source else None,
        "submission": each.submission_id,
        "note": each.note_zh,
        "recorded_at": each.recorded_at.isoformat(),
    }
