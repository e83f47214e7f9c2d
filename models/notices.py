"""Up to when somebody has read what there was to hear, where mails go, and which were sent."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.account import LONGEST_LOGIN
from models.columns import UtcDateTime, now


class NoticesRead(SQLModel, table=True):
    """A person has read the notices up to a moment."""

    login: str = Field(primary_key=True, max_length=LONGEST_LOGIN)
    until: datetime = Field(sa_type=UtcDateTime)


class MailAddress(SQLModel, table=True):
    """Where notices of an account are mailed to, and in which language; without a row none are."""

    login: str = Field(primary_key=True, foreign_key="account.login", max_length=LONGEST_LOGIN)
    address: str = Field(max_length=254)
    language: str = Field(default="zh", max_length=2)


class MailedNotice(SQLModel, table=True):
    """A notice that was mailed to somebody. Never changed, never deleted: so none is mailed twice."""

    login: str = Field(primary_key=True, max_length=LONGEST_LOGIN)
    key: str = Field(primary_key=True, max_length=200)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
