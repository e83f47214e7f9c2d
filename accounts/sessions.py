"""Signing in and out. The token that a browser holds means nothing by itself; the database says whose it is."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Engine, update
from sqlmodel import Session, col, delete, select

from accounts import passwords, throttle
from models import Account, AccountEvent, AccountGrant, SetupLink, SignInSession
from models.account import LONGEST_LOGIN
from models.columns import now
from models.enums import AccountAct
from models.errors import AccountRefused
from models.people import Grant, Person
from storage.engine import reading, unit_of_work

COOKIE = "tracker_session"
"""The cookie that holds the token."""

IDLE = timedelta(hours=2)
"""A browser in which nothing happens for so long is signed out."""

LONGEST = timedelta(hours=12)
"""After so long everybody signs in anew."""

SEEN_EVERY = timedelta(minutes=1)
"""That somebody is there is written down no more often than this: reading a screen is no reason to write each time."""

LONGEST_BROWSER = 200


@dataclass(frozen=True, slots=True)
class Visitor:
    """Where an attempt comes from: an address of the network, the name a browser gives itself, the token it had."""

    address: str
    browser: str = ""
    token: str = ""


def sign_in(engine: Engine, login: str, password: str, visitor: Visitor, at: datetime | None = None) -> str:
    """The token of a new session. Raises AccountRefused: `wait`, or `sign_in` which does not say what was wrong.

    Slow on purpose. No transaction is open while the password is looked at.
    """
    at, login = at or now(), login.strip()[:LONGEST_LOGIN]
    with unit_of_work(engine) as session:
        throttle.begin(session, login, visitor.address, at)
        account = session.get(Account, login)
        kept = account.password_hash if account and not account.disabled else None
    if not passwords.matches(password, kept):
        raise AccountRefused("sign_in", "The login or the password is not right.")
    with unit_of_work(engine) as session:
        throttle.succeeded(session, login, visitor.address, at)
        account = _able(session, login)
        if account.password_hash != kept:  # Changed while it was looked at.
            raise AccountRefused("sign_in", "The login or the password is not right.")
        if kept and passwords.outdated(kept):
            account.password_hash = passwords.hashed(password, login)
        throttle.forget_old(session, at)
        return _begin(session, account, visitor, at)


def sign_in_as(engine: Engine, login: str, visitor: Visitor, at: datetime | None = None) -> str:
    """The token of a new session of a demonstration account, which has no password. Raises AccountRefused."""
    with unit_of_work(engine) as session:
        account = _able(session, login)
        if not account.demonstration:
            raise AccountRefused("sign_in", "The login or the password is not right.")
        return _begin(session, account, visitor, at or now())


def sign_in_vouched(engine: Engine, login: str, visitor: Visitor, at: datetime | None = None) -> str:
    """The token of a new session of an account whose owner somebody else has made sure of. Raises AccountRefused."""
    with unit_of_work(engine) as session:
        account = session.get(Account, login)
        if account is None or account.disabled or account.demonstration:
            raise AccountRefused("no_account", "There is no account for you here: ask your administrator for one.")
        return _begin(session, account, visitor, at or now())


def whoami(engine: Engine, token: str | None, at: datetime | None = None) -> Person | None:
    """Whose token this is; None for one that is not known, has run out, or whose account is disabled.

    It only reads, so that it can be asked while a piece of work that writes is open.
    """
    if not token:
        return None
    with reading(engine) as session:
        found = _session_of(session, token, at or now())
        return person_of(session, found.login) if found else None


def seen(engine: Engine, token: str | None, at: datetime | None = None) -> None:
    """Writes down that the browser with this token is in use, if that was not written a moment ago."""
    if not token:
        return
    at = at or now()
    with reading(engine) as session:
        found = _session_of(session, token, at)
    if found is None or at - found.seen_at < SEEN_EVERY:
        return
    with unit_of_work(engine) as session:
        used = update(SignInSession).where(col(SignInSession.token_hash) == hash_of(token))
        session.exec(used.where(col(SignInSession.seen_at) < at).values(seen_at=at))


def person_of(session: Session, login: str) -> Person | None:
    """An account as the person who acts; None for one that may not sign in."""
    account = session.get(Account, login)
    if account is None or account.disabled:
        return None
    rows = session.exec(select(AccountGrant).where(AccountGrant.login == login)).all()
    grants = sorted((Grant(row.role, row.place) for row in rows), key=lambda each: (each.role, each.place))
    return Person(account.login, account.name, tuple(grants))


def is_demonstration(session: Session, person: Person) -> bool:
    """Whether a person is one of the demonstration's cast."""
    account = session.get(Account, person.login)
    return account is not None and account.demonstration


