"""Scenarios (情景): what somebody assumed of the years to come. Kept apart from every value that was reported."""

from datetime import datetime
from decimal import Decimal

from sqlmodel import Field, SQLModel, UniqueConstraint

from models.columns import ExactDecimal, UtcDateTime, now, words
from models.enums import DataSet


class Scenario(SQLModel, table=True):
    """One version of a named scenario of one target, with its owner. Nothing is ever changed: a change is a version.

    `as_of` is the year that its assumptions go on from. `reference_growth` is that of the value which the target is a
    multiple of, in percent a year. A version that assumes nothing puts the scenario away.
    """

    __table_args__ = (UniqueConstraint("data_set", "target_id", "owner", "name", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    data_set: DataSet = Field(sa_type=words(DataSet))
    target_id: str = Field(index=True, max_length=120)
    owner: str
    name: str = Field(max_length=60)
    version: int
    as_of: int
    reference_growth: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class ScenarioValue(SQLModel, table=True):
    """What is assumed of a statistic of one place: a yearly growth in percent, or a value of the horizon in the stored
    unit; one of the two is empty."""

    scenario_id: int = Field(foreign_key="scenario.id", primary_key=True)
    statistic_code: str = Field(foreign_key="statistic.code", primary_key=True, max_length=60)
    place_code: str = Field(foreign_key="place.code", primary_key=True, max_length=60)
    growth: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    value: Decimal | None = Field(default=None, sa_type=ExactDecimal)
