"""How far the values of a verdict can be relied on: a grade from A to D beside the status, with its reasons."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.catalogue import SeriesBreak
from models.enums import BaselineRule, Grade, Language, ObservationState, QualityDimension
from storage.queries import Snapshot
from storage.wording import say
from tracking.board import BoardRow

GUESSED = frozenset({BaselineRule.NEAREST_BEFORE, BaselineRule.FIRST_AFTER, BaselineRule.FIRST_REPORTED})
"""Baselines of another year than the one meant."""

COVERED = ((1.0, Grade.A), (0.8, Grade.B), (0.5, Grade.C))
"""The part of the zones that have reported, down to which a grade is given."""

AGES = (Grade.A, Grade.A, Grade.B, Grade.C)
"""By how many years old the judged value is; older is D. Annual statistics come out a year later."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found in one dimension: its grade, and the key and values of the words that say why."""

    dimension: QualityDimension
    grade: Grade
    reason: str
    values: tuple[tuple[str, int], ...] = ()

    def words(self, language: Language) -> str:
        return say(self.reason, language, **dict(self.values))


@dataclass(frozen=True, slots=True)
class Quality:
    """The findings in all dimensions. The grade is that of the weakest."""

    findings: tuple[Finding, ...]

    @property
    def grade(self) -> Grade:
        return max(finding.grade for finding in self.findings)


def quality_of(snapshot: Snapshot, row: BoardRow) -> Quality | None:
    """The quality of the values that a verdict rests on; None where there is no value."""
    if row.point is None:
        return None
    return Quality((_source(row), _coverage(row), _definition(snapshot, row), _timeliness(row)))


def _source(row: BoardRow) -> Finding:
    """Whether the values are final; whose they are stands at each of them."""
    inputs = [each for point in row.used_points() for each in point.inputs]
    provisional = sum(each.state is ObservationState.PROVISIONAL for each in inputs)
    if provisional:
        values = (("provisional", provisional), ("inputs", len(inputs)))
        grade = Grade.B if provisional < len(inputs) else Grade.C
        return Finding(QualityDimension.SOURCE, grade, "quality.source.provisional", values)
    return Finding(QualityDimension.SOURCE, Grade.A, "quality.source.final")


def _coverage(row: BoardRow) -> Finding:
    """How many of the zones a group's value was made from; the weakest of the values that were used."""
    parts = [point for point in row.used_points() if point.members]
    weakest = min(parts, key=lambda point: point.reported / point.members, default=None)
    if weakest is None:
        return Finding(QualityDimension.COVERAGE, Grade.A, "quality.coverage.own")
    share = weakest.reported / weakest.members
    grade = next((grade for least, grade in COVERED if share >= least), Grade.D)
    values = (("year", weakest.year), ("reported", weakest.reported), ("members", weakest.members))
    return Finding(QualityDimension.COVERAGE, grade, "quality.coverage.zones", values)


def _definition(snapshot: Snapshot, row: BoardRow) -> Finding:
    """Whether the values measure what the target means, and all the same thing."""
    verdict = row.assessment
    broken = next(_breaks(snapshot, row), None)
    if broken is not None:
        return Finding(QualityDimension.DEFINITION, Grade.C, "quality.definition.break", (("year", broken.year),))
    if verdict.baseline_rule in GUESSED and verdict.baseline_year is not None:
        return Finding(
            QualityDimension.DEFINITION, Grade.C, "quality.definition.baseline", (("year", verdict.baseline_year),)
        )
    noted = sum(bool(each.note_zh) for point in row.used_points() for each in point.inputs)
    if noted:
        return Finding(QualityDimension.DEFINITION, Grade.B, "quality.definition.noted", (("noted", noted),))
    if row.nominal:
        return Finding(QualityDimension.DEFINITION, Grade.B, "quality.definition.nominal")
    return Finding(QualityDimension.DEFINITION, Grade.A, "quality.definition.same")


def _breaks(snapshot: Snapshot, row: BoardRow) -> Iterator[SeriesBreak]:
    """Changes of definition between the baseline and the judged value."""
    verdict = row.assessment
    if verdict.baseline_year is None or verdict.year is None:
        return
    for code in (row.indicator.numerator, row.indicator.denominator):
        for each in snapshot.breaks.get(code or "", ()):
            if verdict.baseline_year < each.year <= verdict.year:
                yield each


def _timeliness(row: BoardRow) -> Finding:
    """How old the judged value is in the year it is seen from, or at the deadline where that is past."""
    verdict = row.assessment
    assert verdict.year is not None and verdict.as_of is not None
    seen = min(verdict.as_of, row.target.deadline or verdict.as_of)
    age = max(0, seen - verdict.year)
    grade = AGES[age] if age < len(AGES) else Grade.D
    return Finding(
        QualityDimension.TIMELINESS,
        grade,
        "quality.timeliness.age" if age else "quality.timeliness.new",
        (("age", age),) if age else (),
    )
