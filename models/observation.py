"""Values by place and year, each with its origin. Append-only: a later one supersedes, nothing is overwritten."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.columns import ExactDecimal, UtcDateTime, now, words
from models.enums import ObservationState, Origin


class Source(SQLModel, table=True):
    """A publication that values or dates were read in. `published_on` is as far as it is known (2023, 2023-08-09)."""

    id: str = Field(primary_key=True, max_length=80)
    title: str
    address: str = ""
    published_on: str = ""
    note: str = ""


class Observation(SQLModel, table=True):
    """One value of one statistic, or of an indicator that was published as such, for one place and year.

    `value` is exact and in the stored unit; `printed` is the figure with its unit as the source shows it.
    None as a value, with the state `withdrawn`, takes an earlier value back. `supersedes_id` names the observation that
    this one takes the place of; each is superseded once at most, so the versions of a value form one line.
    """

    __table_args__ = (
        CheckConstraint("(statistic_code IS NULL) <> (indicator_code IS NULL)", name="observation_of_one_series"),
        CheckConstraint("(value IS NULL) = (state = 'withdrawn')", name="observation_has_value"),
    )

    id: int | None = Field(default=None, primary_key=True)
    statistic_code: str | None = Field(default=None, foreign_key="statistic.code", max_length=60)
    indicator_code: str | None = Field(default=None, foreign_key="indicator.code", max_length=60)
    place_code: str = Field(foreign_key="place.code", index=True, max_length=60)
    year: int
    value: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    printed: str = ""
    state: ObservationState = Field(default=ObservationState.FINAL, sa_type=words(ObservationState))
    origin: Origin = Field(index=True, sa_type=words(Origin))
    source_id: str | None = Field(default=None, foreign_key="source.id", max_length=80)
    submission_id: int | None = Field(default=None, foreign_key="submission.id")
    supersedes_id: int | None = Field(default=None, foreign_key="observation.id", index=True, unique=True)
    note_zh: str = ""
    note_en: str = ""
    recorded_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
