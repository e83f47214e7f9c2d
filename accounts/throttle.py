"""Failed attempts to sign in make the next one wait, longer each time. Nobody is ever locked out.

Three counts are kept: of a login from an address, of an address, and of a login from anywhere. Whoever has signed in
from an address before is held there by the first count alone, so that a stranger who tries somebody's login from
elsewhere, or a colleague behind the same address, does not keep the owner out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv4Address, ip_address, ip_network

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from models import SignInAttempts
from models.errors import AccountRefused

FORGOTTEN = timedelta(hours=24)
"""A count begins anew when nothing has failed for so long."""

KNOWN = timedelta(days=60)
"""For so long an address is remembered from which somebody has signed in."""


@dataclass(frozen=True, slots=True)
class Rule:
    """So many failures are free; then the wait doubles each time, from one second to `longest`."""

    free: int
    longest: timedelta

    def wait(self, failures: int) -> timedelta:
        """How long after the last of so many failures the next attempt is heard."""
        over = failures - self.free
        return timedelta(0) if over < 0 else min(timedelta(seconds=2 ** min(over, 30)), self.longest)


PAIR = Rule(free=5, longest=timedelta(minutes=15))
ADDRESS = Rule(free=30, longest=timedelta(minutes=15))
LOGIN = Rule(free=20, longest=timedelta(minutes=1))


def begin(session: Session, login: str, address: str, at: datetime) -> None:
    """Counts an attempt as failed before it is looked at, so that many at once are counted too.

    Raises AccountRefused with the seconds to wait where one may not try yet; that attempt is not counted.
    """
    rows = {key: _row(session, key, at) for key in sorted(_keys(login, address))}
    pair, of_address, of_login = (rows[key] for key in _keys(login, address))
    known = pair.succeeded_at is not None and at - pair.succeeded_at < KNOWN
    held = [(PAIR, pair)] if known else [(PAIR, pair), (ADDRESS, of_address), (LOGIN, of_login)]
    until = max((row.last_at + wait for rule, row in held if (wait := rule.wait(row.failures))), default=at)
    if until > at:
        seconds = int((until - at).total_seconds()) + 1
        raise AccountRefused("wait", f"Too many failed attempts: try again in {seconds} seconds.", seconds=seconds)
    for row in rows.values():
        row.failures, row.last_at = row.failures + 1, at
        session.add(row)


def succeeded(session: Session, login: str, address: str, at: datetime) -> None:
    """Takes the attempt back from the counts, and remembers where the owner of the login signs in from."""
    rows = {key: _row(session, key, at) for key in sorted(_keys(login, address))}
    for row in rows.values():
        row.failures = max(row.failures - 1, 0)
        session.add(row)
    pair = rows[next(_keys(login, address))]
    pair.failures, pair.succeeded_at = 0, at


def _keys(login: str, address: str) -> Iterator[str]:
    """Of the pair, the address and the login. Hashed: what a stranger typed into the field is not kept."""
    network = network_of(address)
    for parts in (("pair", login, network), ("address", network), ("login", login)):
        yield sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def network_of(address: str) -> str:
    """Where an attempt is counted: of IPv6 the network of 64 bits, all of which one household or office has."""
    try:
        number = ip_address(address)
    except ValueError:
        return address
    if isinstance(number, IPv4Address):
        return address
    own = number.ipv4_mapped
    return str(own) if own else str(ip_network((number, 64), strict=False))


def _row(session: Session, key: str, at: datetime) -> SignInAttempts:
    """The count of a key, held for this transaction; of two that make it at once, one makes it."""
    query = select(SignInAttempts).where(SignInAttempts.key == key).with_for_update()
    row = session.exec(query).first()
    if row is None:
        try:
            with session.begin_nested():
                session.add(SignInAttempts(key=key, last_at=at))
        except IntegrityError:
            pass
        row = session.exec(query).one()
    if at - row.last_at >= FORGOTTEN:
        row.failures = 0
    return row


def forget_old(session: Session, at: datetime) -> None:
    """Takes out what no longer matters, so that strangers cannot fill the table for ever."""
    for row in session.exec(select(SignInAttempts).where(SignInAttempts.last_at < at - KNOWN)):
        session.delete(row)
