"""How people are reached: the mail that notices go to, and the telephone by which a reviewer calls the missing."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from accounts.rights import may, parents_of_places
from models import Account, AccountGrant, Contact
from models.enums import Language
from models.errors import Refused
from models.people import Action, Person, PersonRole

MAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,180}[A-Za-z0-9])?\.[A-Za-z]{2,63}"
)
"""One address, nothing around it: no name, no second one, no line end that would begin another header."""

PHONE = re.compile(r"\+?[0-9(][0-9 ()-]{4,28}(?:(?:转|x)[0-9]{1,6})?")
"""Digits with what people put between them; an extension after 转 or x."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody who answers for a zone's figures, with the telephone where they gave one."""

    zone: str
    role: PersonRole
    name: str
    phone: str


def set_contact(session: Session, person: Person, mail: str, phone: str, language: Language) -> None:
    """The person's own mail and telephone; an empty one is taken back. Raises Refused for what is neither."""
    mail, phone = mail.strip(), phone.strip()
    if mail and not MAIL.fullmatch(mail):
        raise Refused("This is no address of mail: write it as name@example.org, one address alone.")
    if phone and not PHONE.fullmatch(phone):
        raise Refused("This is no telephone number: write digits, as in 0312-1234567 or 13800000000.")
    row = session.get(Contact, person.login) or Contact(login=person.login)
    row.mail, row.phone, row.language = mail, phone, language.value
    session.add(row)
    session.flush()


def contacts_of(session: Session, person: Person, zones: Collection[str]) -> list[Reached]:
    """Who answers for the figures of zones, leads first; only of zones that the person reviews."""
    parents = parents_of_places(session)
    mine = [zone for zone in zones if may(person, Action.REVIEW, zone, parents)]
    query = (
        select(AccountGrant, Account, Contact)
        .join(Account, col(Account.login) == col(AccountGrant.login))
        .outerjoin(Contact, col(Contact.login) == col(Account.login))
        .where(col(AccountGrant.place).in_(mine), col(Account.disabled).is_(False))
        .where(col(AccountGrant.role).in_([PersonRole.LEAD, PersonRole.CLERK]))
    )
    rows = session.exec(query).all()
    found = [
        Reached(grant.place, grant.role, account.name, each.phone if each else "") for grant, account, each in rows
    ]
    return sorted(found, key=lambda each: (each.zone, each.role is not PersonRole.LEAD, each.name))
