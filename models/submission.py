"""What a zone reports for a year. The state of a submission is never stored: it follows from its events."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.columns import ExactDecimal, UtcDateTime, now, words
from models.enums import RoundAct, RoundState, Severity, SubmissionAct, SubmissionState


class Submission(SQLModel, table=True):
    """One zone's figures for one year. `row_version` counts saves: a save of an older copy is refused."""

    __table_args__ = (UniqueConstraint("zone_code", "year", name="submission_of_zone_and_year"),)

    id: int | None = Field(default=None, primary_key=True)
    zone_code: str = Field(foreign_key="zone.code", max_length=60)
    year: int
    row_version: int = 1


class SubmissionValue(SQLModel, table=True):
    """One figure as it was typed (`typed`, never altered) and as it was understood, in the stored unit."""

    submission_id: int = Field(primary_key=True, foreign_key="submission.id")
    statistic_code: str = Field(primary_key=True, foreign_key="statistic.code", max_length=60)
    typed: str = ""
    unit: str = Field(foreign_key="unit.symbol", max_length=20)
    value: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    explanation: str = ""


class SubmissionEvent(SQLModel, table=True):
    """A step of a submission: who, when, to which state, the words. Never changed, never deleted.

    `changes` is JSON: of each cell that a step changed what stood there and what stands there now, each as [typed,
    unit, explanation]. `reasons` is JSON too: what a reviewer says of a cell.
    """

    id: int | None = Field(default=None, primary_key=True)
    submission_id: int = Field(foreign_key="submission.id", index=True)
    actor: str
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    act: SubmissionAct = Field(default=SubmissionAct.SAVE, sa_type=words(SubmissionAct))
    to_state: SubmissionState = Field(sa_type=words(SubmissionState))
    words: str = ""
    changes: str = "{}"
    reasons: str = "{}"


class ReportingRound(SQLModel, table=True):
    """The zones of a region are asked for the figures of a year. Its dates are days of China, as last changed."""

    __table_args__ = (UniqueConstraint("region_code", "year", name="round_of_region_and_year"),)

    id: int | None = Field(default=None, primary_key=True)
    region_code: str = Field(foreign_key="region.code", max_length=60)
    year: int
    opens_on: date
    due_on: date


class RoundZone(SQLModel, table=True):
    """A zone that owes its figures in a round."""

    round_id: int = Field(primary_key=True, foreign_key="reportinground.id")
    zone_code: str = Field(primary_key=True, foreign_key="zone.code", index=True, max_length=60)


class RoundEvent(SQLModel, table=True):
    """What was done to a round: who, when, what, from which day to which. Never changed, never deleted."""

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="reportinground.id", index=True)
    actor: str
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    act: RoundAct = Field(sa_type=words(RoundAct))
    opens_on: date
    due_on: date
    words: str = ""


class Edit(SQLModel, table=True):
    """A check of reported figures: hard ones block, soft ones ask. `relation` is a demand (models/relation.py) of the
    statistics it names, or of every statistic of a kind, and says when it is asked."""

    code: str = Field(primary_key=True, max_length=60)
    severity: Severity = Field(sa_type=words(Severity))
    relation: str
    message_zh: str
    message_en: str


def state_of(events: Iterable[SubmissionEvent]) -> SubmissionState:
    """The state that a submission's events, in the order they happened, leave it in."""
    state = SubmissionState.DRAFT
    for event in events:
        state = event.to_state
    return state


def state_of_round(events: Iterable[RoundEvent], today: date) -> RoundState:
    """The state that a round's events leave it in on a day."""
    last = max(events, key=lambda each: each.id or 0)
    if last.act is RoundAct.CLOSE:
        return RoundState.CLOSED
    return RoundState.PLANNED if last.opens_on > today else RoundState.OPEN
