"""What was exported: the record that lets the same report be built again."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime, now, words
from models.enums import DataSet, Language, Method

NUMBER = "GR-{year}-{id:06}"


class GapReport(SQLModel, table=True):
    """A gap report that was given a number: for whom, as of which year, from which state of the data. Never changed.

    `known_on` is the moment whose data it is made from, `closed` (JSON) what was closed to whoever had it made, and
    `previous_id` the report of the same subject that it is held against. `content_sha256` is of everything it says.
    """

    id: int | None = Field(default=None, primary_key=True)
    subject: str
    as_of: int
    data_set: DataSet = Field(sa_type=words(DataSet))
    method: Method = Field(sa_type=words(Method))
    language: Language = Field(sa_type=words(Language))
    last_observation_id: int | None = None
    content_sha256: str = Field(max_length=64)
    code_version: str
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    known_on: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    issued_by: str = ""
    closed: str = "{}"
    previous_id: int | None = Field(default=None, foreign_key="gapreport.id")

    @property
    def number(self) -> str:
        """What stands on the report: GR-2026-000123."""
        assert self.id is not None
        return NUMBER.format(year=self.created_at.year, id=self.id)


class DataVersion(SQLModel, table=True):
    """One row. The number rises with each change of stored data, so that caches know when they are old."""

    id: int = Field(default=1, primary_key=True)
    number: int = 0
