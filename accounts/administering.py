"""Accounts and what they are granted: every operation asks the right, and leaves an event."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from accounts.rights import may, parents_of_places, require, require_somewhere
from accounts.sessions import end_sessions, hash_of, new_token, set_password
from models import Account, AccountEvent, AccountGrant, Place, SetupLink
from models.account import LONGEST_LOGIN
from models.columns import now
from models.enums import AccountAct, PlaceKind
from models.errors import AccountRefused, UnknownId
from models.people import Action, Grant, Person, PersonRole
from storage.nearest import nearest

LOGIN = re.compile(rf"[a-z0-9][a-z0-9._@-]{{1,{LONGEST_LOGIN - 1}}}")
LONGEST_NAME = 60

GOOD_FOR = timedelta(hours=24)
"""How long a link to set a password can be used."""

OF_ZONES = frozenset({PersonRole.CLERK, PersonRole.LEAD})
"""Roles that are held in a zone."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An account as an administrator sees it."""

    login: str
    name: str
    grants: tuple[Grant, ...]
    disabled: bool
    demonstration: bool
    has_password: bool

    @property
    def state(self) -> str:
        """In one word: disabled, demonstration, waiting for its password, or active."""
        if self.disabled:
            return "disabled"
        if self.demonstration:
            return "demonstration"
        return "active" if self.has_password else "waiting"


def accounts(session: Session, person: Person) -> list[Listed]:
    """The accounts that one administers, by login. Raises NotAllowed for whoever administers nothing."""
    require_somewhere(person, Action.ADMINISTER)
    parents = parents_of_places(session)
    found = []
    for account in session.exec(select(Account).order_by(Account.login)):
        grants = _grants(session, account.login)
        if all(may(person, Action.ADMINISTER, each.place, parents) for each in grants):
            found.append(
                Listed(
                    account.login,
                    account.name,
                    grants,
                    account.disabled,
                    account.demonstration,
                    account.password_hash is not None,
                )
            )
    return found


def add(session: Session, person: Person, login: str, name: str) -> Account:
    """A new account: without a password, and allowed nothing. Raises NotAllowed, AccountRefused."""
    require_somewhere(person, Action.ADMINISTER)
    return _add(session, person.login, login, name)


def grant(session: Session, person: Person, login: str, role: PersonRole, place: str) -> None:
    """Gives an account a role in a place; granting twice changes nothing. Raises NotAllowed, UnknownId."""
    account = _administered(session, person, login)
    found = session.get(Place, place)
    if found is None:
        raise UnknownId("place", place, nearest(place, list(session.exec(select(Place.code)))))
    require(session, person, Action.ADMINISTER, place)
    if found.kind is PlaceKind.GROUP or (role in OF_ZONES and found.kind is not PlaceKind.ZONE):
        raise AccountRefused(
            "role_place", "Clerks and leads are granted one zone; other roles a region with all in it, or one zone."
        )
    if session.get(AccountGrant, (login, role, place)) is None:
        session.add(AccountGrant(login=login, role=role, place=place))
        _note(session, account.login, person.login, AccountAct.GRANT, f"{role.value} {place}")


def revoke(session: Session, person: Person, login: str, role: PersonRole, place: str) -> None:
    """Takes a role in a place away, from the next click on. Raises NotAllowed, AccountRefused for the last admin."""
    account = _administered(session, person, login)
    before = _administrators(session)
    row = session.get(AccountGrant, (login, role, place))
    if row is None:
        raise AccountRefused("no_grant", f"{login} is no {role.value} in {place}.")
    session.delete(row)
    session.flush()
    _note(session, account.login, person.login, AccountAct.REVOKE, f"{role.value} {place}")
    _keep_an_administrator(session, account, before)


def disable(session: Session, person: Person, login: str) -> None:
    """Ends an account's sessions and lets it sign in no more. Raises NotAllowed, AccountRefused for the last admin."""
    account = _administered(session, person, login)
    before = _administrators(session)
    account.disabled = True
    session.add(account)
    session.flush()
    end_sessions(session, login)
    session.exec(delete(SetupLink).where(col(SetupLink.login) == login))
    _note(session, login, person.login, AccountAct.DISABLE)
    _keep_an_administrator(session, account, before)


def enable(session: Session, person: Person, login: str) -> None:
    """Lets a disabled account sign in again. Raises NotAllowed."""
    account = _administered(session, person, login)
    account.disabled = False
    session.add(account)
    _note(session, login, person.login, AccountAct.ENABLE)


def reset_link(session: Session, person: Person, login: str, at: datetime | None = None) -> str:
    """The token of a link by which an account's owner sets a password, once; earlier links are no longer good.

    Raises NotAllowed, and AccountRefused for a disabled or a demonstration account.
    """
    account = _administered(session, person, login)
    if account.disabled or account.demonstration:
        raise AccountRefused("no_link", f"{login} is disabled, or has no password by its nature.")
    _note(session, login, person.login, AccountAct.LINK)
    return _link(session, login, at or now())