def sign_out(engine: Engine, token: str | None) -> None:
    """Ends the session of a token, whether there is one or not."""
    if token:
        with unit_of_work(engine) as session:
            found = session.exec(select(SignInSession).where(SignInSession.token_hash == hash_of(token))).first()
            if found is not None:
                session.add(AccountEvent(login=found.login, actor=found.login, act=AccountAct.SIGN_OUT))
                end_token(session, token)


def end_token(session: Session, token: str) -> None:
    """Ends the session of one token."""
    session.exec(delete(SignInSession).where(col(SignInSession.token_hash) == hash_of(token)))


def sign_out_everywhere(session: Session, person: Person, *, but: str = "") -> None:
    """Ends all sessions of a person, except the one of the token `but`."""
    end_sessions(session, person.login, but=but)
    session.add(AccountEvent(login=person.login, actor=person.login, act=AccountAct.SIGN_OUT_ALL))


def end_sessions(session: Session, login: str, *, but: str = "") -> None:
    """Ends every session of an account, except the one of the token `but`: its next request is refused."""
    ended = delete(SignInSession).where(col(SignInSession.login) == login)
    session.exec(ended.where(col(SignInSession.token_hash) != hash_of(but)))


def sessions_of(session: Session, person: Person, at: datetime | None = None) -> list[SignInSession]:
    """Where a person is signed in, the latest seen first."""
    at = at or now()
    query = select(SignInSession).where(SignInSession.login == person.login)
    found = session.exec(query.order_by(col(SignInSession.seen_at).desc())).all()
    return [each for each in found if _lives(each, at)]


def change_password(engine: Engine, person: Person, old: str, new: str, visitor: Visitor) -> None:
    """Sets a new password of one's own and ends one's other sessions. Raises AccountRefused."""
    with unit_of_work(engine) as session:
        throttle.begin(session, person.login, visitor.address, now())
        account = _able(session, person.login)
        kept = account.password_hash
    if not passwords.matches(old, kept):
        raise AccountRefused("old_password", "The present password is not right.")
    made = passwords.hashed(new, person.login)
    with unit_of_work(engine) as session:
        throttle.succeeded(session, person.login, visitor.address, now())
        account = _able(session, person.login)
        if account.password_hash != kept:
            raise AccountRefused("old_password", "The present password is not right.")
        set_password(session, account, made, person.login)
        end_sessions(session, person.login, but=visitor.token)


def set_password(session: Session, account: Account, made: str, actor: str) -> None:
    """Keeps a new hash; links that were waiting to set one are no longer good."""
    account.password_hash = made
    session.add(account)
    session.exec(delete(SetupLink).where(col(SetupLink.login) == account.login))
    session.add(AccountEvent(login=account.login, actor=actor, act=AccountAct.SET_PASSWORD))


def new_token() -> str:
    """256 bits that nobody can guess."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What the database keeps of a token: who reads a backup cannot sign in with it."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _able(session: Session, login: str) -> Account:
    account = session.get(Account, login)
    if account is None or account.disabled:
        raise AccountRefused("sign_in", "The login or the password is not right.")
    return account


def _begin(session: Session, account: Account, visitor: Visitor, at: datetime) -> str:
    """A session with a token that did not exist before; what the browser had is ended, and what ran out goes."""
    if visitor.token:
        end_token(session, visitor.token)
    session.exec(delete(SignInSession).where(col(SignInSession.expires_at) <= at))
    token = new_token()
    row = SignInSession(
        token_hash=hash_of(token), login=account.login, created_at=at, seen_at=at, expires_at=at + LONGEST
    )
    row.browser = visitor.browser[:LONGEST_BROWSER]
    session.add(row)
    session.add(
        AccountEvent(login=account.login, actor=account.login, act=AccountAct.SIGN_IN, words=visitor.address, at=at)
    )
    return token


def _session_of(session: Session, token: str, at: datetime) -> SignInSession | None:
    found = session.exec(select(SignInSession).where(SignInSession.token_hash == hash_of(token))).first()
    return found if found is not None and _lives(found, at) else None


def _lives(found: SignInSession, at: datetime) -> bool:
    return at < found.expires_at and at - found.seen_at < IDLE
