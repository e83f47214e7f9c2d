"""The cast of the demonstration: one account for each thing a person can be, without a password.

They are signed in by one click, on the machine of the server alone, and only while the demonstration set is there.
"""

from sqlmodel import Session, col, select

from accounts.sessions import end_sessions
from models import Account, AccountGrant, Place
from models.people import Grant, PersonRole

CAST = {
    "demo-officer": Grant(PersonRole.OFFICER, "130000"),
    "demo-clerk-a": Grant(PersonRole.CLERK, "baoding"),
    "demo-lead-a": Grant(PersonRole.LEAD, "baoding"),
    "demo-clerk-b": Grant(PersonRole.CLERK, "tangshan"),
    "demo-reviewer": Grant(PersonRole.REVIEWER, "130000"),
    "demo-viewer": Grant(PersonRole.VIEWER, "130000"),
    "demo-admin": Grant(PersonRole.ADMIN, "100000"),
}
"""Login and grant of each person, the one who sees most of the product first."""


def provide(session: Session, *, wanted: bool) -> None:
    """Makes the cast with exactly its grants, or, where it is not wanted, lets none of it sign in any more."""
    known = set(session.exec(select(Place.code)))
    for login, own in CAST.items():
        account = session.get(Account, login)
        if account is not None and not account.demonstration:
            continue  # Somebody real has this login.
        if account is None and (not wanted or own.place not in known):
            continue
        account = account or Account(login=login, name=login, demonstration=True)
        account.disabled = not wanted or own.place not in known
        session.add(account)
        session.flush()
        if account.disabled:
            end_sessions(session, login)
        else:
            _grant_only(session, login, own)


def cast(session: Session) -> list[tuple[str, Grant]]:
    """Those of the cast that can be signed in as, in the order of `CAST`."""
    able = select(Account.login).where(col(Account.demonstration), col(Account.disabled).is_(False))
    logins = set(session.exec(able))
    return [(login, own) for login, own in CAST.items() if login in logins]


def _grant_only(session: Session, login: str, own: Grant) -> None:
    for row in session.exec(select(AccountGrant).where(AccountGrant.login == login)):
        if Grant(row.role, row.place) != own:
            session.delete(row)
    if session.get(AccountGrant, (login, own.role, own.place)) is None:
        session.add(AccountGrant(login=login, role=own.role, place=own.place))