def setup_path(token: str) -> str:
    """Where a link leads to, behind the address of the product."""
    return f"/auth/setup?token={token}"


def first_link(session: Session, at: datetime | None = None) -> str | None:
    """The token of a link that makes the first administrator; None where there is one. Earlier links are void."""
    if _administrators(session):
        return None
    return _link(session, None, at or now())


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a link waits for: the password of `login`, or, without one, the first administrator."""

    login: str | None


def link_of(session: Session, token: str, at: datetime | None = None) -> Waiting:
    """What a link is for. Raises AccountRefused for one that was used, ran out, or never was."""
    link = session.get(SetupLink, hash_of(token), with_for_update=True)
    if link is None or link.expires_at <= (at or now()) or (link.login is None and _administrators(session)):
        raise AccountRefused("link", "This link was used already, or has run out: ask for a new one.")
    return Waiting(link.login)


def use_link(session: Session, token: str, password_hash: str, login: str = "", name: str = "") -> str:
    """Sets the password a link waits for, and ends all sessions of the account; returns its login.

    For the first administrator, `login` and `name` are the new account's. Raises AccountRefused.
    """
    waiting = link_of(session, token)
    if waiting.login is None:
        account = _add(session, login, login, name)
        country = session.exec(select(Place.code).where(Place.kind == PlaceKind.COUNTRY)).one()
        session.add(AccountGrant(login=account.login, role=PersonRole.ADMIN, place=country))
        _note(session, account.login, account.login, AccountAct.GRANT, f"{PersonRole.ADMIN.value} {country}")
    else:
        account = _known(session, waiting.login)
        end_sessions(session, account.login)
    session.exec(delete(SetupLink).where(col(SetupLink.token_hash) == hash_of(token)))
    set_password(session, account, password_hash, account.login)
    return account.login


def events(session: Session, person: Person) -> list[AccountEvent]:
    """What was done to the accounts that one administers, the latest first; sign-ins stand in the audit trail alone.

    Raises NotAllowed.
    """
    logins = [each.login for each in accounts(session, person)]
    query = select(AccountEvent).where(col(AccountEvent.login).in_(logins))
    query = query.where(col(AccountEvent.act).not_in((AccountAct.SIGN_IN, AccountAct.SIGN_OUT)))
    return list(session.exec(query.order_by(col(AccountEvent.id).desc())))


def _add(session: Session, actor: str, login: str, name: str) -> Account:
    if not LOGIN.fullmatch(login):
        raise AccountRefused(
            "login",
            f"A login has 2 to {LONGEST_LOGIN} small Latin letters, digits, and . _ @ - (such as li.hua).",
        )
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise AccountRefused("name", f"A name has 1 to {LONGEST_NAME} characters.")
    if session.get(Account, login) is not None:
        raise AccountRefused("taken", f"There is an account {login} already: choose another login.")
    account = Account(login=login, name=name)
    session.add(account)
    session.flush()
    _note(session, login, actor, AccountAct.ADD)
    return account


def _link(session: Session, login: str | None, at: datetime) -> str:
    session.exec(delete(SetupLink).where(col(SetupLink.login) == login))
    token = new_token()
    session.add(SetupLink(token_hash=hash_of(token), login=login, expires_at=at + GOOD_FOR))
    return token


def _administered(session: Session, person: Person, login: str) -> Account:
    """An account whose every place one administers: nobody rises by the account of somebody who may do more."""
    require_somewhere(person, Action.ADMINISTER)
    account = _known(session, login)
    for each in _grants(session, login):
        require(session, person, Action.ADMINISTER, each.place)
    return account


def _known(session: Session, login: str) -> Account:
    account = session.get(Account, login)
    if account is None:
        raise UnknownId("account", login, nearest(login, list(session.exec(select(Account.login)))))
    return account


def _grants(session: Session, login: str) -> tuple[Grant, ...]:
    rows: Iterable[AccountGrant] = session.exec(select(AccountGrant).where(AccountGrant.login == login))
    return tuple(sorted((Grant(row.role, row.place) for row in rows), key=lambda each: (each.role, each.place)))


def _administrators(session: Session) -> list[str]:
    """Who can administer the whole country: not disabled, and no demonstration account."""
    query = (
        select(Account.login)
        .join(AccountGrant, col(AccountGrant.login) == col(Account.login))
        .join(Place, col(Place.code) == col(AccountGrant.place))
        .where(AccountGrant.role == PersonRole.ADMIN, Place.kind == PlaceKind.COUNTRY)
        .where(col(Account.disabled).is_(False), col(Account.demonstration).is_(False))
    )
    return list(session.exec(query))


def _keep_an_administrator(session: Session, account: Account, before: list[str]) -> None:
    if before and not _administrators(session):
        raise AccountRefused("last_admin", f"{account.login} is the last administrator: make another one first.")


def _note(session: Session, login: str, actor: str, act: AccountAct, words: str = "") -> None:
    session.add(AccountEvent(login=login, actor=actor, act=act, words=words))
