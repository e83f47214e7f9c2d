"""How people are reached, up to when they have read what there was to hear, and which mails were sent."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.account import LONGEST_LOGIN
from models.columns import UtcDateTime, now


class NoticesRead(SQLModel, table=True):
    """A person has read the notices up to a moment."""

    login: str = Field(primary_key=True, max_length=LONGEST_LOGIN)
    until: datetime = Field(sa_type=UtcDateTime)


class Contact(SQLModel, table=True):
    """How somebody is reached: the mail that notices go to, in which language, and the telephone. Empty is none."""

    login: str = Field(primary_key=True, foreign_key="account.login", max_length=LONGEST_LOGIN)
    mail: str = Field(default="", max_length=254)
    phone: str = Field(default="", max_length=40)
    language: str = Field(default="zh", max_length=2)


class MailedNotice(SQLModel, table=True):
    """A notice that was mailed to somebody. Never changed, never deleted: so none is mailed twice."""

    login: str = Field(primary_key=True, max_length=LONGEST_LOGIN)
    key: str = Field(primary_key=True, max_length=200)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
