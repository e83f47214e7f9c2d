"""What was exported: the record that lets the same report be built again."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime, now, words
from models.enums import DataSet, Language, Method


class GapReport(SQLModel, table=True):
    """An exported gap report: for whom, as of which year, from which values, known until which observation."""

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


class DataVersion(SQLModel, table=True):
    """One row. The number rises with each change of stored data, so that caches know when they are old."""

    id: int = Field(default=1, primary_key=True)
    number: int = 0
