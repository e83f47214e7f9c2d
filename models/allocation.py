"""A group's target spread over its zones (目标分解). Versions are kept: nothing here is ever changed or deleted."""

from datetime import datetime
from decimal import Decimal

from sqlmodel import Field, SQLModel, UniqueConstraint

from models.columns import ExactDecimal, UtcDateTime, now, words
from models.enums import AllocationRule, DataSet


class Allocation(SQLModel, table=True):
    """One version of how a target is spread. The latest one of a target and data set is in force.

    `total` is the group's number in `unit`, the unit of the indicator; `year` is that of the values that the rule went
    by. A version without shares takes the allocation back.
    """

    __table_args__ = (UniqueConstraint("data_set", "target_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    data_set: DataSet = Field(sa_type=words(DataSet))
    target_id: str = Field(index=True, max_length=120)
    target_version: int
    version: int
    rule: AllocationRule = Field(sa_type=words(AllocationRule))
    step: Decimal = Field(sa_type=ExactDecimal)
    year: int | None = None
    total: Decimal = Field(sa_type=ExactDecimal)
    unit: str = Field(foreign_key="unit.symbol", max_length=20)
    actor: str
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    reason: str = ""


class AllocationShare(SQLModel, table=True):
    """What one zone is asked, in the unit of its allocation, with the value and the weight that it was made from.

    `weight` is 1 where the shares add up, and the zone's denominator where the group's value is a ratio of sums.
    """

    allocation_id: int = Field(foreign_key="allocation.id", primary_key=True)
    zone_code: str = Field(foreign_key="place.code", primary_key=True, max_length=60)
    value: Decimal = Field(sa_type=ExactDecimal)
    latest: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    weight: Decimal = Field(sa_type=ExactDecimal)
