"""What a verdict was made from: the same object behind every number on a screen and in a report."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from models.assessment import Assessment
from models.catalogue import Unit
from models.enums import ObservationState, Origin
from models.observation import Source
from models.places import Place
from storage.queries import ObservedValue, Snapshot
from targets.assessment.figures import recent_start
from tracking.board import BoardRow
from tracking.series import Point, Way


class Part(StrEnum):
    """What a value was used for."""

    VALUE = "value"
    BASELINE = "baseline"
    RECENT = "recent"
    """Where the recent pace is counted from."""
    REFERENCE = "reference"
    REFERENCE_BASELINE = "reference_baseline"
    """The reference of the baseline's year."""


@dataclass(frozen=True, slots=True)
class Input:
    """One observation that a figure rests on, with where it comes from: the second hop."""

    part: Part
    observation_id: int
    series: str
    series_zh: str
    series_en: str
    place: Place
    year: int
    value: Decimal
    unit: Unit
    printed: str
    state: ObservationState
    origin: Origin
    source: Source | None
    submission_id: int | None
    note_zh: str
    note_en: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Quote:
    """Where the policy says it: exactly `text[start:end]` of the stored document."""

    policy_id: str
    policy_title: str
    policy_address: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is needed to make a verdict again by hand."""

    quote: Quote
    assessment: Assessment
    points: tuple[tuple[Part, Point], ...]
    inputs: tuple[Input, ...]
    target_version: int

    @property
    def age(self) -> int | None:
        """How many years the judged value is older than the year of the reader."""
        verdict = self.assessment
        return None if verdict.year is None or verdict.as_of is None else verdict.as_of - verdict.year

    @property
    def ways(self) -> dict[Part, Way]:
        """How the value, the baseline and the reference came to be."""
        return {part: point.way for part, point in self.points}


def evidence_of(snapshot: Snapshot, row: BoardRow) -> Evidence:
    """The evidence behind one row of the board."""
    target, policy = row.target, row.policy
    quote = Quote(policy.id, policy.title, policy.address, target.start, target.end, target.quote)
    points = tuple(_points(row))
    inputs = tuple(each for part, point in points for each in inputs_of(snapshot, point, part))
    return Evidence(quote, row.assessment, points, inputs, target.version)


def _points(row: BoardRow) -> Iterator[tuple[Part, Point]]:
    """The points that the figures of a verdict were made from, each once for each use."""
    verdict, series, reference = row.assessment, row.series, row.reference
    found = [(Part.VALUE, series.at(verdict.year)), (Part.BASELINE, series.at(verdict.baseline_year))]
    if verdict.recent_per_year is not None and verdict.year is not None:
        found.append((Part.RECENT, series.at(recent_start(series.numbers(), verdict.year))))
    if reference is not None:
        found.append((Part.REFERENCE, reference.at(verdict.reference_year)))
        if verdict.progress is not None:
            found.append((Part.REFERENCE_BASELINE, reference.at(verdict.baseline_year)))
    yield from ((part, point) for part, point in found if point is not None)


def inputs_of(snapshot: Snapshot, point: Point, part: Part = Part.VALUE) -> tuple[Input, ...]:
    """The observations that one value was made from."""
    return tuple(_input(snapshot, part, used) for used in point.inputs)


def _input(snapshot: Snapshot, part: Part, used: ObservedValue) -> Input:
    series = snapshot.statistics.get(used.series) or snapshot.indicators[used.series]
    assert used.origin is not None, "an assumed value is no evidence"
    return Input(
        part=part,
        observation_id=used.id,
        series=used.series,
        series_zh=series.zh,
        series_en=series.en,
        place=snapshot.places[used.place],
        year=used.year,
        value=used.value,
        unit=snapshot.units[series.unit],
        printed=used.printed,
        state=used.state,
        origin=used.origin,
        source=snapshot.sources.get(used.source_id) if used.source_id else None,
        submission_id=used.submission_id,
        note_zh=used.note_zh,
        note_en=used.note_en,
        recorded_at=used.recorded_at,
    )
