"""Accounts, what they are granted, and who is signed in. Secrets are kept as hashes only."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.columns import UtcDateTime, now, words
from models.enums import AccountAct
from models.people import PersonRole

LONGEST_LOGIN = 60


class Account(SQLModel, table=True):
    """Somebody who may sign in. Without `password_hash` nobody can, except by one click as a demonstration account."""

    login: str = Field(primary_key=True, max_length=LONGEST_LOGIN)
    name: str
    password_hash: str | None = None
    disabled: bool = False
    demonstration: bool = False
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class AccountGrant(SQLModel, table=True):
    """A role of an account in a place."""

    login: str = Field(primary_key=True, foreign_key="account.login", max_length=LONGEST_LOGIN)
    role: PersonRole = Field(primary_key=True, sa_type=words(PersonRole))
    place: str = Field(primary_key=True, foreign_key="place.code", max_length=60)


class AccountEvent(SQLModel, table=True):
    """What was done to an account: who, when, what, to which role and place. Never changed, never deleted."""

    id: int | None = Field(default=None, primary_key=True)
    login: str = Field(foreign_key="account.login", index=True, max_length=LONGEST_LOGIN)
    actor: str
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    act: AccountAct = Field(sa_type=words(AccountAct))
    words: str = ""


class PeersEvent(SQLModel, table=True):
    """A region opens the approved values of its zones to each other, or closes them. Never changed, never deleted."""

    id: int | None = Field(default=None, primary_key=True)
    region_code: str = Field(foreign_key="region.code", index=True, max_length=60)
    actor: str
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    opened: bool
    words: str = ""


class SignInSession(SQLModel, table=True):
    """A browser that is signed in. Of its token only the SHA-256 is kept; a row that is deleted signs it out."""

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    login: str = Field(foreign_key="account.login", index=True, max_length=LONGEST_LOGIN)
    created_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    browser: str = ""


class SetupLink(SQLModel, table=True):
    """A link that can be used once: to set a password, or, without `login`, to make the first administrator."""

    token_hash: str = Field(primary_key=True, max_length=64)
    login: str | None = Field(default=None, foreign_key="account.login", index=True, max_length=LONGEST_LOGIN)
    expires_at: datetime = Field(sa_type=UtcDateTime)


class SignInAttempts(SQLModel, table=True):
    """Failed attempts to sign in of one kind of visitor (`key`: a login, an address, or both), and the last success."""

    key: str = Field(primary_key=True, max_length=64)
    failures: int = 0
    last_at: datetime = Field(sa_type=UtcDateTime)
    succeeded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
